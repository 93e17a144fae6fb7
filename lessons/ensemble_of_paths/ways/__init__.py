"""Three blocks, eight paths: what is left when a block is deleted."""
