"""Sliders that change nothing are off, and take what a page without a kernel asks of them."""

import itertools

import pytest

from lessons.residual_stream.mixing.explorer import mixing_explorer
from lessons.residual_stream.mixing_matrices import KINDS, SINKHORN


@pytest.fixture(scope="module")
def panel():
    return mixing_explorer()


@pytest.mark.parametrize("kind", KINDS)
def test_sinkhorns_sliders_are_off_where_no_sinkhorn_made_the_matrix(panel, kind):
    panel.set(kind=kind)
    for name in ("iterations", "hardness"):
        low, high = panel.picture.frame["ends"][name]
        assert (low == high) == (kind not in SINKHORN)


def test_every_combination_can_be_asked_for_in_any_order(panel):
    asked = list(itertools.product(KINDS, (0, 20)))
    for one, other in itertools.permutations(asked, 2):
        for kind, iterations in (one, other):
            panel._settings.place(
                {"kind": kind, "iterations": iterations}
            )  # raises what it refuses
            assert panel.values["kind"] == kind
            assert panel.values["iterations"] == iterations or kind not in SINKHORN


def test_what_was_chosen_is_there_again_behind_a_kind_that_has_no_use_for_it(panel):
    panel.set(kind="doubly stochastic", iterations=7, hardness=3.0)
    panel.controls["kind"].value = "orthogonal"
    panel.controls["kind"].value = "near the identity"
    assert (panel.values["iterations"], panel.values["hardness"]) == (7, 3.0)
