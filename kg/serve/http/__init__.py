"""Requests in, replies out: the SPARQL 1.1 Protocol, errors, and who may ask."""
