"""A residual block from size a to size b: what its parts look like, cost and do."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural


@dataclass(frozen=True, eq=False, kw_only=True)
class ShapeMeasurement:
    """One block F(x) + Wx at one input x, a row of a numbers; F has `span` layers of He weights.

    Singular values, in falling order, say how much the block stretches its most and least favoured
    directions; those that rounding alone keeps from 0 are 0. Without a sum, `sum` and `sum_values`
    are None.
    """

    a: int
    b: int
    span: int
    shortcut: str  # one of lessons.projection_shortcut.shortcuts.KINDS
    x: np.ndarray  # (a,)
    weights: tuple[np.ndarray, ...]  # of F's layers: (a, b), (b, b), ...
    branch: np.ndarray  # F(x), (b,)
    W: np.ndarray | None  # (a, b); None if the identity does not fit
    sum: np.ndarray | None  # F(x) + Wx, (b,)
    branch_values: np.ndarray  # singular values of J_F, (min(a, b),)
    shortcut_values: np.ndarray | None  # of W
    sum_values: np.ndarray | None  # of W + J_F
    jax_says: str  # what JAX answers to F(x) + x where the sizes differ, or nothing
    # the shape that JAX makes of F(x) + x where it does not object
    broadcast: tuple[int, ...] | None

    @property
    def carried(self) -> np.ndarray:
        """What arrives at the sum: Wx, or x itself if there is no W that fits."""
        return self.x if self.W is None else self.x @ self.W

    @property
    def formula(self) -> str:
        """F(x) + x for the identity, else F(x) + Wx."""
        return "F(x) + x" if self.shortcut == "identity" else "F(x) + Wx"

    @property
    def branch_parameters(self) -> int:
        """Weights and biases of F."""
        return self.branch_multiplications + self.span * self.b

    @property
    def branch_multiplications(self) -> int:
        """Multiplications that F takes for one x."""
        return self.a * self.b + (self.span - 1) * self.b**2

    @property
    def shortcut_cost(self) -> int:
        """Parameters of W, and multiplications that it takes for one x: as many."""
        return self.a * self.b if self.shortcut in ("Gaussian", "orthogonal") else 0

    def lost(self, values: np.ndarray) -> int:
        """How many of the a directions of x are lost altogether, by these singular values; what
        does not fit into b numbers is lost, too.
        """
        return self.a - int(np.count_nonzero(values))

    @property
    def summary(self) -> str:
        """What is lost, what it costs, and the strongest and weakest direction of each part."""
        sizes = f"from size {self.a} to size {self.b}"
        if self.sum is None or self.sum_values is None:
            cost = f"F has {plural(self.span, 'layer')} with {self.branch_parameters} parameters"
            return f"F(x) + x {sizes}: {self._no_sum} {cost}."
        lost = self.lost(self.sum_values) or "none"
        return (
            f"The branch F loses {self.lost(self.branch_values)} of the "
            f"{plural(self.a, 'direction')} of x, the block {self.formula} {lost}: "
            f"{self.shortcut}, {sizes}. "
            f"Parameters: {self.branch_parameters} in F, {self.shortcut_cost} in W. "
            f"Largest and smallest singular value: {_ends(self.branch_values)} for J_F, "
            f"{_ends(self.shortcut_values)} for W, {_ends(self.sum_values)} for W + J_F."
        )

    @property
    def _no_sum(self):
        if self.broadcast is None:
            return "JAX refuses the sum, because no entry of one says where it goes in the other."
        return (
            "JAX repeats the single number and makes "
            f"{plural(self.broadcast[0], 'number')} of it: no error, but no identity."
        )


def _ends(values):
    return f"{number(values[0])} and {number(values[-1])}"
