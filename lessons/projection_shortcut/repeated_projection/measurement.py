"""What many shortcuts behind one another leave of a signal and of a gradient."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural

FEW = 1 / 4  # of all directions; trained networks differ between machines, but not by that much


@dataclass(frozen=True, eq=False, kw_only=True)
class RepeatedMeasurement:
    """A residual network of `blocks` blocks, h_l = W_l h_(l-1) + β f_l(h_(l-1)), and its gradient
    from h_L back to h_0.

    All norms are those of a gradient that has norm 1 at h_L. `gradient_norm` is the root of the
    mean square over inputs, `correlation` the mean cosine between the gradient at h_l and that at
    h_L; `direct_norm` is what the shortcuts alone carry; `predicted_norm` is |λ|^(L - l), with λ =
    1 for a W that keeps |x|^2, or keeps it in expectation.
    """

    kind: str  # one of lessons.projection_shortcut.repeated_projection.experiment.KINDS
    blocks: int
    scale: float  # λ, used by λI alone
    branch_scale: float  # β
    learned: bool
    product_values: np.ndarray  # singular values of W_1 W_2 ... W_L, (width,), in falling order
    gradient_norm: np.ndarray  # (blocks + 1,), from h_0 to h_L
    direct_norm: np.ndarray
    predicted_norm: np.ndarray | None  # None for learned W
    correlation: np.ndarray

    @property
    def relative_values(self) -> np.ndarray:
        """Singular values of the product as parts of the largest."""
        return self.product_values / self.product_values[0]

    @property
    def stable_rank(self) -> float:
        """Of the product: how many directions it carries about as well as its best one."""
        return float((self.relative_values**2).sum())

    @property
    def summary(self) -> str:
        """How many directions pass all shortcuts, and what of the gradient reaches the first
        layer.
        """
        width = len(self.product_values)
        if self.learned:
            return (
                f"{self._setting}: the product of the shortcuts "
                f"{_coarse(self.stable_rank, width)}. {self._gradient(1)}"
            )
        product = (
            f"the product of the shortcuts has stable rank {number(self.stable_rank)} of {width}"
        )
        return f"{self._setting}: {product}. {self._gradient(2)}"

    @property
    def _setting(self):
        kind = f"W = {self.scale:g} I" if self.kind == "λI" else self.kind
        return f"{plural(self.blocks, 'block')}, {kind}, branch scale {self.branch_scale:g}"

    def _gradient(self, digits):
        if self.predicted_norm is None:  # nothing is predicted of a learned W
            return (
                "The gradient's correlation with that at the output falls "
                f"{_fall(self.correlation[0])}."
            )
        predicted = f" ({number(self.predicted_norm[0])} predicted)"
        return (
            "Of a gradient of norm 1 at the output the shortcuts alone bring "
            f"{number(self.direct_norm[0])}{predicted} to "
            f"the input; with the branches {number(self.gradient_norm[0])} arrives, at correlation "
            f"{self.correlation[0]:.2f} with the gradient at the output."
        )


def _coarse(rank, width):
    if rank > width / 2:
        return f"keeps more than half of the {width} directions (stable rank)"
    if rank > FEW * width:
        return f"keeps between a quarter and half of the {width} directions (stable rank)"
    return f"keeps less than a quarter of the {width} directions (stable rank)"


def _fall(correlation):
    return "below 0.5" if correlation < 0.5 else "no lower than 0.5"
