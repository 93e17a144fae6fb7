"""Groups of blocks that read the same state, as the lesson's formula says it."""


def in_groups(branches, h, size):
    """The state behind a residual network in which `size` blocks in a row read the same state.

    branches are the F of its blocks, functions of one state h, (width,), the branch scale in them.
    """
    for first in range(0, len(branches), size):
        group = branches[first : first + size]
        h = h + sum(F(h) for F in group)
    return h
