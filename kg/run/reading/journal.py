"""What came of each file, kept as soon as it is known: work that is done is not done again.

One SQLite file beside the generations of a store. An entry belongs to the bytes of a file, to
its suffix and the day in its name, and to whatever reads it (this program, the ontology, the
libraries behind the readers), so that a build finds just what it would make anew. Nothing else
depends on it: a damaged journal is begun again.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Self
from unicodedata import unidata_version

import kg
from kg.base.codec import decode, encode
from kg.base.errors import StoreError
from kg.extract.values.article_date import date_in_name
from kg.run.reading.outcome import Outcome

if TYPE_CHECKING:
    from kg.ontology.lexicon.texts import DateWords
    from kg.read import File

# Raised whenever the form of an entry changes.
VERSION = 2
# Libraries on whose version a reading depends.
LIBRARIES = ("ahocorasick_rs", "charset-normalizer", "cn2an", "lxml", "pypdfium2", "rjieba")
# The same of extras: whether one is there, or which, decides what can be read.
OF_EXTRAS = ("firecrawl-anydoc",)

_TABLE = """
create table if not exists outcomes (
    key text primary key, sha256 text not null, body blob not null
) without rowid
"""


class Journal:
    """An open journal; ``close`` it, or use it in a ``with``.

    It is made by the first document: sources of which none can be read leave nothing behind.
    """

    def __init__(self, directory: Path, maker: str, dates: DateWords) -> None:
        """Open the journal of a graph's folder.

        Args:
            directory: The folder of the graph.
            maker: Digest of what reads (``reader_digest``).
            dates: How the names of files tell days.
        """
        self.path = directory / "store" / "readings.sqlite"
        self.maker, self.dates = maker, dates
        self.database: sqlite3.Connection | None = None
        self.early: list[tuple[str, Outcome]] = []
        if self.path.exists():
            try:
                self.database = self._opened()
            except sqlite3.Error:
                self._forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self.database is not None:
            self.database.close()
            self.database = None

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, isolation_level=None)
        try:
            database.execute("pragma synchronous = full")
            if database.execute("pragma user_version").fetchone()[0] != VERSION:
                database.execute("drop table if exists outcomes")
                database.execute(f"pragma user_version = {VERSION}")
            database.execute(_TABLE)
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _forget(self) -> None:
        """Begin again: what cannot be read is read anew from the sources."""
        self.close()
        for path in (self.path, self.path.with_name(self.path.name + "-journal")):
            path.unlink(missing_ok=True)

    def key(self, file: File, digest: str) -> str:
        """The key of what comes of a file whose bytes have this SHA-256."""
        suffix, day = Path(file.name).suffix.lower(), date_in_name(file.name, self.dates)
        return hashlib.sha256(f"{self.maker}\x1f{suffix}{day}\x1f{digest}".encode()).hexdigest()

    def has(self, key: str) -> bool:
        """Whether it is known what came of a file of this key."""
        return self._body(key) is not None

    def known(self, key: str, name: str) -> Outcome | None:
        """What came of a file of this key, under the name that it has now."""
        body = self._body(key)
        if body is None:
            return None
        outcome = decode(Outcome, body.decode("utf-8", "surrogatepass"))
        document = outcome.document and replace(outcome.document, name=name)
        return replace(outcome, name=name, document=document, known=True)

    def recorded(self, key: str, name: str) -> Outcome:
        """The same of a key that the journal had a moment ago.

        Raises:
            StoreError: If it has it no more.
        """
        outcome = self.known(key, name)
        if outcome is None:
            raise StoreError(f"{self.path}: cannot be read any more; run it again")
        return outcome

    def _body(self, key: str) -> bytes | None:
        """An entry as it was written."""
        if self.database is None:
            return None
        sql = "select sha256, body from outcomes where key = ?"
        try:
            row = self.database.execute(sql, (key,)).fetchone()
        except sqlite3.Error:
            self._forget()
            return None
        whole = row is not None and hashlib.sha256(row[1]).hexdigest() == row[0]
        return row[1] if whole else None

    def note(self, entries: Iterable[tuple[str, Outcome]]) -> None:
        """Keep what came of files, by their keys; documents lie on the disk when this returns.

        Raises:
            StoreError: If it cannot be written.
        """
        self.early += entries
        if self.database is None and not any(outcome.document for _, outcome in self.early):
            return
        rows = [(key, *_body(outcome)) for key, outcome in self.early]
        self.early.clear()
        if not rows:
            return
        try:
            self.database = self.database or self._opened()
            self.database.execute("begin")
            self.database.executemany("insert or replace into outcomes values (?, ?, ?)", rows)
            self.database.execute("commit")
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.path}: cannot be written ({error}); make room, or choose another folder "
                "with -o"
            ) from error

    def keep(self, keys: Collection[str]) -> None:
        """Drop every entry but these: the text of a deleted file is not to stay."""
        if self.database is None:
            return
        try:
            dropped = [key for key in self._keys() if key not in keys]
            if dropped:
                self.database.execute("begin")
                self.database.executemany(
                    "delete from outcomes where key = ?", [(k,) for k in dropped]
                )
                self.database.execute("commit")
                self.database.execute("vacuum")
        except sqlite3.Error:
            self._forget()

    def _keys(self) -> Iterator[str]:
        assert self.database is not None
        for (key,) in self.database.execute("select key from outcomes").fetchall():
            yield key


def _body(outcome: Outcome) -> tuple[str, bytes]:
    body = encode(replace(outcome, seconds=0.0)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(body).hexdigest(), body


def reader_digest(ontology: Path, llm: str = "") -> str:
    """Digest of all that a reading depends on beside the file: rules, weights, program, libraries.

    Where a language model takes part, ``llm`` tells which one and what it is asked.

    >>> from kg.ontology import load
    >>> len(reader_digest(load().folder))
    64
    """
    from kg.extract.arbiter.arbiter import reader_name

    return _maker(ontology, f"{reader_name()} {llm}".rstrip())


@cache
def _maker(ontology: Path, reader: str) -> str:
    whole = hashlib.sha256(f"{VERSION} {reader} {sys.version_info[:2]} {unidata_version}".encode())
    program = Path(kg.__file__).parent
    for folder, pattern in ((ontology, "*"), (program, "*.py")):
        for path in sorted(p for p in folder.rglob(pattern) if p.is_file()):
            if "__pycache__" not in path.parts:
                whole.update(path.relative_to(folder).as_posix().encode() + b"\x1f")
                whole.update(path.read_bytes() + b"\x1f")
    for name in LIBRARIES:
        whole.update(f"{name} {metadata.version(name)}\x1f".encode())
    for name in OF_EXTRAS:
        version = next((d.version for d in metadata.distributions(name=name)), "")
        whole.update(f"{name} {version}\x1f".encode())
    return whole.hexdigest()
