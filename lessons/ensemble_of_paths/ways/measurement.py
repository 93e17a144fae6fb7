"""All paths of a small residual network, and the one path of the same network without skips."""

from dataclasses import dataclass

from ..unraveled.measurement import UnraveledMeasurement


@dataclass(frozen=True, eq=False)
class WaysMeasurement:
    """Paths through a few blocks, and the path that there is without skips."""

    paths: UnraveledMeasurement
    plain_norm: float  # of the gradient without skips; 0 if a layer is deleted

    @property
    def total(self) -> int:
        """2^n."""
        return len(self.paths.passes)

    @property
    def left(self) -> int:
        """How many paths pass no deleted block."""
        return int(self.paths.alive.sum())

    @property
    def is_cut(self) -> bool:
        """Whether the network without skips has lost its only path."""
        return any(self.paths.deleted)

    @property
    def summary(self) -> str:
        """How many paths are left, with skips and without."""
        if not self.is_cut:
            return (
                f"{self.paths.blocks} blocks with skips have {self.total} paths. Without skips "
                "there is 1."
            )
        verb = "is" if self.left == 1 else "are"
        return f"{self.left} of {self.total} paths {verb} left. Without skips: 0 of 1."
