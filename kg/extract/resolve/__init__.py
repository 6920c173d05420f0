"""Resolve the names of one document to its entities: which names are one thing."""
