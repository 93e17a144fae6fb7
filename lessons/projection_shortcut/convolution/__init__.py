"""A projection shortcut for images is W at every pixel: a 1x1 convolution, with a stride where
the image shrinks.
"""
