"""Lesson 7: what the skips of a transformer carry."""
