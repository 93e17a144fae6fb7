"""Options A, B and C, and no skip at all, trained on digits."""
