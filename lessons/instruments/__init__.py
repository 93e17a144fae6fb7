"""The measurements of the lessons, on a network of your own: any list of JAX functions.

`blocks` are the branches F of x + F(x), or pairs (F, shortcut); see `blocks`.
"""

from .gradient_correlation import gradient_correlation
from .growth import growth
from .lesions import lesions
from .path_lengths import path_lengths
from .shares import shares
from .your_network import your_network_explorer

__all__ = [
    "gradient_correlation",
    "growth",
    "lesions",
    "path_lengths",
    "shares",
    "your_network_explorer",
]


def __dir__():
    return __all__  # what is seen after instruments.<Tab>: no modules
