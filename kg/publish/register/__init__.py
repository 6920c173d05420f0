"""Registers of a whole graph: projects, firms, chains, networks, policies, systems, changes."""
