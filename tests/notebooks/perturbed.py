"""The lessons' random numbers, each changed by a few millionths of itself: as rounding in another
version of JAX may do.
"""

import jax
import numpy as np

_default_rng, _normal = np.random.default_rng, jax.random.normal


def perturb(seed: int, scale: float) -> None:
    """From now on each normal number x of this process is x (1 + scale z), z standard normal, by
    `seed` reproducible.

    Before `lessons` draws anything: what it has drawn it keeps. z is the same for all of NumPy's
    draws and goes with the key of one of JAX's, so that a network still begins with the layers of
    the shallower one. A scale of 1e-6 is about sixteen roundings of float32.
    """

    class Perturbed(np.random.Generator):
        def standard_normal(self, size=None, dtype=np.float64, out=None):
            numbers = super().standard_normal(size, dtype, out)
            changed = numbers * (1 + scale * _default_rng(seed).standard_normal(np.shape(numbers)))
            if out is None:
                return changed.astype(dtype)
            out[...] = changed
            return out

        def normal(self, loc=0.0, scale=1.0, size=None):
            return loc + scale * self.standard_normal(size)

    def normal(key, shape=(), dtype=None, **others):
        numbers = _normal(key, shape, dtype, **others)
        # not a key that XLA knows: it would compute the noise while it compiles, for minutes
        noise = _normal(jax.random.fold_in(key, seed), numbers.shape, numbers.dtype)
        return numbers + numbers.dtype.type(scale) * noise * numbers

    def default_rng(seed=None):
        return seed if isinstance(seed, np.random.Generator) else Perturbed(np.random.PCG64(seed))

    np.random.default_rng = default_rng
    jax.random.normal = normal
