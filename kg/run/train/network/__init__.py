"""Teach the network, and write it as integers."""
