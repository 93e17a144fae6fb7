"""Delete and exchange the branches of a trained transformer."""
