"""A W on every skip, up to 54 blocks deep, as in ResNet-110: what is left of a signal and of a
gradient.

One layer per block, 64 units: h_l = W_l h_(l-1) + β f_l(h_(l-1)), He weights in f_l.
"""

from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import one_of, real_number, whole_number
from ...network.classifiers import Classifier, cross_entropy
from ...network.compiled_topology import WITHOUT_NORMS, compile_topology
from ...network.datasets import PIXELS, Examples, digits
from ...network.gradients import state_gradients
from ...network.network import Parameters, draw, scale_draws
from ...network.topology import Skip, Topology
from ...network.training import train
from ..shortcuts import draw_shortcuts
from .measurement import RepeatedMeasurement

WIDTH = PIXELS
MOST_BLOCKS = 54
LEARNED = ("learned, from I", "learned, from Gaussian")
KINDS = ("identity", "λI", "Gaussian", "orthogonal", *LEARNED)
INPUTS = 8
STEPS, LEARNING_RATE = 100, 0.0003
BRANCH_SCALE = 0.1


def measure_repeated_projection(
    kind: str = "λI",
    blocks: int = MOST_BLOCKS,
    scale: float = 0.9,
    branch_scale: float = BRANCH_SCALE,
    seed: int = 0,
) -> RepeatedMeasurement:
    """Sends a gradient back through `blocks` 1 ... 54 blocks whose shortcuts are all of one kind.

    scale is λ and matters to "λI" alone. Learned W come from a network of 54 blocks that was
    trained on digits for 100 steps: neither λ nor seed changes them, and with fewer blocks its
    first ones are taken, branches and all. Raises NetworkError.
    """
    one_of("kind", kind, KINDS)
    whole_number("blocks", blocks, 1, MOST_BLOCKS)
    real_number("λ", scale, 0, 2)
    learned = (
        _trained()
    )  # whatever the kind: the first picture takes seconds for it, so that no later one does
    parameters, products = learned[LEARNED.index(kind)] if kind in LEARNED else _drawn(kind, seed)
    power = scale ** np.arange(blocks, -1, -1.0) if kind == "λI" else np.ones(blocks + 1)
    if kind == "λI":
        parameters = parameters._replace(projections=parameters.projections * np.float32(scale))
    compiled = _compiled(blocks, branch_scale)
    inputs, readout = _probes(seed)
    gradients = np.asarray(state_gradients(parameters, compiled, inputs, readout)[1], np.float64)[
        : blocks + 1
    ]
    direct = _direct(
        np.asarray(parameters.projections, np.float64)[:blocks], np.asarray(readout, np.float64)
    )
    return RepeatedMeasurement(
        kind=kind,
        blocks=blocks,
        scale=scale,
        branch_scale=branch_scale,
        learned=kind in LEARNED,
        product_values=np.linalg.svd(products[blocks - 1], compute_uv=False) * power[0],
        gradient_norm=np.sqrt((gradients**2).sum(2).mean(1)),
        direct_norm=np.linalg.norm(direct, axis=1),
        predicted_norm=None if kind in LEARNED else power,
        correlation=_correlation(gradients, np.float64(readout)),
    )


def _compiled(blocks, branch_scale):
    topology = Topology(blocks, tuple(Skip(l, l + 1, "projection") for l in range(blocks)))
    settings = dict(max_depth=MOST_BLOCKS, branch_scale=branch_scale)
    return compile_topology(topology, WIDTH, **settings, **WITHOUT_NORMS)


@lru_cache(maxsize=8)
def _drawn(kind: str, seed: int) -> tuple[Parameters, np.ndarray]:
    """A network with W of this kind on every skip, and the products of its first 1, 2, ... 54 of
    them.
    """
    return _with_products(_branches(np.uint32(seed)), _first_shortcuts(kind, seed))


def _first_shortcuts(kind, seed):
    kind = "zero-padding" if kind == "λI" else kind
    return draw_shortcuts(kind, np.random.default_rng((seed, 0)), WIDTH, WIDTH, MOST_BLOCKS)


def _with_products(parameters, W):
    products = [W[0]]
    for factor in W[1:]:
        products.append(products[-1] @ factor)
    return parameters._replace(projections=jnp.asarray(W, jnp.float32)), np.stack(products)


@jax.jit
def _branches(seed):
    draws = draw(jax.random.key(seed), width=WIDTH, max_depth=MOST_BLOCKS)
    return scale_draws(draws, jnp.full(MOST_BLOCKS + 1, WIDTH, jnp.int32))


@lru_cache(maxsize=128)
def _probes(seed) -> tuple[np.ndarray, np.ndarray]:
    """Inputs x ~ N(0, I), (INPUTS, WIDTH), and the gradient at the output, a direction,
    (WIDTH,).
    """
    rng = np.random.default_rng(
        (seed, 1)
    )  # another stream than that of W: a readout equal to a row of W is no random one
    readout = rng.normal(size=WIDTH)
    inputs = rng.normal(size=(INPUTS, WIDTH))
    return inputs.astype(np.float32), (readout / np.linalg.norm(readout)).astype(np.float32)


def _direct(W, readout):
    """W_(l+1) ... W_L times the readout, for l = 0 ... L."""
    carried = [readout]
    for factor in W[::-1]:
        carried.append(factor @ carried[-1])
    return np.array(carried[::-1])


def _correlation(gradients, readout):
    return ((gradients @ readout) / np.linalg.norm(gradients, axis=2)).mean(1)


@lru_cache(maxsize=1)
def _trained() -> list[tuple[Parameters, np.ndarray]]:
    """Two networks of 54 blocks after training side by side, W started at I and at Gaussian
    numbers.
    """
    compiled = _compiled(MOST_BLOCKS, BRANCH_SCALE)
    starts = np.stack([_first_shortcuts(kind, 0) for kind in ("identity", "Gaussian")])
    readout = np.random.default_rng((0, 2)).normal(size=(2, WIDTH, 10)) / np.sqrt(WIDTH)
    network = jax.tree.map(
        lambda p: jnp.broadcast_to(p[None], (2, *p.shape)), _branches(np.uint32(0))
    )
    network = network._replace(projections=jnp.asarray(starts, jnp.float32))
    classifiers = Classifier(network, jnp.asarray(readout, jnp.float32))
    split = digits()
    data = Examples(split.train_inputs, split.train_labels, np.int32(len(split.train_labels)))
    keys = jnp.broadcast_to(jax.random.key(0), (2,))
    options = dict(learning_rates=[LEARNING_RATE], steps=STEPS, chunk=50)
    *_, last = train(cross_entropy, classifiers, compiled, data, keys, **options)
    networks = [
        jax.tree.map(lambda p, run=run: p[0, run], last.parameters.network) for run in range(2)
    ]
    return [_with_products(network, np.float64(network.projections)) for network in networks]
