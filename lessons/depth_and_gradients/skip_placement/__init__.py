"""Where skips have to be."""
