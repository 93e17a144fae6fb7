"""Reading the stream after every branch, with the matrix that is meant for the last one."""

from collections.abc import Iterator

import jax
import numpy as np

from ...errors import NetworkError, whole_number
from ..stored import BRANCHES, DESIGNS, STEPS, Pair, initial, training
from ..text import CONTEXT, decode, encode
from ..transformer import read, streams
from .measurement import StreamMeasurement

TEXTS = (  # none of them is in the text that is learned; the last is from `import this`
    "the value of the expression is the result of the function call.",
    "the object is an instance of the class that is named first.",
    "in the face of ambiguity, refuse the temptation to guess.",
)


class StreamExperiment:
    """Remembers what it has trained, so that another text or branch needs no training. One for
    each panel.
    """

    def __init__(self):
        self._trained: dict[int, Pair] = {}

    def measure(
        self, branch: int = 0, text: str = TEXTS[0], run: int = 0
    ) -> Iterator[StreamMeasurement]:
        """Yields what the networks of this run say so far, then trains them if they are not yet
        trained. branch is 0 ... 10; run the seed of weights and batches. Raises LearnerError, at
        the call.
        """
        whole_number("branch", branch, 0, BRANCHES)
        numbers, pair = checked(text), self._trained.get(run) or initial(run)
        return self._measure(pair, numbers, branch, run)

    def has_trained(self, run: int) -> bool:
        """Whether training has begun here for this run."""
        return run in self._trained

    def _measure(self, pair, numbers, branch, run):
        yield measure_stream(pair, numbers, branch)
        if pair.step == STEPS:
            return
        for pair in training(run):
            # A run that was stopped starts again: what it has learned is kept to be looked at.
            if pair.step:
                self._trained[run] = pair
                yield measure_stream(pair, numbers, branch)


def checked(text: str) -> np.ndarray:
    """The text as numbers: 2 ... 64 characters of the alphabet, or LearnerError."""
    if not isinstance(text, str) or not 2 <= len(text) <= CONTEXT:
        length = f"{len(text)} characters" if isinstance(text, str) else f"{text!r}"
        raise NetworkError(f"text must have 2 to {CONTEXT} characters, got {length}.")
    return encode(text)


def measure_stream(pair: Pair, numbers: np.ndarray, branch: int) -> StreamMeasurement:
    """What both networks say of a text after every branch; `branch` is the one that is shown."""
    said, chances = zip(
        *(says(*each, numbers) for each in zip(pair.networks, DESIGNS, strict=True)), strict=True
    )
    return StreamMeasurement(
        text=decode(numbers),
        branch=branch,
        step=pair.step,
        steps=STEPS,
        chances=np.stack(chances),
        guesses=tuple(tuple(map(decode, states)) for states in said),
    )


def says(parameters, design, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The likeliest next character and the chance of the one that comes, (states, characters - 1)
    each.
    """
    scores = scores_of(parameters, design, numbers)[:, :-1]
    chances = np.exp(scores - scores.max(-1, keepdims=True))
    chances /= chances.sum(-1, keepdims=True)
    return scores.argmax(-1), np.take_along_axis(chances, numbers[None, 1:, None], 2)[..., 0]


def scores_of(parameters, design, numbers: np.ndarray) -> np.ndarray:
    """Of the next character after each, read after every branch: (states, characters, alphabet).
    Whatever the text's length, one program.
    """
    padded = np.zeros(CONTEXT, np.int32)
    padded[: len(numbers)] = numbers  # no place sees the padding: attention looks back
    return np.asarray(_scores(parameters, design, padded), np.float64)[:, : len(numbers)]


@jax.jit
def _scores(parameters, design, text):
    return read(parameters, streams(parameters, design, text))
