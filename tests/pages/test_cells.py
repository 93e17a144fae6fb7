"""Which cells show something alive, and what of a notebook runs to find out."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lessons.pages.cells import shown_alive
from lessons.panel.explorer import Explorer
from lessons.teaching.predict import Prediction

IMPORTS = (
    "from lessons.residual_block.block.explorer import block_explorer\nfrom "
    "lessons.teaching.predict import predict"
)


def shown_by(*sources, tags=()):
    cells = [new_code_cell(IMPORTS), new_markdown_cell("words"), *map(new_code_cell, sources)]
    cells[2].metadata["tags"] = list(tags)
    return dict(shown_alive(new_notebook(cells=cells)))


def test_panels_and_predictions_are_found_under_their_cells():
    shown = shown_by("block_explorer(depth=3)", 'predict("q", ["a", "b"], "a", "e")', "1 + 1")
    assert set(shown) == {2, 3}
    assert isinstance(shown[2].thing, Explorer) and shown[2].thing.values["depth"] == 3
    assert isinstance(shown[3].thing, Prediction)


def test_a_panel_that_was_named_is_followed():
    shown = shown_by("panel = block_explorer()", "panel.set(depth=5)", "print(panel.summary)")
    assert set(shown) == {3} and shown[3].thing.values["depth"] == 5


def test_a_panel_stands_as_its_cell_left_it_until_the_next_one():
    cells = map(
        new_code_cell, (IMPORTS, "panel = block_explorer(depth=3)\npanel", "panel.set(depth=5)")
    )
    depths = [
        shown.thing.values["depth"] for _, shown in shown_alive(new_notebook(cells=list(cells)))
    ]
    assert depths == [3, 5]


def test_questions_are_found_one_by_one():
    imports = "from lessons.teaching.recall import missed, recall"
    cells = [imports, "recall('shattered_gradients')", "missed('shattered_gradients')"]
    shown = dict(shown_alive(new_notebook(cells=list(map(new_code_cell, cells)))))
    assert len(shown[1].predictions) == 3 and shown[2].predictions == ()
    assert all(isinstance(each, Prediction) for each in shown[1].predictions)


@pytest.mark.slow
def test_a_veiled_panel_names_the_question_before_it():
    ask, panel = 'predict("{0}?", ["a", "b"], "a", "e", name="{0}")', 'block_explorer(after="{}")'
    shown = shown_by(
        *map(ask.format, ("veil 1", "veil 2")),
        *map(panel.format, ("veil 2", "veil 1", "veil 2", "never asked")),
    )
    after = [shown[number].after for number in (4, 5, 6, 7)]
    assert after == [(3, 0), (2, 0), (3, 0), None]


def test_a_veiled_panel_that_is_shown_twice_is_veiled_twice():
    shown = shown_by(
        'predict("q", ["a", "b"], "a", "e", name="twice")',
        'panel = block_explorer(after="twice")\npanel',
        "panel.set(depth=5)",
    )
    assert shown[3].after == shown[4].after == (2, 0)


def test_other_cells_and_exercises_do_not_run():
    assert shown_by("raise RuntimeError", "block_explorer()").keys() == {3}
    assert shown_by("block_explorer(", tags=["exercise"]) == {}


@pytest.mark.slow
def test_a_training_run_is_left_out_and_remembered():
    shown = shown_by(
        "block_explorer().train()", "block_explorer()"
    )  # this panel could not even train
    assert shown[2].trained and not shown[3].trained


def test_a_cell_that_fails_fails_the_page():
    with pytest.raises(NameError):
        shown_by("block_explorer(depth=missing)")
