"""The tour from its first stop to its last in JupyterLab, by keyboard alone."""

import nbformat

from .conftest import NOTEBOOKS, TOUR
from .notebook_page import NOTEBOOK
from .panel_page import PANEL, STATUS
from .settled import VEILS, settled

STOPS = 7
ACTIVE = f"{NOTEBOOK}.content.activeCellIndex"
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # not another notebook of the same window
FOCUS_NOTEBOOK = f"""() => {{
    jupyterapp.shell.activateById({NOTEBOOK}.id);
    {ACTIVE} = 0;
    {NOTEBOOK}.content.activate();
}}"""
FOCUS = """() => {
    const focused = document.activeElement;
    if (focused.matches("input[type=radio]")) return "choice";
    if (!focused.closest(".explorer")) return "";
    if (focused.matches("input[type=range]")) return "slider";
    return { SELECT: "list", SUMMARY: "more" }[focused.tagName] ?? "";
}"""
# A slider goes to its other end, a list one up.
KEYS = {"slider": ("End", "Home"), "list": ("ArrowUp",)}


def stops():
    """The numbers of the cells that show a panel."""
    cells = nbformat.read(NOTEBOOKS / f"{TOUR}.ipynb", as_version=4).cells
    return [number for number, cell in enumerate(cells) if "_explorer(" in cell.source]


def press_until(page, key, *wanted, most=30):
    """Presses the key until one of these has the focus, and returns which."""
    for _ in range(most):
        page.keyboard.press(key)
        if (found := page.evaluate(FOCUS)) in wanted:
            return found
    raise AssertionError(f"{key} leads to none of {wanted} in {most} steps")


def run_to(page, last):
    """Runs the cells from the active one to this one."""
    for _ in range(last - page.evaluate(ACTIVE) + 1):
        page.keyboard.press("Shift+Enter")


def test_all_stops_by_keyboard_alone(tour):
    page = tour.page
    page.evaluate(FOCUS_NOTEBOOK)  # as it has when it was opened by hand
    assert len(stops()) == STOPS
    for number, cell in enumerate(stops()):
        run_to(page, cell)
        panel = page.locator(f"{SHOWN} {PANEL}").nth(number)
        panel.locator(VEILS).wait_for()
        settled(page)
        press_until(page, "Shift+Tab", "choice")
        page.keyboard.press("Space")
        panel.locator(VEILS).wait_for(state="hidden")
        before = panel.locator(STATUS).inner_text()
        control = press_until(page, "Tab", "slider", "list")
        for key in KEYS[control]:
            page.keyboard.press(key)
            settled(page)
            if panel.locator(STATUS).inner_text() != before:
                break
        assert panel.locator(STATUS).inner_text() != before, f"stop {number + 1} stands still"
        press_until(page, "Tab", "more")
        page.keyboard.press("ArrowDown")  # to the next cell
    assert not tour.error_outputs() and not page.locator(f"{SHOWN} {VEILS}").count()
    tour.assert_no_page_errors()
