"""A quotation in, the places of the documents where it stands out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from kg.base.records import Source
from kg.review.decisions import DocumentReference
from kg.store.rdf.rows import speakable

_SPACE = re.compile(r"\s+")
# Texts up to so many code points are searched for the nearest place; difflib takes seconds
# for longer ones.
NEAREST = 200_000


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document: code points, half-open."""

    source: Source
    start: int
    end: int

    @property
    def words(self) -> str:
        """What stands there, word by word."""
        return self.source.text[self.start : self.end]


class Quotes:
    """The documents of a graph, to be searched for quotations."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = tuple(map(_speakable, sources))
        self.by_id = {source.document: source for source in self.sources}

    def places(self, document: DocumentReference, quote: str) -> list[Place]:
        """Where a quotation stands word by word: in its document, else wherever it does.

        The document of a decision may have been edited elsewhere, or be there under another
        name: then one of the same name comes first, then all others.
        """
        own = self.by_id.get(document.id)
        if own is not None and (places := list(occurrences(own, quote))):
            return places
        named = [s for s in self.sources if document.name and document.name in s.names]
        for sources in (named, self.sources):
            if places := [place for s in sources for place in occurrences(s, quote)]:
                return places
        return []

    def loosely(self, quote: str, sources: Sequence[Source] | None = None) -> list[Place]:
        """Where a quotation stands but for white space: people leave out the line breaks."""
        wanted = _SPACE.sub("", quote)
        return [p for s in sources or self.sources for p in _loose(s, wanted)] if wanted else []

    def nearest(self, quote: str, sources: Sequence[Source] | None = None) -> Place | None:
        """The place that has most words in common with a quotation that stands nowhere."""
        wanted = _SPACE.sub("", quote)
        best: tuple[int, Place] | None = None
        for source in sources or self.sources:
            text = source.text[:NEAREST]
            match = SequenceMatcher(None, wanted, text, autojunk=False).find_longest_match()
            start = max(0, match.b - match.a)
            place = Place(source, start, min(len(text), start + len(wanted)))
            if match.size > (best[0] if best else 1):
                best = match.size, place
        return best[1] if best else None


def _speakable(source: Source) -> Source:
    """A document as the graph shows it, which is what a decision quotes; of the same length."""
    text = speakable(source.text)
    return source if text == source.text else replace(source, text=text)


def occurrences(source: Source, words: str) -> Iterator[Place]:
    """The places of one document where words stand just so."""
    start = source.text.find(words)
    while start >= 0:
        yield Place(source, start, start + len(words))
        start = source.text.find(words, start + 1)


def _loose(source: Source, wanted: str) -> Iterator[Place]:
    positions = [i for i, c in enumerate(source.text) if not c.isspace()]
    bare = "".join(source.text[i] for i in positions)
    start = bare.find(wanted)
    while start >= 0:
        yield Place(source, positions[start], positions[start + len(wanted) - 1] + 1)
        start = bare.find(wanted, start + 1)


def mention(place: Place, name: str) -> Place | None:
    """Where a name stands in a document: in a stretch of it if it can, else the first place.

    A line may break inside it.
    """
    form = re.compile(r"\s*".join(map(re.escape, name)))
    text = place.source.text
    match = form.search(text, place.start, place.end) or form.search(text)
    return Place(place.source, match.start(), match.end()) if match else None


def line_of(place: Place) -> int:
    """The line of its document on which a place begins, from 1 on."""
    ends = [i for i, c in enumerate(place.source.text) if c == "\n"]
    return bisect_right(ends, place.start - 1) + 1
