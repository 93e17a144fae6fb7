"""The file of results: what is saved is found again, and what cannot be trusted is refused in a
sentence.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace

import numpy as np
import pytest

from lessons.deep_or_ensemble.architectures import NAMES
from lessons.deep_or_ensemble.grid import experiment as grid
from lessons.deep_or_ensemble.grid import store as grid_store
from lessons.deep_or_ensemble.grid.store import (
    SEEDS,
    Cell,
    StoreError,
    load,
    places,
    save,
    settings,
)
from reproduce import higher_rate

CELL = Cell(
    row="digits",
    examples=50,
    arm="deep",
    rate=0.01,
    stop=500,
    error=(0.5,) * SEEDS,
    member_error=(0.6,) * SEEDS,
    wrong=(0.1,) * SEEDS,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "grid.json"


def test_what_is_saved_is_found_again(path):
    cells = {
        CELL.place: CELL,
        ("digits", 50, "wide"): replace(CELL, arm="wide", error=(0.1, 0.2, 0.3, 0.4, 1.5)),
    }
    save(cells, path)
    assert load(path) == cells and not list(path.parent.glob("*.part"))


def test_no_file_is_no_cells(path):
    assert load(path) == {}


def test_the_grid_has_every_arm_on_every_task_at_every_size_once():
    assert len(places()) == len(set(places())) == 4 * 3 * len(NAMES)


def changed(**changes):
    return [asdict(CELL) | changes]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is not complete JSON"),
        ('{"settings": {', "it is not complete JSON"),
        (b"\xff\xfe\x00", "it is not complete JSON"),
        ("[]", "it must hold settings and cells"),
        ({"cells": []}, "it must hold settings and cells"),
        (
            {"settings": settings() | {"seeds": 4}, "cells": []},
            "it was made with other settings than these lessons have",
        ),
        ([3], "a cell must hold row, examples, arm"),
        (
            changed(arm="deepest"),
            "the cell of 'deepest' for 'digits' with 50 examples is no part of the grid",
        ),
        (changed(examples=51), "is no part of the grid"),
        (changed(rate=0.02), "has a learning rate or a stop that was not tried"),
        (changed(error=[0.5] * 4), "must have 5 numbers from 0 on as its error"),
        (
            changed(error=[0.5, 0.5, 0.5, 0.5, float("nan")]),
            "must have 5 numbers from 0 on as its error",
        ),
        (changed(wrong=[0.5, 0.5, 0.5, 0.5, -1]), "must have 5 numbers from 0 on as its wrong"),
        (changed(member_error="much"), "must have 5 numbers from 0 on as its member_error"),
        (changed(error=[0.5, 0.5, 0.5, 0.5, "0.5"]), "must have 5 numbers from 0 on as its error"),
        (changed() * 2, "a cell stands twice"),
    ],
)
def test_a_damaged_file_is_refused_in_a_sentence_and_left_alone(path, content, reason, monkeypatch):
    if isinstance(content, list):
        content = {"settings": settings(), "cells": content}
    data = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    path.write_bytes(data)
    monkeypatch.setattr(grid, "make_cell", lambda *_: 1 / 0)
    for attempt in (
        lambda: load(path),
        lambda: next(grid.make_grid(path)),
        lambda: grid.measure_grid(path=path),
    ):
        with pytest.raises(StoreError) as caught:
            attempt()
        assert str(caught.value).startswith("grid.json cannot be used: ") and reason in str(
            caught.value
        )
        assert str(caught.value).endswith(
            "Delete it and run make grid, which makes all cells again."
        )
    assert path.read_bytes() == data


def test_a_run_that_is_stopped_goes_on_where_it_was(path, monkeypatch):
    made = []

    def make_cell(row, examples, arm, *_):
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append((row, examples, arm))
        return replace(CELL, row=row, examples=examples, arm=arm, error=(float(len(made)),) * SEEDS)

    monkeypatch.setattr(grid, "make_cell", make_cell)
    with pytest.raises(KeyboardInterrupt):
        list(grid.make_grid(path))
    assert list(load(path)) == places()[:3]
    first, made[:] = load(path), made[:1]
    rest = [cell.place for cell in grid.make_grid(path, only=places()[:5])]
    assert rest == places()[3:5] and list(load(path)) == places()[:5]
    assert {place: load(path)[place] for place in first} == first
    assert list(grid.make_grid(path, only=places()[:5])) == []


def test_killed_while_writing_the_old_file_stays(path, monkeypatch):
    save({CELL.place: CELL}, path)
    monkeypatch.setattr(grid_store.os, "replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save({}, path)
    assert load(path) == {CELL.place: CELL}


@pytest.mark.slow
def test_a_cell_is_trained_on_its_task(path, monkeypatch):
    """A small real one: it learns, and the picked numbers are those of the best stop and rate."""
    monkeypatch.setattr(grid, "SEEDS", 2)
    cell = grid.make_cell("teacher, 1 hidden layer", 200, "wide", stops=(100, 250))
    assert cell.place == ("teacher, 1 hidden layer", 200, "wide") and cell.stop in (100, 250)
    assert all(0 < error < 0.9 for error in cell.error) and len(cell.error) == 2
    np.testing.assert_allclose(cell.error, cell.member_error, rtol=1e-3)  # one member


FOUR = "--xla_force_host_platform_device_count=4"
FOUR_DEVICES = """
import jax, numpy as np
from lessons.deep_or_ensemble.grid import experiment as grid
assert len(jax.devices()) == 4
grid.SEEDS = 2  # 6 runs: two of the devices get a copy to fill up
choices = None, jax.devices()[:1]
cells = [grid.make_cell("digits", 50, "4 × 3", (5, 25), devices) for devices in choices]
four, one = cells
assert (four.place, four.rate, four.stop) == (one.place, one.rate, one.stop), cells
for name in ("error", "member_error", "wrong"):
    np.testing.assert_allclose(getattr(four, name), getattr(one, name), rtol=1e-4, err_msg=name)
