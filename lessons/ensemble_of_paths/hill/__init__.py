"""How many paths there are of each length, and what they carry."""
