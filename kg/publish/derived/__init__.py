"""What follows from the facts of a graph: dates, whereabouts, and what contradicts what."""
