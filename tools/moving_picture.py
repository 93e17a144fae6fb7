"""The moving picture at the top of the README: a real panel in JupyterLab whose slider is dragged.

python -m tools.moving_picture          what `make moving-picture` runs; it needs Chromium
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from PIL import Image, ImageDraw, ImageOps

from .install import ROOT

FILE = ROOT / "notebooks" / "pictures" / "moving.webp"
LARGEST = 1_500_000  # bytes; whoever opens the README loads it
PANEL = "from lessons import residual_block as lesson\nlesson.face_explorer()"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}  # else JupyterLab asks
SLIDER, POSITIONS = "layer", range(13)
MARGIN = 16  # pixels around the panel
HANDLE = 16  # pixels, how wide Chromium draws it
WIDTH = 900  # pixels, of the README's column
STEP, REST = 220, 1600  # milliseconds that a picture stays, and at either end of the way
POINTER = ((0, 0), (0, 17), (4, 13), (7, 20), (10, 19), (7, 12), (12, 12))  # screenshots have none


def film(notebook) -> list[Image.Image]:
    """The panel at each of the slider's positions, while the mouse holds its handle."""
    notebook.open()
    notebook.run_all()
    [panel] = notebook.panels()
    panel.root.locator("details.explorer-more > summary").click()  # fold what tests unfold
    low, high = panel.minimum(SLIDER), panel.maximum(SLIDER)
    panel.grab(SLIDER)
    try:
        return [shot(panel, (position - low) / (high - low), position) for position in POSITIONS]
    finally:
        panel.release()


def shot(panel, fraction: float, position: int) -> Image.Image:
    """Drags the handle there, waits for the answer, and takes the panel as the page shows it."""
    bar = panel.handle(SLIDER).bounding_box()
    middle = HANDLE / 2 + fraction * (bar["width"] - HANDLE)  # where the handle then is
    panel.drag(SLIDER, middle / bar["width"])
    panel.settle()
    if panel.number(SLIDER) != position:
        raise ValueError(f"{SLIDER} must stand at {position}, got {panel.number(SLIDER):g}.")
    image = Image.open(io.BytesIO(panel.root.screenshot())).convert("RGB")
    frame = panel.root.bounding_box()
    x, y = bar["x"] - frame["x"] + middle, bar["y"] - frame["y"] + bar["height"] / 2
    tip = [(x + right, y + down) for right, down in POINTER]
    ImageDraw.Draw(image).polygon(tip, fill="black", outline="white")
    return ImageOps.expand(image, MARGIN, "white")


def save(images: list[Image.Image], file: Path) -> None:
    """One WebP that goes there and back, without end."""
    height = round(images[0].height * WIDTH / images[0].width)
    there = [image.resize((WIDTH, height), Image.Resampling.LANCZOS) for image in images]
    frames = [*there, *there[-2:0:-1]]
    stays = [REST if frame in (there[0], there[-1]) else STEP for frame in frames]
    first, *others = frames
    first.save(
        file, save_all=True, append_images=others, duration=stays, loop=0, quality=82, method=6
    )


def main() -> int:
    """0 if the file is written and small enough."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import BROWSERS, FLAGS
    from tests.browser.lab_server import LabServer
    from tests.browser.notebook_page import NotebookPage

    path = next((found for found in map(shutil.which, BROWSERS) if found), None)
    if path is None:
        sys.exit("The moving picture is taken in Chromium, and there is none here.")
    with sync_playwright() as runner, tempfile.TemporaryDirectory() as folder:
        notebooks = Path(folder, "one")
        notebooks.mkdir()
        cells = [nbformat.v4.new_code_cell(PANEL)]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)
        nbformat.write(notebook, notebooks / "panel.ipynb")
        server = LabServer(notebooks, Path(folder))
        try:
            server.wait_until_ready()
            browser = runner.chromium.launch(executable_path=path, args=FLAGS)
            images = film(NotebookPage(browser, server.url, "panel.ipynb"))
        finally:
            server.stop()
    save(images, FILE)
    size = FILE.stat().st_size
    print(f"{FILE.relative_to(ROOT)}: {len(images)} positions, {size / 1e6:.2f} MB")
    return int(size > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
