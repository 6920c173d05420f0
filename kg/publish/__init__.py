"""A graph in, what people and programs take away out: answers, tables, pages, files."""
