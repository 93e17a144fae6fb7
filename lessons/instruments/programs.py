"""Compiled once for all functions that do the same, whoever made them.

JAX keeps what it has compiled under the function object, and a lambda made anew is another one. An
instrument is given other functions at every call, so its programs are kept under what they compute:
the text of the traced function, in which the arrays that it holds are arguments. Two networks of
one architecture share a program, a network that has learnt something since has its new weights, and
no network is kept alive.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jax
from jax.extend.core import ClosedJaxpr, jaxpr_as_fun

MOST_PROGRAMS = 64  # the one that was not used for longest goes
# jaxlib 0.10.2 gets fused sums of products wrong on a CPU where there are 4096 or more of them and
# one factor is shared: such as the gradient of a norm for many cotangents. Measured;
# github.com/jax-ml/jax/issues/39103 is of the kind. 0.12 does not.
SAFE = {"xla_cpu_experimental_ynn_fusion_type": ""}


class _Recipe:
    """A traced function without its arrays. Two that read the same are equal."""

    def __init__(self, jaxpr):
        self.jaxpr, self.text = jaxpr, str(jaxpr)

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.text == other.text


@lru_cache(maxsize=MOST_PROGRAMS)
def _compiled(recipe: _Recipe) -> Callable:
    run = lambda held, *given: jaxpr_as_fun(ClosedJaxpr(recipe.jaxpr, held))(*given)
    return jax.jit(run, compiler_options=SAFE)


def prepare(function: Callable, *examples: Any) -> Callable:
    """The function for arguments of the shapes of `examples`, compiled if none like it has been.

    It is traced now: what the function holds is taken as it is. Its derivatives must be taken in
    it, not of it: the text of a function does not tell the rules of its own derivatives.
    """
    closed, shape = jax.make_jaxpr(function, return_shape=True)(*examples)
    program, made = _compiled(_Recipe(closed.jaxpr)), jax.tree.structure(shape)

    def call(*given):
        return jax.tree.unflatten(made, program(closed.consts, *jax.tree.leaves(given)))

    return call
