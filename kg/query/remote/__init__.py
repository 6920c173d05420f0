"""SPARQL 1.1 servers elsewhere: asked, and filled with a graph."""
