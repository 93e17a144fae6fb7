"""A residual network as the sum of its paths."""
