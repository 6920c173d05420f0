"""The facts of a build in, what each build of a graph added and withdrew out.

The ledger of a store keeps of every fact from which build to which it was told, in which words and
by which document, and hands that on to the next build. A fact is what it says, by the names of its
ends, its value and its status: the same fact that another document tells too is no new one.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.corpus.documents import heads
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from kg.base.records import Fact, Knowledge
    from kg.store.ledger import Ledger

# So many builds are remembered at most: what an earlier one withdrew is forgotten.
REMEMBERED = 60
_TABLES = """
create table if not exists builds (
    number integer primary key, documents integer not null, facts integer not null,
    newest text not null
);
create table if not exists told (
    subject text not null, predicate text not null, object text not null, status text not null,
    first integer not null, last integer not null, value integer not null, day text not null,
    quote text not null, document text not null, start integer not null, end integer not null,
    primary key (subject, predicate, object, status, first)
) without rowid;
"""
_COLUMNS = (
    "subject, predicate, object, status, first, last, value, day, quote, document, start, end"
)


@dataclass(frozen=True, slots=True)
class Build:
    """A build: its number, how much it told, and the day of its newest document."""

    number: int
    documents: int
    facts: int
    newest: str


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as some builds told it.

    Attributes:
        subject, object: The names of its ends; ``object`` is the value of an attribute.
        predicate, status: What it says, and how far it is.
        first, last: The builds from which and up to which it was told.
        value: 1 of an attribute, else 0.
        day: The day of the earliest document that tells it; ``""`` where none is dated.
        quote, document, start, end: One of the sentences that tell it, and where it stands.
    """

    subject: str
    predicate: str
    object: str
    status: str
    first: int
    last: int
    value: int
    day: str
    quote: str
    document: str
    start: int
    end: int


def record(ledger: Ledger, before: Ledger | None, knowledge: Knowledge) -> None:
    """Note in the ledger of a new build what it tells, beside what builds before it told.

    Args:
        ledger: That of the new build.
        before: That of the build before; None where there is none.
        knowledge: The whole graph.
    """
    book = ledger.book
    book.executescript(_TABLES)
    book.execute("begin")
    if before is not None:
        _handed_on(book, before)
    number = 1 + int(book.execute("select coalesce(max(number), 0) from builds").fetchone()[0])
    _noted(book, number, knowledge)
    book.execute("delete from builds where number <= ?", (number - REMEMBERED,))
    book.execute("delete from told where last <= ?", (number - REMEMBERED,))
    book.execute("commit")


def _handed_on(book: sqlite3.Connection, before: Ledger) -> None:
    if not _there(before):
        return
    for table, columns in (("builds", "number, documents, facts, newest"), ("told", _COLUMNS)):
        marks = ", ".join("?" * len(columns.split(", ")))
        with closing(before.book.execute(f"select {columns} from {table}")) as rows:  # noqa: S608  # ours
            book.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608


def _noted(book: sqlite3.Connection, number: int, knowledge: Knowledge) -> None:
    book.execute(
        "create temp table now (subject, predicate, object, status, value, day, quote, document,"
        " start, end, primary key (subject, predicate, object, status)) without rowid"
    )
    days: dict[str, str] = {}
    names: dict[str, str] = {}
    for source in heads(knowledge.sources):
        written = [a.date for a in source.articles if a.date and a.date[0] != "-"]
        days[source.id] = max(written, default=source.published)
        names[source.id] = source.names[0] if source.names else source.id
    called = {entity.id: entity.name for entity in knowledge.entities}
    book.executemany(
        "insert into now values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set"
        " day = case when excluded.day = '' then day when day = '' then excluded.day"
        " else min(day, excluded.day) end",
        _rows(knowledge.facts, called, days, names),
    )
    same = " and ".join(f"told.{c} = now.{c}" for c in ("subject", "predicate", "object", "status"))
    lasting = f"from told where last = ? and {same}"
    book.execute(
        f"update told set last = ? where last = ? and exists (select 1 from now where {same})",  # noqa: S608
        (number, number - 1),
    )
    book.execute(
        "insert into told select subject, predicate, object, status, ?, ?, value, day, quote,"  # noqa: S608
        f" document, start, end from now where not exists (select 1 {lasting})",
        (number, number, number),
    )
    facts = book.execute("select count(*) from now").fetchone()[0]
    newest = max((day for day in days.values() if day), default="")
    book.execute("insert into builds values (?, ?, ?, ?)", (number, len(days), facts, newest))
    book.execute("drop table now")


def _rows(
    facts: Iterable[Fact], called: dict[str, str], days: dict[str, str], names: dict[str, str]
) -> Iterator[tuple[object, ...]]:
    """The claims that a text makes, the words of each as they can be kept."""
    for fact in facts:
        if fact.quote:
            value = fact.value is not None
            target = fact.value.lexical if fact.value else called.get(fact.object, fact.object)
            yield (
                speakable(called.get(fact.subject, fact.subject)),
                fact.predicate,
                speakable(target),
                fact.status,
                int(value),
                days.get(fact.document, ""),
                speakable(fact.quote),
                speakable(names.get(fact.document, fact.document)),
                fact.start,
                fact.end,
            )


def _there(ledger: Ledger) -> bool:
    found = ledger.book.execute("select 1 from sqlite_master where name = 'told'").fetchone()
    return found is not None


def builds(ledger: Ledger) -> list[Build]:
    """The builds that a ledger remembers, the first first."""
    if not _there(ledger):
        return []
    rows = ledger.book.execute("select number, documents, facts, newest from builds order by 1")
    return [Build(*row) for row in rows]


def told(ledger: Ledger, where: str, *values: int) -> list[Told]:
    """Facts as builds told them, by a condition on the columns of ``told``, in their order."""
    if not _there(ledger):
        return []
    rows = ledger.book.execute(
        f"select {_COLUMNS} from told where {where}"  # noqa: S608  # ours
        " order by subject, predicate, object, status, first",
        values,
    )
    return [Told(*row) for row in rows]
