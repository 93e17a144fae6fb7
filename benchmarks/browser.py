"""In Chromium, for the tour and every lesson: opening, presses, drags, messages, memory.

Promises: kernel start to first picture 2.5 s; key press to the frame that shows the picture 25 ms
in the median and 45 ms at the 95th percentile, for every main slider of every panel at rest; from
the release of a drag to the last picture 60 ms; 500 MB once all cells have run.

Each panel's first main slider is also measured without pictures made ahead (LESSONS_AHEAD=0).
`python -m benchmarks.browser FILE ...` measures some notebooks; all take ten minutes.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil

from tests.browser.conftest import ALONE, BROWSERS, FLAGS
from tests.browser.lab_server import PATIENCE, LabServer
from tests.browser.notebook_page import KERNEL, NotebookPage
from tests.browser.panel_page import HANDLE, PICTURE, SETTLED

from .timing import print_table

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PRESSES = 12
REST = 200  # milliseconds before each press: nobody presses sooner who looks at the picture
POSITIONS = 60  # of a drag that takes a second
FIRST_PICTURE = "document.querySelector('.explorer-picture[data-picture]:not([data-picture=\"\"])')"
# counts what the kernel sends, from here on
COUNT = f"""() => {{
    window.counted = {{ comm_open: 0, comm_msg: 0 }};
    {KERNEL}.iopubMessage.connect((_, msg) => {{
        if (msg.header.msg_type in counted) counted[msg.header.msg_type] += 1;
    }});
}}"""
# as it is opened, More controls folded, and the names of the sliders that then can be moved
MAIN = f"""panel => {{
    panel.querySelectorAll('.explorer-more').forEach(more => {{ more.open = false; }});
    return [...panel.querySelectorAll("[class*='control-']")]
        .filter(control => control.querySelector('{HANDLE}:enabled')?.checkVisibility())
        .map(control => [...control.classList].find(name => name.startsWith('control-')).slice(8));
}}"""
# From the key to the end of the frame that paints the picture: what is posted in an animation frame
# arrives when that frame is done, and the frame's own time may lie before a key that it answers. A
# press that leaves the picture as it is has no time.
STOPWATCH = """panel => {
    const { port1, port2 } = new MessageChannel();
    let pressed = null;
    panel.times = [];
    port1.onmessage = () => {
        if (pressed !== null) panel.times.push(performance.now() - pressed);
        pressed = null;
    };
    panel.addEventListener('keydown', event => { pressed = event.timeStamp; }, true);
    const painted = () => requestAnimationFrame(() => port2.postMessage(0));
    panel.addEventListener('painted', painted, true);
}"""
# What the hand sends while it drags, 60 times a second, and when it lets go. Pictures are counted
# when they are new, and the last one is there with the frame that shows it.
DRAG = f"""async ([panel, name, most]) => {{
    const range = panel.querySelector(`.control-${{name}} {HANDLE}`);
    const canvas = panel.querySelector(`{PICTURE}`), off = new AbortController();
    const [low, high] = [range.min, range.max].map(Number), settled = {SETTLED};
    let before = canvas.dataset.picture, shown = 0, last = 0;
    panel.addEventListener('painted', () => {{
        if (canvas.dataset.picture === before) return;
        before = canvas.dataset.picture;
        shown += 1;
        requestAnimationFrame(now => {{ last = now; }});
    }}, {{ capture: true, signal: off.signal }});
    const start = performance.now();
    for (let k = 1; k <= {POSITIONS}; k += 1) {{
        const wait = start + 1000 * k / {POSITIONS} - performance.now();
        await new Promise(resolve => setTimeout(resolve, Math.max(0, wait)));
        range.value = low + (high - low) * k / {POSITIONS};
        range.dispatchEvent(new Event('input', {{ bubbles: true }}));
    }}
    const released = performance.now();
    range.dispatchEvent(new Event('change', {{ bubbles: true }}));
    await settled([canvas, most]);
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    off.abort();
    return [shown, Math.max(0, last - released)];
}}"""


class Moves(NamedTuple):
    """Of one slider: milliseconds of its presses, and what its drag has shown."""

    panel: str
    control: str
    presses: list[float]
    shown: int  # pictures during a drag over the whole slider
    late: float  # milliseconds from its end to the last picture
    messages: float  # of the kernel, per press


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


def moves_of(panel, name: str, presses: int = PRESSES) -> Moves:
    """Presses from the slider's lower end, then a drag over all of it."""
    panel.press(name, "Home")
    panel.settle()
    sent = panel.page.evaluate("counted.comm_msg")
    steps = round((panel.maximum(name) - panel.minimum(name)) / panel.step(name))
    count = min(presses, steps)
    panel._element.evaluate(STOPWATCH)
    for _ in range(count):
        panel.page.wait_for_timeout(REST)
        panel.press(name, "ArrowRight")
        panel.settle()
    panel.page.wait_for_timeout(REST)
    times = panel._element.evaluate("panel => panel.times")
    messages = (panel.page.evaluate("counted.comm_msg") - sent) / count
    panel.press(name, "Home")
    panel.settle()
    panel.page.wait_for_timeout(REST)
    drag = panel.page.evaluate(DRAG, [panel._element, name, 1000 * PATIENCE])
    return Moves(panel.name, name, times, *drag, messages)


