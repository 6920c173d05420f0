"""Names found by lists, patterns, quotation marks, positions and places."""
