"""What the table says of each normalisation against what a second implementation does."""

import dataclasses

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.depth_and_gradients.degradation.experiment import NORMS as OF_DEGRADATION
from lessons.depth_and_gradients.gradient_norm.experiment import NORMS as OF_GRADIENT_NORM
from lessons.depth_and_gradients.skip_placement.experiment import NORMS as OF_SKIP_PLACEMENT
from lessons.ensemble_of_paths.path_length.experiment import NORMALISATIONS as OF_PATH_LENGTH
from lessons.errors import NetworkError
from lessons.network.network import normalise, statistics
from lessons.network.normalisations import (
    BATCH,
    KEYS,
    NORMALISATIONS,
    NOTHING,
    UNITS,
    Normalisation,
    index_of,
    named,
)
from lessons.shattered_gradients.covariance.experiment import KEYS as OF_COVARIANCE
from tests import oracle

EXAMPLES, WIDTH, PADDED = 6, 5, 8

over_table = pytest.mark.parametrize("norm", NORMALISATIONS, ids=KEYS)


def by_table(norm, h):
    """The compiled function, on arrays that are wider than the states in them."""
    kind, width = jnp.int32(index_of(norm.key)), jnp.int32(h.shape[1])
    padded = jnp.pad(jnp.asarray(h), ((0, 0), (0, PADDED - h.shape[1])))
    return normalise(kind, padded, width, *statistics(kind, padded))


@pytest.mark.usefixtures("float64")
@over_table
def test_every_entry_does_what_numpy_does_and_leaves_padding_at_zero(norm, rng):
    h = rng.normal(1.0, 2.0, (EXAMPLES, WIDTH))
    found = by_table(norm, h)
    np.testing.assert_allclose(found[:, :WIDTH], oracle.normalise(norm.key, h), rtol=1e-12)
    assert not np.any(found[:, WIDTH:])


@over_table
def test_it_forgets_the_size_of_its_input_where_it_divides(norm, rng):
    h = rng.normal(1.0, 2.0, (EXAMPLES, WIDTH))
    once, tripled = oracle.normalise(norm.key, h), oracle.normalise(norm.key, 3 * h)
    np.testing.assert_allclose(tripled, once if norm.divides else 3 * once, rtol=1e-5)
    one_tripled = oracle.normalise(norm.key, np.concatenate([3 * h[:1], h[1:]]))
    assert np.allclose(one_tripled[0], once[0], rtol=1e-5) == norm.forgets_size


@over_table
def test_it_takes_a_mean_off_where_it_centres(norm, rng):
    h = rng.normal(1.0, 2.0, (EXAMPLES, WIDTH))
    means = [np.abs(oracle.normalise(norm.key, h).mean(axis)).max() for axis in (0, 1)]
    centred = [mean < 1e-12 for mean in means]
    assert centred == [norm.centres and norm.over == axis for axis in (BATCH, UNITS)]
    assert norm.removes_shared_mean == centred[0]


@over_table
def test_examples_are_coupled_where_statistics_are_over_the_batch(norm, rng):
    h = rng.normal(1.0, 2.0, (EXAMPLES, WIDTH))
    others = np.concatenate([h[:1], rng.normal(1.0, 2.0, (EXAMPLES - 1, WIDTH))])
    same = np.array_equal(oracle.normalise(norm.key, h)[0], oracle.normalise(norm.key, others)[0])
    assert norm.couples_examples == (not same)


@over_table
def test_closed_forms_are_what_a_wide_random_layer_has(norm, rng):
    width = 400
    earlier = np.maximum(rng.normal(size=(200, width)), 0)
    h = earlier @ rng.normal(0, (2 / width) ** 0.5, (width, width))
    moments, result = ((h**2).mean(), h.var(0).mean()), oracle.normalise(norm.key, h)
    assert (result**2).mean() == pytest.approx(norm.mean_square(*moments), rel=1e-3)
    axis = {BATCH: 0, UNITS: 1}.get(norm.over)
    left = h - h.mean(axis, keepdims=True) if norm.centres else h
    expected = (left**2).mean() if norm.divides else 1
    assert norm.divisor(*moments) == pytest.approx(expected, rel=0.01)
    # 1/2 and 1/2 (1 - 1/pi), times 2: the two moments differ, so that one is not the other
    assert moments == pytest.approx((1, 1 - 1 / np.pi), rel=0.02)


def test_an_unknown_one_is_refused_in_a_sentence():
    for look_up in (named, index_of):
        with pytest.raises(NetworkError) as caught:
            look_up("group", "post_norm")
        assert str(caught.value) == (
            "post_norm must be one of none, centre, batch, rms, layer, got 'group'."
        )


def test_an_entry_must_be_complete_and_fit_together():
    complete = {f.name: getattr(named("layer"), f.name) for f in dataclasses.fields(Normalisation)}
    for forgotten in complete:
        with pytest.raises(TypeError, match=forgotten):
            Normalisation(**{name: complete[name] for name in complete if name != forgotten})
    for wrong in ({"over": NOTHING}, {"centres": False, "divides": False}, {"over": "weights"}):
        with pytest.raises(NetworkError, match="over"):
            Normalisation(**complete | wrong)


def test_panels_offer_what_the_table_has():
    divide = {norm.name for norm in NORMALISATIONS if norm.divides}
    names = {norm.name for norm in NORMALISATIONS}
    assert set(OF_DEGRADATION) == set(OF_SKIP_PLACEMENT) == divide | {"none"}
    behind = {f"{name}, after the addition" for name in divide}
    assert set(OF_GRADIENT_NORM) == names | behind
    assert set(OF_PATH_LENGTH) == (
        {"none", "post-norm (RMS)", "post-norm (layer)"} | {f"pre-norm ({name})" for name in divide}
    )
    assert set(OF_COVARIANCE) == set(KEYS) - {"rms", "layer"}
