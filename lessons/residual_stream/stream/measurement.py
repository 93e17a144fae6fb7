"""What two transformers expect of every character of a sentence, read after each branch."""

from dataclasses import dataclass

import numpy as np

from ...network.arrays import Float


@dataclass(frozen=True, eq=False)
class StreamMeasurement:
    """A network with skips and one without, trained alike: what their streams say of the next
    character, at each place of a text and after each branch.

    The first axis of the arrays is (with skips, without), the second branches 0 ... n, where 0 is
    the stream before the first. The first character has nothing before it and is not judged.
    """

    text: str
    branch: int  # after which one the picture reads the stream
    step: int  # of training
    steps: int
    chances: Float[np.ndarray, "networks states characters"]  # p of the character that comes
    guesses: tuple[tuple[str, ...], ...]  # the likeliest characters: a text for each state

    @property
    def progress(self) -> float:
        """The part of the training that is done, 0 to 1."""
        return self.step / self.steps

    @property
    def branches(self) -> int:
        """n, in each of the two."""
        return self.chances.shape[1] - 1

    @property
    def right(self) -> np.ndarray:
        """How many characters are guessed right, (networks, states)."""
        wanted = self.text[1:]
        return np.array(
            [[sum(map(str.__eq__, said, wanted)) for said in states] for states in self.guesses]
        )

    @property
    def mean_chances(self) -> np.ndarray:
        """Mean of p over the characters, 0 to 1, (networks, states): how dark the text is."""
        return self.chances.mean(-1)

    @property
    def surprises(self) -> np.ndarray:
        """Mean of -ln p over the characters, nats, (networks, states)."""
        return -np.log(self.chances).mean(-1)

    @property
    def summary(self) -> str:
        """How many are guessed right, with skips and without."""
        with_skips, without = self.right[:, self.branch]
        where = f"After branch {self.branch}" if self.branch else "Before the first branch"
        return (
            f"{with_skips} of {len(self.text) - 1} characters are guessed right with skips, "
            f"{without} without. {where} the stream gives the character that comes a chance of "
            f"{100 * self.mean_chances[0, self.branch]:.0f} % on average with skips, and "
            f"{100 * self.mean_chances[1, self.branch]:.0f} % without.{self._how_far}"
        )

    @property
    def _how_far(self):
        if not self.step:
            return " Neither has learned anything yet."
        return f" {self.step} of {self.steps} steps are done." * (self.step < self.steps)
