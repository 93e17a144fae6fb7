"""What of a picture is drawn in one look: found by colour, dash and mark, as a reader finds it.

An oracle of another kind than the view's own attributes: two arms that are swapped, be it their
data or their looks, are found in each other's colour.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import same_color, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from tests.measurements import measurements, view_of


class Shown(NamedTuple):
    """A measurement and the figure that shows it."""

    figure: Figure
    measurement: object
    view: object


def shown(explorer: str) -> Iterator[Shown]:
    """One figure with each of the explorer's measurements in turn. Nothing is drawn as pixels."""
    view_type, figure = view_of(explorer), Figure()
    view = view_type(figure)
    for measurement in measurements(explorer):
        view.show(measurement)
        yield Shown(figure, measurement, view)


def trained(explorer: str) -> Iterator[Shown]:
    """The same, but for what is there before training."""
    for count, one in enumerate(shown(explorer)):
        if count < 3:
            yield one


def titled(figure: Figure, words: str) -> Axes:
    """The axes with these words in their title."""
    (found,) = (axes for axes in figure.axes if words in axes.get_title(loc="left"))
    return found


def dash(line: Line2D):
    """The pattern of a line, in units of its width. matplotlib tells it to nobody else."""
    return line._unscaled_dash_pattern


def _lines(axes, look):
    reference = Line2D([], [], **look)
    for line in axes.get_lines():
        if (
            line.get_visible()
            and len(line.get_xdata())
            and same_color(line.get_color(), reference.get_color())
        ):
            yield line, reference


def curves(axes: Axes, look: Mapping) -> list[Line2D]:
    """Lines that are there in this colour and this dash, and are not pale."""
    return [
        line
        for line, reference in _lines(axes, look)
        if line.get_linestyle() != "None" and dash(line) == dash(reference) and _full(line)
    ]


def curve(axes: Axes, look: Mapping) -> np.ndarray:
    """Ordinates of the one such line."""
    (found,) = curves(axes, look)
    return np.asarray(found.get_ydata())


def across(axes: Axes, look: Mapping) -> np.ndarray:
    """Abscissae of the one such line."""
    (found,) = curves(axes, look)
    return np.asarray(found.get_xdata())


def pale(axes: Axes, look: Mapping) -> list[np.ndarray]:
    """Ordinates of all lines in this colour that are half transparent."""
    return [
        np.asarray(line.get_ydata())
        for line, _ in _lines(axes, look)
        if line.get_linestyle() != "None" and not _full(line)
    ]


def marks(axes: Axes, look: Mapping) -> list[np.ndarray]:
    """Places, (points, 2), of all sets of marks without a line in this colour, mark and filling."""
    return [
        line.get_xydata()
        for line, reference in _lines(axes, {**look, "linestyle": ""})
        if line.get_linestyle() == "None"
        and line.get_marker() == reference.get_marker()
        and line.get_fillstyle() == reference.get_fillstyle()
        and any(
            same_color(line.get_markerfacecolor(), face)
            for face in (reference.get_markerfacecolor(), "none")  # hollow is no look of its own
        )
    ]


def areas(axes: Axes, colour) -> list[np.ndarray]:
    """Outlines, (corners, 2), of what is filled with this colour, however pale."""
    return [
        path.vertices
        for collection in axes.collections
        if collection.get_visible()
        for face, path in _filled(collection)
        if same_color(face[:3], to_rgba(colour)[:3])
    ]


def _filled(collection):
    faces = collection.get_facecolor()
    paths = collection.get_paths()
    return [(faces[k % len(faces)], path) for k, path in enumerate(paths)] if len(faces) else []


def _full(line):
    return line.get_alpha() in (None, 1)
