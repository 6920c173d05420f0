"""Files in, what came of each out: read by processes that a bad file may end."""
