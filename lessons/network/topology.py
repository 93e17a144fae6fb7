"""Where the skips are: networks as data.

A network has layers 1 ... L and states h_0 ... h_L. Layer l computes h_l from h_(l-1). A skip
from i to j adds h_i to h_j, past the layers i+1 ... j. Plain, residual, long and broken skips are
one kind of network with other data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from ..errors import TopologyError, one_of, whole_number

MAX_DEPTH = 64
MAX_WIDTH = 256
SHORTCUTS = ("identity", "pad", "projection")


@dataclass(frozen=True, order=True)
class Skip:
    """The edge from state h_start to state h_stop.

    `shortcut` says what the edge carries: h_start as it is ("identity"), cut or filled with zeros
    to the width of h_stop ("pad", option A of He et al., 2015, section 4.1), or W h_start
    ("projection", equation 2 there).
    """

    start: int
    stop: int
    shortcut: str = "identity"

    def __post_init__(self):
        for name in ("start", "stop"):
            number = whole_number(
                f"{self}: {name}", getattr(self, name), 0, MAX_DEPTH, TopologyError
            )
            object.__setattr__(self, name, number)
        if self.stop <= self.start:
            raise TopologyError(f"{self}: stop must be greater than start.")
        one_of(f"{self}: shortcut", self.shortcut, SHORTCUTS, TopologyError)

    def __str__(self):
        return f"skip {self.start} -> {self.stop}"

    @property
    def span(self) -> int:
        """How many layers the skip passes."""
        return self.stop - self.start


@dataclass(frozen=True)
class Topology:
    """How deep a network is, where its skips are and, if they differ, how wide its states are.

    `skips` are kept sorted. `widths` holds the sizes of h_0 ... h_L, or nothing: then all states
    have one size, which the parameters decide. Hashable. Raises TopologyError for anything
    impossible.
    """

    depth: int
    skips: tuple[Skip, ...] = ()
    widths: tuple[int, ...] = ()

    def __post_init__(self):
        depth = whole_number("depth", self.depth, 1, MAX_DEPTH, TopologyError)
        object.__setattr__(self, "depth", depth)
        object.__setattr__(self, "skips", tuple(sorted(self.skips)))
        object.__setattr__(self, "widths", tuple(self.widths))
        self._check_widths()
        self._check_skips()

    def _check_widths(self):
        if self.widths and len(self.widths) != self.depth + 1:
            raise TopologyError(
                f"widths must hold depth + 1 = {self.depth + 1} sizes, one per state, got "
                f"{len(self.widths)}."
            )
        for state, width in enumerate(self.widths):
            whole_number(f"width of h_{state}", width, 1, MAX_WIDTH, TopologyError)

    def _check_skips(self):
        edges = set()
        for skip in self.skips:
            if skip.stop > self.depth:
                raise TopologyError(
                    f"{skip}: stop must be at most depth = {self.depth}, got {skip.stop}."
                )
            if (skip.start, skip.stop) in edges:
                raise TopologyError(f"{skip}: stands twice, at most one skip may join two states.")
            edges.add((skip.start, skip.stop))
            self._check_fit(skip)

    def _check_fit(self, skip):
        if not self.widths or skip.shortcut != "identity":
            return
        start, stop = self.widths[skip.start], self.widths[skip.stop]
        if start != stop:
            raise TopologyError(
                f"{skip}: an identity shortcut must join equal sizes, but h_{skip.start} has "
                f"size {start} and "
                f"h_{skip.stop} has size {stop}. Use shortcut='pad' or shortcut='projection' "
                f"(W is {start} x {stop})."
            )

    @classmethod
    def plain(cls, depth: int) -> Self:
        """No skips."""
        return cls(depth)

    @classmethod
    def residual(
        cls, depth: int, span: int = 1, first: int = 0, without: Iterable[int] = ()
    ) -> Self:
        """A skip over every `span` layers from h_first on, but for the blocks counted 0, 1, ... in
        `without`.

        Layers left over at the end, fewer than `span`, have no skip.
        """
        depth = whole_number("depth", depth, 1, MAX_DEPTH, TopologyError)
        span = whole_number("span", span, 1, depth, TopologyError)
        first = whole_number("first", first, 0, depth, TopologyError)
        skips = [Skip(start, start + span) for start in range(first, depth - span + 1, span)]
        missing = {
            whole_number("block in without", block, 0, len(skips) - 1, TopologyError)
            for block in without
        }
        return cls(depth, tuple(skip for block, skip in enumerate(skips) if block not in missing))

    def without(self, skip: Skip) -> Self:
        """The same network with one skip left out."""
        if skip not in self.skips:
            raise TopologyError(f"{skip}: not a skip of this network, so it cannot be left out.")
        return type(self)(self.depth, tuple(s for s in self.skips if s != skip), self.widths)

    @property
    def paths_by_length(self) -> tuple[int, ...]:
        """Entry k counts the paths from h_0 to h_L through exactly k layers, k = 0 ... L. Exact
        integers.

        With a skip over each of n single layers it is the binomial coefficient C(n, k)
        (Veit et al., 2016, section 3).
        """
        counts = [[1] + [0] * self.depth]
        for state in range(1, self.depth + 1):
            through_layer = [0, *counts[state - 1][:-1]]
            landing = [counts[skip.start] for skip in self.skips if skip.stop == state]
            counts.append([sum(ways) for ways in zip(through_layer, *landing, strict=True)])
        return tuple(counts[-1])

    @property
    def path_count(self) -> int:
        """The number of ways for data to get from h_0 to h_L: 2^n with n skips one behind the
        other.
        """
        return sum(self.paths_by_length)

    @property
    def shortest_path(self) -> int:
        """The fewest layers between input and output."""
        return next(length for length, count in enumerate(self.paths_by_length) if count)
