"""The readings of many documents in, one graph of records out.

Entities by key, facts with evidence.
"""
