"""Benchmarks: `make bench` measures the catalogue on a million invented components."""
