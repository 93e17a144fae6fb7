"""What `make bench` runs. Times are medians of one run on one machine: trust the ratios."""
