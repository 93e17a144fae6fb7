"""What is left of four trained networks after any choice of deleted blocks, as a table: a stored
one answers every move of the panel without the networks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from ..lesions import Lesions, deletion
from .experiment import BLOCKS, LesionExperiment, _errors
from .measurement import LesionMeasurement, LesionTables


@dataclass(frozen=True, eq=False)
class AnyLesion:
    """Error rates, 0 to 1, of the four networks of one seed; first axis as measurement.KINDS."""

    step: int
    steps: int
    blocks: int
    effective_depths: np.ndarray  # (kinds,); s
    errors: np.ndarray  # (kinds, 2^blocks); in column k block l is deleted if k has the bit l - 1
    deletions: np.ndarray  # (kinds, blocks, choices); as LesionTables
    reorderings: np.ndarray  # (kinds, taus, choices)
    taus: np.ndarray

    def show(self, values: Mapping) -> LesionMeasurement:
        """With the panel's controls at these values."""
        gone = tuple(block for block in range(1, self.blocks + 1) if values[f"gone_{block}"])
        single = self.errors[:, 2 ** np.arange(self.blocks)]
        return LesionMeasurement(
            step=self.step,
            steps=self.steps,
            blocks=self.blocks,
            intact=self.errors[:, 0],
            chosen=self.errors[:, sum(2 ** (block - 1) for block in gone)],
            gone=gone,
            effective_depths=self.effective_depths,
            deleted=values["deleted"],
            taus=self.taus,
            tau=values["tau"],
            tables=LesionTables(single, self.deletions, self.reorderings),
        )


def any_lesion(experiment: LesionExperiment, seed: int) -> AnyLesion:
    """The table of the networks that the experiment has trained to the end for this seed."""
    trained = experiment._trained[seed]
    subsets = list(
        chain.from_iterable(combinations(range(BLOCKS), gone) for gone in range(BLOCKS + 1))
    )
    rows = zip(*(deletion(BLOCKS, gone) for gone in subsets), strict=True)
    columns = [sum(2**block for block in gone) for gone in subsets]
    errors = np.empty((len(trained.networks), 2**BLOCKS))
    errors[:, columns] = _errors(trained.networks, Lesions(*map(np.concatenate, rows)))
    last = next(experiment.measure(seed))
    assert last.tables is not None  # they are trained
    return AnyLesion(
        step=last.step,
        steps=last.steps,
        blocks=BLOCKS,
        effective_depths=last.effective_depths,
        errors=errors,
        deletions=last.tables.deletions,
        reorderings=last.tables.reorderings,
        taus=last.taus,
    )
