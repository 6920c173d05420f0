"""Triples and documents in, the embedded store of a folder out; and the way back in."""
