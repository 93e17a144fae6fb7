"""One deep network against an ensemble, over the number of digits they learn from."""
