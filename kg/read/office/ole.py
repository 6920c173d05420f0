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


def with_stream(data: bytes, name: str, stream: bytes) -> bytes:
    """A file with another stream of the same length under a name.

    Raises:
        ValueError: If there is no such stream, or it has another length.
    """
    file = _File(data)
    _, size = file.place(name)
    if size != len(stream):
        raise ValueError(name)
    whole = bytearray(data)
    step, places = file.sectors(name)
    for number, begin in enumerate(places):
        part = stream[number * step : (number + 1) * step]
        whole[begin : begin + len(part)] = part
    return bytes(whole)


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
        numbers: set[int] = set()
        waiting = [struct.unpack_from("<I", self.directory, 76)[0]]
        while waiting:
            number = waiting.pop()
            if number < self.count and number not in numbers:
                numbers.add(number)
                waiting += struct.unpack_from("<II", self.directory, number * _ENTRY + 68)
        return {self.name(number) for number in numbers}

    def place(self, name: str) -> tuple[int, int]:
        """The first sector and the size of a stream.

        Raises:
            ValueError: If there is none of this name.
        """
        for number in range(1, self.count):
            at = number * _ENTRY
            if self.directory[at + 66] == _STREAM and self.name(number).lower() == name.lower():
                start, size = struct.unpack_from("<II", self.directory, at + 116)
                return start, size
        raise ValueError(name)

    def stream(self, name: str) -> bytes:
        step, places = self.sectors(name)
        return b"".join(self.data[at : at + step] for at in places)[: self.place(name)[1]]

    def sectors(self, name: str) -> tuple[int, list[int]]:
        """How long the sectors of a stream are, and where each of them lies in the file."""
        start, size = self.place(name)
        if size >= self.cutoff:
            return self.size, [self.size * (n + 1) for n in _chain(self.table, start)]
        small_table = self._chain(self.first_small)
        within = struct.unpack_from(f"<{len(small_table) // 4}I", small_table)
        (root,) = struct.unpack_from("<I", self.directory, 116)
        large = _chain(self.table, root)
        each = self.size // _SMALL  # small sectors in a large one
        return _SMALL, [
            self.size * (large[n // each] + 1) + n % each * _SMALL for n in _chain(within, start)
        ]

    def _chain(self, start: int) -> bytes:
        places = (self.size * (number + 1) for number in _chain(self.table, start))
        return b"".join(self.data[at : at + self.size] for at in places)


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """For each sector the one that follows it in its chain."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    while more < _END and len(sectors) < len(data) // size + 110:
        numbers = struct.unpack_from(f"<{size // 4}I", data, size * (more + 1))
        sectors += numbers[:-1]
        more = numbers[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _END:
            table += struct.unpack_from(f"<{size // 4}I", data, size * (sector + 1))
    return tuple(table)


def _chain(table: tuple[int, ...], sector: int) -> list[int]:
    """The numbers of the sectors of a chain, from a first one on."""
    sectors: list[int] = []
    while sector < _END:
        if len(sectors) > len(table):
            raise ValueError(sector)  # it runs in a circle
        sectors.append(sector)
        sector = table[sector]
    return sectors
