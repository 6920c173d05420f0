"""Records in, RDF out: triples, Turtle, vocabulary, SHACL shapes; and validation."""
