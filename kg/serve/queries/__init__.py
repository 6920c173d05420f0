"""A query in, its answer out: by workers, in turn, within limits."""
