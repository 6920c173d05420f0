"""A place for every node of a picture, the same on every machine."""
