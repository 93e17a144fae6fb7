"""What every picture is made with: PNG in milliseconds, one style, kept texts, powers of ten. No
JAX.
"""
