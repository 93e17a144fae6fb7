"""What the stored grid says of digits. Nothing is trained here: `make grid` did that."""

import numpy as np

from ...errors import one_of
from ..architectures import named
from ..grid.experiment import measure_grid
from .measurement import LABELS, NumberOfDigitsMeasurement

ENSEMBLES = {
    "12 networks of 1 block": "12 × 1",
    "4 networks of 3 blocks": "4 × 3",
    "2 networks of 6 blocks": "2 × 6",
}
ROWS = dict(zip(LABELS, ("digits", "digits, 30 % of labels wrong"), strict=True))
SIZES = ("50", "200", "1000")


def measure_number_of_digits(
    digits: str = SIZES[-1], ensemble: str = next(iter(ENSEMBLES)), labels: str = LABELS[0]
) -> NumberOfDigitsMeasurement:
    """One network of 12 blocks against one of ENSEMBLES with as many parameters, five seeds.

    `digits` are those of a training set. Raises NetworkError, and StoreError for a grid that is
    missing.
    """
    place = one_of("number of digits", digits, SIZES)
    one_of("ensemble", ensemble, tuple(ENSEMBLES))
    one_of("labels", labels, LABELS)
    arm, row = ENSEMBLES[ensemble], ROWS[labels]
    grid = measure_grid("deep", arm, row, place + 1)
    sizes = tuple(map(int, SIZES))
    cells = [[grid.cells[(row, size, name)] for name in ("deep", arm)] for size in sizes]
    errors = np.array([(deep.error, it.error, it.member_error) for deep, it in cells])
    verdict = grid.verdicts[grid.comparisons.index((row, int(digits)))]
    kind = named(arm)
    return NumberOfDigitsMeasurement(
        int(digits), arm, kind.members, kind.blocks, labels, sizes, errors, verdict
    )
