"""What one panel would show next: pictures made before they are asked for, kept here and in the
page."""

from collections import OrderedDict
from typing import Any, NamedTuple

from ..errors import LearnerError
from .ahead import MOST


class Shown(NamedTuple):
    """What a panel shows for the values that it was asked for: one slider may limit another."""

    asked: dict
    values: dict
    ends: dict
    measurement: Any
    picture: bytes


class Foresight:
    """The pictures of one panel that are ready, by the values of all its controls."""

    def __init__(self, panel):
        self._panel, self._kept = panel, OrderedDict()

    def __len__(self):
        return len(self._kept)

    def get(self, asked: dict) -> Shown | None:
        """What is ready for these values, if anything is."""
        return self._kept.get(key(asked))

    def make(self, name: str, value) -> bool:
        """Measures, draws and sends what the panel would show with this value.

        Whether it goes on from here: a panel that is closed, that fails or that is asked for
        something has no next picture.
        """
        asked = {**self._panel.values, name: value}
        if self.get(asked) is not None:
            self._kept.move_to_end(key(asked))  # still wanted: others go before it
            return True
        try:
            shown = self._panel.imagine(asked)
        except LearnerError:
            return True  # said when it is asked for
        except Exception:
            return False
        if shown is None:
            return False
        self._keep(shown)
        return True

    def _keep(self, shown):
        """In place of the one that was last wanted longest ago: by age the nearest would go first,
        for they are made first.
        """
        dropped = self._kept.popitem(last=False)[1].asked if len(self._kept) == MOST else None
        self._kept[key(shown.asked)] = shown
        self._panel.picture.send_ahead(self._panel.frame_of(shown), dropped)

    def forget(self) -> None:
        """Drops all of them, here and in the page."""
        if self._kept:
            self._kept.clear()
            self._panel.picture.send_forget()


def key(values: dict) -> tuple:
    """The values of all controls: a picture of other settings has another key."""
    return tuple(sorted(values.items()))
