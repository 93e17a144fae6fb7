"""The engine of all lessons: networks as data, compiled once. No pictures, no widgets."""
