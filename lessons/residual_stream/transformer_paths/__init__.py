"""Which lengths of paths carry the gradient of a transformer, before training and after."""
