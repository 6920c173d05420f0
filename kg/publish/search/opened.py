"""Open the search of an open graph.

The index is a file of the store that its build made. Where there is none (a graph of another
version, one with RDF imported since), it is made anew beside it; where nothing can be written, in
memory.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.records import Entity, Knowledge
from kg.publish.search import tables
from kg.publish.search.find import Finder
from kg.publish.search.index import apart, sound_words, write, write_names
from kg.store.folder import SEARCH, Store

if TYPE_CHECKING:
    from kg.query.graph import Graph

# Made later than the store: not one of the files that the store is compared with.
COMPLETED = "search-made.sqlite"


@lru_cache(maxsize=1)
def finder(graph: Graph) -> Finder:
    """What searches a graph; its index is made if there is none."""
    return Finder(_opened(graph), graph.ontology, graph.store.ledger.text)


def _opened(graph: Graph) -> sqlite3.Connection:
    if not isinstance(graph.store, Store):
        return _elsewhere(graph)
    imports = graph.store.ledger.meta().get("imports", "")
    folder = _folder(graph)
    for name in (SEARCH, COMPLETED):
        database = tables.read(folder / name)
        if database and tables.index_note(database, "imports") == imports:
            return database
        if database:
            database.close()
    try:
        handle, new_file = tempfile.mkstemp(prefix=".search-", dir=folder)
    except OSError:  # a folder that is only read
        return _complete(graph, None, imports)
    os.close(handle)
    try:
        _complete(graph, Path(new_file), imports).close()
        os.chmod(new_file, 0o644)
        os.replace(new_file, folder / COMPLETED)
    finally:
        Path(new_file).unlink(missing_ok=True)
    written = tables.read(folder / COMPLETED)
    return written or _complete(graph, None, imports)


def _folder(graph: Graph) -> Path:
    """Where the store of a graph on this machine lies."""
    assert isinstance(graph.store, Store)
    return graph.store.ledger.path.parent


def _complete(graph: Graph, file: Path | None, imports: str) -> sqlite3.Connection:
    """The index of a graph with the names of what was imported into it."""
    built = _folder(graph) / SEARCH
    known = tables.read(built)
    if known and file:
        known.close()
        shutil.copyfile(built, file)
        database = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    elif known:
        database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        known.backup(database)
        known.close()
    else:
        database = write(graph.knowledge, graph.ontology, file)
    _add_names(database, graph)
    database.execute("insert or replace into meta values ('imports', ?)", [imports])
    return database


def _elsewhere(graph: Graph) -> sqlite3.Connection:
    """The names of a graph on another server, which does not give its facts and texts to search."""
    database = write(Knowledge(), graph.ontology, None)
    _add_names(database, graph)
    database.execute("insert into meta values ('partial', 'names')")
    return database


def _add_names(database: sqlite3.Connection, graph: Graph) -> None:
    """Add the things that an index does not know yet, by their names alone."""
    known = {iri for (iri,) in database.execute("select iri from things")}
    number = len(known)
    database.execute("begin")
    for iri, kind, name, others in graph.called():
        if iri in known:
            continue
        number += 1
        entity = Entity(iri, kind, name, aliases=others)
        row = (
            number,
            iri,
            kind,
            "",
            name,
            json.dumps(others, ensure_ascii=False),
            0,
            0,
            0,
            "[]",
            None,
        )
        database.execute(f"insert into things values ({', '.join('?' * 11)})", row)
        write_names(database, number, entity)
        database.execute(
            "insert into thing_words(rowid, names, sounds, at) values (?, ?, ?, ?)",
            (number, apart((name, *others)), sound_words(entity), f"c{kind.lower()} p{number}"),
        )
    database.execute("commit")
