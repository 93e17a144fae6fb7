"""The commands behind the numbers in the lessons: python -m reproduce.NAME prints the table."""
