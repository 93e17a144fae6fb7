"""What stands in a signature for an array: its kind of numbers, and its shape in words.

`Float[Array, "batch width"]` has floating-point numbers in two dimensions; within one call a name
means one size. The tests check this at every call (tests/conftest.py), and `tests/network/
test_arrays.py` the fields of the named tuples. NumPy's arrays and scalars are arrays too: compiled
functions take them as they take JAX's.

Names of dimensions: `layers` counts to the greatest depth and `states` one more, with h_0;
`width` is the padded one.
"""

from typing import TYPE_CHECKING

import jax
import numpy as np
from jaxtyping import Bool, Float, Int, Key, Shaped

if TYPE_CHECKING:
    # To a type checker JAX's arrays and NumPy's are strangers, and x[l] of either may be anything.
    # It checks all that is no array; kinds and shapes of arrays are checked when the tests run.
    from typing import Any as Array
else:
    Array = jax.Array | np.ndarray | np.generic
PRNGKey = Key[jax.Array, ""]

__all__ = ["Array", "Bool", "Float", "Int", "Key", "PRNGKey", "Shaped"]
