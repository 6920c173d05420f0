"""The tables of a search index: SQLite, with full text by FTS5."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from kg.base.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Raised whenever a table, or what stands in one, changes; an index of another version is made anew.
VERSION = "1"

# Numbers of things, facts and documents are their order where nothing else orders them: things by
# how often they are named, facts and documents from the newest to the oldest. The tables of words
# (`…_words`) have the same numbers; their column `at` holds places (p12), classes (cproject),
# predicates (rsigns) and statuses (ssigned).
_TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table things (
    id integer primary key, iri text not null unique, type text not null, subtype text not null,
    name text not null, aliases text not null, mentions integer not null, doubtful integer not null,
    byline integer not null, beside text not null, first integer
);
create table names (fold text, thing integer, primary key (fold, thing)) without rowid;
create table documents (
    id integer primary key, iri text not null, name text not null, title text not null,
    publisher text not null, date text not null
);
create table facts (
    id integer primary key, kind text not null, iri text not null, subject integer, predicate text,
    object integer, value text not null, parts text not null, sums text not null,
    status text not null, first text not null, last text not null, document integer,
    start integer, end integer, quote text not null, confidence real not null,
    byline integer not null
);
create table sums (fact integer, currency text, amount real);
create virtual table thing_words using fts5(names, sounds, at, content='', tokenize='ascii');
create virtual table document_words using fts5(title, text, at, content='', tokenize='ascii');
create virtual table fact_words using fts5(names, said, quote, at, content='', tokenize='ascii');
"""
_INDEXES = """
create index sums_of on sums (fact, currency, amount);
create index facts_of on facts (document);
create index facts_about on facts (subject);
create index things_called on things (name);
insert into thing_words(thing_words) values ('optimize');
insert into document_words(document_words) values ('optimize');
insert into fact_words(fact_words) values ('optimize');
"""


def create_index(file: Path | None) -> sqlite3.Connection:
    """An empty index, in a file or in memory.

    Raises:
        StoreError: If this Python's SQLite has no full text.
    """
    database = sqlite3.connect(file or ":memory:", isolation_level=None, check_same_thread=False)
    try:
        # The file counts only once it is whole, and is synced then.
        database.executescript("pragma journal_mode = off; pragma synchronous = off;" + _TABLES)
    except sqlite3.OperationalError as error:
        database.close()
        raise StoreError(
            f"the search index cannot be made ({error}); kg needs a Python whose SQLite has FTS5"
        ) from error
    return database


def finish_index(database: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    """Make the indexes of an index whose tables are full, and note what it is of."""
    database.executescript(_INDEXES)
    database.executemany("insert into meta values (?, ?)", [("version", VERSION), *meta.items()])


def read(file: Path) -> sqlite3.Connection | None:
    """An index to read; None where there is none, or one of another version, or a damaged one."""
    try:
        database = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        version = database.execute("select value from meta where key = 'version'").fetchone()
    except sqlite3.Error:
        return None
    if version != (VERSION,):
        database.close()
        return None
    return database


def index_note(database: sqlite3.Connection, key: str) -> str:
    """What an index notes of itself; ``""`` for nothing."""
    row = database.execute("select value from meta where key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""
