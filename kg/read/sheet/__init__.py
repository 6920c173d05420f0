"""Spreadsheets in, their rows as they are shown out."""
