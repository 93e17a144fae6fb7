"""What a panel is made of besides its controls, and the class names by which a test or a style
sheet finds each part.
"""

import base64
from pathlib import Path

import ipywidgets as widgets

ACCESS = (Path(__file__).parent / "access.js").read_text(encoding="utf-8")


def picture_widget(width: int) -> widgets.Image:
    """A PNG `width` CSS pixels wide, or as wide as there is room."""
    # Without a width and an alignment of its own, a VBox stretches the picture and blurs it.
    layout = {"width": f"{width}px", "max_width": "100%", "align_self": "flex-start"}
    return widgets.Image(format="png", layout=layout).add_class("explorer-picture")


def controls_box(controls: dict, width: int) -> widgets.Box:
    """The controls beside each other, in as many rows as they need."""
    for name, control in controls.items():
        control.add_class(f"control-{name}")
    return widgets.Box(
        list(controls.values()), layout=widgets.Layout(flex_flow="row wrap", max_width=f"{width}px")
    )


def line_of_text(name: str) -> widgets.HTML:
    """A line that is empty for now."""
    return widgets.HTML().add_class(f"explorer-{name}")


def access_script() -> widgets.Output:
    """A script in the page: ipywidgets can name neither a slider's handle nor a picture."""
    output = {
        "output_type": "display_data",
        "data": {"application/javascript": ACCESS},
        "metadata": {},
    }
    return widgets.Output(outputs=(output,), layout={"display": "none"})


def with_fallback(bundle, text: str, png: bytes) -> tuple[dict, dict]:
    """What a notebook stores of a live view, and beside it a picture and its text for a page
    without a kernel.
    """
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return {**data, "text/plain": text, "image/png": base64.b64encode(png).decode()}, metadata
