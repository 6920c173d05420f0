"""The files of ``ontology/words`` in, typed records of their words and expressions out."""
