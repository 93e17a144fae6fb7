"""Where a picture can be clicked: a click there does what the toggle would do."""

from typing import NamedTuple

from matplotlib.axes import Axes


class Region(NamedTuple):
    """A rectangle of the picture and the toggle that a click on it flips.

    `control` is a switch of the panel, or a row of toggles, of which `edge` names one. `name` says
    what the click does. `box` is left, top, width and height in parts of the picture, from its
    upper left corner.
    """

    control: str
    name: str
    box: tuple[float, float, float, float]
    edge: tuple[int, int] | None = None


def box_in(axes: Axes, x: tuple[float, float], y: tuple[float, float]) -> tuple:
    """The box of what lies between two abscissae and two ordinates, as far as it is in the axes."""
    place = axes.get_position()
    left, right = (place.x0 + place.width * part for part in _parts(x, axes.get_xlim()))
    bottom, top = (place.y0 + place.height * part for part in _parts(y, axes.get_ylim()))
    return tuple(round(float(part), 5) for part in (left, 1 - top, right - left, top - bottom))


def _parts(ends, limits):
    """Where two values lie between the limits, 0 to 1, the lower one first."""
    low, high = limits
    return sorted(min(max((end - low) / (high - low), 0.0), 1.0) for end in ends)
