"""With colours of the learner's own choosing (forced colours), what is on still looks on."""

import io

import numpy as np
import pytest
from PIL import Image

PLACEMENT = (
    "from lessons import depth_and_gradients\n"
    "depth_and_gradients.skip_placement_explorer(skips='every 2nd')"
)
LOOK = """button => {
    const { backgroundColor, color, borderBottomWidth, fontWeight } = getComputedStyle(button);
    return { backgroundColor, color, borderBottomWidth, fontWeight };
}"""


@pytest.fixture
def panel(first_notebook):
    """In a cell that goes away with the test, as the colours do."""
    first_notebook.page.emulate_media(forced_colors="active")
    yield first_notebook.panel_of_new_cell(PLACEMENT)
    first_notebook.page.emulate_media(forced_colors="none")
    first_notebook.delete_last_cell()


def test_toggles_that_are_on_and_off_differ_in_every_way_that_is_left(panel):
    assert panel.page.evaluate("matchMedia('(forced-colors: active)').matches")
    on, off = (
        panel.root.locator(f".explorer-toggle[aria-pressed={pressed}]").first.evaluate(LOOK)
        for pressed in ("true", "false")
    )
    assert not {part for part in on if on[part] == off[part]}


def test_the_track_of_a_slider_is_there(panel):
    handle = panel.root.locator(".control-seed input[type=range]")
    handle.scroll_into_view_if_needed()
    shot = np.asarray(Image.open(io.BytesIO(handle.screenshot())).convert("L")).astype(int)
    inked = np.abs(shot - shot[0]).max(0) > 60  # in each column, against its upper edge
    assert inked.mean() > 0.95
