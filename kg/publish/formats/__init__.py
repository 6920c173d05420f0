"""Formats of exports that take more than a few lines: a module each."""
