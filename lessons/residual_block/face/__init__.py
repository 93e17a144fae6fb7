"""A drawing after every layer of a plain network, and of the same weights with skips."""
