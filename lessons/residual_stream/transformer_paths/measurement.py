"""The gradient of a transformer's surprise at one line of text, by the length of its paths."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number
from ...instruments.path_lengths import Chain, PathLengths
from ...network.arrays import Float


@dataclass(frozen=True, eq=False)
class StoredPaths:
    """What the instruments measured of one network at one line, kept in a file."""

    vectors: Float[np.ndarray, " lengths"]
    squares: Float[np.ndarray, " lengths"]
    signal: Float[np.ndarray, " lengths"]
    squares_error: Float[np.ndarray, " lengths"]
    quadrature_error: float
    gradient_depth: float  # s, by the gradient


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class TransformerPathsMeasurement(PathLengths):
    """Paths from the first state of the stream to the last, by the number of branches on them."""

    network: str
    line: int
    gradient_depth: float

    @property
    def harmonic(self) -> float:
        """H_(n+1) - 1: what s would be if each branch wrote as much as the embedding."""
        return float((1 / np.arange(2, self.topology.depth + 2)).sum())

    @property
    def summary(self) -> str:
        """Where the hill lies, and what it is to be compared with."""
        quadrature, blocks = self.mean_lengths[1], self.topology.depth
        return (
            f"{number(quadrature)} of {blocks} branches is the mean length of the gradient's paths "
            f"in quadrature, {self.network}; s = {number(self.effective_depth)} by the signal, "
            f"{number(self.gradient_depth)} by the gradient. To compare: n/2 = "
            f"{number(blocks / 2)}, H_{blocks + 1} − 1 = {number(self.harmonic)}. Coherence "
            f"{number(self.coherence)}."
        )


def shown(record: StoredPaths, network: str, line: int) -> TransformerPathsMeasurement:
    """The stored numbers as what the panel shows."""
    return TransformerPathsMeasurement(
        topology=Chain(len(record.vectors) - 1), network=network, line=line, **vars(record)
    )
