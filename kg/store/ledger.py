"""The small database beside the store: what must be in it, and what is not triples.

SQLite, one file a generation of the store. It holds the documents with their texts, and in
``meta`` how many ``quads`` there must be, what the graph was built from (``inputs``,
``imports``) and the files that were ``published`` with it.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Self

from kg.base.errors import StoreError
from kg.base.records import Article, NamedPlace, Source, Span
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

# Raised whenever a table changes; a ledger of another version is refused, not guessed at.
VERSION = "3"

_TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table documents (
    id text primary key, iri text not null unique, names text not null, text text not null,
    media text not null, pages text not null, title text not null,
    publisher text not null, published text not null, articles text not null,
    named text not null
);
"""


class Ledger:
    """An open ledger; ``close`` it, or use it in a ``with``."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open a ledger, or make an empty one.

        Raises:
            StoreError: If it is missing, damaged or of another version, or cannot be written.
        """
        self.path = path
        try:
            if create:
                self.database = sqlite3.connect(path, isolation_level=None)
                self.database.executescript(_TABLES)
                self.set("version", VERSION)
            else:
                # A thread pool of a server may read from any of its threads.
                uri = f"{path.resolve().as_uri()}?mode=ro"
                self.database = sqlite3.connect(uri, uri=True, check_same_thread=False)
                version = self.meta().get("version")
                if version != VERSION:
                    raise StoreError(
                        f"{path}: was written by another version of kg (ledger {version}, "
                        f"this one reads {VERSION}); build the graph again"
                    )
        except sqlite3.Error as error:
            raise self._error(error) from error

    def _error(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"{self.path}: cannot be used ({error}); build the graph again")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    def _rows(self, sql: str, *values: object) -> list[tuple[str, ...]]:
        try:
            with closing(self.database.execute(sql, values)) as cursor:
                return cursor.fetchall()
        except sqlite3.Error as error:
            raise self._error(error) from error

    def _many(self, sql: str, rows: Iterable[tuple[str, ...]]) -> None:
        try:
            self.database.execute("begin")
            self.database.executemany(sql, rows)
            self.database.execute("commit")
        except sqlite3.Error as error:
            raise self._error(error) from error

    def meta(self) -> dict[str, str]:
        return dict(self._rows("select key, value from meta order by key"))  # type: ignore[arg-type]

    def set(self, key: str, value: str) -> None:
        self._many("insert or replace into meta values (?, ?)", [(key, value)])

    def write(self, sources: Iterable[Source]) -> None:
        """Add documents; what is there under the same key is replaced."""
        insert = "insert or replace into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self._many(insert, map(_row, sources))

    def sources(self, only: Collection[str] | None = None) -> dict[str, Source]:
        """The documents by IRI, in its order: some by their IRIs, by default all."""
        if only is None:
            return {source.id: source for source in self._sources("1")}
        wanted = json.dumps(sorted(only))
        sources = self._sources("iri in (select value from json_each(?1))", wanted)
        return {source.id: source for source in sources}

    def source(self, name: str) -> Source | None:
        """The document of a file name, the first by IRI of several; None if there is none."""
        named = "exists (select 1 from json_each(names) where json_each.value = ?1)"
        return next(self._sources(named, name), None)

    def _sources(self, where: str, *values: str) -> Iterator[Source]:
        columns = "iri, id, names, text, media, pages, title, publisher, published, articles, named"
        rows = self._rows(
            f"select {columns} from documents where {where} order by iri",  # noqa: S608  # ours
            *values,
        )
        return map(_source, rows)

    def text(self, document: str) -> str | None:
        """The text of a document by IRI, id or file name; None for an unknown one."""
        rows = self._rows("select text from documents where iri = ?1 or id = ?1", document)
        if rows:
            return rows[0][0]
        rows = self._rows(
            "select text from documents, json_each(names) where json_each.value = ? order by iri",
            document,
        )
        return rows[0][0] if rows else None

    def names(self) -> dict[str, tuple[str, ...]]:
        """The file names of every document by IRI."""
        rows = self._rows("select iri, names from documents order by iri")
        return {iri: tuple(json.loads(names)) for iri, names in rows}

    def published(self) -> dict[str, str]:
        """The files that were published with the graph, with the SHA-256 of each."""
        digests: dict[str, str] = json.loads(self.meta().get("published", "{}"))
        return digests


def _row(source: Source) -> tuple[str, ...]:
    articles = [
        [
            a.kind,
            a.title,
            [[s.start, s.end] for s in a.spans],
            a.publisher,
            a.date,
            a.place,
            a.date_source,
        ]
        for a in source.articles
    ]
    return (
        source.document,
        source.id,
        _json(list(source.names)),
        speakable(source.text),
        source.media,
        _json(list(source.pages)),
        speakable(source.title),
        speakable(source.publisher),
        source.published,
        _json(articles),
        _json(_by_entity(source.named_places)),
    )


def _by_entity(named: Iterable[NamedPlace]) -> dict[str, list[int]]:
    """Starts and ends of the places by the entity they name: an IRI is longer than its places."""
    places: dict[str, list[int]] = {}
    for place in named:
        places.setdefault(place.entity, []).extend((place.start, place.end))
    return places


def _named(places_by_entity: dict[str, list[int]]) -> tuple[NamedPlace, ...]:
    places = (
        NamedPlace(start, end, entity)
        for entity, ends in places_by_entity.items()
        for start, end in zip(ends[::2], ends[1::2], strict=True)
    )
    return tuple(sorted(places, key=lambda n: (n.start, -n.end, n.entity)))


def _json(value: object) -> str:
    return speakable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _source(row: tuple[str, ...]) -> Source:
    iri, document, names, text, media, pages, title, publisher, published, articles, named = row
    return Source(
        id=iri,
        document=document,
        names=tuple(json.loads(names)),
        text=text,
        media=media,
        pages=tuple(json.loads(pages)),
        title=title,
        publisher=publisher,
        published=published,
        articles=tuple(
            Article(kind, head, tuple(Span(*span) for span in spans), *dates)
            for kind, head, spans, *dates in json.loads(articles)
        ),
        named_places=_named(json.loads(named)),
    )
