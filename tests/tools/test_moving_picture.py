"""The picture at the top of the README moves, is small enough, and is described there."""

import re
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

from tools.moving_picture import FILE, LARGEST, POSITIONS, save

README = Path(__file__).parents[2] / "README.md"


def test_the_picture_moves_and_whoever_opens_the_readme_can_load_it():
    picture = Image.open(FILE)
    assert FILE.stat().st_size <= LARGEST
    assert picture.n_frames == 2 * len(POSITIONS) - 2
    assert picture.info["loop"] == 0  # without end
    picture.seek(len(POSITIONS) - 1)
    assert (np.array(picture.convert("L")) != np.array(Image.open(FILE).convert("L"))).any()


def test_it_goes_there_and_back_and_rests_at_either_end(tmp_path):
    images = [Image.new("RGB", (90, 60), (60 * grey,) * 3) for grey in range(4)]
    save(images, tmp_path / "moving.webp")
    frames = Image.open(tmp_path / "moving.webp")
    greys = [frame.convert("L").getpixel((0, 0)) for frame in ImageSequence.Iterator(frames)]
    assert np.allclose(greys, [0, 60, 120, 180, 120, 60], atol=3)


def test_the_readme_begins_with_it_and_says_what_it_shows():
    before_the_text = README.read_text(encoding="utf-8").split("\n\n")[1]
    [source] = re.findall(r'src="([^"]+)"', before_the_text)
    [words] = re.findall(r'alt="([^"]+)"', before_the_text)
    assert README.parent / source == FILE
    assert len(words.split()) > 20
