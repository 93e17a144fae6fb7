"""The norm in front of every branch of a transformer, or behind every addition, before training."""
