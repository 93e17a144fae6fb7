"""In Chromium: key press to new picture, kernel start to first picture, memory of the kernel. For
every notebook.

Promises: median 50 ms, 5 s, 600 MB. Panels are at rest before each press; memory is that after all
cells have run.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from tests.browser.conftest import BROWSERS, FLAGS
from tests.browser.lab_server import LabServer
from tests.browser.notebook_page import KERNEL, NotebookPage

from .timing import print_table

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PRESSES = 30
HIDDEN = {"steps", "seed"}  # what an untrained picture may not show
FIRST_PICTURE = "document.querySelector('.explorer-picture[data-picture]:not([data-picture=\"\"])')"


def seconds_to_first_picture(notebook) -> float:
    """From a fresh kernel's start through Run All to the first panel's picture; returns when all
    cells have run.
    """
    notebook.page.evaluate("jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    start = time.perf_counter()
    notebook.page.evaluate(f"{KERNEL}.restart()")
    notebook.start_all()
    notebook.wait_for(FIRST_PICTURE, 120)
    seconds = time.perf_counter() - start
    notebook.wait_for_all()
    return seconds


def latencies(notebook):
    """(panel, control, median ms, 95th percentile ms) for each panel's slider with the most
    room, from its lower end.
    """
    for panel in notebook.panels():
        room = {
            name: round((panel.maximum(name) - panel.minimum(name)) / panel.step(name))
            for name in panel.sliders()
        }
        name = max(room.keys() - HIDDEN, key=room.get, default=None)
        if name is None:
            continue
        panel.press(name, "Home")
        panel.settle()
        times = panel.latency(name, "ArrowRight", min(PRESSES, room[name]))
        if times:
            yield panel.name, name, float(np.median(times)), float(np.percentile(times, 95))


def kernel_megabytes(server) -> float:
    """Resident memory of the largest kernel of this server."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return max(child.memory_info().rss for child in children) / 2**20


def measure(browser, server, path):
    notebook = NotebookPage(browser, server.url, path)
    notebook.open()
    first = seconds_to_first_picture(notebook)
    megabytes = kernel_megabytes(server)
    found = list(latencies(notebook))
    notebook.close()
    return first, megabytes, found


def main():
    """Prints two tables."""
    from playwright.sync_api import sync_playwright

    path = next((found for found in map(shutil.which, BROWSERS) if found), None)
    if path is None:
        sys.exit("The browser benchmark needs Chromium.")
    opening, pressing = [], []
    with sync_playwright() as runner, tempfile.TemporaryDirectory() as folder:
        browser, server = (
            runner.chromium.launch(executable_path=path, args=FLAGS),
            LabServer(NOTEBOOKS, Path(folder)),
        )
        try:
            server.wait_until_ready()
            for file in sorted(NOTEBOOKS.glob("*.ipynb")):
                first, megabytes, found = measure(browser, server, file.name)
                opening.append((file.stem, first, megabytes))
                pressing += [(file.stem, *row) for row in found]
        finally:
            server.stop()
    print_table(
        "Opening a notebook",
        ("notebook", "kernel start to first picture, s", "kernel, MB"),
        opening,
    )
    print_table(
        "Key press to new picture",
        ("notebook", "panel", "control", "median ms", "95 % ms"),
        pressing,
    )
