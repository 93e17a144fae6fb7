"""What the instruments cost on a network of your own: time against blocks and width.

The first call for an architecture compiles: the first number of a pair is that call, the second a
switch of the panel without its picture.
"""

from time import perf_counter

import jax
import jax.numpy as jnp
import numpy as np

from lessons.instruments import growth, lesions, path_lengths, shares, your_network_explorer

from .timing import milliseconds, print_table

SIZES = ((8, 64), (16, 64), (54, 64), (16, 256))


def network(blocks: int, width: int):
    """Branches of two layers with He's weights, divided by the root of their number; an input and
    a cotangent.
    """
    rng = np.random.default_rng(0)
    matrix = lambda variance: jnp.float32(
        rng.normal(size=(width, width)) * np.sqrt(variance / width)
    )

    def branch(first, second):
        return lambda x: jax.nn.relu(x @ first) @ second / np.float32(np.sqrt(blocks))

    return [branch(matrix(2), matrix(1)) for _ in range(blocks)], matrix(1)[0], matrix(1)[0]


def first_call(call) -> float:
    """Seconds that one call takes, with all that it compiles."""
    start = perf_counter()
    call()
    return perf_counter() - start


def main(repeats: int = 20):
    """Prints one table."""
    rows = []
    for count, width in SIZES:
        blocks, x, cotangent = network(count, width)
        metric = lambda network, x=x: (network(x) ** 2).sum()
        calls = [
            first_call(lambda: growth(blocks, x, cotangent)),
            first_call(lambda: shares(blocks, x, cotangent)),
            first_call(lambda: path_lengths(blocks, x, cotangent)),
            first_call(lambda: lesions(blocks, metric)),
        ]
        panel = your_network_explorer(blocks, x, cotangent)
        values = {**panel.values, "block_1": False}
        rows.append((count, width, *calls, milliseconds(lambda: panel._measure(**values), repeats)))
    header = ("blocks", "width", "growth, s", "shares, s", "path lengths, s", "lesions, s")
    print_table("Instruments", (*header, "a switch, ms"), rows)


if __name__ == "__main__":
    main()
