"""The interactive panels. One module per explorer."""
