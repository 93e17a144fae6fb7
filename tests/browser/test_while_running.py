"""A panel must answer while a cell of the notebook runs: training may take a while."""

import time

from .lab_server import PATIENCE

# Runs until the test has seen what it wants to see, however long that takes.
HELD = """import pathlib, time
pathlib.Path("started").touch()
while not pathlib.Path("go_on").exists():
    time.sleep(0.05)
"""


def test_slider_answers_while_a_cell_runs(first_notebook, lab):
    panel = first_notebook.panels()[0]
    name = panel.sliders()[0]
    panel.press(name, "Home")
    panel.settle()
    before = panel.picture_src()
    first_notebook.start_cell(HELD)
    try:
        wait_for_file(lab.root / "started")
        panel.press(name, "End")
        panel.wait_for_new_picture(before)
        assert first_notebook.cell_runs()
    finally:
        (lab.root / "go_on").touch()
        first_notebook.wait_for_cell()
        first_notebook.delete_last_cell()
    assert first_notebook.error_outputs() == []


def wait_for_file(file):
    deadline = time.monotonic() + PATIENCE
    while not file.exists():
        assert time.monotonic() < deadline, f"{file.name} has not come"
        time.sleep(0.05)