"""


@pytest.mark.slow
def test_a_cell_of_the_grid_made_on_four_devices_is_the_one_made_on_one():
    """make_cell itself, task, arm, rates and stops as in the grid, with few seeds and steps:
    emulated devices of a CPU.
    """
    environment = os.environ | {
        "XLA_FLAGS": f"{os.environ.get('XLA_FLAGS', '')} {FOUR}",
        "JAX_PLATFORMS": "cpu",
    }
    environment["JAX_DISABLE_MOST_OPTIMIZATIONS"] = (
        "1"  # compiling these two programs takes longer than running them
    )
    result = subprocess.run(
        [sys.executable, "-c", FOUR_DEVICES], env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr


def test_the_stored_grid_is_whole_and_says_what_a_mean_of_members_must():
    cells = load()
    assert list(cells) == places()
    for cell in cells.values():
        assert np.all(np.array(cell.error) <= np.array(cell.member_error) * 1.001), cell.place


def test_a_higher_rate_was_tried_where_the_highest_was_picked_and_changes_what_is_said():
    """Lesson 6 says under "Limits" what came out."""
    cells, tried = load(), higher_rate.load_trial()
    assert {higher_rate.place(entry) for entry in tried} == set(
        higher_rate.at_the_highest_rate(cells)
    ) and len(tried) == 38
    other = higher_rate.changed(cells, tried)
    assert sum(other[place] != cells[place] for place in cells) == 6
    verdicts = {
        rival: [higher_rate.verdicts(one, rival) for one in (cells, other)]
        for rival in ("12 × 1", "4 × 3", "2 × 6", "plain")
    }
    moves = {
        rival: [(a, b) for a, b in zip(*pair, strict=True) if a != b]
        for rival, pair in verdicts.items()
    }
    to_rival = [("not clear", "rival")]
    assert moves == {"12 × 1": to_rival, "4 × 3": [], "2 × 6": to_rival, "plain": []}


def test_the_grid_that_has_not_been_made_is_said(path):
    with pytest.raises(StoreError, match="grid.json has not been made yet: run make grid."):
        grid.measure_grid(path=path)
