"""Scans in, their texts beside them out: recognised by processes that a bad file may end."""
