"""The screen of a panel in the page: one widget that shows controls, picture, sentence and error,
and hears of moves."""

import zlib
from pathlib import Path

import anywidget
import traitlets

_PAGE = Path(__file__).parent / "page"
SCRIPTS = ["pictures", "controls", "slider", "tasks", "regions", "panel", "view", "start"]
# One text, which a page without a kernel has as a plain script: opened from disk it may not load
# modules by their address.
SCRIPT = "\n".join((_PAGE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
STYLE = (_PAGE / "panel.css").read_text(encoding="utf-8")


class Screen(anywidget.AnyWidget):
    """`look` says what is there for good, `frame` what is seen now: picture, sentence and error in
    one message."""

    _esm, _css = SCRIPT + "\nexport default makePanel;\n", STYLE
    look = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)

    @property
    def value(self) -> bytes:
        """The picture, a PNG."""
        return self.frame.get("picture", b"")

    def send_ahead(self, frame: dict, dropped: dict | None) -> None:
        """Sends a frame that nobody has asked for yet. The page keeps it, in place of the one that
        was asked for with the values `dropped`; it is no part of the state."""
        rest = {name: value for name, value in frame.items() if name != "picture"}
        self.send({"kind": "ahead", "frame": rest, "dropped": dropped}, [frame["picture"]])

    def send_forget(self) -> None:
        """Lets the page drop all frames that were sent ahead."""
        self.send({"kind": "forget"})


def named(picture: bytes) -> dict:
    """A picture as frames carry it, with a name by which the page knows that it has it already."""
    return {"picture": picture, "picture_name": f"{zlib.crc32(picture):08x}"}
