"""Checks for the exercises: one module per lesson, and exercise.py with what they share."""
