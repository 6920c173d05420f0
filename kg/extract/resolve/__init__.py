"""The names of one document in, its entities out: which names are one thing."""
