"""A graph in, answers out: SPARQL, named questions, Python objects."""
