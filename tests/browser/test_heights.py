"""Every panel fits a laptop's window, with its task and its sentence, and no picture is scaled."""

from .panel_heights import MOST


def test_every_panel_fits_the_window_of_a_laptop(notebook):
    found = notebook.sizes
    assert any(panel["height"] for panel in found)
    for panel in found:
        assert panel["height"] <= MOST["height"] and panel["width"] <= MOST["width"], panel
        assert not panel["scrolls"] and not panel["scaled"], panel
