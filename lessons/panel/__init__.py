"""What every panel is made of: controls, a picture and a sentence, in one widget."""
