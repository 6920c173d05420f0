"""Evaluate a graph against gold: precision, recall and F1."""
