"""What is stored of four trained networks, read for so many deleted blocks."""

from ...errors import whole_number
from ..lesion.trained import AnyLesion
from .measurement import KINDS, DeletionMeasurement


def measure_deletion(lesions: AnyLesion, deleted: int) -> DeletionMeasurement:
    """Errors with 0 ... n - 1 blocks deleted, of which `deleted` are looked at. Raises
    LearnerError.
    """
    deleted = whole_number("blocks deleted", deleted, 0, lesions.blocks - 1)
    return DeletionMeasurement(deleted, lesions.deletions[: len(KINDS)])
