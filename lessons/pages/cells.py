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


class Shown(NamedTuple):
    """A panel or a prediction under a cell, and whether the cell trains the panel first."""

    thing: Explorer | Prediction
    trained: bool


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
    namespace, live = {"__name__": "__main__"}, set()
    for number, cell in cells:
        if "exercise" in cell.metadata.get("tags", []):
            continue
        tree = ast.parse(TransformerManager().transform_cell(cell.source))
        if number == cells[0][0] or any(_is_live(name, live) for name in _names(tree, ast.Load)):
            shortened = _WithoutTraining()
            value = _run(shortened.visit(tree), namespace)
            live |= set(_names(tree, ast.Store)) if number != cells[0][0] else set()
            if isinstance(value, Explorer | Prediction):
                yield number, Shown(value, shortened.trained)


def _is_live(name, live):
    return name.endswith("_explorer") or name == "predict" or name in live


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


class _WithoutTraining(ast.NodeTransformer):
    """panel.train() becomes panel."""

    trained = False

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "train":
            self.trained = True
            return node.func.value
        return node
