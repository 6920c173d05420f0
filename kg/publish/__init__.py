"""What people and programs take away from a graph: answers, tables, pages, files."""
