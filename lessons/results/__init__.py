"""Results that take minutes to make, stored with the settings that made them."""
