"""Documents in, what a page needs to list them and to show one with all that is read in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.corpus.documents import heads

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.base.records import Fact, Knowledge, NamedPlace, Source
    from kg.publish.derived.dates import Days
    from kg.publish.page.things import Things

TITLE = 60  # code points of a first line that stands for a title


def library(
    whole: Knowledge, days: Mapping[str, Days], things: Things, carried: Collection[str]
) -> dict[str, Any]:
    """All documents as rows, and the marks and claims of those whose text a page carries.

    Args:
        whole: The records of the graph.
        days: When each document was written, by its IRI.
        things: Gives the numbers of entities.
        carried: File names of documents.

    Returns:
        ``rows`` (file name, title, publisher, date, number of claims, of entities; by file
        name) and ``read``, by file name, what ``read`` gives of the carried ones; their claims
        are those of which the page does not draw all.
    """
    shown = [
        (source.names[0], number, source.id)
        for number, source in enumerate(heads(whole.sources))
        if source.names and source.names[0] in carried
    ]
    ids = {iri for *_, iri in shown}
    counts: Counter[str] = Counter()
    claims: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in whole.facts:
        if fact.quote:
            counts[fact.document] += 1
            if fact.document in ids and not things.draws(fact):
                claims[fact.document].append(fact)
    rows = [_row(s, counts[s.id], days[s.id]) for s in whole.sources if s.names]
    return {
        "rows": sorted(rows, key=itemgetter(0)),
        "read": {
            name: read(whole.sources[number].named_places, claims[iri], things)
            for name, number, iri in sorted(shown)
        },
    }


def read(named: Sequence[NamedPlace], claims: Iterable[Fact], things: Things) -> dict[str, Any]:
    """What is read in one document, in the order of its text.

    Returns:
        ``marks``: of each mention the code points since the one before, its length and the
        number of its entity, all in one row; of nested ones the outermost. ``claims``: start,
        end, number of the subject, predicate, number of the object or -1, printed value, status.
    """
    known = [n for n in named if n.entity in things.entities]
    return {"marks": _marks(known, things), "claims": _claims(claims, things)}


def _marks(named: Sequence[NamedPlace], things: Things) -> list[int]:
    marks: list[int] = []
    at = 0
    for place in named:
        if place.start >= at and place.end > place.start:
            marks += (place.start - at, place.end - place.start, things.number(place.entity))
            at = place.end
    return marks


def _claims(claims: Iterable[Fact], things: Things) -> list[list[Any]]:
    rows = []
    for fact in claims:
        ends = [fact.subject, *filter(None, [fact.object])]
        if all(end in things.entities for end in ends):
            target = things.number(fact.object) if fact.object else -1
            value = fact.value.printed or fact.value.lexical if fact.value else ""
            subject = things.number(fact.subject)
            rows.append([fact.start, fact.end, subject, fact.predicate, target, value, fact.status])
    return sorted(rows)


def _row(source: Source, claims: int, days: Days) -> list[Any]:
    entities = {place.entity for place in source.named_places}
    return [
        source.names[0],
        title(source),
        publisher(source),
        when(days),
        claims,
        len(entities),
    ]


def title(source: Source) -> str:
    """What a document is called: its title, else its first line, cut."""
    first = source.title.strip() or next(filter(None, map(str.strip, source.text.split("\n"))), "")
    return first if len(first) <= TITLE else first[: TITLE - 1] + "…"


def publisher(source: Source) -> str:
    """Who published a document: what it declares, else what one of its articles says."""
    return source.publisher or next((a.publisher for a in source.articles if a.publisher), "")


def when(days: Days) -> str:
    """The day, month or year of a document, as precise as it is known; ``""`` without a year."""
    return max(days.page, *(day for *_, day in days.parts), "", key=len)
