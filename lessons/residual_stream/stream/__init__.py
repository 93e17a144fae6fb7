"""What the stream says after each branch: a sentence that comes into focus."""
