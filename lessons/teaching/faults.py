"""What went wrong in a learner's answer, in a sentence: the exception, and the line of the
learner's that it came from.
"""

import dis
import inspect
import linecache
import sysconfig
import traceback
from pathlib import Path

LONGEST_MESSAGE = 200
LONGEST_LINE = 100
PACKAGES = ("site-packages", "dist-packages")
OURS = (str(Path(__file__).parents[1]), sysconfig.get_path("stdlib"))


def _dots(): ...


def _passes():
    pass


def _raises():
    raise NotImplementedError


def _steps(function):
    """What a function does, whatever its name, arguments and docstring."""
    steps = [(step.opname, step.argval) for step in dis.get_instructions(function)]
    return [step for step in steps if step[0] != "RESUME"]


STUBS = (*map(_steps, (_dots, _passes, _raises)), _steps(lambda: ...))


def is_unwritten(function) -> bool:
    """Whether a function is a stub: its body is `...`, `pass` or `raise NotImplementedError`, and
    nothing else.

    Not whether it raises NotImplementedError: libraries do that, and helpers that are not written
    yet.
    """
    code = getattr(inspect.unwrap(function), "__code__", None)
    return inspect.iscode(code) and _steps(code) in STUBS


def described(error: BaseException) -> str:
    """The type of an exception, the first line of its message, and where in the learner's code it
    was raised.
    """
    return f"{_named(error)}.{place(traceback.walk_tb(error.__traceback__))}"


def _named(error):
    if isinstance(error, BaseExceptionGroup):
        first = _named(error.exceptions[0])
        return f"{type(error).__name__}: {_message(error)}, the first of them {first}"
    if isinstance(error, SystemExit):
        return f"{type(error).__name__}: it called exit()"
    return f"{type(error).__name__}: {_message(error)}"


def _message(error):
    """The first line, which JAX continues over many."""
    try:
        lines = str(error).strip().splitlines() or ["no message"]
    except Exception:  # str is the learner's, too
        return "its message cannot be shown"
    return shortened(lines[0], LONGEST_MESSAGE).rstrip(".")


def shortened(text: str, most: int) -> str:
    """The beginning of a text, if it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[:most]}…"


def place(frames) -> str:
    """The innermost of these frames that runs the learner's code: " In line 2: `return 1 / 0`.", or
    nothing.
    """
    theirs = [(frame, line) for frame, line in frames if is_theirs(frame.f_code.co_filename)]
    if not theirs:
        return ""
    frame, line = theirs[-1]
    code = linecache.getline(frame.f_code.co_filename, line).strip()
    return f" In line {line}: `{shortened(code, LONGEST_LINE)}`." if code else f" In line {line}."


def is_theirs(filename: str) -> bool:
    """Whether the learner wrote this file: a cell, or a module neither ours nor installed."""
    if filename.startswith("<"):  # generated code, but for cells of some front ends
        return filename.startswith("<ipython-input")
    return not filename.startswith(OURS) and not any(name in filename for name in PACKAGES)
