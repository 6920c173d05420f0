"""A graph and a server in, what of the graph is there out: a small database beside the store.

It is kept in ``store/loads``, one SQLite file for each address and graph there, so that memory
does not grow with the graph: what is wanted there is sorted on the disk, compared with what may
be there by SQL, and read again step by step. What was noted lies on the disk once the note
returns; a note that was broken off is none.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Self

from kg.base.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    # The graph's name, and an N-Triple without its dot.
    Statement = tuple[str, str]

# Raised whenever a table changes; a file of another form counts as none.
VERSION = 2
# KiB that SQLite holds of the file, of what is sorted, and while it sorts.
CACHE = 4000
# What SQLite says of a file that is damaged, rather than of a disk or a right that is missing.
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})

# What is there no more is not to stay in the file either.
_PRAGMAS = f"""
pragma synchronous = full; pragma secure_delete = on; pragma temp_store = file;
pragma temp.journal_mode = off; pragma main.cache_size = -{CACHE};
pragma temp.cache_size = -{CACHE}
"""
# The statements that may be there, each ``since`` the load that brings it, 0 where it is to go.
_TABLES = f"""
create table statements (
    graph text not null, line text not null, since integer not null, primary key (graph, line)
) without rowid;
create table load (id integer primary key, body text not null, sha256 text not null);
pragma user_version = {VERSION}
"""
_OURS = """
create temp table ours (
    graph text not null, line text not null, primary key (graph, line)
) without rowid;
insert into ours select distinct graph, line from found order by graph, line;
drop table found
"""
_REMOVED = """
update statements set since = 0 where since > 0 and not exists (
    select 1 from ours where ours.graph = statements.graph and ours.line = statements.line
)
"""
_NEW = """
insert into statements select graph, line, ? from ours where true order by graph, line
on conflict (graph, line) do update set since = excluded.since where statements.since = 0
"""
# Steps by whether graphs go whole, and whether statements are added.
_STEPS = {
    (False, False): "since = 0",
    (False, True): "since > :sure",
    (True, False): "since = 0 and graph not in (select graph from ours)",
    (True, True): "since > 0",
}


@dataclass
class Load:
    """How far the load of a graph to a server is.

    Attributes:
        number: How many loads there were, this one among them.
        sure: What came ``since`` a load up to this one surely is there.
        done: So many of the steps are done.
        complete: Whether all are.
        sha256: Of all statements with the load of each, sorted by their bytes.
    """

    number: int = 0
    sure: int = 0
    done: int = 0
    complete: bool = False
    sha256: str = ""


class Loads:
    """What is known of one server, and what is wanted there; use it in a ``with``.

    Nothing that was noted before is changed until ``begin``.

    Attributes:
        load: How far the load is.
        count: How many statements are wanted.
    """

    def __init__(self, directory: Path, target: dict[str, str]) -> None:
        """Read what is known; nothing, where the file is missing or damaged.

        Args:
            directory: The folder of the graph.
            target: What tells the server and its graph, in words.

        Raises:
            StoreError: If the file can be neither read nor made.
        """
        home = directory / "store" / "loads"
        key = _sha256(f"{name}={value}" for name, value in sorted(target.items()))[:16]
        self.path = home / f"{key}.sqlite"
        self.load, self.count, self.begun = Load(), 0, False
        try:
            home.mkdir(exist_ok=True)
            with self._naming_errors():
                self._read()
        except OSError as error:
            raise self._error(error.strerror) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def _error(self, why: object) -> StoreError:
        return StoreError(
            f"{self.path}: cannot be used ({why}), and without it a load could not go on where it "
            "stopped; make room there, and for what is sorted in the folder TMPDIR"
        )

    @contextmanager
    def _naming_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._error(error) from error

    def _read(self) -> None:
        """Open the file, or make it anew, and begin to write in it."""
        self.database = sqlite3.connect(self.path, isolation_level=None)
        try:
            if not self._whole():
                self.database.close()
                # First what could be played back into the new one.
                for path in (self.path.with_name(f"{self.path.name}-journal"), self.path):
                    path.unlink(missing_ok=True)
                self.database = sqlite3.connect(self.path, isolation_level=None)
                self._run(f"{_PRAGMAS}; begin; {_TABLES}")
        except BaseException:
            self.database.close()
            raise

    def _whole(self) -> bool:
        """Whether all of the file is as it was written; if so, ``load`` is what it holds."""
        try:
            self._run(f"{_PRAGMAS}; begin")
            if self._one("pragma user_version") != VERSION:
                return False
            if self._one("pragma quick_check(1)") != "ok":
                return False
            rows = self.database.execute("select body, sha256 from load").fetchall()
            known = [Load(*json.loads(body)) for body, sha256 in rows if _sha256([body]) == sha256]
            if known and known[0].sha256 == self._digest():
                self.load = known[0]
        except sqlite3.Error as error:
            # Python's own, of a text that is no UTF-8, has no code.
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF not in _DAMAGED:
                raise
        return self.load.number > 0

    def want(self, statements: Iterable[Statement]) -> None:
        """Take in what is to be there, in any order, and see whether its load has begun.

        Raises:
            StoreError: If there is no room.
        """
        both = "select count(*) from ours natural join statements where since > 0"
        with self._naming_errors():
            self._run("create temp table found (graph text not null, line text not null)")
            self.database.executemany("insert into found values (?, ?)", statements)
            self._run(_OURS)
            self.count = self._one("select count(*) from ours")
            known = self._one("select count(*) from statements where since > 0")
            self.begun = self.load.number > 0 and self.count == known == self._one(both)

    def graphs(self) -> tuple[list[str], set[str]]:
        """The graphs that are wanted, sorted, and those that may be there."""
        with self._naming_errors():
            ours = self.database.execute("select distinct graph from ours order by graph")
            known = self.database.execute("select distinct graph from statements")
            return [graph for (graph,) in ours], {graph for (graph,) in known}

    def doubt(self) -> None:
        """What may be there still may, but nothing surely is."""
        self.load.sure, self.begun = 0, False

    def forget(self) -> None:
        """Nothing is there any more."""
        with self._naming_errors():
            self._run("delete from statements")
        self.doubt()

    def begin(self) -> None:
        """Note the steps from what is there to what is wanted, unless that is done.

        Whenever it stops from here on, what is noted is true, and the same steps come of it.

        Raises:
            StoreError: If it cannot be written; what was noted before still is.
        """
        with self._naming_errors():
            if not self.begun:
                self.load = Load(self.load.number + 1, self.load.sure)
                self._run(_REMOVED)
                self.database.execute(_NEW, (self.load.number,))
                self._save()
            self._run("commit")

    def note(self, done: int) -> None:
        """Write how many steps are done."""
        self.load.done = done
        with self._naming_errors():
            self._write()

    def finish(self) -> None:
        """Write that all are: what is wanted is there, and nothing else."""
        number = self.load.number
        self.load = Load(number, number, self.load.done, complete=True)
        with self._naming_errors():
            self._run("begin; delete from statements where since = 0")
            self._save()
            self._run("commit")

    def left(self, whole: bool, add: bool) -> int:
        """How many statements ``steps`` gives."""
        sql = f"select count(*) from statements where {_STEPS[whole, add]}"  # noqa: S608  # ours
        with self._naming_errors():
            return int(self._one(sql, sure=self.load.sure))

    def steps(self, whole: bool, add: bool) -> Iterator[Statement]:
        """The statements to add, or to delete, by graph and line.

        Args:
            whole: Whether graphs are sent, and deleted, as wholes.
            add: Which of both.
        """
        sql = f"select graph, line from statements where {_STEPS[whole, add]}"  # noqa: S608  # ours
        with self._naming_errors():
            yield from self.database.execute(f"{sql} order by 1, 2", {"sure": self.load.sure})

    def _save(self) -> None:
        self.load.sha256 = self._digest()
        self._write()

    def _write(self) -> None:
        body = json.dumps(astuple(self.load))
        self.database.execute("replace into load values (1, ?, ?)", (body, _sha256([body])))

    def _digest(self) -> str:
        rows = self.database.execute("select since, graph, line from statements order by 2, 3")
        return _sha256("{}\t{}\t{}".format(*row) for row in rows)

    def _run(self, sql: str) -> None:
        for one in sql.split(";"):
            self.database.execute(one)

    def _one(self, sql: str, **values: int) -> Any:
        return self.database.execute(sql, values).fetchone()[0]


def _sha256(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()
