"""Who does what in a clause: agents, verbs, objects."""
