"""What the place of the norm does before training: to gradients, and to how alike places are."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural

QUERIES, FEED_FORWARD, STREAM = "queries and keys", "second feed-forward matrix", "stream"
PARTS = (QUERIES, FEED_FORWARD, STREAM)
KINDS = ("pre-norm", "post-norm")


@dataclass(frozen=True, eq=False)
class NormPlacementMeasurement:
    """Several transformers of the same weights with the norm at either place.

    A layer is two branches, attention and feed-forward. The first axis of all arrays is that of
    KINDS, the second that of the networks. Gradients are those of the surprise, the mean of
    -ln p(next character) over all places of all texts.
    """

    layers: int
    branch_scale: float
    part: str  # which of PARTS the gradient is of
    # (2, networks, layers), or layers + 1 for the stream, before the first layer and behind each
    gradient: np.ndarray  # squared: the sum over all entries
    # (2, layers + 1), by closed form; None for weights
    expected: np.ndarray | None
    # (2, networks, layers + 1): mean cosine between two places of a text, in the stream
    alike: np.ndarray

    @property
    def at_the_end(self) -> tuple[float, float]:
        """What the last layer gets with pre-norm and with post-norm: medians of the networks."""
        before, behind = np.median(self.gradient[..., -1], 1)
        return float(before), float(behind)

    @property
    def ratio(self) -> float:
        """The last layer's squared gradient with pre-norm over that with post-norm."""
        before, behind = self.at_the_end
        return before / behind

    @property
    def alike_at_the_end(self) -> tuple[float, float]:
        """Mean cosine between two places behind the last layer, with pre-norm and post-norm."""
        before, behind = np.median(self.alike[..., -1], 1)
        return float(before), float(behind)

    @property
    def summary(self) -> str:
        """How the gradients at the last layer compare, and how alike the places have become."""
        named = (
            "stream behind the last layer" if self.part == STREAM else "last layer's " + self.part
        )
        before, behind = (f"{cosine:.2f}" for cosine in self.alike_at_the_end)
        return (
            f"{number(self.ratio)} times as much squared gradient reaches the {named} with "
            f"pre-norm as with post-norm ({plural(self.layers, 'layer')}, "
            f"β = {self.branch_scale:g}). There two places of a text have a cosine of {before} "
            f"with pre-norm, {behind} with post-norm."
        )
