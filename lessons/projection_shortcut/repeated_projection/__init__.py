"""A W on every skip of a deep network."""
