"""What is drawn. One module per explorer; no JAX here."""
