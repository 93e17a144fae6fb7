"""Training against gradient descent by hand, on a linear layer where its whole course has a
closed form.
"""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from lessons.errors import NetworkError
from lessons.network.compiled_topology import compile_topology
from lessons.network.gradients import forward
from lessons.network.network import draw
from lessons.network.topology import Topology
from lessons.network.training import keep_programs_of, train
from tests.panels import compilations

pytestmark = pytest.mark.usefixtures("float64")  # no lesson runs these programs
WIDTH, MAX_DEPTH, EXAMPLES, SEEDS = 4, 5, 50, 2
LINEAR = compile_topology(Topology.plain(1), WIDTH, max_depth=MAX_DEPTH, activation="linear")
# here and not in their test, where numbers are float64
OTHERS = [
    compile_topology(t, WIDTH, max_depth=MAX_DEPTH, branch_scale=0.5)
    for t in (Topology.plain(5), Topology.residual(4, span=2), Topology.residual(1))
]


def squared_error(parameters, compiled, data, key):
    """Mean over the examples of |f(x) - y|^2 / 2, all examples at every step; the key disturbs
    the inputs, as much as the data say.
    """
    inputs, targets, noise = data
    disturbed = inputs + noise * jax.random.normal(key, inputs.shape, inputs.dtype)
    return 0.5 * ((forward(parameters, compiled, disturbed) - targets) ** 2).sum() / EXAMPLES


def without_network(parameters, compiled, data, key):
    """The same of a linear layer that stands alone: a program in a third of the time."""
    inputs, targets, noise = data
    disturbed = inputs + noise * jax.random.normal(key, inputs.shape, inputs.dtype)
    found = disturbed @ parameters.weights[0] + parameters.biases[:1]
    return 0.5 * ((found - targets) ** 2).sum() / EXAMPLES


@jax.jit
def start():
    keys = jax.random.split(jax.random.key(0), SEEDS)
    widths = dict(width=WIDTH, max_depth=MAX_DEPTH, dtype=jnp.float64)
    drawn = jax.vmap(lambda key: draw(key, **widths))(keys)
    return jax.tree.map(lambda p: 0.5 * p, drawn), keys


def linear_problem(rng, noise=0.1):
    inputs = rng.normal(size=(EXAMPLES, WIDTH))
    targets = inputs @ rng.normal(size=(WIDTH, WIDTH)) + rng.normal(size=(EXAMPLES, WIDTH))
    return inputs, targets, np.float64(noise)


def run(
    data, *, loss=squared_error, compiled=LINEAR, rates=(0.01, 0.1), steps=23, chunk=10, **options
):
    parameters, keys = start()
    return list(
        train(
            loss,
            parameters,
            compiled,
            data,
            keys,
            learning_rates=rates,
            steps=steps,
            chunk=chunk,
            **options,
        )
    )


@pytest.mark.slow
def test_gradient_descent_on_a_linear_layer_follows_its_closed_form(rng):
    """theta_t - theta* = (I - rate H)^t (theta_0 - theta*), where theta* is the least-squares
    solution.
    """
    data, steps, rates = linear_problem(rng, noise=0), 23, (0.01, 0.3)
    last = run(data, rates=rates, steps=steps, optimiser=optax.sgd)[-1]
    design = np.hstack([data[0], np.ones((EXAMPLES, 1))])
    hessian = design.T @ design / EXAMPLES
    optimum = np.linalg.lstsq(design, data[1])[0]
    first, _ = start()
    for r, rate in enumerate(rates):
        shrink = np.linalg.matrix_power(np.eye(WIDTH + 1) - rate * hessian, steps)
        for seed in range(SEEDS):
            theta = np.vstack([first.weights[seed, 0], first.biases[seed, :1]])
            expected = optimum + shrink @ (theta - optimum)
            np.testing.assert_allclose(
                last.parameters.weights[r, seed, 0], expected[:-1], rtol=1e-9
            )
            np.testing.assert_allclose(last.parameters.biases[r, seed, 0], expected[-1], rtol=1e-9)
            assert last.losses[r, seed, 0] == pytest.approx(
                0.5 * ((design @ theta - data[1]) ** 2).sum() / EXAMPLES
            )
    unused = last.parameters.weights[:, :, 1:] - first.weights[None, :, 1:]
    assert not np.any(unused)  # layers beyond the depth stay as they are


@pytest.mark.slow
def test_two_steps_of_adam_agree_with_its_formula(rng):
    """Kingma and Ba (2015, arXiv:1412.6980), algorithm 1."""
    data, rate = linear_problem(rng, noise=0), 0.1
    last = run(data, rates=(rate, 0.01), steps=2)[-1]
    first, _ = start()
    design = np.hstack([data[0], np.ones((EXAMPLES, 1))])
    theta, m, v = np.vstack([first.weights[0, 0], first.biases[0, :1]]), 0.0, 0.0
    for t in (1, 2):
        gradient = design.T @ (design @ theta - data[1]) / EXAMPLES
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        theta = theta - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    np.testing.assert_allclose(last.parameters.weights[0, 0, 0], theta[:-1], rtol=1e-9)
    np.testing.assert_allclose(last.parameters.biases[0, 0, 0], theta[-1], rtol=1e-9)


