"""The registers, one a module: each takes a view of the graph and gives its parts."""
