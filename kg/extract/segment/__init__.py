"""Segment a document into articles and sentences."""
