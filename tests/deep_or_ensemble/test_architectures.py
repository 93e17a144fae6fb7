"""What the arms cost, counted a second time, and that they cost the same."""

import jax
import numpy as np
import pytest

from lessons.deep_or_ensemble.architectures import (
    ARMS,
    BUDGET,
    INPUTS,
    NAMES,
    OUTPUTS,
    matched,
    named,
)
from lessons.deep_or_ensemble.ensembles import answers, init_weights, kind_of


@pytest.mark.parametrize("arm", ARMS, ids=NAMES)
def test_parameters_are_the_numbers_that_training_changes(arm):
    weights = init_weights(arm, 0)
    assert arm.parameters == sum(leaf.size for leaf in weights)
    assert arm.multiplications == sum(
        leaf[..., :-1, :].size for leaf in weights
    )  # all but the biases


@pytest.mark.parametrize("arm", ARMS, ids=NAMES)
def test_multiplications_are_those_of_the_compiled_matrix_products(arm):
    """Counted in the program itself: every dot_general of one answer, times the length of the
    loop that it stands in.
    """
    program = jax.make_jaxpr(lambda w, x: answers(w, kind_of(arm), x))(
        init_weights(arm, 0), np.zeros((arm.members, 1, INPUTS), np.float32)
    )
    assert products(program.jaxpr) == arm.multiplications


def products(program):
    total = 0
    for equation in program.eqns:
        if equation.primitive.name == "dot_general":
            (contracted, _), _ = equation.params["dimension_numbers"]
            shape = equation.invars[0].aval.shape
            total += np.prod(equation.outvars[0].aval.shape) * np.prod(
                [shape[axis] for axis in contracted]
            )
        for value in equation.params.values():
            inner = getattr(value, "jaxpr", None)
            if inner is not None:
                total += equation.params.get("length", 1) * products(getattr(inner, "jaxpr", inner))
    return total


def test_all_arms_cost_the_same_to_a_few_percent_but_for_the_reference():
    for arm in ARMS[:-1]:
        assert abs(arm.parameters / BUDGET - 1) < 0.01
        assert abs(arm.multiplications / ARMS[0].multiplications - 1) < 0.03
    assert (ARMS[-1].parameters, ARMS[-1].multiplications) == (
        4 * BUDGET,
        4 * ARMS[0].multiplications,
    )


def test_no_other_width_comes_nearer_to_the_budget():
    arm = matched("", 3, 4)
    others = [3 * ((INPUTS + 1) * w + 4 * (w + 1) * w + (w + 1) * OUTPUTS) for w in range(1, 100)]
    assert abs(arm.parameters - BUDGET) == min(abs(other - BUDGET) for other in others)


def test_members_times_blocks_is_twelve():
    assert [arm.members * arm.blocks for arm in ARMS] == [12, 12, 12, 12, 12, 1, 12, 48]
    assert named("12 × 1 joint").joint and not named("plain").skips
