"""One deep network or an ensemble of shallow ones, at one budget."""
