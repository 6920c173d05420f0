"""The dossier of a thing, or the table of a question: records of what it tells, and its writers."""
