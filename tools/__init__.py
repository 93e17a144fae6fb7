"""What the Makefile runs: installing, checking, opening. In Python, for make cannot name a
folder with a space in it.
"""
