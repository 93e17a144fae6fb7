"""A λ that is a little below 1 on every skip of a deep network."""
