"""How many teeth blocks make in a row, and how many units make side by side."""
