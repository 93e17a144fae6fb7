"""A block whose input and output differ in size."""
