"""Which lengths of paths carry the gradient."""
