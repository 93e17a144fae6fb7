"""What is drawn can be clicked, and its toggle moves with it: in cells added to the first notebook,
which is open anyway."""

import pytest

from .panel_page import MORE

UNRAVELED = "from lessons import ensemble_of_paths\nensemble_of_paths.unraveled_explorer()"
PLACEMENT = (
    "from lessons import depth_and_gradients\n"
    "depth_and_gradients.skip_placement_explorer(skips='none')"
)


@pytest.fixture
def new_panel(first_notebook):
    """A function from a cell's source to its panel, in a cell that goes away with the test."""
    yield first_notebook.panel_of_new_cell
    first_notebook.delete_last_cell()


def region(panel, name):
    return panel.root.get_by_title(name, exact=True).and_(panel.root.locator(".explorer-region"))


def toggle(panel, name):
    for folded in panel.root.locator(MORE).all():
        folded.click()
    return panel.root.get_by_role("button", name=name, exact=True)


def test_a_block_is_deleted_by_a_click_on_it_and_put_back_by_the_keyboard(new_panel):
    panel = new_panel(UNRAVELED)
    block = region(panel, "delete block 3")
    block.hover()
    look = block.evaluate("e => [getComputedStyle(e).cursor, getComputedStyle(e).outlineStyle]")
    assert look == ["pointer", "solid"]
    block.click()
    region(panel, "put block 3 back").wait_for()
    panel.settle()
    assert "1 of them deleted: 4 of 8 paths left" in panel.status()
    button = toggle(panel, "delete block 3")
    assert button.get_attribute("aria-pressed") == "true"
    button.press("Enter")
    region(panel, "delete block 3").wait_for()
    panel.settle()
    assert "2³ = 8 paths" in panel.status() and not panel.message()


def test_two_clicks_in_a_row_are_both_heeded(first_notebook, new_panel):
    panel = new_panel(PLACEMENT)
    spots = [region(panel, f"add the skip {k - 1} -> {k}").element_handle() for k in (5, 9)]
    panel.root.evaluate("(_, spots) => spots.forEach(spot => spot.click())", spots)
    panel.root.get_by_title("take away the skip 8 -> 9", exact=True).wait_for()
    panel.settle()
    assert panel.status().startswith("2 skips: 4 paths")
    first_notebook.assert_no_page_errors()
