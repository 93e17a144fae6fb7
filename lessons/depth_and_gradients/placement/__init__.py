"""How few skips bring a gradient to layer 1, and where they have to be."""
