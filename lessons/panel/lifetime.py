"""When a panel ends: its cell was run again, so that its output is another one.

The page says when an output was cleared or a cell deleted (start.js); that a cell runs again, the
kernel knows by itself.
"""

import gc
import weakref

from IPython import get_ipython

from ..leftovers import LEFTOVERS


class Lifetimes:
    """Which cells show which panels. A panel that no cell shows any longer is closed."""

    def __init__(self):
        self._shown = weakref.WeakKeyDictionary()  # panel -> ids of the cells
        self._leaving, self._shell = [], None

    def show(self, panel) -> None:
        """The cell that runs now shows the panel."""
        shell = get_ipython()
        if shell is not None and self._shell is not shell:
            self._shell = shell
            shell.events.register("pre_run_cell", self._before)
            shell.events.register("post_run_cell", self._after)
        if (cell := cell_id(shell)) is not None:
            self._shown.setdefault(panel, set()).add(cell)

    def _before(self, _info):
        cell = cell_id(self._shell)
        for panel, cells in list(self._shown.items()):
            if cell in cells:
                cells.discard(cell)
                self._leaving.append(weakref.ref(panel))
                if not cells:
                    panel.stop()

    def _after(self, _result):
        """Not before the new output is there: a panel that is closed leaves the page at once, and
        the page would jump."""
        leaving, self._leaving = self._leaving, []
        over = [found for each in leaving if (found := each()) and not self._shown.get(found)]
        for panel in over:
            panel.close()
        if over:
            gc.collect()  # a figure and its canvas hold each other, and megabytes
        # the cell may have compiled something without a panel, as the exercises' checks do
        LEFTOVERS.clear_away(thoroughly=True)


def cell_id(shell) -> str | None:
    """The id of the cell that runs, or None outside a notebook."""
    parent = getattr(shell, "get_parent", dict)() or {}
    return parent.get("metadata", {}).get("cellId")


LIFETIMES = Lifetimes()
