"""What a page shows before its first pictures have come: words and controls are there at once."""

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lessons.pages.build import build

from .settled import settled
from .violations import violations

# Every picture is on its way until the test lets it come.
HELD_BACK = """() => {
    const decode = HTMLImageElement.prototype.decode, waiting = [];
    HTMLImageElement.prototype.decode = function () {
        return new Promise(come => waiting.push(() => decode.call(this).then(come)));
    };
    window.letCome = () => waiting.forEach(each => each());
}"""
DESCRIPTIONS = (
    """all => all.map(each => [each.getAttribute("role"), each.getAttribute("aria-label")])"""
)
FIRST = """all => all.map(each => JSON.parse(each.textContent))
    .map(({ start, states }) => states[start].text)"""


@pytest.fixture
def page(browser, tmp_path):
    """A page of one panel that waits for its picture."""
    panel = "panel = block_explorer()\npanel._main = {'depth': (1, 2)}\npanel"
    cells = [
        new_markdown_cell("# Title\n\n**Question?**"),
        new_code_cell("from lessons.residual_block import block_explorer"),
        new_code_cell(panel),
    ]
    write(new_notebook(cells=cells), tmp_path / "1.ipynb")
    build([tmp_path / "1.ipynb"], tmp_path / "site")
    page = browser.new_page()
    page.add_init_script(f"({HELD_BACK})()")
    page.goto((tmp_path / "site" / "1.html").as_uri())
    yield page
    page.close()


def test_a_canvas_has_its_description_before_its_picture(page):
    canvas = page.locator("figure.explorer canvas")
    words = page.locator("figure.explorer script").evaluate_all(FIRST)
    assert canvas.evaluate_all("all => all.map(each => each.dataset.picture)") == [""]
    assert canvas.evaluate_all(DESCRIPTIONS) == [["img", text] for text in words] and all(words)
    assert not violations(page)
    handle = page.locator("figure.explorer input[type=range]")
    assert handle.get_attribute("aria-valuetext") and handle.get_attribute("max") != "0"
    page.evaluate("letCome()")
    settled(page)
    assert canvas.evaluate_all(DESCRIPTIONS) == [["img", text] for text in words]
