"""What the branches of a trained transformer are worth, and a text read without some of them."""

from dataclasses import dataclass

import numpy as np

from ...network.arrays import Float


@dataclass(frozen=True, eq=False, kw_only=True)
class BranchesMeasurement:
    """Surprise is the mean of -ln p over the characters of a page that was not learned, in nats."""

    deleted: tuple[int, ...]  # branches, from 1; a deleted one leaves its skip
    exchanged: int  # this branch and the next have changed places; 0: none
    surprise: float  # of the network with these lesions
    whole: float
    plain: float  # of a network without skips, trained alike
    single: Float[np.ndarray, " branches"]  # without one branch each
    neighbours: Float[np.ndarray, " branches-1"]  # one exchanged with the next each
    line: str  # one line of the page
    chances: Float[np.ndarray, " characters"]  # p of each character but the first, damaged
    guesses: str  # the likeliest at the same places

    @property
    def is_whole(self) -> bool:
        """Whether nothing is damaged."""
        return not self.deleted and not self.exchanged

    @property
    def damage(self) -> str:
        """What was done, as it stands in a sentence."""
        said = []
        if self.deleted:
            noun = "branch" if len(self.deleted) == 1 else "branches"
            said.append(f"without {noun} {' and '.join(map(str, self.deleted))}")
        if self.exchanged:
            said.append(f"with branches {self.exchanged} and {self.exchanged + 1} exchanged")
        return " and ".join(said)

    @property
    def summary(self) -> str:
        """The surprise, and what it is to be compared with."""
        never = f"{self.plain:.2f} without any skip, trained alike"
        if self.is_whole:
            worst = int(self.single.argmax()) + 1
            return (
                f"{self.whole:.2f} nats per character with all {len(self.single)} branches; "
                f"{never}. Without branch {worst} it would be {self.single.max():.2f}, without "
                f"branch {int(self.single.argmin()) + 1} {self.single.min():.2f}."
            )
        return (
            f"{self.surprise:.2f} nats per character {self.damage}, instead of {self.whole:.2f}; "
            f"{never}."
        )
