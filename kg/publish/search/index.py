"""Write the index that a graph is searched by: things, facts, deals and texts.

It is made by the build and lies beside the store. Of what is searched, the index holds what a list
shows of it: no search reads the graph.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.corpus.compound.byline_titles import persons
from kg.corpus.documents import heads
from kg.publish.derived.dates import Dates, Days
from kg.publish.derived.disambiguation import disambiguation
from kg.publish.derived.whereabouts import Whereabouts
from kg.publish.layout.pinyin import readings
from kg.publish.page.library import publisher, title, when
from kg.publish.search.facts import Facts
from kg.publish.search.grams import BETWEEN, fold, sounds, words
from kg.publish.search.tables import create_index, finish_index
from kg.store.folder import SEARCH

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.base.records import Entity, Knowledge
    from kg.ontology import Ontology

NAMES = 4  # names of a thing by which its facts are found


def write(
    knowledge: Knowledge,
    ontology: Ontology,
    file: Path | None,
    days: Mapping[str, Days] | None = None,
    imports: str = "",
) -> sqlite3.Connection:
    """Write the index of a graph.

    Args:
        knowledge: The whole graph.
        ontology: Its words.
        file: Where it is written; None for one in memory.
        days: When each document was written, by its IRI, where that is known already.
        imports: What the ledger notes of imported RDF, which is not in ``knowledge``.

    Returns:
        The open index. ``close`` it.

    Raises:
        StoreError: If this Python's SQLite has no full text.
    """
    database = create_index(file)
    database.execute("begin")
    Writer(database, knowledge, ontology, days).write()
    database.execute("commit")
    finish_index(database, {"imports": imports})
    return database


def write_index(knowledge: Knowledge, ontology: Ontology, folder: Path) -> Path:
    """Write the index of a graph into a folder; where it lies."""
    file = folder / SEARCH
    write(knowledge, ontology, file).close()
    return file


class Writer:
    """Writes the tables of an index, one after the other."""

    def __init__(
        self,
        database: sqlite3.Connection,
        knowledge: Knowledge,
        ontology: Ontology,
        days: Mapping[str, Days] | None,
    ) -> None:
        self.database, self.knowledge, self.ontology = database, knowledge, ontology
        self.days = days or {source.id: Days(source) for source in knowledge.sources}
        self.where = Whereabouts(knowledge, ontology)
        ranked = sorted((-e.mentions, e.id) for e in knowledge.entities)
        self.numbers = {iri: n for n, (_, iri) in enumerate(ranked, 1)}
        del ranked
        self.names: dict[str, str] = {}
        for entity in knowledge.entities:
            self.names[entity.id] = entity.name
        self.kinds = {entity.id: entity.type for entity in knowledge.entities}
        # What a deal is about is where it is made, though no fact puts it there.
        self.dealt: dict[str, set[str]] = {}
        for deal in knowledge.deals:
            for about in (*deal.projects, *deal.agreements):
                ends = {end for end in (*deal.places, *deal.parties) if end in self.where.names}
                self.dealt.setdefault(about, set()).update(ends)
        self.files: dict[str, int] = {}

    def write(self) -> None:
        first = self._documents()
        self._things(first)
        Facts(self).write(Dates(self.knowledge.facts, self.ontology, self.days))
        self.database.execute("drop table told")

    def name_words(self, iri: str) -> str:
        """The words of the names of a thing, of one with many of the first of them."""
        number = self.numbers.get(iri)
        row = self.database.execute("select names from told where id = ?", [number]).fetchone()
        return str(row[0]) if row else ""

    def at(self, iris: Iterable[str]) -> str:
        """The words for the places that some things are or lie in, and for their classes."""
        places = {
            iri
            for one in iris
            for iri in (one, *self.where.of.get(one, ()), *self.dealt.get(one, ()))
        }
        todo = [iri for iri in places if iri in self.where.names]
        above_all = set(todo)
        while todo:
            for above in self.where.above.get(todo.pop(), ()):
                if above not in above_all:
                    above_all.add(above)
                    todo.append(above)
        return " ".join(f"p{n}" for n in sorted(self.numbers[place] for place in above_all))

    def _documents(self) -> dict[str, int]:
        """Write the documents, the newest first; the first of them, by name, that names a thing."""
        known = [
            (s.names[0] if s.names else s.document, s.id) for s in heads(self.knowledge.sources)
        ]
        dates = {iri: when(self.days[iri]) for _, iri in known}
        newest = sorted(sorted(known), key=lambda one: dates[one[1]], reverse=True)
        self.files = {iri: number for number, (_, iri) in enumerate(newest, 1)}
        order = {iri: number for number, (_, iri) in enumerate(sorted(known))}
        first: dict[str, tuple[int, int]] = {}
        # Texts are many: they wait on the disk until they stand in the order of their numbers.
        self.database.execute("create temp table raw (id integer primary key, title, text, at)")
        for source in self.knowledge.sources:
            number, name = self.files[source.id], source.names[0] if source.names else ""
            heading, entities = title(source), sorted({p.entity for p in source.named_places})
            entities = [iri for iri in entities if iri in self.numbers]
            for iri in entities:
                first[iri] = min(first.get(iri, (len(order), 0)), (order[source.id], number))
            row = (number, source.id, name, heading, publisher(source), dates[source.id])
            self.database.execute("insert into documents values (?, ?, ?, ?, ?, ?)", row)
            at = self.at(iri for iri in entities if iri in self.where.names)
            heading_words = words(f"{heading} {publisher(source)} {name}")
            self.database.execute(
                "insert into raw values (?, ?, ?, ?)",
                (number, heading_words, words(source.text), at),
            )
        self.database.execute(
            "insert into document_words(rowid, title, text, at) select * from raw order by id"
        )
        self.database.execute("drop table raw")
        return {iri: number for iri, (_, number) in first.items()}

    def _things(self, first: Mapping[str, int]) -> None:
        signed = persons(self.knowledge.posts)
        beside = disambiguation(self.knowledge, self.ontology, self.where, self.names)
        self.database.execute("create temp table raw (id integer primary key, names, sounds, at)")
        self.database.execute("create temp table told (id integer primary key, names)")
        for entity in self.knowledge.entities:
            number = self.numbers[entity.id]
            row = (
                number,
                entity.id,
                entity.type,
                entity.subtype,
                entity.name,
                json.dumps(entity.aliases, ensure_ascii=False),
                entity.mentions,
                entity.doubtful,
                entity.id in signed,
                json.dumps(beside.get(entity.id, []), ensure_ascii=False),
                first.get(entity.id),
            )
            self.database.execute(f"insert into things values ({', '.join('?' * 11)})", row)
            write_names(self.database, number, entity)
            at = f"c{entity.type.lower()} {self.at([entity.id])}"
            names = (entity.name, *entity.aliases)
            self.database.execute(
                "insert into raw values (?, ?, ?, ?)",
                (number, apart(names), sound_words(entity), at),
            )
            self.database.execute("insert into told values (?, ?)", (number, apart(names[:NAMES])))
        self.database.execute(
            "insert into thing_words(rowid, names, sounds, at) select * from raw order by id"
        )
        self.database.execute("drop table raw")


def apart(names: Iterable[str]) -> str:
    """The words of some names, so that nothing is found across two."""
    return f" {BETWEEN} ".join(map(words, names))


def write_names(database: sqlite3.Connection, number: int, entity: Entity) -> None:
    """Note the names of a thing, each as ``fold`` has it."""
    folded = {fold(name) for name in (entity.name, *entity.aliases)}
    rows: list[Any] = [(name, number) for name in sorted(folded)]
    database.executemany("insert or ignore into names values (?, ?)", rows)


def sound_words(entity: Entity) -> str:
    """What is typed to find a thing by how its names are read."""
    read = readings((entity.name, *entity.aliases)).split(" ")
    return " ".join(dict.fromkeys(sound for one in read if one for sound in sounds(one)))
