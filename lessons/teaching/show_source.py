"""The source code of what just ran, inside the lesson."""

import functools
import inspect
import re
import sys
import textwrap
from pathlib import Path

from ..errors import LearnerError


def show_source(*objects) -> "Source":
    """The source code of functions and classes, each under the name of its file.

    Looks through jax.jit, jax.custom_vjp, functools.partial, properties and bound methods. Raises
    LearnerError for anything not written in Python.
    """
    return Source("\n\n".join(titled_source(unwrap(thing)) for thing in objects))


class Source:
    """Source code that a notebook shows in the colours of its theme; `text` is the code itself."""

    def __init__(self, text: str):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        # Markdown and not HTML: the page then picks colours that can be read on its background,
        # light or dark.
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", self.text))])
        return f"{fence}python\n{self.text}\n{fence}"


def unwrap(thing):
    """The function that was written, without what decorators made of it."""
    if isinstance(thing, functools.partial):
        return unwrap(thing.func)
    if isinstance(thing, property):
        return unwrap(thing.fget)
    written = inspect.unwrap(thing)
    return written if written is thing else unwrap(written)


def titled_source(written) -> str:
    """Source under a comment that names its file."""
    try:
        source = inspect.getsource(written)
    except (TypeError, OSError):  # no Python code at all; code whose file cannot be read
        raise LearnerError(
            f"show_source needs functions or classes written in Python, got {written!r}."
        ) from None
    return f"# {place(written)}\n{textwrap.dedent(source).strip()}"


def place(written) -> str:
    """The file from the package on, such as lessons/network/network.py: the same on every
    machine.
    """
    file = Path(inspect.getsourcefile(written) or "")
    package = sys.modules[written.__module__.partition(".")[0]]
    if not getattr(package, "__path__", None):
        return "this notebook" if package.__name__ == "__main__" else file.name
    return file.relative_to(Path(package.__path__[0]).parent).as_posix()
