"""Plain and residual networks as the formulas say them: NumPy, one input at a time.

Read this first. The compiled engine in this folder gives the same numbers for many networks and
many inputs at once; the lessons show that it does, and tests hold it to these lines. Every x is one
input, (size,). A branch scale β is part of a layer, with β W and β b as its W and b.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np


def relu(x):
    """What lets a network bend: the positive part of every number."""
    return np.maximum(x, 0)


@dataclass
class Layer:
    """F(x) = W relu(x) + b, the activation first (He et al., 2016, arXiv:1603.05027, section 4)."""

    W: np.ndarray  # (size of F(x), size of x)
    b: np.ndarray  # (size of F(x),)

    def __call__(self, x):
        return self.W @ relu(x) + self.b

    def jacobian(self, x):
        """dF/dx, (size of F(x), size of x): the columns of W whose unit is open at x."""
        return self.W * (x > 0)


@dataclass
class Stack:
    """F made of several layers, for a skip that passes more than one."""

    layers: list

    def __call__(self, x):
        return forward(self.layers, x)[-1]

    def jacobian(self, x):
        """The chain rule: the product of the layers' Jacobians, the last layer's on the left."""
        states = forward(self.layers, x)
        jacobian = np.eye(len(x))
        for layer, state in zip(self.layers, states[:-1], strict=True):
            jacobian = layer.jacobian(state) @ jacobian
        return jacobian


@dataclass
class Plain:
    """A block without a skip."""

    F: Layer | Stack

    def __call__(self, x):
        F = self.F
        return F(x)

    def ways(self, x) -> tuple[np.ndarray | None, np.ndarray]:
        """What leads past the block, and what leads through it: Jacobians, or None."""
        return None, self.F.jacobian(x)


@dataclass
class Residual(Plain):
    """A block with a skip (He et al., 2015, arXiv:1512.03385, equation 1)."""

    def __call__(self, x):
        F = self.F
        return F(x) + x

    def ways(self, x):
        """The identity leads past the block."""
        return np.eye(len(x)), self.F.jacobian(x)


@dataclass
class Projected(Plain):
    """A block whose skip carries W x, for F(x) and x of different size (He et al., 2015, eq. 2)."""

    W: np.ndarray  # (size of F(x), size of x)

    def __call__(self, x):
        F, W = self.F, self.W
        return F(x) + W @ x

    def ways(self, x):
        """W leads past the block."""
        return self.W, self.F.jacobian(x)


def forward(blocks, x):
    """The states h_0 = x, h_1, ...: each block is given what the one before it made."""
    states = [x]
    for block in blocks:
        states.append(block(states[-1]))
    return states


def backward(blocks, states, gradient):
    """The gradients at h_0, h_1, ..., from the one at the last state, by the chain rule.

    Past a block and through it: both ways bring their part, and the parts are added.
    """
    gradients = [gradient]
    for block, x in zip(reversed(blocks), reversed(states[:-1]), strict=True):
        ways = [way for way in block.ways(x) if way is not None]
        gradients.append(sum(way.T @ gradients[-1] for way in ways))
    return gradients[::-1]


def along_path(blocks, states, gradient, through):
    """What one path carries of the gradient: `through` says of every block whether it goes
    through it, or past it.
    """
    for block, x, chosen in reversed(list(zip(blocks, states[:-1], through, strict=True))):
        way = block.ways(x)[chosen]
        if way is None:  # there is no way past a plain block
            return np.zeros_like(states[0])
        gradient = way.T @ gradient
    return gradient


def path_sums(blocks, states, gradient):
    """The gradient at h_0 by path length: row k is the sum over all paths through k blocks.

    Goes along every one of the 2^n paths of n blocks (Veit et al., 2016, arXiv:1605.06431).
    """
    sums = np.zeros((len(blocks) + 1, len(states[0])))
    for through in product((False, True), repeat=len(blocks)):
        sums[sum(through)] += along_path(blocks, states, gradient, through)
    return sums
