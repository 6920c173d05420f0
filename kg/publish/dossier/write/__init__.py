"""The writers of a dossier: HTML (page), CSV (comma), Excel (sheet) and Word (word)."""
