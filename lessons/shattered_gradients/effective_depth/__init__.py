"""One number, the effective depth s, for all these networks."""
