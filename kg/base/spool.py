"""Records in, the same records out as often as asked for, from the disk where they are many.

What is few stays in memory, so that a small graph pays nothing. The files have no name: however
a process ends, nothing is left of them.
"""

from __future__ import annotations

import pickle
import tempfile
import weakref
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from heapq import merge
from io import BytesIO
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from kg.base import records

T = TypeVar("T")
U = TypeVar("U")

# Records that are written and read at a time: what a walk over many holds of each file.
CHUNK = 100
# Of so many records at most a sequence, or what is to be sorted, lies in memory.
FEW = 50_000


class _RecordFile:
    """Lists of records in a file without a name; each can be read again."""

    def __init__(self, folder: Path) -> None:
        # Without a buffer nothing is left to be written, and to fail, when it is closed.
        self.file = tempfile.TemporaryFile(buffering=0, dir=folder)  # noqa: SIM115
        self.ends = array("Q", [0])
        self.closed = weakref.finalize(self, self.file.close)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def add(self, records: list[Any]) -> None:
        body = memoryview(packed(records))
        self.ends.append(self.ends[-1] + len(body))
        self.file.seek(self.ends[-2])
        while body:
            body = body[self.file.write(body) :]

    def read(self, number: int) -> list[Any]:
        start, end = self.ends[number], self.ends[number + 1]
        self.file.seek(start)
        records: list[Any] = pickle.loads(self.file.read(end - start))  # noqa: S301 (written above)
        return records


class Spool(Sequence[T]):
    """Records on the disk as a sequence, for reading alone.

    >>> from kg.base.records import Span
    >>> found = Spool((Span(i, i + 1) for i in range(1000)), Path(tempfile.gettempdir()))
    >>> len(found), found[-1], found[10:12]
    (1000, Span(start=999, end=1000), (Span(start=10, end=11), Span(start=11, end=12)))
    """

    def __init__(self, records: Iterable[T], folder: Path, chunk: int = 0) -> None:
        """Write records into a folder.

        Args:
            records: The records, in their order.
            folder: Where the file lies that has no name.
            chunk: So many are read at a time: of what is large and asked for one by one, 1.

        Raises:
            OSError: If they cannot be written.
        """
        self.folder, self.chunk = folder, chunk or CHUNK
        self.pile, self.size = _RecordFile(folder), 0
        self.latest: tuple[int, list[T]] = -1, []
        left = iter(records)
        while portion := list(islice(left, self.chunk)):
            self.pile.add(portion)
            self.size += len(portion)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(map(self.pile.read, range(len(self.pile))))

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return tuple(map(self._one, range(self.size)[at]))
        return self._one(range(self.size)[at])

    def _one(self, at: int) -> T:
        number, here = divmod(at, self.chunk)
        if number != self.latest[0]:
            self.latest = number, self.pile.read(number)
        return self.latest[1][here]


def spooled(
    records: Iterable[T],
    folder: Path | None,
    few: int = 0,
    lay: Callable[[Iterable[T], Path], Spool[T]] | None = None,
) -> Sequence[T]:
    """Records as a sequence: a tuple of a few, a spool in the folder of more.

    Args:
        records: The records, in their order.
        folder: Where a spool lies; without, all stay in memory.
        few: How many at most stay in memory.
        lay: What makes the spool, where it is one of its own kind.
    """
    if folder is None:
        return tuple(records)
    left = iter(records)
    first = tuple(islice(left, (few or FEW) + 1))
    return first if len(first) <= (few or FEW) else (lay or Spool)(chain(first, left), folder)


def beside(records: Sequence[Any], more: Iterable[T], chunk: int = 0) -> Sequence[T]:
    """Further records, which lie where a sequence lies: in memory, or in a spool beside it."""
    return Spool(more, records.folder, chunk) if isinstance(records, Spool) else tuple(more)


def place(records: Sequence[Any]) -> Path | None:
    """The folder that a sequence lies in; None where it lies in memory."""
    return records.folder if isinstance(records, Spool) else None


def ordered(records: Sequence[T]) -> Iterable[T]:
    """Records by their IRIs, as those on the disk are; who made a graph may have forgotten it."""
    return records if isinstance(records, Spool) else sorted(records, key=attrgetter("id"))


class Sorted(Generic[T]):
    """Records that come in any order, and are given out sorted; equal ones as they came.

    >>> found = Sorted[int](None, key=lambda n: -n)
    >>> for n in (1, 3, 2):
    ...     found.add(n)
    >>> list(found)
    [3, 2, 1]
    """

    def __init__(self, folder: Path | None, key: Callable[[T], Any], few: int = 0) -> None:
        """Begin.

        Args:
            folder: Where what does not stay in memory lies; without, all does.
            key: What is sorted by.
            few: How many stay in memory.
        """
        self.folder, self.key, self.few = folder, key, few or FEW
        self.runs: list[Spool[T]] = []
        self.here: list[T] = []
        self.ready = True

    def add(self, record: T) -> None:
        """Take in one more."""
        self.here.append(record)
        self.ready = False
        if self.folder is not None and len(self.here) >= self.few:
            self._lay(self.folder)

    def _lay(self, folder: Path) -> None:
        self.here.sort(key=self.key)
        self.runs.append(Spool(self.here, folder))
        self.here.clear()
        if len(self.runs) > CHUNK:  # or too many files are open
            self.runs = [Spool(merge(*self.runs, key=self.key), folder)]

    def drop(self) -> None:
        """Forget all records, on the disk too."""
        self.runs, self.here = [], []

    def __iter__(self) -> Iterator[T]:
        if not self.ready:
            self.here.sort(key=self.key)
            self.ready = True
        return merge(*self.runs, self.here, key=self.key) if self.runs else iter(self.here)


def packed(records: list[Any]) -> bytes:
    """Records as bytes.

    Those of ``kg.base.records`` go as their fields: what dataclasses give pickle takes 2.4 × the
    time.
    """
    body = BytesIO()
    pickler = pickle.Pickler(body, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCED
    pickler.dump(records)
    return body.getvalue()


def _reduced(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda record: (kind, values(record))


_REDUCED = {
    kind: _reduced(kind)
    for kind in vars(records).values()
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__")
}
