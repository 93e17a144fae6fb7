"""A panel ends when its output is another one; shown again, it is there again. In a kernel, as
JupyterLab drives it."""

import ast
import gc
import weakref

import pytest
from ipywidgets.widgets.widget import _instances
from jupyter_client.manager import start_new_kernel

from lessons.residual_block.block.explorer import block_explorer
from lessons.residual_block.identity.explorer import identity_explorer

SETUP = """
import gc
from ipywidgets.widgets.widget import _instances
from lessons.residual_block.block.explorer import block_explorer
from lessons.residual_block.identity.explorer import identity_explorer
from lessons.drawing.picture import Picture
"""
COUNT = (
    "[gc.collect() * 0, len(_instances), sum(type(thing) is Picture for thing in gc.get_objects())]"
)


class Kernel:
    """A kernel that is told, as JupyterLab tells it, which cell runs."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(startup_timeout=300)

    def run(self, cell, source):
        """Runs a cell and returns what it shows as text."""
        content = {
            "code": source,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
        }
        message = self.client.session.msg(
            "execute_request", {**content, "stop_on_error": True}, metadata={"cellId": cell}
        )
        self.client.shell_channel.send(message)
        text = None
        while True:
            reply = self.client.get_iopub_msg(timeout=300)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            assert reply["msg_type"] != "error", reply["content"]
            if reply["msg_type"] == "execute_result":
                text = reply["content"]["data"]["text/plain"]
            if reply["content"].get("execution_state") == "idle":
                return text

    def count(self):
        """(0, widgets alive, drawn figures alive)."""
        return ast.literal_eval(self.run("count", COUNT))


@pytest.fixture(scope="module")
def kernel():
    started = Kernel()
    started.run("setup", SETUP)
    yield started
    started.client.stop_channels()
    started.manager.shutdown_kernel(now=True)


@pytest.mark.slow
def test_a_cell_that_is_run_again_leaves_nothing_behind(kernel):
    kernel.run("cell", "block_explorer()")
    once = kernel.count()
    for _ in range(3):
        kernel.run("cell", "block_explorer()")
    assert kernel.count() == once


@pytest.mark.slow
def test_a_training_run_ends_with_its_output(kernel):
    kernel.run(
        "training", "panel = identity_explorer(steps=1000)\npanel.start()\nrun = panel._run\npanel"
    )
    kernel.run("training", "block_explorer()")
    assert kernel.run("ask", "run.is_alive(), panel.comm is None") == "(False, True)"


@pytest.mark.slow
def test_a_panel_that_another_cell_shows_too_lives_on(kernel):
    kernel.run("one", "panel = block_explorer()\npanel")
    kernel.run("two", "panel.set(depth=7)")
    kernel.run("one", "1")
    assert kernel.run("ask", "panel.comm is not None") == "True"
    kernel.run("two", "2")
    assert kernel.run("ask", "panel.comm is not None") == "False"


@pytest.mark.slow
def test_a_cell_that_shows_the_same_panel_again_keeps_it(kernel):
    kernel.run("one", "panel = block_explorer()\npanel")
    for depth in (5, 6):
        kernel.run("two", f"panel.set(depth={depth})")
    kernel.run("one", "3")
    assert kernel.run("ask", "panel.comm is not None") == "True"


def test_a_closed_panel_still_answers_and_can_be_shown_again():
    panel, before = block_explorer(), set(_instances)
    panel._hear(None, {"kind": "gone"}, [])
    assert panel.comm is None and not panel._drawing.is_made and len(before - set(_instances)) == 4
    assert "1 to 2." in panel.set(depth=9).summary and not panel.message
    data, _ = panel._repr_mimebundle_()
    assert (
        data["application/vnd.jupyter.widget-view+json"]["model_id"] == panel.model_id in _instances
    )
    assert panel.picture.model_id in _instances and data["text/plain"] == panel.summary


@pytest.mark.slow
def test_nothing_holds_a_panel_that_is_closed(young):
    panel = identity_explorer()
    gone = weakref.ref(panel)
    panel.close()
    del panel
    gc.collect()
    assert gone() is None
