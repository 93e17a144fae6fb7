"""Which gradients are alike, as a matrix over the inputs."""
