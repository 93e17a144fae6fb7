"""What every check is made of: a verdict, one place that runs the learner's code, one comparison of
numbers.

A check runs an answer on several cases. It accepts whatever gives the right numbers, in NumPy, JAX
or lists, and says what is missing in one sentence.
"""

import inspect
import reprlib
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, wraps

import numpy as np

from .faults import LONGEST_LINE, described, is_unwritten, place, shortened
from .guard import Unended, guarded

TOLERANCE = (
    1e-4  # of the largest number: float32 on any machine stays below, a wrong formula does not
)
LARGEST = 10**5  # numbers in an answer; the right ones have a hundred
LONGEST_VERDICT, LONGEST_NUMBERS = 1000, 400  # characters
STUB = (
    "nothing to check so far. Write your answer in place of the stub, run that cell, then this one."
)


@dataclass(frozen=True, repr=False)
class Verdict:
    """Whether an answer is right, and why. A notebook shows it as a sentence."""

    passed: bool
    message: str

    def __repr__(self):
        return f"{'Correct' if self.passed else 'Not yet'}: {self.message}"


class NotYet(Exception):
    """Why an answer is not accepted, in a sentence."""


def check(examine: Callable[..., str]) -> Callable[..., Verdict]:
    """Makes a check of a function that returns why an answer is right or raises NotYet.

    The check returns a Verdict whatever the answer does, in a bounded time; only the learner's own
    interrupt ends it.
    """

    @wraps(examine)
    def check_answer(*answer) -> Verdict:
        inspect.signature(examine).bind(*answer)  # a call with too few answers is not an answer
        message, error = guarded(partial(_without_warnings, examine, *answer))
        said = str(message) if error is None else _sentence(error)
        return Verdict(error is None, shortened(" ".join(said.split()), LONGEST_VERDICT))

    return check_answer


def _without_warnings(examine, *answer):
    # What overflows is not close to any expected number, and the verdict says so.
    with np.errstate(all="ignore"):
        return examine(*answer)


def _sentence(error: BaseException) -> str:
    """What a check says that ended with this exception."""
    if isinstance(error, NotYet):
        return str(error)
    if isinstance(error, Unended):
        rest = " It cannot be stopped: restart the kernel before you go on." if error.alive else ""
        where = place(error.frames)
        said = f"your answer was still running after {error.seconds:.0f} seconds, and was stopped."
        return said + where + rest
    if place(traceback.walk_tb(error.__traceback__)):
        return f"your answer raised {described(error)}"
    return f"this check cannot judge your answer, which is a fault of the check: {described(error)}"


def is_stub(value) -> bool:
    """Whether nothing has been written yet: None or `...`."""
    return value is None or value is ...


def run(call, *arguments, failure: str):
    """What the learner's function returns. NotYet if it returns nothing, or raises: `failure`
    begins that sentence; a blank `...` that is computed with, or is an index, is a stub.
    """
    try:
        result = call(*arguments)
    except NotYet:
        raise
    # Learner code may raise anything, SystemExit too, and a traceback through these files would not
    # help.
    except BaseException as error:
        if isinstance(error, TypeError | IndexError) and "ellipsis" in str(error):
            raise NotYet(STUB) from None
        raise NotYet(f"{failure} {described(error)}") from None
    if is_stub(result):
        raise NotYet(f"your function returns {result}: end it with `return` and your answer.")
    if inspect.isgenerator(result) or inspect.iscoroutine(result):
        result.close()
        word = "yield" if inspect.isgenerator(result) else "async"
        raise NotYet(
            f"your function gives a {type(result).__name__} and no numbers: "
            f"use `return`, and no `{word}`."
        )
    return result


def function(name: str, value, is_answer: bool = True) -> Callable:
    """`value` if it can be called, or NotYet; an answer may still be the stub, what it returns may
    not.
    """
    if is_stub(value):
        raise NotYet(STUB)
    if not callable(value):
        raise NotYet(f"{name} must be a function, got {type(value).__name__}.")
    if is_answer and is_unwritten(value):
        raise NotYet(STUB)
    return value


def numbers(name: str, value) -> np.ndarray:
    """`value` as a float64 array of finite real numbers, or NotYet; with a blank in it, it is a
    stub.
    """
    if is_stub(value) or isinstance(value, tuple | list) and any(map(is_stub, value)):
        raise NotYet(STUB)
    array = run(as_floats, value, failure=f"{name} must be an array of real numbers:")
    if not np.isfinite(array).all():
        raise NotYet(f"{name} holds {'nan' if np.isnan(array).any() else 'inf'}: {shown(array)}.")
    return array


def as_floats(value) -> np.ndarray:
    """`value` as float64, a copy; TypeError for what NumPy would turn into numbers only in part, or
    from text.
    """
    if (
        isinstance(value, Sequence) and len(value) > LARGEST
    ):  # before range(10**12) becomes an array
        raise ValueError(f"got {len(value)} of them")
    array = np.asarray(value)
    if array.size > LARGEST:
        raise ValueError(f"got {array.size} of them, shape {array.shape}")
    if array.dtype.kind in "cSUmM":
        raise TypeError(f"got {array.dtype}")
    return array.astype(np.float64)


def close(got: np.ndarray, expected: np.ndarray | np.floating, scale: float | None = None) -> bool:
    """Whether two arrays agree to TOLERANCE times `scale`: if not given, the largest expected
    number, or 1 if all are 0.
    """
    scale = scale or np.abs(expected).max() or 1.0
    return bool(np.abs(got - expected).max() <= TOLERANCE * scale)


class Quote(reprlib.Repr):
    """Writes out words, numbers and lists of them, and of other things the type alone: their repr
    may be anything.
    """

    def repr_instance(self, x, level):
        return repr(x) if isinstance(x, float | bool) else f"one {type(x).__name__}"


QUOTE = Quote()
QUOTE.maxstring = LONGEST_LINE


def quoted(value) -> str:
    """What an answer is, short enough for a sentence."""
    return QUOTE.repr(value)


def shape(name: str, array: np.ndarray, expected: tuple[int, ...]) -> None:
    """NotYet unless the array has the expected shape."""
    if array.shape != expected:
        raise NotYet(f"{name} must have shape {expected}, got {array.shape}.")


def shown(array) -> str:
    """Numbers with three significant digits on one line."""
    rounded = np.asarray(array, np.float64) + 0.0  # no -0
    text = np.array2string(
        rounded, separator=", ", threshold=40, formatter={"float_kind": "{:.3g}".format}
    )
    return shortened(" ".join(text.split()), LONGEST_NUMBERS)
