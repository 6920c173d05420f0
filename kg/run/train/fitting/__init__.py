"""Fit the arbiter, its calibration and its memory on gold."""
