"""What depth makes and no average of shallow networks can."""
