"""What every check is made of: a verdict, one place that runs the learner's code, one comparison of
numbers.

A check runs an answer on several cases. It accepts whatever gives the right numbers, in NumPy, JAX
or lists, and says what is missing in one sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import numpy as np

TOLERANCE = (
    1e-4  # of the largest number: float32 on any machine stays below, a wrong formula does not
)
LONGEST_MESSAGE = 200
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
    """Makes a check of a function that returns why an answer is right or raises NotYet."""

    @wraps(examine)
    def check_answer(*answer) -> Verdict:
        try:
            return Verdict(True, examine(*answer))
        except NotYet as reason:
            return Verdict(False, str(reason))

    return check_answer


def is_stub(value) -> bool:
    """Whether nothing has been written yet: None or `...`."""
    return value is None or value is ...


def run(call, *arguments, failure: str):
    """What the learner's function returns. NotYet if it returns nothing, or raises: `failure`
    begins that sentence.
    """
    try:
        result = call(*arguments)
    except NotImplementedError:
        raise NotYet(STUB) from None
    # Learner code may raise anything, and a traceback through these files would not help. This is
    # the only place that runs it, and so the only place that catches everything.
    except Exception as error:
        raise NotYet(f"{failure} {described(error)}") from None
    if is_stub(result):
        raise NotYet(
            f"your function returns {result}. Write your answer in place of the stub, "
            "and return it."
        )
    return result


def described(error: Exception) -> str:
    """The type of an exception and the first line of its message, which JAX continues over many."""
    lines = str(error).strip().splitlines() or ["no message"]
    line = lines[0] if len(lines[0]) <= LONGEST_MESSAGE else f"{lines[0][:LONGEST_MESSAGE]}…"
    return f"{type(error).__name__}: {line.rstrip('.')}."


def function(name: str, value) -> Callable:
    """`value` if it can be called, or NotYet."""
    if is_stub(value):
        raise NotYet(STUB)
    if not callable(value):
        raise NotYet(f"{name} must be a function, got {type(value).__name__}.")
    return value


def numbers(name: str, value) -> np.ndarray:
    """`value` as a float64 array of finite real numbers, or NotYet."""
    if is_stub(value):
        raise NotYet(STUB)
    array = run(as_floats, value, failure=f"{name} must be an array of real numbers:")
    if not np.isfinite(array).all():
        raise NotYet(f"{name} holds {'nan' if np.isnan(array).any() else 'inf'}: {shown(array)}.")
    return array


def as_floats(value) -> np.ndarray:
    """`value` as float64; TypeError for what NumPy would turn into numbers only in part, or from
    text.
    """
    array = np.asarray(value)
    if array.dtype.kind in "cSUmM":
        raise TypeError(f"got {array.dtype}")
    return array.astype(np.float64)


def close(got: np.ndarray, expected: np.ndarray, scale: float | None = None) -> bool:
    """Whether two arrays agree to TOLERANCE times `scale`: if not given, the largest expected
    number, or 1 if all are 0.
    """
    scale = scale or np.abs(expected).max() or 1.0
    return bool(np.abs(got - expected).max() <= TOLERANCE * scale)


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
    return " ".join(text.split())
