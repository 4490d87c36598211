"""What leaves the catalogue: one file an output format, all from a noun's release shape."""
