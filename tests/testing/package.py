"""How the folders of the package are ordered, and how much may lie in one."""

from __future__ import annotations

# The way of the data: a folder may import those before it, and itself. Imports for the type
# checker alone do not count.
ORDER = (
    "base",
    "ontology",
    "read",
    "extract",
    "corpus",
    "store",
    "query",
    "publish",
    "review",
    "run",
    "serve",
    "cli",
)
# At most so many entries in a folder of modules: what is in it can be seen at a glance.
ENTRIES = 14
