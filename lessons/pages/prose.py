"""The notebooks' Markdown and plain texts as HTML, with formulas."""

import re
from html import escape

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .mathematics import mathml

INLINE = re.compile(r"\$(.+?)\$", re.S)
BESIDE = re.compile(r"(\(?)<math.*?</math>([.,;:!?)]*)", re.S)
PAGE = re.compile(r"^(?:\./)?(\w+)\.ipynb")


def text_with_formulas(text: str) -> str:
    """Plain text as HTML, with LaTeX between dollar signs as formulas."""
    parts = INLINE.split(text)
    return _kept_whole(
        "".join(mathml(part) if odd % 2 else escape(part) for odd, part in enumerate(parts))
    )


def markdown_with_formulas(source: str) -> str:
    """Markdown as HTML; what may be wider than a phone scrolls by itself, and a link to a
    notebook leads to its page.
    """
    return _kept_whole(
        MarkdownWithMath(renderer=Renderer(escape=False, exclude_anchor_links=True)).render(source)
    )


def _kept_whole(html):
    """A browser may break a line between a formula and a full stop: ties them together."""
    return BESIDE.sub(
        lambda found: (
            f'<span class="whole">{found[0]}</span>' if found[1] or found[2] else found[0]
        ),
        html,
    )


class Renderer(IPythonRenderer):
    """nbconvert's renderer for notebooks, but for formulas, tables and links."""

    def inline_math(self, body):
        return mathml(body)

    def block_math(self, body):
        return f'<span class="scroll formula">{mathml(body, "block")}</span>'

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def table(self, text):
        return f'<div class="scroll"><table>{text}</table></div>'

    def table_cell(self, text, align=None, head=False):
        # An empty header would name nothing.
        return f'<th scope="col">{text}</th>' if head and text.strip() else f"<td>{text}</td>"

    def link(self, text, url, title=None):
        return super().link(text, PAGE.sub(r"\1.html", url), title)
