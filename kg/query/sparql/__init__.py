"""The text of a SPARQL query in, its answer out: read once, checked, evaluated."""
