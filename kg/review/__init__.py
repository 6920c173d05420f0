"""What people decide about a graph: asked, kept in a file of the team, and replayed.

    queue → (terminal, scripts) → book → verdicts → replay

``decisions`` are the records and their lines, ``book`` the file, ``verdicts`` which of them
hold, ``replay`` what they make of a graph, ``queue`` what is worth asking next.
"""
