"""What an assistant asks of a graph in, what it is told out: made by a worker, as pages are."""
