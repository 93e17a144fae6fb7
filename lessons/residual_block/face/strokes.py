"""A face as lines of points: whether it is still there is seen at once."""

import numpy as np

FULL_TURN = 2 * np.pi


def arc(middle, radii, begin=0.0, end=FULL_TURN, points=49) -> np.ndarray:
    """Points on an ellipse, (points, 2), from one angle to another."""
    angles = np.linspace(begin, end, points)
    return middle + radii * np.stack([np.cos(angles), np.sin(angles)], 1)


# A curl on one side, so that a turned or mirrored face looks so.
FACE = tuple(
    arc(np.array(middle), np.array(radii), *turn)
    for middle, radii, *turn in (
        ((0.0, -0.08), (0.74, 0.74), 0.0, FULL_TURN, 97),
        ((-0.27, 0.14), (0.08, 0.12)),
        ((0.27, 0.14), (0.08, 0.12)),
        ((0.0, -0.16), (0.43, 0.34), 1.06 * np.pi, 1.94 * np.pi),
        ((0.13, 0.75), (0.13, 0.13), np.pi, 0.0, 17),
        ((0.19, 0.75), (0.07, 0.09), 0.0, -0.9 * np.pi, 17),
    )
)
SIDE = np.linspace(-1, 1, 13)
MESH = tuple(
    np.array(line)
    for across in SIDE
    for line in (
        np.stack([np.full(25, across), np.linspace(-1, 1, 25)], 1),
        np.stack([np.linspace(-1, 1, 25), np.full(25, across)], 1),
    )
)
