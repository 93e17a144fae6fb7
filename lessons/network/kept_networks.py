"""Networks that were drawn lately, within a number of bytes."""

import threading
from collections import OrderedDict
from typing import Any

import jax


class KeptNetworks:
    """At most `most` bytes of networks, and at least the newest. A tree of arrays is a network.

    A number of bytes and not one of networks for each width: a panel shows many narrow or few wide
    ones at a time, never both.
    """

    def __init__(self, most: int):
        self._most, self._lock = most, threading.Lock()
        self._found: OrderedDict[Any, tuple[int, Any]] = OrderedDict()

    def get(self, name: Any, layers: int) -> Any:
        """The network of this name if it is kept with so many layers or more, else None."""
        with self._lock:
            drawn, network = self._found.get(name, (0, None))
            if drawn < layers:
                return None
            self._found.move_to_end(name)
            return network

    def put(self, name: Any, layers: int, network: Any) -> None:
        """Keeps it in place of the one with fewer layers, and lets those go that were not asked
        for for longest."""
        with self._lock:
            self._found.pop(name, None)
            self._found[name] = layers, network
            while len(self._found) > 1 and self.bytes > self._most:
                self._found.popitem(last=False)

    @property
    def bytes(self) -> int:
        """What is kept."""
        networks = (network for _, network in self._found.values())
        return sum(part.nbytes for network in networks for part in jax.tree.leaves(network))
