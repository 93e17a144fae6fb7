"""What fails for the machine's sake is said with its cause and its remedy, and is not called a
bug."""

import errno
import os
import subprocess
import sys

import pytest

from lessons.residual_block.block.explorer import block_explorer

SHOW = (
    "from lessons.residual_block.block.explorer import block_explorer; "
    "print(block_explorer()._repr_mimebundle_()[0]['text/plain'])"
)


def said(error):
    panel = block_explorer()
    panel._measure = lambda **values: (_ for _ in ()).throw(error)
    return panel.set(depth=3).message


@pytest.mark.parametrize("platform", ["cuda", "gpu", "tpu"])
@pytest.mark.slow
def test_a_device_that_is_not_there_is_named_with_the_remedy(platform):
    run = [sys.executable, "-c", SHOW]
    found = subprocess.run(
        run,
        env={**os.environ, "JAX_PLATFORMS": platform},
        capture_output=True,
        text=True,
        check=True,
    )
    if "Relative squared distance" in found.stdout:
        pytest.skip(f"this machine has a {platform}")
    assert (
        platform in found.stdout
        and "JAX_PLATFORMS=cpu" in found.stdout
        and "bug" not in found.stdout
    )


@pytest.mark.parametrize(
    "error, remedy",
    [
        (MemoryError(), "restart the kernel, and close other notebooks first."),
        (
            RuntimeError("RESOURCE_EXHAUSTED: out of memory allocating 10 bytes"),
            "close other notebooks first.",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "make room"),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory", "digits.csv.gz"),
            "digits.csv.gz",
        ),
        (
            ModuleNotFoundError("No module named 'sklearn'"),
            "install the lessons' environment again",
        ),
    ],
)
def test_causes_that_are_not_ours_come_with_a_remedy(error, remedy):
    assert remedy in said(error) and "bug" not in said(error)


def test_anything_else_is_a_bug():
    assert said(KeyError("depth")).startswith("This is a bug in the lesson")
