"""What was measured: NumPy arrays with the settings that made them, and what they say in a sentence. No JAX."""
