"""What a page tells of a graph first: what interests, stories, districts, a map of tiles."""
