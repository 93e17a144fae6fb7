"""Runs give back the image that they were made of."""

import numpy as np
import pytest

from lessons.drawing.runs import Runs

SHAPES = [(1, 1), (3, 7), (40, 25)]


def images(rng, shape):
    """Of one colour, of many, of areas, and of lines that go on in the next row."""
    noise = rng.integers(0, 256, (*shape, 4), dtype=np.uint8)
    yield np.full_like(noise, 255)
    yield noise
    yield np.where(rng.random(shape)[..., None] < 0.1, noise, np.uint8(255))
    yield np.repeat(noise[:, :1], shape[1], 1)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_image_comes_back_whatever_was_there(shape, rng):
    for image in images(rng, shape):
        found = rng.integers(0, 256, image.shape, dtype=np.uint8)
        Runs.of(image).lay_on(found)
        assert (found == image).all()


@pytest.mark.parametrize("shape", SHAPES)
def test_neighbouring_runs_differ_and_none_is_empty(shape, rng):
    for image in images(rng, shape):
        runs = Runs.of(image)
        assert (np.diff(runs.words.astype(np.int64)) != 0).all() and (runs.lengths > 0).all()
