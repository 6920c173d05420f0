"""Documents in, where they are and what stands around a place of theirs out, by id or IRI.

Their texts lie where the documents lie: of a large graph on the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.base.spool import beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base.records import Source

# Web Annotation leaves the length of prefix and suffix open; 32 code points tell apart
# all quotations that repeat within a page of our documents.
CONTEXT = 32


class DocumentTexts:
    """The documents of a graph, for what is said of places in them."""

    def __init__(self, sources: Iterable[Source]) -> None:
        documents = sources if isinstance(sources, Sequence) else tuple(sources)
        self.iris: list[str] = []
        self.at: dict[str, int] = {}
        self.texts = beside(documents, self._texts(documents), chunk=1)

    def _texts(self, sources: Iterable[Source]) -> Iterator[str]:
        for number, source in enumerate(sources):
            self.iris.append(source.id)
            self.at[source.document] = self.at[source.id] = number
            yield source.text

    def iri(self, document: str) -> str:
        """The IRI of a document, ``""`` of one that is not there."""
        number = self.at.get(document)
        return "" if number is None else self.iris[number]

    def around(self, document: str, start: int, end: int) -> tuple[str, str] | None:
        """What stands before a place of a document, and behind it; None if it is not there."""
        number = self.at.get(document)
        if number is None:
            return None
        text = self.texts[number]
        return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
