"""Depth, weight variance and branch scale: when a gradient vanishes, stays or explodes."""
