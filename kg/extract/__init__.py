"""One document in, its mentions, entities and claims out: the stations of ``stations``."""
