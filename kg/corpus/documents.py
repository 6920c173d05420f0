"""Keep documents on the disk, and in memory only their heads.

Most of what goes through all documents asks for their names and dates. Those that lie on the
disk have these apart from their texts and from the places of names in them, which are long.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.base.records import Knowledge, Source
from kg.base.spool import Spool, spooled

# So many documents at most stay in memory, with their texts.
DOCUMENTS = 2000


class SpooledDocuments(Spool[Source]):
    """Documents on the disk; ``heads`` are the same without texts and named places."""

    def __init__(self, sources: Iterable[Source], folder: Path) -> None:
        """Write documents into a folder, as ``Spool`` does."""
        super().__init__(sources, folder, chunk=1)
        self.heads: Spool[Source] = Spool(map(_head, iter(self)), folder)


def heads(sources: Iterable[Source]) -> Iterable[Source]:
    """Documents to be gone through for anything but their texts and the places named in them."""
    return sources.heads if isinstance(sources, SpooledDocuments) else sources


def shelved(knowledge: Knowledge, folder: Path) -> Knowledge:
    """A graph that is in memory; of a large one what is much is laid into a folder."""
    return replace(
        knowledge,
        sources=spooled(knowledge.sources, folder, DOCUMENTS, SpooledDocuments),
        entities=spooled(knowledge.entities, folder),
        facts=spooled(knowledge.facts, folder),
    )


def _head(source: Source) -> Source:
    return replace(source, text="", named_places=())
