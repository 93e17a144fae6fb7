"""The correlation between gradients at two inputs, against depth and beside its theory."""
