"""One deep network, an ensemble, and one of its members alone, for three numbers of digits."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural

DEEP, ENSEMBLE, MEMBER = range(3)
LABELS = ("all right", "3 of 10 wrong")
VERDICTS = {
    "arm": "the deep network is clearly better",
    "rival": "the ensemble is clearly better",
    "not clear": "five pairs of runs do not settle who is better",
}


@dataclass(frozen=True, eq=False)
class NumberOfDigitsMeasurement:
    """Squared errors on 500 other digits, relative to the best constant answer, as the grid has
    them: (sizes, 3, seeds) for DEEP, ENSEMBLE and MEMBER, the mean over one by one members."""

    digits: int  # chosen, one of `sizes`
    ensemble: str  # name of the arm
    members: int
    blocks: int  # of each member
    labels: str
    sizes: tuple[int, ...]
    errors: np.ndarray
    verdict: str  # one of VERDICTS: who is better at the chosen number, if both intervals say so

    @property
    def here(self) -> np.ndarray:
        """The errors at the chosen number of digits, (3, seeds)."""
        return self.errors[self.sizes.index(self.digits)]

    @property
    def ensemble_in_words(self) -> str:
        """4 networks of 3 blocks."""
        return f"{plural(self.members, 'network')} of {plural(self.blocks, 'block')}"

    @property
    def summary(self) -> str:
        """Both errors, who is better, and what a member is worth alone."""
        deep, ensemble, member = (number(float(one.mean())) for one in self.here)
        return (
            f"{self.digits} digits: error {deep} for the deep network, {ensemble} for the "
            f"ensemble; {VERDICTS[self.verdict]}. One of its {self.members} members alone: "
            f"{member}."
        )
