"""In Chromium: key press to new picture, kernel start to first picture, memory of the kernel. For every notebook.

Promises: median 50 ms, 5 s, 600 MB.
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
FIRST_PICTURE = "[...document.querySelectorAll('.explorer-picture')].some(part => (part.src ?? part.querySelector('img')?.src))"


def seconds_to_first_picture(notebook) -> float:
    """From a fresh kernel's start through Run All to the first panel's picture."""
    notebook.page.evaluate("jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    start = time.perf_counter()
    notebook.page.evaluate(f"{KERNEL}.restart()")
    notebook.page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")
    notebook.wait_for(FIRST_PICTURE, 120)
    return time.perf_counter() - start


def latencies(notebook):
    """(panel, control, median ms, 95th percentile ms) for the first slider that has room for so many steps."""
    for panel in notebook.panels():
        for name in panel.sliders():
            panel.press(name, "Home")
            panel.settle()
            if panel.maximum(name) - panel.minimum(name) >= PRESSES and name != "steps":
                times = panel.latency(name, "ArrowRight", PRESSES)
                yield panel.name, name, float(np.median(times)), float(np.percentile(times, 95))
                break


def kernel_megabytes(server) -> float:
    """Resident memory of the largest kernel of this server."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return max(child.memory_info().rss for child in children) / 2**20


def measure(browser, server, path):
    notebook = NotebookPage(browser, server.url, path)
    notebook.open()
    first = seconds_to_first_picture(notebook)
    notebook.wait_for("[...document.images].every(image => image.complete)", 120)
    notebook.run_all()
    found = list(latencies(notebook))
    megabytes = kernel_megabytes(server)
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
        browser, server = runner.chromium.launch(executable_path=path, args=FLAGS), LabServer(NOTEBOOKS, Path(folder))
        try:
            server.wait_until_ready()
            for file in sorted(NOTEBOOKS.glob("*.ipynb")):
                first, megabytes, found = measure(browser, server, file.name)
                opening.append((file.stem, first, megabytes))
                pressing += [(file.stem, *row) for row in found]
        finally:
            server.stop()
    print_table("Opening a notebook", ("notebook", "kernel start to first picture, s", "kernel, MB"), opening)
    print_table("Key press to new picture", ("notebook", "panel", "control", "median ms", "95 % ms"), pressing)
