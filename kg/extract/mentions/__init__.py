"""Propose the mentions of an article, by rules and tables."""
