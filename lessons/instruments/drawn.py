"""A measurement that shows itself: its sentence as text, its picture where pictures are shown."""

from typing import ClassVar

from ..drawing.picture import Picture, View


class Drawn:
    """What the measurements of all instruments can do."""

    view_type: ClassVar[type[View]]

    @property
    def summary(self) -> str:
        """What was found, in a sentence or two with rounded numbers."""
        raise NotImplementedError

    def picture(self) -> bytes:
        """A PNG."""
        return Picture(self.view_type).draw(self)

    def _repr_png_(self) -> bytes:
        return self.picture()

    def __repr__(self) -> str:
        return self.summary
