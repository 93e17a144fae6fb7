"""Four parallel streams, and a matrix on every skip that mixes them."""
