"""Decisions and a graph in, the corrected graph out."""
