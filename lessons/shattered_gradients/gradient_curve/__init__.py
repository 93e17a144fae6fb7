"""Gradients of deep plain networks look like white noise, and which ingredient makes them so."""
