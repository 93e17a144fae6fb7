"""The picture of a panel: made when it is first drawn, as dense as the screen that shows it."""

import base64

from ..drawing.picture import DENSITY, Measurement, Picture, View, page_size, picture_of


class DrawingBoard:
    """Draws measurements with one view, at the density that the page has asked for."""

    density: float = DENSITY  # until a page asks

    def __init__(self, view_type: type[View]):
        self._view_type = view_type
        self._picture: Picture | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height on the page, in CSS pixels."""
        return page_size(self._view_type)

    @property
    def is_made(self) -> bool:
        """Whether there is a figure, with its megabytes."""
        return self._picture is not None

    @property
    def view(self) -> View:
        """The view, whose figure is made with it."""
        return self._made().view

    def _made(self) -> Picture:
        if self._picture is None:
            self._picture = picture_of(self._view_type)
        return self._picture

    def draw(self, measurement: Measurement) -> bytes:
        """The measurement as a PNG for the page."""
        return self._made().draw(measurement, self.density)

    def stored(self, measurement: Measurement | None, shown: bytes) -> str:
        """The picture for a notebook's file, in base64: `shown` if that is dense enough."""
        if self.density != DENSITY and measurement is not None:
            shown = self._made().draw(measurement, DENSITY)
        return base64.b64encode(shown).decode()

    def regions(self, measurement: Measurement | None) -> list[dict]:
        """Where the picture can be clicked, if it can and is there."""
        if measurement is None or self._picture is None:
            return []
        found = getattr(self._picture.view, "regions", lambda measurement: [])
        return [region._asdict() for region in found(measurement)]

    def clear(self) -> None:
        """Gives the figure back, which goes if no other panel draws on it; what is drawn next makes
        another one.
        """
        self._picture = None
