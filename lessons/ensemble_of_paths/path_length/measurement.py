"""How many paths of each length a network has, and how much of its gradient each length carries."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from ...formatting import number, plural

WAYS = ("added as vectors", "in quadrature", "count × norm")
MOST = 0.95
LONGER = 1.5


class CountsPaths(Protocol):
    """What is asked of a topology, or of whatever else has paths."""

    @property
    def depth(self) -> int:
        """The length of the longest path."""
        ...

    @property
    def path_count(self) -> int:
        """How many paths there are."""
        ...

    @property
    def paths_by_length(self) -> tuple[int, ...]:
        """How many of each length, 0 ... depth."""
        ...


@dataclass(frozen=True, eq=False, kw_only=True)
class PathLengthMeasurement:
    """Paths from the input to the ten scores of one network at one input, by the number of layers
    on them.

    Row k of `vectors` is the squared norm of the sum of all gradients of paths with k layers; of
    `squares`, the sum of the squared norms of the single ones; of `signal`, the part of the forward
    signal that has passed k layers (see path_sums.signal_lengths). float64, lengths 0 ... L.
    """

    topology: CountsPaths
    vectors: np.ndarray
    squares: np.ndarray
    signal: np.ndarray
    step: int = 0
    steps: int = 1
    test_error: float = 1.0

    @property
    def progress(self) -> float:
        """The part of the training that is done, 0 to 1."""
        return self.step / self.steps

    @cached_property
    def counts(self) -> np.ndarray:
        """The number of paths of each length."""
        return np.array([float(count) for count in self.topology.paths_by_length])

    @cached_property
    def single_norms(self) -> np.ndarray:
        """Root mean square, over all paths of a length, of the norm of one path's gradient; 0
        where there is no path.
        """
        return np.sqrt(self.squares / np.maximum(self.counts, 1))

    @cached_property
    def shares(self) -> np.ndarray:
        """Parts of 1 by length, (3, L + 1), in the order of WAYS.

        |sum of the paths|^2; sum of |path|^2; and count times norm of one path, which is the way of
        Veit et al. (2016, arXiv:1605.06431) but for the root mean square in place of their mean
        norm. The third is an upper bound of the norm of the sum, reached only if all paths pointed
        the same way.
        """
        amounts = np.stack([self.vectors, self.squares, self.counts * self.single_norms])
        return amounts / amounts.sum(1, keepdims=True)

    @cached_property
    def mean_lengths(self) -> np.ndarray:
        """Mean length in the three ways, (3,)."""
        return self.shares @ np.arange(len(self.counts))

    @property
    def mean_count(self) -> float:
        """Mean length when every path counts the same."""
        return float(self.counts @ np.arange(len(self.counts)) / self.counts.sum())

    @property
    def effective_depth(self) -> float:
        """s, the mean length of the paths of the forward signal: the sum of all p_l where skips
        pass one layer each.
        """
        return float(self.signal @ np.arange(len(self.signal)))

    @property
    def coherence(self) -> float:
        """Squared gradient of all lengths added as vectors, over that in quadrature: 1 if paths
        are orthogonal, less if they cancel.
        """
        return float(self.vectors.sum() / self.squares.sum())

    def range_of(self, way: int) -> tuple[int, int]:
        """The shortest range of lengths, both ends in it, that carries 95 % in one of the WAYS."""
        total = np.concatenate([[0], np.cumsum(self.shares[way])])
        # the last bit of a sum must not decide
        ends = np.searchsorted(total, total[:-1] + MOST * total[-1] - 1e-9)
        fitting = [(stop - start, start) for start, stop in enumerate(ends) if stop < len(total)]
        span, start = min(fitting)
        return int(start), int(start + span - 1)

    def part_of_paths(self, first: int, last: int) -> float:
        """The part of all paths that have between `first` and `last` layers."""
        by_length = self.topology.paths_by_length
        return sum(by_length[first : last + 1]) / sum(by_length)

    @property
    def summary(self) -> str:
        """Lengths by each measure; after training, which differs between machines, comparisons
        alone.
        """
        return self._before_training if self.step == 0 else self._after_training

    @property
    def _network(self):
        count = self.topology.path_count
        paths = f"{count}" if count < 10**6 else number(count)
        return f"{plural(self.topology.depth, 'layer')}, {paths} path{'s' * (count > 1)}"

    @property
    def _before_training(self):
        vectors, quadrature, product = (number(length) for length in self.mean_lengths)
        first, last = self.range_of(2)
        lengths = f"length {first} carries" if first == last else f"lengths {first} to {last} carry"
        return (
            f"{self._network}, before training, at one input. "
            f"Mean length {number(self.mean_count)} over all paths; of the gradient: "
            f"{vectors} {WAYS[0]}, {quadrature} {WAYS[1]}, {product} by {WAYS[2]}; s = "
            f"{number(self.effective_depth)}. "
            f"By {WAYS[2]}, {lengths} 95 %: "
            f"{number(100 * self.part_of_paths(first, last))} % of all paths. "
            f"Coherence {number(self.coherence)}."
        )

    @property
    def _after_training(self):
        _, quadrature, product = self.mean_lengths
        depth, longer = self.topology.depth, product > LONGER * quadrature
        error = _within(100 * self.test_error, (10, 30, 70), " %")
        return (
            f"{self._network}, after {self.step} steps on digits "
            f"(one network, test error {error}), at one input. "
            "Mean length of the gradient in quadrature: "
            f"{_within(quadrature / depth, (0.15, 0.3, 0.6))} of the depth; by "
            f"{WAYS[2]} it is {'more' if longer else 'less'} than {LONGER} times as "
            f"long. Coherence {_within(self.coherence, (2,))}."
        )


def _within(value, bounds, unit=""):
    """Between which bounds a value lies, in words that a few per cent do not change."""
    if value < bounds[0]:
        return f"below {bounds[0]:g}{unit}"
    above = [bound for bound in bounds if bound <= value]
    if len(above) == len(bounds):
        return f"above {bounds[-1]:g}{unit}"
    return f"{above[-1]:g} to {bounds[len(above)]:g}{unit}"
