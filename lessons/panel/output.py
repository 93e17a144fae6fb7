"""How a panel stands in a notebook: live in the page, as picture and words in the file, and how it
ends."""

import threading
from typing import Any

import ipywidgets as widgets

from .lifetime import LIFETIMES
from .screen import Screen


class Output(widgets.VBox):
    """A screen in the output of a cell. What is on it, and says `text`, is a panel."""

    def __init__(self, name: str, screen: Screen):
        self._lock = threading.RLock()  # callbacks run on more than one thread (jupyterlab#19719)
        self.picture = screen
        super().__init__([screen])
        self.add_class("explorer").add_class(f"explorer-{name}")

    @property
    def text(self) -> str:
        """What is there, in words."""
        raise NotImplementedError

    def stored(self) -> tuple[str, tuple[int, int]] | None:
        """A PNG in base64 and its width and height on the page; None if the text says it all."""
        raise NotImplementedError

    def clear(self) -> None:
        """Gives memory back that can be had again."""

    def stop(self) -> None:
        """Nothing runs here; a panel that trains stops."""

    def _repr_mimebundle_(self, **kwargs) -> Any:
        """The live panel, and for a page without a kernel its picture and its text."""
        with self._lock:
            self._reopen()
            LIFETIMES.show(self)
            data = super()._repr_mimebundle_(**kwargs) or {}
            data, metadata = data if isinstance(data, tuple) else (data, {})
            data = {**data, "text/plain": self.text}
            if (found := self.stored()) is None:
                return data, metadata
            png, size = found
            size = dict(zip(("width", "height"), size, strict=True))
            return {**data, "image/png": png}, {**metadata, "image/png": size}

    def close(self):
        """Takes the panel out of the page and gives its memory back. Shown again, it is there."""
        self.stop()
        with self._lock:
            self.clear()
            for part in (self.picture, self.picture.layout, self.layout):
                part.close()
            super().close()
            # ipywidgets puts a None there, and could not show the panel again
            self.__dict__.pop("_repr_mimebundle_", None)

    def _reopen(self):
        if self.comm is None:
            for part in (self.layout, self.picture.layout, self.picture, self):
                part.open()
