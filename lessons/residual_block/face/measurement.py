"""What a face looks like after some layers of a plain network, and of one with skips."""

from dataclasses import dataclass

import numpy as np

from ...formatting import plural


@dataclass(frozen=True, eq=False)
class FaceMeasurement:
    """A drawing on a plane in R^width, and where two networks have sent it after `layer` layers.

    Lines hold coordinates along the plane's two orthonormal directions, (points, 2) each. What is
    kept is the cosine between h_l and h_0 over all points of the drawing and all directions, sum
    h_l . h_0 / sqrt(sum |h_l|^2 sum |h_0|^2): 1 for the same direction, 0 for one that has nothing
    to do with it. With skips it is about (1 + β^2)^(-l / 2) in a wide network.
    """

    layer: int  # l; 0 is the input
    branch_scale: float
    plain_face: tuple[np.ndarray, ...]
    residual_face: tuple[np.ndarray, ...]
    plain_mesh: tuple[np.ndarray, ...]  # a square grid behind the face
    residual_mesh: tuple[np.ndarray, ...]
    plain_kept: float
    residual_kept: float
    next_kept: float  # residual_kept with the branch scale one step of the slider larger

    @property
    def summary(self) -> str:
        """How much of the input is left, with the addition and without it."""
        if not self.layer:
            return "1.00 of the input is there: this is the drawing itself, before the first layer."
        return (
            f"{hundredths(self.residual_kept)} of the input is still there after "
            f"{plural(self.layer, 'layer')} with the addition (β = {self.branch_scale:g}), "
            f"{hundredths(self.plain_kept)} without it."
        )


def hundredths(cosine: float) -> str:
    """Two decimals, and no minus in front of zeros."""
    return f"{round(cosine, 2) + 0.0:.2f}"
