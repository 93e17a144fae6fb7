"""The course in one picture."""
