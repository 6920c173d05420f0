"""Recognise scans in processes that a bad file may end, and keep their texts beside them."""
