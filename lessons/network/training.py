"""Gradient descent on many networks at once, compiled once, in chunks that can be shown and
cancelled.

Several learning rates and several seeds train side by side: networks that are to be compared get
the same number of trials, and a picture shows a spread and not one lucky draw. Cancelling is not
asking for the next chunk.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..errors import NetworkError, real_number, whole_number
from .arrays import Array, Bool, Float, Int, Key, PRNGKey

# A tenth of a second and 5 MB, which a panel that does not train spares: the functions that need it
# import it.
if TYPE_CHECKING:
    import optax

MAX_STEPS = 100_000
MAX_CHUNK = 100
MAX_LEARNING_RATE = 100.0

Loss = Callable[[Any, Any, Any, PRNGKey], Float[Array, ""]]
Optimiser = Callable[[Float[Array, ""]], "optax.GradientTransformation"]
# Over which axis the runs lie in (parameters, optimiser's memory, data, key, rate), as for
# jax.vmap: one such tuple per axis, the outermost first. A seed sees the same batches with every
# rate, so that keys have no axis of rates and a batch is drawn once for all of them.
Axes = tuple[tuple, ...]
RATES_AND_SEEDS = ((0, 0, None, None, 0), (0, 0, None, 0, None))


class Progress(NamedTuple):
    """How far training has come. It stays as it is while training goes on."""

    step: int  # 0 before training
    parameters: Any  # every array (rates, seeds, ...)
    # column t is the loss of step t + 1, taken before its update
    losses: Float[np.ndarray, "rates seeds steps"]

    @property
    def diverged(self) -> Bool[np.ndarray, "rates seeds"]:
        """Which runs met a loss that is no finite number. Such a run never
        recovers.
        """
        return np.logical_not(np.isfinite(self.losses).all(2))


def adam(rate: Float[Array, ""]) -> "optax.GradientTransformation":
    """Adam (Kingma & Ba, 2015, arXiv:1412.6980) with its usual settings."""
    import optax

    return optax.adam(rate)


def train(
    loss: Loss,
    parameters: Any,
    compiled: Any,
    data: Any,
    keys: Key[Array, " seeds"],
    *,
    learning_rates: Sequence[float],
    steps: int,
    chunk: int = 10,
    optimiser: Optimiser = adam,
) -> Iterator[Progress]:
    """Train every seed with every learning rate; yields before the first step and after every
    `chunk` steps.

    loss(parameters, compiled, data, key) is that of one network on one batch, a scalar; compiled is
    its topology, or what else of it is data and not learned (lesson 7: its design); the batch is
    drawn from data, or made, with key, which changes at every step. parameters is any tree of
    arrays with a leading axis of seeds: a seed sees the same batches with every
    learning rate. Everything but loss, optimiser and shapes is traced: pass the same two functions
    again, not closures made per call, and nothing compiles twice. No gradient is clipped: a rate
    that is too large shows as `diverged`. Raises NetworkError, at the call.
    """
    steps = whole_number("steps", steps, 1, MAX_STEPS)
    chunk = whole_number("chunk", chunk, 1, MAX_CHUNK)
    if len(learning_rates) == 0:
        raise NetworkError("learning rates must hold at least one number, got none.")
    rates = [real_number("learning rate", rate, 0, MAX_LEARNING_RATE) for rate in learning_rates]
    rates = jnp.asarray(rates, jax.tree.leaves(parameters)[0].dtype)
    return _chunks(
        partial(advance, loss, optimiser, RATES_AND_SEEDS),
        parameters,
        (compiled, data, keys, rates),
        steps,
        chunk,
    )


def _chunks(advance, parameters, fixed, steps, chunk):
    rates = fixed[-1]
    state = _start(advance.args[1], parameters, rates)
    found = [np.empty((0, len(rates), len(fixed[-2])))]
    for step in range(0, steps, chunk):
        yield _progress(step, state, found)
        count = min(chunk, steps - step)
        buffer = jnp.zeros((MAX_CHUNK, *found[0].shape[1:]), rates.dtype)
        state, losses = advance(state, buffer, *fixed, np.int32(step), np.int32(count))
        found.append(np.asarray(losses)[:count])
    yield _progress(steps, state, found)


def _progress(step, state, found):
    return Progress(step, state[0], np.moveaxis(np.concatenate(found), 0, 2))


@partial(jax.jit, static_argnums=0)
def _start(optimiser, parameters, rates):
    """Parameters and the optimiser's state, (rates, seeds, ...): every rate starts from the same
    draws.
    """
    initial = jax.tree.map(
        lambda p: jnp.broadcast_to(p[None], (rates.shape[0], *p.shape)), parameters
    )
    return initial, jax.vmap(jax.vmap(optimiser(rates[0]).init))(initial)


@partial(jax.jit, static_argnums=(0, 1, 2))
def advance(
    loss: Loss,
    optimiser: Optimiser,
    axes: Axes,
    state: tuple[Any, Any],
    losses: Float[Array, " steps *runs"] | None,
    compiled: Any,
    data: Any,
    keys: Key[Array, " seeds"],
    rates: Float[Array, "*rates"],
    first: Int[Array, ""],
    count: Int[Array, ""],
) -> tuple[tuple[Any, Any], Float[Array, " steps *runs"] | None]:
    """`count` more steps of every run after the `first` ones: the loop of all that trains here.

    state is (parameters, the optimiser's memory). The losses of the steps fill the first rows of
    `losses` if it is given. A count that is data compiles nothing
    new.
    """
    import optax

    def one_run(parameters, memory, data, key, rate):
        value, gradient = jax.value_and_grad(loss)(parameters, compiled, data, key)
        with jax.numpy_dtype_promotion(
            "standard"
        ):  # optax raises a float to the power of a count of steps
            updates, memory = optimiser(rate).update(gradient, memory, parameters)
        return (optax.apply_updates(parameters, updates), memory), value

    # The topology is not mapped over: a loop whose end differed between runs would run every branch
    # for all.
    all_runs = one_run
    for axis in reversed(axes):
        all_runs = jax.vmap(all_runs, in_axes=axis)

    def step(t, carry):
        state, losses = carry
        # A key of the step, not of the chunk: the length of chunks changes nothing.
        batch_keys = jax.vmap(partial(jax.random.fold_in, data=first + t))(keys)
        state, values = all_runs(*state, data, batch_keys, rates)
        return state, None if losses is None else losses.at[t].set(values)

    return lax.fori_loop(0, count, step, (state, losses))


_user = ""  # whose programs `advance` holds


def keep_programs_of(user: str) -> None:
    """Call it before a training run of `user`: programs that others trained with are let go, 10 to
    25 MB each, and the same user finds its own.

    Who trains after another has trained compiles once more, or reads from JAX's cache, for a
    second.
    """
    global _user
    if user != _user:
        advance.clear_cache()  # pyrefly: ignore[missing-attribute]  # JAX types it as a function
        _user = user
