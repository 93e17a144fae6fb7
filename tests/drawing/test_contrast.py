"""Lines and texts stand out from the paper, and colours stay apart for those who see fewer of
them.
"""

import importlib
import itertools
import pkgutil
import re
from pathlib import Path

import matplotlib.figure
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.text import Text

import lessons
from lessons.drawing import style

LINE, TEXT = 3, 4.5  # WCAG 2.2, success criteria 1.4.11 and 1.4.3
AREA, SHADE = (
    5,
    1.5,
)  # a line of so many points is a band, a colour with less contrast a shade of the paper
AREAS = (style.PALE,)
TEXTS = (style.BLACK, style.GREY, style.GREEN, style.BLUE, style.VERMILION)
PLAIN_WORDS = {"white", "none"}
# Machado, Oliveira and Fernandes 2009, A physiologically-based model for simulation of color vision
# deficiency, severity 1.
SIGHT = {
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# in Oklab, where 0.02 can just be told side by side; Okabe and Ito's own colours come as near as
# 0.058
APART = 0.06


def linear(colour):
    """Red, green and blue light of a colour, as much as it is opaque, in front of white."""
    *rgb, alpha = to_rgba(colour)
    value = np.array(rgb) * alpha + 1 - alpha
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(colour):
    """With white, 1 to 21; WCAG 2.2, definition of contrast ratio."""
    return 1.05 / (linear(colour) @ [0.2126, 0.7152, 0.0722] + 0.05)


def oklab(light):
    """Ottosson 2020, A perceptual color space for image processing."""
    cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    axes = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(axes) @ np.cbrt(np.array(cones) @ np.clip(light, 0, 1))


def views():
    """Every class that a panel may show, by name."""
    found = pkgutil.walk_packages(lessons.__path__, "lessons.")
    modules = [importlib.import_module(one.name) for one in found if one.name.endswith(".figure")]
    classes = (
        thing for module in modules for thing in vars(module).values() if isinstance(thing, type)
    )
    return {
        found.__name__: found
        for found in classes
        if hasattr(found, "size") and found.__name__.endswith("View") and found.__name__ != "View"
    }


def colours(artist):
    """What of an artist is a line or a text, each colour as opaque as it is drawn."""
    if isinstance(artist, Text):
        found = [artist.get_color()]
    elif isinstance(artist, LineCollection):
        found = list(artist.get_colors())
    elif artist.get_marker() in ("None", "none", "", None):
        found = [artist.get_color()]
    else:
        found = [
            artist.get_color()
            if artist.get_markeredgecolor() == "white"
            else artist.get_markeredgecolor()
        ]
    return [to_rgba(colour, artist.get_alpha()) for colour in found]


def drawn(figure):
    """Texts, lines and marks of a figure, but for the grid, which is there to be overlooked."""
    ticks = [
        tick
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
    ]
    grid = {tick.gridline for tick in ticks}
    found = figure.findobj(lambda part: isinstance(part, Text | Line2D | LineCollection))
    return [
        artist
        for artist in found
        if artist not in grid and colours(artist) != [to_rgba(style.PALE)]
    ]


def is_area(artist):
    return isinstance(artist, Line2D) and artist.get_linewidth() >= AREA


@pytest.mark.parametrize("colour", sorted(set(style.PALETTE) - set(AREAS) | {style.INPUT["color"]}))
def test_colours_of_lines_and_texts_stand_out(colour):
    assert contrast(colour) >= (TEXT if colour in TEXTS else LINE)


def test_views_have_no_colours_of_their_own():
    files = [
        *Path(lessons.__file__).parent.rglob("figure.py"),
        *Path(style.__file__).parent.glob("*.py"),
    ]
    assert len(files) > 20
    for file in files:
        source = file.read_text(encoding="utf-8")
        literals = re.findall(r'"(#[0-9A-Fa-f]{3,8})"', source)
        assert all(contrast(colour) < SHADE for colour in literals) or file.name == "style.py", file
        assert set(re.findall(r'color[s]?="(\w+)"', source)) <= PLAIN_WORDS, file


def test_there_are_views():
    assert len(views()) > 20


@pytest.mark.parametrize("name", views())
def test_lines_and_texts_of_a_view_stand_out(name):
    view = views()[name]
    figure = matplotlib.figure.Figure(figsize=view.size)
    view(figure)
    full = {colour[:3] for artist in drawn(figure) for colour in colours(artist) if colour[3] == 1}
    for artist in drawn(figure):
        for colour in colours(artist):
            # A pale line, such as that of one seed, repeats one in full colour: the median.
            repeats = colour[3] < 1 and colour[:3] in full
            enough = TEXT if isinstance(artist, Text) else LINE
            assert is_area(artist) or repeats or contrast(colour) >= enough, (
                artist,
                colour,
                contrast(colour),
            )


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_stay_apart(sight):
    seen = {
        colour: oklab(np.array(SIGHT[sight]) @ linear(colour))
        for colour in set(style.PALETTE) - set(AREAS)
    }
    for (one, here), (other, there) in itertools.combinations(seen.items(), 2):
        assert np.linalg.norm(here - there) > APART, (one, other)
