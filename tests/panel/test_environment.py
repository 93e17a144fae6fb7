"""What fails for the machine's sake is said with its cause and its remedy, and is not called a
bug."""

import errno
import os
import subprocess
import sys

import pytest

from lessons.residual_block.block.explorer import block_explorer

PLATFORMS = ["cuda", "gpu", "tpu"]
# Each is told to JAX as its variable tells it the first one, which it reads when it is imported.
SHOW = """
import jax
from lessons.residual_block.block.explorer import block_explorer
for platform in {}:
    jax.config.update("jax_platforms", platform)
    print(" ".join(block_explorer()._repr_mimebundle_()[0]["text/plain"].split()))
"""


@pytest.fixture(scope="module")
def panel():
    return block_explorer()


@pytest.fixture
def said(panel, monkeypatch):
    """What the panel says when its measurement fails with an error."""

    def measure_fails_with(error):
        monkeypatch.setattr(panel, "_measure", lambda **values: (_ for _ in ()).throw(error))
        return panel.set(depth=3).message

    return measure_fails_with


@pytest.fixture(scope="module")
def shown():
    """What a panel says in a process that is told to compute on each platform in turn."""
    run = [sys.executable, "-c", SHOW.format(PLATFORMS)]
    told = {**os.environ, "JAX_PLATFORMS": PLATFORMS[0]}
    done = subprocess.run(run, env=told, capture_output=True, text=True, check=True)
    return dict(zip(PLATFORMS, done.stdout.splitlines(), strict=True))


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.slow
def test_a_device_that_is_not_there_is_named_with_the_remedy(platform, shown):
    text = shown[platform]
    if "Relative squared distance" in text:
        pytest.skip(f"this machine has a {platform}")
    assert platform in text and "JAX_PLATFORMS=cpu" in text and "bug" not in text


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
@pytest.mark.slow
def test_causes_that_are_not_ours_come_with_a_remedy(said, error, remedy):
    assert remedy in said(error) and "bug" not in said(error)


def test_anything_else_is_a_bug(said):
    assert said(KeyError("depth")).startswith("This is a bug in the lesson")
