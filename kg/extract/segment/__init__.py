"""A document in, its articles and sentences out."""
