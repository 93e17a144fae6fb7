"""The notebooks' Markdown and plain texts as HTML, with formulas."""

import re
from html import escape, unescape

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .mathematics import mathml

INLINE = re.compile(r"\$(.+?)\$", re.S)
BESIDE = re.compile(r"(\(?)<math.*?</math>([.,;:!?)]*)", re.S)
PAGE = re.compile(r"^(?:\./)?(\w+)\.(?:ipynb|md)\b")
TAG = re.compile(r"<[^>]*>")


class Anchors:
    """Names of a page's headings, by which links find them, as in JupyterLab: the text with hyphens
    for spaces. Of two that agree the first has the name."""

    def __init__(self, *taken: str):
        self._taken = set(taken)

    def name(self, html: str) -> str | None:
        """The name of a heading with this content, or None if it is taken."""
        name = re.sub(r"\s+", "-", unescape(TAG.sub("", html)).strip())
        if not name or name in self._taken:
            return None
        self._taken.add(name)
        return name


def text_with_formulas(text: str) -> str:
    """Plain text as HTML, with LaTeX between dollar signs as formulas."""
    parts = INLINE.split(text)
    return _kept_whole(
        "".join(mathml(part) if odd % 2 else escape(part) for odd, part in enumerate(parts))
    )


def markdown_with_formulas(source: str, anchors: Anchors | None = None) -> str:
    """Markdown as HTML; what may be wider than a phone scrolls by itself, and a link to a
    notebook leads to its page. `anchors` are those of the page.
    """
    return _kept_whole(MarkdownWithMath(renderer=Renderer(anchors or Anchors())).render(source))


def _kept_whole(html):
    """A browser may break a line between a formula and a full stop: ties them together."""
    return BESIDE.sub(
        lambda found: (
            f'<span class="whole">{found[0]}</span>' if found[1] or found[2] else found[0]
        ),
        html,
    )


class Renderer(IPythonRenderer):
    """nbconvert's renderer for notebooks, but for formulas, tables, links and headings."""

    def __init__(self, anchors):
        super().__init__(escape=False, exclude_anchor_links=True)
        self._anchors = anchors

    def heading(self, text, level, **attributes):
        name = self._anchors.name(text)
        place = f' id="{escape(name)}"' if name else ""
        return f"<h{level}{place}>{text}</h{level}>\n"

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
