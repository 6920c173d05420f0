"""The facts of a build in, what each build of a graph added and withdrew out.

The ledger of a store keeps of every fact from which build to which it was told, in which words and
by which document, and hands that on to the next build. A fact is what it says, by the names of its
ends, its value and its status: the same fact that another document tells too is no new one.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base.errors import StoreError
from kg.corpus.documents import heads
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
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
_BUILD = "number, documents, facts, newest"
_COLUMNS = (
    "subject, predicate, object, status, first, last, value, day, quote, document, start, end"
)
# What is told now: the first claim of each fact, and the earliest day of them all.
_NOW = """
create table scratch.now (
    subject, predicate, object, status, value, day, quote, document, start, end,
    primary key (subject, predicate, object, status)
) without rowid
"""
_TELL = """
insert into scratch.now values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set
    day = case when excluded.day = '' then day when day = '' then excluded.day
        else min(day, excluded.day) end
"""
_SAME = (
    "told.subject = now.subject and told.predicate = now.predicate and told.object = now.object"
    " and told.status = now.status"
)
# What goes on being told has the sentence that tells it now.
_LASTING = f"""
update told set last = ?, value = now.value, day = now.day, quote = now.quote,
    document = now.document, start = now.start, end = now.end
from scratch.now as now where told.last = ? and {_SAME}
"""  # noqa: S608  # ours
_NEW = f"""
insert into told select subject, predicate, object, status, ?, ?, value, day, quote, document,
    start, end
from scratch.now as now where not exists (select 1 from told where told.last = ? and {_SAME})
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Build:
    """A build: its number, how much it told, and the day of its newest document."""

    number: int
    documents: int
    facts: int
    newest: str


@dataclass(frozen=True, slots=True)
class FactHistory:
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
        ledger: That of the new build, with nothing of this in it yet.
        before: That of the build before; None where there is none. One that cannot be read is
            forgotten.
        knowledge: The whole graph.

    Raises:
        StoreError: If it cannot be written.
    """
    scratch = ledger.path.with_name("told.scratch")
    try:
        ledger.database.executescript(_TABLES)
        if before is not None:
            _handed_on(ledger.database, before)
        # Not a temporary table, which may lie on another disk or in memory.
        ledger.database.execute("attach database ? as scratch", (str(scratch),))
        ledger.database.execute("pragma scratch.synchronous = off")
        ledger.database.execute("begin")
        _note_facts(ledger.database, knowledge)
        ledger.database.execute("commit")
        ledger.database.execute("detach database scratch")
    except sqlite3.Error as error:
        raise StoreError(f"{ledger.path}: cannot be written ({error})") from error
    finally:
        scratch.unlink(missing_ok=True)


def _handed_on(database: sqlite3.Connection, before: Ledger) -> None:
    """Take over what a ledger before remembers, all of it or nothing."""
    database.execute("begin")
    try:
        if _there(before):
            for table, columns in (("builds", _BUILD), ("told", _COLUMNS)):
                marks = ", ".join("?" * len(columns.split(", ")))
                rows = before.database.execute(f"select {columns} from {table}")  # noqa: S608  # ours
                database.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608
        database.execute("commit")
    except sqlite3.DatabaseError:
        database.execute("rollback")


def _note_facts(database: sqlite3.Connection, knowledge: Knowledge) -> None:
    number = 1 + int(database.execute("select coalesce(max(number), 0) from builds").fetchone()[0])
    days: dict[str, str] = {}
    names: dict[str, str] = {}
    for source in heads(knowledge.sources):
        written = [a.date for a in source.articles if a.date and a.date[0] != "-"]
        days[source.id] = max(written, default=source.published)
        names[source.id] = source.names[0] if source.names else source.id
    labels = {entity.id: entity.name for entity in knowledge.entities}
    database.execute(_NOW)
    database.executemany(_TELL, _rows(knowledge.facts, labels, days, names))
    database.execute(_LASTING, (number, number - 1))
    database.execute(_NEW, (number, number, number))
    facts = database.execute("select count(*) from scratch.now").fetchone()[0]
    newest = max((day for day in days.values() if day), default="")
    database.execute("insert into builds values (?, ?, ?, ?)", (number, len(days), facts, newest))
    database.execute("delete from builds where number <= ?", (number - REMEMBERED,))
    database.execute("delete from told where last <= ?", (number - REMEMBERED,))


def _rows(
    facts: Iterable[Fact], labels: dict[str, str], days: dict[str, str], names: dict[str, str]
) -> Iterator[tuple[object, ...]]:
    """The claims that a text makes, the words of each as they can be kept."""
    for fact in facts:
        if fact.quote:
            value = fact.value is not None
            target = fact.value.lexical if fact.value else labels.get(fact.object, fact.object)
            yield (
                speakable(labels.get(fact.subject, fact.subject)),
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
    row = ledger.database.execute("select 1 from sqlite_master where name = 'told'").fetchone()
    return row is not None


def builds(ledger: Ledger) -> list[Build]:
    """The builds that a ledger remembers, the first first."""
    if not _there(ledger):
        return []
    rows = ledger.database.execute(f"select {_BUILD} from builds order by 1")  # noqa: S608
    return [Build(*row) for row in rows]


def latest(ledger: Ledger) -> tuple[int, int, FactHistory | None]:
    """How many facts the last build added and withdrew, and the first of the new ones.

    The new one is that of the newest document. Of a graph with one build there is nothing.
    """
    known = builds(ledger)
    if len(known) < 2:
        return 0, 0, None
    last, before = known[-1].number, known[-2].number
    (added,) = ledger.database.execute(
        "select count(*) from told where last = ? and first = ?", (last, last)
    ).fetchone()
    (withdrawn,) = ledger.database.execute(
        "select count(*) from told where first <= ? and last = ?", (before, before)
    ).fetchone()
    row = ledger.database.execute(
        f"select {_COLUMNS} from told where last = ? and first = ?"  # noqa: S608  # ours
        " order by value, day desc, subject, predicate, object, status limit 1",
        (last, last),
    ).fetchone()
    return added, withdrawn, FactHistory(*row) if row else None


def histories_where(ledger: Ledger, where: str, *values: int) -> list[FactHistory]:
    """The histories of facts that fulfil a condition on the columns of ``told``, in their order."""
    if not _there(ledger):
        return []
    rows = ledger.database.execute(
        f"select {_COLUMNS} from told where {where}"  # noqa: S608  # ours
        " order by subject, predicate, object, status, first",
        values,
    )
    return [FactHistory(*row) for row in rows]
