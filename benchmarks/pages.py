"""In Chromium: from opening a page without a kernel to all of its first pictures. For every lesson.

Promise: 1 s. Each page is opened several times, from disk.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np

from lessons.pages.build import build
from tests.browser.conftest import BROWSERS, FLAGS

from .timing import print_table

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
OPENINGS = 9
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def milliseconds_to_pictures(browser, file) -> list[float]:
    """Each time in a window of its own, which remembers nothing; the browser's `load` waits for
    the pictures.
    """
    times = []
    for _ in range(OPENINGS):
        page = browser.new_page()
        page.goto(file.as_uri())
        times.append(page.evaluate(LOADED))
        page.close()
    return times


def main():
    """Prints a table."""
    from playwright.sync_api import sync_playwright

    path = next((found for found in map(shutil.which, BROWSERS) if found), None)
    if path is None:
        sys.exit("The benchmark of the pages needs Chromium.")
    with sync_playwright() as runner, tempfile.TemporaryDirectory() as folder:
        _, *files = build(NOTEBOOKS, Path(folder) / "site", processes=2, draft=True)
        browser = runner.chromium.launch(executable_path=path, args=FLAGS)
        times = [(file.stem, milliseconds_to_pictures(browser, file)) for file in files]
        browser.close()
    rows = [(name, float(np.median(each)), max(each)) for name, each in times]
    print_table("Opening a page", ("page", "median ms to its pictures", "longest"), rows)
