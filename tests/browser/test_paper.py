"""The pages printed by Chromium: a panel's controls, picture and words are on one sheet."""

import re

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lessons.pages.build import build

from .settled import settled

PANELS = 9
PARTS = {"controls": ".explorer-control", "picture": "canvas", "words": ".explorer-status"}


@pytest.fixture(scope="module")
def printed(browser, tmp_path_factory):
    """A page with panels at several heights of a sheet, for paper."""
    folder = tmp_path_factory.mktemp("paper")
    cells = [
        new_markdown_cell("# Title\n\n**Question?**"),
        new_code_cell("from lessons.residual_block import block_explorer"),
    ]
    for number in range(PANELS):
        cells.append(new_markdown_cell("\n\n".join(["A line of text."] * (7 * number % PANELS))))
        cells.append(
            new_code_cell("panel = block_explorer()\npanel._main = {'depth': (1, 2)}\npanel")
        )
    write(new_notebook(cells=cells), folder / "1.ipynb")
    build([folder / "1.ipynb"], folder / "site")
    page = browser.new_page(color_scheme="dark", viewport={"width": 360, "height": 740})
    page.goto((folder / "site" / "1.html").as_uri())
    yield settled(page)
    page.close()


def sheets(page):
    """The sheet of each panel's parts, {"controls 0": 1, ...}: Chromium's PDF says where a link on
    the page leads to.
    """
    page.evaluate(
        """parts => document.querySelectorAll("figure.explorer").forEach((panel, number) => {
        for (const [name, selector] of Object.entries(parts)) {
            panel.querySelector(selector).id = `${name}-${number}`;
            const link = document.createElement("a");
            document.body.append(Object.assign(link, {
                href: `#${name}-${number}`, textContent: "to it ",
            }));
        }
    })""",
        PARTS,
    )
    pdf = page.pdf(format="A4", tagged=False).decode("latin-1")
    places = re.findall(r"/(controls|picture|words)(?:-|#2d)(\d) \[(\d+) 0 R /XYZ", pdf)
    objects = sorted({int(sheet) for _, _, sheet in places})
    return {f"{name} {number}": objects.index(int(sheet)) for name, number, sheet in places}


def test_controls_picture_and_words_of_a_panel_are_on_one_sheet(printed):
    found = sheets(printed)
    assert len(found) == PANELS * len(PARTS) and len(set(found.values())) > 2
    for number in range(PANELS):
        assert len({found[f"{name} {number}"] for name in PARTS}) == 1, found


def test_without_the_rule_for_paper_a_panel_is_torn(printed):
    """What the test above would not see, if the panels stood well by chance."""
    printed.add_style_tag(content="@media print { figure { break-inside: auto !important; } }")
    found = sheets(printed)
    assert any(
        len({found[f"{name} {number}"] for name in PARTS}) > 1 for number in range(PANELS)
    ), found


def test_paper_is_white_and_the_whole_picture_is_on_it(printed):
    printed.emulate_media(media="print", color_scheme="dark")
    assert printed.evaluate("getComputedStyle(document.body).color") == "rgb(27, 27, 27)"
    wide = printed.locator("figure.explorer canvas").evaluate_all(
        "all => all.map(canvas => canvas.getBoundingClientRect().right)"
    )
    assert max(wide) <= 360
