"""How signal and gradient grow with depth."""
