"""Formulas: all of those in the lessons, and the ones that the converter alone gets wrong."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pytest

from lessons.pages.mathematics import mathml
from lessons.pages.prose import markdown_with_formulas, text_with_formulas

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def elements(latex, name):
    formula = ET.fromstring(mathml(latex))
    return [part for part in formula.iter() if part.tag.endswith(f"}}{name}")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_formula_of_a_lesson_is_converted(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            html = re.sub(
                r"<code>.*?</code>|<pre>.*?</pre>",
                "",
                markdown_with_formulas(cell.source),
                flags=re.S,
            )
            assert "$" not in html, cell.source


def test_upright_words_are_one_word():
    assert [part.text for part in elements(r"\mathrm{relu}(x) + \mathrm{E}\,x", "mtext")] == [
        "relu",
        "E",
    ]


def test_bars_and_slashes_stand_close_and_bars_do_not_grow():
    for latex in (r"|x|^2 / 2", r"\|x\|", r"\lVert x_l \rVert^2"):
        for operator in elements(latex, "mo"):
            assert operator.get("lspace") == operator.get("rspace") == "0", latex
            assert operator.text == "/" or operator.get("stretchy") == "false", latex


@pytest.mark.parametrize(
    "latex, forms",
    [("-x", ["prefix"]), ("y = -x", ["prefix"]), ("(x, -x)", ["prefix"]), ("1 - x", [None])],
)
def test_a_sign_is_no_difference(latex, forms):
    assert [part.get("form") for part in elements(latex, "mo") if part.text == "−"] == forms


@pytest.mark.parametrize("latex", [r"\notacommand x", r"a & b"])
def test_what_the_converter_does_not_know_is_refused(latex):
    with pytest.raises(ValueError, match="must be within what latex2mathml knows"):
        mathml(latex)


def test_text_around_formulas_is_escaped():
    html = text_with_formulas("a < b and $x < y$ & c")
    assert html.startswith("a &lt; b and <math") and html.endswith("</math> &amp; c")


def test_no_line_breaks_between_a_formula_and_its_full_stop():
    html = markdown_with_formulas("If ($a$) or $b$, then $c$ and $d$.")
    tied = re.findall(r'<span class="whole">(.*?)</span>', html)
    assert [re.sub(r"<math.*?</math>", "m", part) for part in tied] == [
        "(m)",
        "m,",
        "m.",
    ] and html.count("<math") == 4


def test_no_table_header_is_empty():
    html = markdown_with_formulas("| | $x$ |\n|---|---|\n| 1 | 2 |")
    assert (
        "<th></th>" not in html
        and html.count("<th") - html.count("<thead") == 1
        and "<td></td>" in html
    )


def test_a_link_to_a_notebook_leads_to_its_page_and_a_table_scrolls():
    assert 'href="2_projection_shortcut.html"' in markdown_with_formulas(
        "[next](2_projection_shortcut.ipynb)"
    )
    assert '<div class="scroll"><table>' in markdown_with_formulas(
        "| a | b |\n|---|---|\n| 1 | 2 |"
    )