def sweep(notebook, most: int | None = None):
    """`moves_of` the main sliders of panels, or their first `most`; a name counts once."""
    names = set()
    for panel in notebook.panels():
        if panel.name in names:
            continue
        names.add(panel.name)
        panel.root.scroll_into_view_if_needed()
        yield from (moves_of(panel, name) for name in panel._element.evaluate(MAIN)[:most])


def kernel_megabytes(server) -> float:
    """Resident memory of the largest kernel of this server."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return max(child.memory_info().rss for child in children) / 2**20


def measure(browser, server, path):
    """(seconds, megabytes, panels, widgets), and the moves with and without pictures ahead."""
    notebook = NotebookPage(browser, server.url, path)
    notebook.page.set_viewport_size({"width": 1366, "height": 768})
    notebook.open()
    notebook.page.evaluate(COUNT)
    first = seconds_to_first_picture(notebook)
    megabytes, widgets = kernel_megabytes(server), notebook.page.evaluate("counted.comm_open")
    notebook.unfold_and_unveil()
    opened = first, megabytes, len(notebook.panels()), widgets
    ahead = list(sweep(notebook))
    notebook.run_cell(ALONE)
    alone = list(sweep(notebook, 1))
    notebook.close(wait=True)
    return opened, ahead, alone


def print_moves(title, moves):
    """One line for each slider, and one for all of them."""
    header = ("notebook", "panel", "control", "median ms", "95 % ms", "drag: pictures", "late, ms")
    every = [(stem, one) for stem, all_of_it in moves.items() for one in all_of_it if one.presses]
    rows = [
        (stem, *one[:2], *_quantiles(one.presses), one.shown, one.late, one.messages)
        for stem, one in every
    ]
    presses = [time for _, one in every for time in one.presses]
    late, messages = ([getattr(one, name) for _, one in every] for name in ("late", "messages"))
    shown = float(np.median([one.shown for _, one in every]))
    total = ("all", "", "", *_quantiles(presses), shown, max(late), float(np.mean(messages)))
    print_table(title, (*header, "messages per press"), [*rows, total])


def _quantiles(times):
    return float(np.median(times)), float(np.percentile(times, 95))


def main(files=()):
    """Prints three tables."""
    from playwright.sync_api import sync_playwright

    path = next((found for found in map(shutil.which, BROWSERS) if found), None)
    if path is None:
        sys.exit("The browser benchmark needs Chromium.")
    found = {}
    with sync_playwright() as runner, tempfile.TemporaryDirectory() as folder:
        browser = runner.chromium.launch(executable_path=path, args=FLAGS)
        server = LabServer(NOTEBOOKS, Path(folder))
        try:
            server.wait_until_ready()
            for file in map(Path, files or sorted(NOTEBOOKS.glob("*.ipynb"))):
                found[file.stem] = measure(browser, server, file.name)
        finally:
            server.stop()
    opening = [(stem, *opened) for stem, (opened, _, _) in found.items()]
    header = ("notebook", "kernel start to first picture, s", "kernel, MB", "panels", "widgets")
    print_table("Opening a notebook", header, opening)
    print_moves("Moves", {stem: each[1] for stem, each in found.items()})
    print_moves("Moves, nothing made ahead", {stem: each[2] for stem, each in found.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
