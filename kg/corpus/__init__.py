"""Join the readings of many documents into one graph of records.

Entities by key, facts with evidence.
"""
