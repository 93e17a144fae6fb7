"""Is the identity hard to learn?"""
