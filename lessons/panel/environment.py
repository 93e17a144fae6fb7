"""What fails for the machine's sake, not for the lesson's or the learner's: the cause and the
remedy in a sentence."""

import errno
import os

import jax

MEMORY = (
    "This machine has no memory left for it: restart the kernel, and close other notebooks first."
)


def remedy(error: BaseException) -> str | None:
    """A sentence if the environment is the cause of `error`, or None."""
    if isinstance(error, MemoryError) or "RESOURCE_EXHAUSTED" in str(error):
        return MEMORY
    if isinstance(error, ImportError):
        return (
            f"A package is missing or does not fit ({error}): install the lessons' "
            "environment again,"
            " with make lab"
            " or from environment.yml, and restart the kernel."
        )
    if isinstance(error, OSError):
        return _of_files(error)
    return _of_devices()


def _of_files(error):
    if error.errno == errno.ENOSPC:
        return f"The disk is full ({error}): make room, and move the control again."
    return (
        f"A file could not be used ({error}): look whether it is there and may be read, and restart"
        " the kernel."
    )


def _of_devices():
    """Asks JAX: its own words differ from platform to platform, down to an AssertionError."""
    try:
        jax.devices()
    except Exception as error:  # whatever it is, no lesson can compute without a device
        # JAX gives its settings their names as it runs
        told = jax.config.jax_platforms  # pyrefly: ignore[missing-attribute]
        wanted = told or os.environ.get("JAX_PLATFORMS") or "what it finds"
        return (
            f"JAX is told to compute on {wanted!r} and finds no such device here"
            f" ({_first_line(error)}): set JAX_PLATFORMS=cpu, or remove it from the "
            "environment, and"
            " restart the kernel."
        )
    return None


def _first_line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
