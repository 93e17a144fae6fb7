"""Delete and reorder the blocks of trained networks."""
