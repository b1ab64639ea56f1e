"""Measurements, each printed beside its goal and a baseline of the same run."""
