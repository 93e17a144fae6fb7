"""The running panels, for readers who do not see or who do not use a mouse."""

import pytest

from .panel_page import HANDLE, PANEL
from .violations import violations, violations_of_colours

OURS = (PANEL, ".prediction")
THEMES = ("JupyterLab Light", "JupyterLab Dark")
THEME = "document.body.dataset.jpThemeName"
# colours fade from one theme to the other; a transition that has ended is no longer counted
FADED = "!document.getAnimations().some(animation => animation instanceof CSSTransition)"


# What lies outside of a part that cuts it off is hidden, to axe, and has no colours: all there is,
# in JupyterLab, whose body has no height. A cell that then lies outside of the notebook's box has
# the notebook's colour behind it as before. And what is not ours need not be gone through.
OURS_IN_SIGHT = """
    body, .lm-Widget, .jp-WindowedPanel-outer { overflow: visible !important; }
    .jp-Cell { background: var(--jp-layout-color0); }
    .jp-MarkdownCell, .jp-Cell-inputWrapper { display: none !important; }
"""


@pytest.fixture
def in_sight(notebook):
    """The page of the notebook, with nothing but our panels and questions in it."""
    style = notebook.page.add_style_tag(content=OURS_IN_SIGHT)
    yield notebook.page
    style.evaluate("style => style.remove()")


def change_theme(page, theme):
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    page.wait_for_function(f"{THEME} === '{theme}'", polling=50)
    page.wait_for_function(FADED, polling=50)


def test_axe_finds_no_violation_in_our_panels_in_either_theme(in_sight):
    """In the theme that stands, and in the other one what another colour may bring: that is kept
    for the next lesson, for JupyterLab takes a second to change it.
    """
    page = in_sight
    assert not violations(page, OURS)
    before = page.evaluate(THEME)
    [other] = set(THEMES) - {before}
    change_theme(page, other)
    assert not violations_of_colours(page, OURS), other


# What is written beside each slider, and what a screen reader calls it.
NAMES = """handles => handles.map(handle => [
    handle.closest("[class*='control-']").querySelector('label').textContent,
    handle.getAttribute('aria-label')])"""


def test_every_slider_has_the_name_of_its_box(notebook):
    named = notebook.page.locator(f"{PANEL} {HANDLE}").evaluate_all(NAMES)
    assert named
    assert not [pair for pair in named if pair[0] != pair[1] or not pair[0]]


def test_a_slider_with_one_value_left_is_off_until_it_has_more(first_notebook):
    panel = first_notebook.panel("block")
    for key, off in (("Home", True), ("End", False)):
        panel.press("depth", key)
        panel.settle()
        assert panel.number_box("span").is_disabled() == off
        assert ("span" not in panel.sliders()) == off
        assert panel.handle("span").is_disabled() == off


def test_keys_and_mouse_reach_the_ends_that_a_slider_has_now(first_notebook):
    panel = first_notebook.panel("block")
    for key in ("Home", "End", "ArrowLeft"):
        panel.press("depth", key)
        panel.settle()
    panel.press("span", "End")
    panel.settle()
    assert panel.shown("span")["number"] == panel.shown("span")["position"] == panel.number("depth")
    panel.grab("span")
    panel.drag("span", 0)
    panel.release()
    panel.settle()
    assert panel.shown("span")["number"] == panel.shown("span")["position"] == 1


def test_the_picture_says_in_words_what_it_shows(first_notebook):
    panel = first_notebook.panel("block")
    for key in ("Home", "End"):
        panel.press("depth", key)
        panel.settle()
        assert panel.picture.get_attribute("aria-label") == panel.status()


def test_words_are_read_out_when_a_move_has_ended(first_notebook):
    panel = first_notebook.panel("block")
    panel.hold_silence()
    panel.press("depth", "Home")
    panel.settle()
    panel.end_silence()
    before = panel.said()
    assert before == panel.status()
    panel.hold_silence()
    panel.grab("depth")
    panel.drag("depth", 0.9, steps=20)
    panel.release()
    panel.settle()
    assert panel.said() == before != panel.status() and panel.times_read_out() == 0
    assert panel.end_silence() == 1
    assert panel.said() == panel.status() and panel.times_read_out() == 1
