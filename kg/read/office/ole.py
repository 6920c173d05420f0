"""A compound file (OLE, MS-CFB) in, what it holds and one of its streams out."""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on are marks
_ENTRY = 128  # bytes of an entry of the directory
_STREAM = 2
_SMALL = 64  # bytes of a sector within the stream of small streams


def stream(data: bytes, name: str) -> bytes:
    """The first stream of a name; ``b""`` if there is none, or it is damaged.

    >>> stream(SIGNATURE, "Workbook")
    b''
    """
    try:
        return _File(data).stream(name)
    except (struct.error, IndexError, ValueError):
        return b""


def names(data: bytes) -> set[str]:
    """The names of what lies in a file itself, not in a file within it.

    >>> names(SIGNATURE)
    set()
    """
    try:
        return _File(data).names()
    except (struct.error, IndexError, ValueError):
        return set()


class _File:
    """A compound file: its sectors, and its directory."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size, small = (1 << shift for shift in struct.unpack_from("<HH", data, 30))
        if self.size not in (512, 4096) or small != _SMALL:
            raise ValueError(self.size)
        first, self.cutoff, self.first_small = struct.unpack_from("<I4xII", data, 48)
        self.table = _table(data, self.size)
        self.directory = self._chain(first)
        self.count = len(self.directory) // _ENTRY

    def name(self, number: int) -> str:
        (length,) = struct.unpack_from("<H", self.directory, number * _ENTRY + 64)
        raw = self.directory[number * _ENTRY :][: max(min(length, 64) - 2, 0)]
        return raw.decode("utf-16-le", "replace")

    def names(self) -> set[str]:
        """The names of the children of the root, which are a tree of brothers."""
        found: set[int] = set()
        waiting = [struct.unpack_from("<I", self.directory, 76)[0]]
        while waiting:
            number = waiting.pop()
            if number < self.count and number not in found:
                found.add(number)
                waiting += struct.unpack_from("<II", self.directory, number * _ENTRY + 68)
        return {self.name(number) for number in found}

    def stream(self, name: str) -> bytes:
        for number in range(1, self.count):
            at = number * _ENTRY
            start, size = struct.unpack_from("<II", self.directory, at + 116)
            if self.directory[at + 66] != _STREAM or self.name(number).lower() != name.lower():
                continue
            if size >= self.cutoff:
                return self._chain(start)[:size]
            held = self._chain(self.first_small)
            within = struct.unpack_from(f"<{len(held) // 4}I", held)
            (root,) = struct.unpack_from("<I", self.directory, 116)
            return _chain(self._chain(root), within, start, _SMALL, 0)[:size]
        return b""

    def _chain(self, start: int) -> bytes:
        return _chain(self.data, self.table, start, self.size, self.size)


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """For each sector the one that follows it in its chain."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    while more < _END and len(sectors) < len(data) // size + 110:
        held = struct.unpack_from(f"<{size // 4}I", data, size * (more + 1))
        sectors += held[:-1]
        more = held[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _END:
            table += struct.unpack_from(f"<{size // 4}I", data, size * (sector + 1))
    return tuple(table)


def _chain(data: bytes, table: tuple[int, ...], sector: int, size: int, begin: int) -> bytes:
    """The sectors of a chain together; ``begin`` is where the first of all lies."""
    pieces: list[bytes] = []
    while sector < _END:
        if len(pieces) > len(table):
            raise ValueError(sector)  # it runs in a circle
        pieces.append(data[begin + size * sector : begin + size * (sector + 1)])
        sector = table[sector]
    return b"".join(pieces)
