"""Gold and a graph in, precision, recall and F1 out."""
