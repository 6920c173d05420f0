"""Propose claims between the mentions of an article, by rules."""
