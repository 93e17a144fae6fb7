"""24 plain layers whose gradient does not shatter, and one change at a time."""
