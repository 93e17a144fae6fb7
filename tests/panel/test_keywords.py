"""Shift + Tab on the function that makes a panel shows its controls, their first values and what
they take.
"""

import inspect

import pytest

from lessons.panel.controls import Choice, Slider, Switch
from lessons.panel.keywords import parameters
from tests.panels import explorers

EXPLORERS = explorers()


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_explorer_names_its_keywords(name):
    signature = inspect.signature(EXPLORERS[name])
    *controls, after, only = signature.parameters.values()
    assert controls and (after.name, only.name) == ("after", "only")
    for keyword in controls:
        assert keyword.kind is inspect.Parameter.KEYWORD_ONLY
        assert keyword.default is not inspect.Parameter.empty and keyword.annotation
    assert "Explorer" in str(signature.return_annotation)


@pytest.mark.slow
def test_defaults_and_ranges_are_those_of_the_controls():
    signature = inspect.signature(EXPLORERS["block_explorer"])
    shown = {name: (each.default, each.annotation) for name, each in signature.parameters.items()}
    panel = EXPLORERS["block_explorer"]()
    del shown["after"], shown["only"]
    assert {name: default for name, (default, _) in shown.items()} == panel.values
    assert shown["depth"] == (2, "a whole number, 1 … 32")
    assert shown["branch_scale"] == (1.0, "a number, 0 … 2")
    assert shown["placement"] == ("one skip", "one skip | all skips")
    assert shown["skips"] == (True, "True | False")


def test_a_control_is_described_where_it_is_made():
    controls = {
        "size": Slider("size", 3, 1, 7),
        "kind": Choice("kind", "b", ("a", "b")),
        "on": Switch("on", False),
    }
    found = {each.name: (each.default, each.annotation) for each in parameters(controls)}
    assert found["size"] == (3, "a whole number, 1 … 7")
    assert found["kind"] == ("b", "a | b") and found["on"] == (False, "True | False")
