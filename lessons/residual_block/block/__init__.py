"""What F(x) + x does that F(x) does not."""
