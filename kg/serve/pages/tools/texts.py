"""Documents in, a list of some or a stretch of one out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.base.errors import QueryError
from kg.publish.derived.dates import Days
from kg.publish.page.library import publisher, title, when
from kg.query.questions import fold
from kg.query.table import plain
from kg.serve.pages.tools.bounds import fitting, left, lines
from kg.serve.pages.tools.find import thing, thing_line
from kg.serve.pages.tools.shapes import Document, Documents, Passage
from kg.store.rdf.namespaces import DCTERMS

if TYPE_CHECKING:
    from kg.base.records import Source
    from kg.query.graph import Graph

NAMED = 30  # things that a stretch names
LONGEST = 500  # characters of a quotation that is looked for however its lines are broken


def documents(graph: Graph, text: str, limit: int, offset: int) -> tuple[Documents, str]:
    """The documents whose file name or title holds a text, and the same in words.

    Args:
        graph: The open graph.
        text: A part of a file name or a title; ``""`` for all documents.
        limit: Documents at most.
        offset: So many documents are passed over.
    """
    files = graph.store.ledger.names()
    key, titles = fold(text), _titles(graph) if text else {}
    fits = sorted(
        (names[0], iri)
        for iri, names in files.items()
        if names and any(key in fold(one) for one in (*names, titles.get(iri, "")))
    )
    if not fits and files:
        raise QueryError(
            f"no file name or title of the {len(files)} documents holds {text!r}; give a shorter "
            "part, or none for all"
        )
    page = fits[offset : offset + limit]
    sources = graph.store.ledger.sources([iri for _, iri in page])
    listed = fitting([_document(sources[iri]) for _, iri in page if iri in sources], limit)
    more = max(0, len(fits) - offset - len(listed))
    note = left(more, "documents", f"ask again with offset={offset + len(listed)}, or for some")
    empty = "" if files else "there is no document in this graph"
    return Documents(listed, more, note), lines(map(_line, listed), empty, note)


def _titles(graph: Graph) -> dict[str, str]:
    verb = NamedNode(DCTERMS + "title")
    quads = graph.store.quads.quads_for_pattern(None, verb, None, DefaultGraph())
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def _document(source: Source) -> Document:
    date = when(Days(source))
    return Document(source.names[0], title(source), publisher(source), date, len(source.text))


def _line(one: Document) -> str:
    parts = (one.document, one.title, one.publisher, one.date, f"{one.length} characters")
    return plain(" | ".join(filter(None, parts)))


def read(graph: Graph, document: str, quote: str, start: int, length: int) -> tuple[Passage, str]:
    """A stretch of a document: around a quotation, or from an offset; and the same in words.

    Args:
        graph: The open graph.
        document: Its file name, IRI or id.
        quote: What is to stand in the middle; ``""`` to read from ``start`` on. Where lines are
            broken does not matter.
        start: Code points from the beginning of the text; of a quotation that stands in several
            places, it is looked for from there on.
        length: Code points at most.

    Raises:
        QueryError: If there is no such document, or the quotation does not stand in it.
    """
    source = _source(graph, document)
    text, times = source.text, 0
    start = min(start, len(text))
    if quote:
        places = _places(text, quote)
        if not places:
            raise QueryError(
                f"{quote!r} does not stand in {document}; give fewer words of it, or a start from "
                f"0 to {len(text)}"
            )
        times = len(places)
        first, end = next((place for place in places if place[0] >= start), places[-1])
        start = max(0, min(first, (first + end - length) // 2))
    end = min(len(text), start + length)
    about = _document(source)
    passage = Passage(
        document=about.document,
        title=about.title,
        publisher=about.publisher,
        date=about.date,
        start=start,
        end=end,
        length=about.length,
        text=text[start:end],
        times=times,
        things=[],
        note=_note(start, end, len(text), times),
    )
    return _named(graph, source, passage)


def _named(graph: Graph, source: Source, passage: Passage) -> tuple[Passage, str]:
    """A passage with what it names, each once, in the order of the text."""
    inside = (n for n in source.named_places if n.start >= passage.start and n.end <= passage.end)
    iris = list(dict.fromkeys(place.entity for place in inside))[:NAMED]
    entities = graph.entities(iris)
    things = fitting([thing(graph, entities[i]) for i in iris if i in entities], NAMED)
    passage.things.extend(things)
    head = plain(f"{passage.document} {passage.start}–{passage.end} of {passage.length}")
    named = "things named here" if things else ""
    return passage, lines(head, passage.text, passage.note, named, map(thing_line, things))


def _source(graph: Graph, document: str) -> Source:
    """A document by its file name, IRI or id."""
    graph.text(document)  # knows the way out where there is none, or no text
    ledger = graph.store.ledger
    sources = ledger.sources([document, f"{graph.base}document/{document}"])
    known = next(iter(sources.values()), None) or ledger.source(document)
    if known is None:
        raise QueryError(f"{document} is no document of this graph")
    return known


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    r"""Where a quotation stands, whatever blanks and breaks are in it.

    >>> _places("甲公司投\n资3亿元。", "投资3亿")
    [(3, 8)]
    """
    signs = [re.escape(sign) for sign in quote[:LONGEST] if not sign.isspace()]
    return [m.span() for m in re.finditer(r"\s*".join(signs), text)] if signs else []


def _note(start: int, end: int, length: int, times: int) -> str:
    """What of the text is not told, and how often a quotation stands in it."""
    before = f"{start} characters stand before this" if start else ""
    after = f"{length - end} after it: ask again with start={end}" if end < length else ""
    often = f"the quotation stands there {times} times" if times > 1 else ""
    return "; ".join(filter(None, (before, after, often)))
