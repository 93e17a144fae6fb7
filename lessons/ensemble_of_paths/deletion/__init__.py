"""Blocks of trained networks deleted at random: one breaks, others hardly notice."""
