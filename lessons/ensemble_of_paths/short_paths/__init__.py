"""Train on short paths only."""
