"""Finds what the cells of a notebook show alive, panels and predictions, by running those cells
again.
"""

import ast
import contextlib
import io
from collections.abc import Iterator
from typing import NamedTuple

from IPython.core.inputtransformer2 import TransformerManager

from ..panel.explorer import Explorer
from ..teaching.predict import Prediction
from ..teaching.recall import Questions

ASKED = ("predict", "recall", "quiz", "missed")


class Shown(NamedTuple):
    """A panel or questions under a cell, whether the cell trains the panel first, and which
    question (number of its cell, place there) is to be answered before the panel is seen.
    """

    thing: object
    trained: bool = False
    after: tuple[int, int] | None = None

    @property
    def predictions(self) -> tuple[Prediction, ...]:
        """The questions; none under a panel, nor where missed ones come back."""
        if isinstance(self.thing, Questions):
            return self.thing.predictions
        return (self.thing,) if isinstance(self.thing, Prediction) else ()


def shown_alive(notebook) -> Iterator[tuple[int, Shown]]:
    """What stands alive under each cell, with the cell's number; a panel stands as it does there
    until the next one is asked for.

    Runs the first code cell and whatever names a panel or a prediction, nothing else: every cell of
    a lesson works on its own after the first. A training run is left out, for the page needs all of
    its pictures, not the last one.
    """
    cells = [
        (number, cell) for number, cell in enumerate(notebook.cells) if cell.cell_type == "code"
    ]
    namespace, live, veils = {"__name__": "__main__"}, set(), _Veils()
    for number, cell in cells:
        if "exercise" in cell.metadata.get("tags", []):
            continue
        tree = ast.parse(TransformerManager().transform_cell(cell.source))
        if number == cells[0][0] or any(_is_live(name, live) for name in _names(tree, ast.Load)):
            shortened = _WithoutTraining()
            value = _run(shortened.visit(tree), namespace)
            live |= set(_names(tree, ast.Store)) if number != cells[0][0] else set()
            if isinstance(value, Explorer):
                yield number, Shown(value, shortened.trained, veils.over(value))
            elif isinstance(value, Prediction | Questions) or "missed" in _names(tree, ast.Load):
                shown = Shown(value)
                veils.add(number, shown.predictions)
                yield number, shown


def _is_live(name, live):
    return name.endswith("_explorer") or name in ASKED or name in live


def _names(tree, context):
    """What a cell reads or writes: a name, and of lesson.predict the last part."""
    parts = (node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute))
    found = (node for node in parts if isinstance(node.ctx, context))
    return [node.id if isinstance(node, ast.Name) else node.attr for node in found]


def _run(tree, namespace):
    """Runs a cell; the value of its last expression. What it prints is stored in the notebook
    already.
    """
    *body, last = tree.body
    with contextlib.redirect_stdout(io.StringIO()):
        if not isinstance(last, ast.Expr):
            return exec(compile(tree, "cell", "exec"), namespace)
        exec(compile(ast.Module(body, []), "cell", "exec"), namespace)
        return eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)


class _Veils:
    """Which question veils which panel: the one whose answer takes the veil away."""

    def __init__(self):
        self._asked, self._found = {}, {}

    def add(self, number, predictions):
        self._asked |= {(number, place): each for place, each in enumerate(predictions)}

    def over(self, panel):
        if panel not in self._found:
            self._found[panel] = self._tried(panel) if panel.picture.frame["veiled"] else None
        return self._found[panel]

    def _tried(self, panel):
        for place, prediction in self._asked.items():
            prediction.choices.index = prediction.right
            prediction.choices.index = None  # so that it veils the next panel, too
            if not panel.picture.frame["veiled"]:
                return place
        return None


class _WithoutTraining(ast.NodeTransformer):
    """panel.train() becomes panel."""

    trained = False

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "train":
            self.trained = True
            return node.func.value
        return node
