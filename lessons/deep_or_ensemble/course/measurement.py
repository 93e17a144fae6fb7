"""One number for lessons 3 to 5: s, the sum of the parts p_l that the layers add."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural

KINDS = ("plain", "residual, β = 1", "post-norm (RMS)", "pre-norm (RMS)", "residual, β = 1/√n")


def shares(kind: str, blocks: int) -> np.ndarray:
    """p_1 ... p_n at initialisation: the part of the squared state, and of the squared gradient,
    that block l adds. Derived.

    With skips q / (1 + q), q the branch's square over that of the state it is added to: 1 for
    beta = 1 and for post-norm, which makes every state as large as the branch; 1 / n for beta =
    1/sqrt(n); 1 / l for pre-norm, where the state has grown to l and the branch has not. A plain
    layer's output is all branch.
    """
    l = np.arange(1, blocks + 1)
    squares = {
        KINDS[1]: 1.0 + 0 * l,
        KINDS[2]: 1.0 + 0 * l,
        KINDS[3]: 1 / l,
        KINDS[4]: np.full(blocks, 1 / blocks),
    }
    return np.ones(blocks) if kind == KINDS[0] else squares[kind] / (1 + squares[kind])


def effective_depth(kind: str, blocks: int) -> float:
    """s = sum p_l: n, n / 2, n / 2, H_(n+1) - 1, n / (n + 1)."""
    return float(shares(kind, blocks).sum())


def correlation(kind: str, blocks: int) -> float:
    """prod(1 - p_l / 2): gradients at two inputs that share a quarter of the active units
    (lesson 5).
    """
    return float(np.prod(1 - shares(kind, blocks) / 2))


@dataclass(frozen=True, eq=False, kw_only=True)
class CourseMeasurement:
    """s, and the correlation of gradients at two inputs, by formula and as measured in networks
    with n blocks; in the order of KINDS.
    """

    blocks: int  # n
    networks: int
    measured: np.ndarray  # (kinds,) s, mean over the networks
    measured_correlations: np.ndarray  # (kinds,) of gradients in centred networks, mean over them
    most_blocks: int

    @property
    def formulas(self) -> np.ndarray:
        """(kinds,) s."""
        return np.array([effective_depth(kind, self.blocks) for kind in KINDS])

    @property
    def correlations(self) -> np.ndarray:
        """(kinds,) of gradients, by the law of lesson 5."""
        return np.array([correlation(kind, self.blocks) for kind in KINDS])

    @property
    def summary(self) -> str:
        """Formula and measurement for each kind."""
        pairs = zip(KINDS, self.formulas, self.measured, strict=True)
        said = "; ".join(
            f"{kind} {number(formula)} ({number(found)})" for kind, formula, found in pairs
        )
        pairs = zip(KINDS, self.correlations, self.measured_correlations, strict=True)
        alike = "; ".join(
            f"{kind.replace('RMS', 'batch')} {_likeness(law)} ({_likeness(found)})"
            for kind, law, found in pairs
        )
        return (
            f"s for {plural(self.blocks, 'block')}, by formula and (mean of "
            f"{self.networks} networks): {said}. Correlation of gradients: {alike}."
        )


def _likeness(correlation):
    # What is left of a deep plain network's correlation is chance and rounding: machines would
    # differ in its digits.
    return f"{correlation:.2f}" if correlation >= 0.02 else "below 0.02"
