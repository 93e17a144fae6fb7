"""A panel must answer while a cell of the notebook runs: training may take a while."""

import time

import pytest

from .lab_server import PATIENCE

# Runs until the test has seen what it wants to see, however long that takes.
HELD = """import pathlib, time
pathlib.Path("started").touch()
while not pathlib.Path("go_on").exists():
    time.sleep(0.05)
"""
NEIGHBOURS_MADE = f"from lessons.panel.ahead import AHEAD\nassert AHEAD.idle({PATIENCE})"


@pytest.mark.parametrize("ahead", [False, True], ids=["at once", "after neighbours were made"])
def test_slider_answers_while_a_cell_runs(first_notebook, lab, ahead):
    """What another thread sends must not turn the page's next message to the thread of the
    cells.
    """
    panel = first_notebook.panels()[0]
    name = panel.sliders()[0]
    panel.press(name, "Home")
    panel.settle()
    if ahead:
        first_notebook.run_cell(NEIGHBOURS_MADE)
        first_notebook.delete_last_cell()
    before = panel.picture_src()
    started, go_on = lab.root / "started", lab.root / "go_on"
    for file in (started, go_on):
        file.unlink(missing_ok=True)
    first_notebook.start_cell(HELD)
    try:
        wait_for_file(started)
        panel.press(name, "End")
        panel.wait_for_new_picture(before)
        assert first_notebook.cell_runs()
    finally:
        go_on.touch()
        first_notebook.wait_for_cell()
        first_notebook.delete_last_cell()
    assert first_notebook.error_outputs() == []


def wait_for_file(file):
    deadline = time.monotonic() + PATIENCE
    while not file.exists():
        assert time.monotonic() < deadline, f"{file.name} has not come"
        time.sleep(0.05)
