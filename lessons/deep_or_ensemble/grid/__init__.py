"""What the full grid says, depth or ensemble. Nothing is trained here."""