@pytest.mark.slow
def test_the_length_of_the_chunks_changes_nothing(rng):
    data = linear_problem(rng)
    whole, *others = (run(data, chunk=chunk)[-1] for chunk in (23, 1, 7, 100))
    assert whole.losses.shape == (2, SEEDS, 23)
    for other in others:
        np.testing.assert_array_equal(other.losses, whole.losses)
        np.testing.assert_array_equal(other.parameters.weights, whole.parameters.weights)


def test_progress_starts_before_training_and_stays_as_it_was(rng):
    data = linear_problem(rng)
    parameters, keys = start()
    training = train(
        squared_error, parameters, LINEAR, data, keys, learning_rates=(0.01, 0.1), steps=23
    )
    untrained, cancelled = next(training), next(training)
    weights = np.array(cancelled.parameters.weights)
    later = list(training)
    assert [untrained.step, cancelled.step, *(p.step for p in later)] == [0, 10, 20, 23]
    assert untrained.losses.shape == (2, SEEDS, 0)
    np.testing.assert_array_equal(untrained.parameters.weights[0], parameters.weights)
    np.testing.assert_array_equal(cancelled.parameters.weights, weights)
    np.testing.assert_array_equal(later[-1].losses[..., :10], cancelled.losses)
    assert not np.array_equal(later[-1].parameters.weights, weights)


@pytest.mark.slow
def test_runs_side_by_side_are_the_runs_alone(rng):
    data, rates = linear_problem(rng), (0.01, 0.1)
    together = run(data, loss=without_network, rates=rates)[-1].losses
    parameters, keys = start()
    for r, rate in enumerate(rates):
        for seed in range(SEEDS):
            own = jax.tree.map(lambda p, seed=seed: p[seed : seed + 1], parameters)
            *_, alone = train(
                without_network,
                own,
                LINEAR,
                data,
                keys[seed : seed + 1],
                learning_rates=[rate],
                steps=23,
            )
            np.testing.assert_allclose(alone.losses[0, 0], together[r, seed], rtol=1e-5)


def key_drawn(parameters, compiled, data, key):
    return jax.random.uniform(key) + 0.0 * parameters.biases.sum()


def test_every_step_and_seed_has_batches_of_its_own_and_every_rate_the_same(rng):
    drawn = run(linear_problem(rng), loss=key_drawn)[-1].losses
    assert np.unique(drawn[0]).size == drawn[0].size
    np.testing.assert_array_equal(drawn[0], drawn[1])


@pytest.mark.slow
def test_a_run_that_diverges_is_named_and_leaves_the_others_alone(rng):
    data = linear_problem(rng, noise=0)
    diverging = run(data, rates=(0.1, 100.0), steps=200, optimiser=optax.sgd)
    assert diverging[0].diverged.tolist() == [[False, False], [False, False]]
    assert diverging[-1].diverged.tolist() == [[False, False], [True, True]]
    calm = run(data, rates=(0.1, 0.01), steps=200, optimiser=optax.sgd)[-1]
    np.testing.assert_array_equal(diverging[-1].losses[0], calm.losses[0])


def test_no_depth_placement_rate_or_number_of_steps_compiles_anything(rng):
    data, (parameters, keys) = linear_problem(rng), start()
    run(data)
    with jax.no_tracing():
        for compiled, steps in zip(OTHERS, (1, 10, 38), strict=True):
            options = dict(learning_rates=(0.02, 0.3), steps=steps, chunk=7)
            training = train(squared_error, parameters, compiled, data, keys, **options)
            assert list(training)[-1].losses.shape[2] == steps


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(steps=0), "steps must be between 1 and 100000, got 0."),
        (dict(steps=2.5), "steps must be a whole number, got 2.5."),
        (dict(chunk=0), "chunk must be between 1 and 100, got 0."),
        (dict(rates=()), "learning rates must hold at least one number, got none."),
        (dict(rates=(0.1, -1.0)), "learning rate must be between 0 and 100, got -1."),
        (dict(rates=(float("nan"),)), "learning rate must be finite, got nan."),
    ],
)
def test_impossible_training_is_refused_at_the_call(rng, options, message):
    settings = dict(learning_rates=options.pop("rates", (0.1,)), steps=10) | options
    parameters, keys = start()
    with pytest.raises(NetworkError) as caught:
        train(squared_error, parameters, LINEAR, linear_problem(rng), keys, **settings)
    assert str(caught.value) == message


def test_only_programs_of_whoever_trained_last_are_kept(rng):
    data = linear_problem(rng)

    def compiled_by(user):
        before = compilations()
        keep_programs_of(user)
        losses = run(data, loss=key_drawn, steps=2)[-1].losses
        return compilations() - before, losses

    _, first = compiled_by("a panel")
    assert compiled_by("a panel")[0] == 0
    assert compiled_by("another panel")[0] > 0
    anew, again = compiled_by("a panel")
    assert anew > 0 and (again == first).all()
