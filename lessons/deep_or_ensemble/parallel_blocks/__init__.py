"""The ensemble reading put to the test: only short paths remain in a trained network."""
