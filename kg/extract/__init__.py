"""Extract mentions, entities and claims from one document: the pipeline is ``stations``."""
