"""The gradient as a curve, plain beside residual: the depth at which one of them breaks."""
