"""Write the tables of a graph part by part: entities, facts, posts and deals, a CSV file each.

UTF-8 with BOM, RFC 4180. A cell that a spreadsheet would take for a formula begins with an
apostrophe, which was not in the data: ``undo`` takes it away again.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from itertools import chain, islice
from typing import TYPE_CHECKING

from kg.base.spool import Sorted, place
from kg.corpus.documents import heads
from kg.store.rdf.rows import speakable
from kg.store.rdf.triples import PORTION
from kg.store.rdf.writer import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base.records import Deal, Entity, Fact, Knowledge, Post

ENTITIES = ("id", "type", "subtype", "name", "aliases", "mentions", "code", "doubtful")
FACTS = (
    "subject", "predicate", "object", "value", "datatype", "printed", "document", "start",
    "end", "quote", "status", "confidence", "rule", "subject_name", "object_name", "high",
    "anchor", "anchor_source",
)  # fmt: skip
POSTS = (
    "post", "person", "title", "organisation", "tenure", "document", "start", "end", "quote",
    "person_name", "organisation_name", "byline", "since", "until", "doubtful",
)  # fmt: skip
# A line for each deal; several things in one cell stand apart by ``|``, as aliases do.
DEALS = (
    "deal", "parties", "projects", "agreements", "places", "events", "amount", "currency", "kind",
    "printed", "days", "statuses", "documents", "quotes",
)  # fmt: skip
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
# East Asian versions of Excel take the full-width signs as well.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def safe(text: str) -> str:
    """A cell that no spreadsheet runs: one that begins like a formula gets an apostrophe.

    Numbers stay as they are; a cell that begins with apostrophes before such a character
    gets one more, so that ``undo`` always finds the one to take away.

    >>> safe("=1+1"), safe("-3.5"), safe("'=1")
    ("'=1+1", '-3.5', "''=1")
    """
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def undo(cell: str) -> str:
    """The text that ``safe`` made a cell of.

    >>> undo(safe("=1+1")), undo("'quoted'")
    ('=1+1', "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def aliases_cell(aliases: Iterable[str]) -> str:
    r"""The aliases in one cell: separated by ``|``; a literal ``|`` or ``\`` has ``\`` before.

    >>> print(aliases_cell(["a|b", "c"]))
    a\|b|c
    """
    return "|".join(a.replace("\\", "\\\\").replace("|", "\\|") for a in aliases)


def split_aliases(cell: str) -> list[str]:
    r"""The aliases of a cell that ``aliases_cell`` made.

    >>> split_aliases(r"a\|b|c")
    ['a|b', 'c']
    """
    aliases = re.findall(r"(?:[^|\\]|\\.)+", cell, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", alias, flags=re.DOTALL) for alias in aliases]


def entities_csv(knowledge: Knowledge) -> Iterator[bytes]:
    """Yield the entities in parts, one a line, in order of their IRIs."""
    yield from csv_lines(ENTITIES, (_entity(e) for e in knowledge.entities))


def facts_csv(knowledge: Knowledge) -> Iterator[bytes]:
    """Yield the claims in parts, one a line, in order of subject, predicate, object and place."""
    names, files = _names(knowledge), _files(knowledge)
    rows = Sorted[tuple[str, ...]](
        place(knowledge.facts), key=lambda r: (*r[:4], r[6], int(r[7] or 0), *r[8:])
    )
    for fact in knowledge.facts:
        rows.add(_fact(fact, names, files))
    yield from csv_lines(FACTS, rows)


def posts_csv(knowledge: Knowledge) -> Iterator[bytes]:
    """Yield the posts in parts, a line for each place that tells one, in order of the posts."""
    names, files = _names(knowledge), _files(knowledge)
    yield from csv_lines(
        POSTS, (row for post in knowledge.posts for row in _post(post, names, files))
    )


def deals_csv(knowledge: Knowledge) -> Iterator[bytes]:
    """Yield the deals in parts, a line for each sum of one, in order of the deals."""
    names, files = _names(knowledge), _files(knowledge)
    yield from csv_lines(
        DEALS, (row for deal in knowledge.deals for row in _deal(deal, names, files))
    )


def _names(knowledge: Knowledge) -> dict[str, str]:
    return {e.id: e.name for e in knowledge.entities}


def _files(knowledge: Knowledge) -> dict[str, str]:
    named_sources = (source for source in heads(knowledge.sources) if source.names)
    return {key: s.names[0] for s in named_sources for key in (s.id, s.document)}


def _post(
    post: Post, names: Mapping[str, str], files: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    of = names.get(post.person, ""), names.get(post.organisation, "")
    for one in post.attestations:
        where = files.get(one.document, one.document), str(one.start), str(one.end), one.quote
        yield (
            post.id,
            post.person,
            post.title,
            post.organisation,
            one.tenure,
            *where,
            *of,
            post.byline,
            one.since.lexical if one.since else "",
            one.until.lexical if one.until else "",
            "yes" if one.doubtful else "",
        )


def _deal(
    deal: Deal, names: Mapping[str, str], files: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    ends = deal.parties, deal.projects, deal.agreements, deal.places, deal.events
    things = (aliases_cell(names.get(iri, iri) for iri in end) for end in ends)
    where = aliases_cell(
        dict.fromkeys(files.get(t.document, t.document) for t in deal.attestations)
    )
    quotes = aliases_cell(dict.fromkeys(attestation.quote for attestation in deal.attestations))
    days, statuses = (aliases_cell(day.lexical for day in deal.days), aliases_cell(deal.statuses))
    begin, end = (deal.id, *things), (days, statuses, where, quotes)
    for one in deal.amounts or (None,):
        sum_ = (one.value, one.currency, one.kind, one.printed) if one else ("", "", "", "")
        yield *begin, *sum_, *end


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a table in parts: its head, then its rows, each cell so that no spreadsheet runs it."""
    yield BOM_UTF8
    left = iter(chain([head], rows))
    while portion := list(islice(left, PORTION)):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        for row in portion:
            writer.writerow([safe(speakable(cell)) for cell in row])
        yield out.getvalue().encode()


def _entity(entity: Entity) -> tuple[str, ...]:
    aliases = aliases_cell(entity.aliases)
    mentions = str(entity.mentions)
    own = entity.id, entity.type, entity.subtype, entity.name
    return *own, aliases, mentions, entity.code, "yes" if entity.doubtful else ""


def _fact(fact: Fact, names: dict[str, str], files: dict[str, str]) -> tuple[str, ...]:
    value, quoted = fact.value, bool(fact.quote)
    return (
        fact.subject,
        fact.predicate,
        fact.object,
        value.lexical if value else "",
        value.datatype if value else "",
        value.printed if value else "",
        files.get(fact.document, fact.document) if quoted else fact.source,
        str(fact.start) if quoted else "",
        str(fact.end) if quoted else "",
        fact.quote,
        fact.status,
        decimal(fact.confidence),
        fact.rule,
        names.get(fact.subject, ""),
        names.get(fact.object, ""),
        value.high if value else "",
        value.anchor if value else "",
        value.source if value else "",
    )
