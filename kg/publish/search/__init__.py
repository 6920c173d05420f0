"""One search over names, facts, texts and questions, by an index of a graph."""
