"""An archive (zip) or a message with attachments (eml) in, the files that lie in it out.

Each is a document of its own. An archive or a message in an archive is opened as well, one in
that is not. Nothing is unpacked but what is asked for, and nothing is ever written.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from kg.base.errors import ReadError
from kg.read.office.package import DAMAGED
from kg.read.web.mime import content_of, pieces

MIB = 1024 * 1024
WITHIN = "!/"  # stands between the name of an archive and that of a file in it
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_DEEPEST = 2  # archives that a file may lie in
_MOST_FILES = 2000  # each time that one is read, all are listed
_MOST_DIRECTORY = 4 * MIB  # bytes of the directory at the end of an archive
_MOST_UNPACKED = 1024 * MIB  # bytes of all files of an archive
# A text packs 5 to 40 times; 300 is what a part of a docx may have too.
_HIGHEST_RATIO, _RATIO_COUNTS_FROM = 300, MIB
_END = b"PK\x05\x06"
_UTF8 = 0x800  # flag of a name that is UTF-8 (APPNOTE.TXT, 4.4.4)
_UNICODE_PATH = 0x7075  # extra field with the name in UTF-8 (APPNOTE.TXT, 4.6.9)
_TOO_DEEP = "lies in more archives or messages than one within another; unpack one of them first"
_IGNORED = ("__MACOSX/",)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        name: Its name there, with the name of the archive in it that it lies in.
        numbers: Its number in each archive that it lies in, from the outermost on.
        problem: Why it cannot be read, or ``""``.
    """

    name: str
    numbers: tuple[int, ...]
    problem: str = ""


def is_archive(name: str) -> bool:
    """Whether a file may hold others, by its name.

    >>> is_archive("附件.ZIP"), is_archive("a.docx")
    (True, False)
    """
    return name.lower().endswith((".zip", ".eml"))


def members(stream: IO[bytes], largest_mib: int) -> Iterator[Member]:
    """The files in an archive, in its order; none if it is a document that only looks like one.

    Args:
        stream: The archive.
        largest_mib: A larger file has a problem; in MiB.

    Raises:
        ReadError: If it is damaged, or larger than its limits.
    """
    yield from _members(stream, largest_mib, 1)


def _members(stream: IO[bytes], largest_mib: int, depth: int) -> Iterator[Member]:
    for number, (name, problem) in enumerate(_listed(stream, largest_mib)):
        if not name:
            continue
        if problem or not is_archive(name):
            yield Member(name, (number,), problem)
            continue
        message = name.lower().endswith(".eml")
        if message:
            yield Member(name, (number,))
        elif depth >= _DEEPEST:
            yield Member(name, (number,), _TOO_DEEP)
            continue
        for one in _inner(stream, name, number, largest_mib, depth):
            yield one if depth < _DEEPEST else replace(one, problem=_TOO_DEEP)


def _inner(
    stream: IO[bytes], name: str, number: int, largest_mib: int, depth: int
) -> Iterator[Member]:
    """The files of an archive in an archive; what is wrong with it is its problem."""
    try:
        inner = io.BytesIO(_unpacked(stream, number, largest_mib))
        for one in _members(inner, largest_mib, depth + 1) if depth <= _DEEPEST else ():
            yield Member(f"{name}{WITHIN}{one.name}", (number, *one.numbers), one.problem)
    except ReadError as error:
        if not name.lower().endswith(".eml"):  # its own text is read, and told of, by itself
            yield Member(name, (number,), str(error))


def member(stream: IO[bytes], numbers: tuple[int, ...], largest_mib: int) -> bytes:
    """The bytes of a file in an archive, or in an archive in it.

    Raises:
        ReadError: If it cannot be unpacked, or is larger than its limits.
    """
    data = b""
    for number in numbers:
        data = _unpacked(stream, number, largest_mib)
        stream = io.BytesIO(data)
    return data


def _is_zip(stream: IO[bytes]) -> bool:
    stream.seek(0)
    return stream.read(4) in _ZIP


def _listed(stream: IO[bytes], largest_mib: int) -> Iterator[tuple[str, str]]:
    """The name of each file of an archive by its number (``""``: none), and its problem."""
    if not _is_zip(stream):
        data = _whole(stream, largest_mib)
        for piece in pieces(data):
            yield (_clean(piece.name) if piece.attached else ""), ""
        return
    with _opened(stream) as archive:
        infos = archive.infolist()
        if any(info.filename == "[Content_Types].xml" for info in infos):
            return  # a docx by another name
        if sum(info.file_size for info in infos) > _MOST_UNPACKED:
            raise ReadError(
                f"unpacks to more than {_MOST_UNPACKED // MIB} MiB; unpack it and name its folder"
            )
        for info in infos:
            name = _clean(_name(info))
            hidden = name.startswith(_IGNORED) or info.is_dir()
            yield ("" if hidden else name), _problem(info, largest_mib)


def _opened(stream: IO[bytes]) -> zipfile.ZipFile:
    _check_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGED as error:
        raise ReadError("is a zip that is cut off or damaged; get it again") from error
    if len(archive.infolist()) > _MOST_FILES:
        raise ReadError(f"is a zip of more than {_MOST_FILES:,} files; split it")
    return archive


def _check_directory(stream: IO[bytes]) -> None:
    """Look at how long the directory is before it is read."""
    stream.seek(0, io.SEEK_END)
    size = stream.tell()
    stream.seek(max(0, size - (1 << 16) - 22))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise ReadError("is a zip that is cut off or damaged; get it again")
    if struct.unpack_from("<I", tail, at + 12)[0] > _MOST_DIRECTORY:
        raise ReadError(f"is a zip of more than {_MOST_FILES:,} files; split it")


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a file: in UTF-8 where it says so, else in bytes, in China those of GBK."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _clean(name: str) -> str:
    r"""A name that leads nowhere else.

    >>> _clean("..\\a/./b.docx")
    'a/b.docx'
    """
    parts = name.replace("\\", "/").replace("\0", "").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _problem(info: zipfile.ZipInfo, largest_mib: int) -> str:
    if info.flag_bits & 1:
        return "is encrypted; unpack it with its password and name its folder"
    if info.file_size > largest_mib * MIB:
        return f"is larger than {largest_mib} MiB ({info.file_size / MIB:.1f} MiB); split it"
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > _RATIO_COUNTS_FROM and ratio > _HIGHEST_RATIO:
        return (
            f"unpacks to {info.file_size / MIB:.0f} MiB ({ratio:.0f} times its size), which no "
            "written document does; check where it comes from"
        )
    return ""


def _unpacked(stream: IO[bytes], number: int, largest_mib: int) -> bytes:
    """One file of an archive.

    Raises:
        ReadError: If it is damaged or larger than it says.
    """
    try:
        if not _is_zip(stream):
            data = _whole(stream, largest_mib)
            piece = pieces(data)[number]
            if not piece.attached:
                raise ReadError("is no longer there: the message has changed while it was read")
            return content_of(data, piece)
        with _opened(stream) as archive:
            info = archive.infolist()[number]
            if problem := _problem(info, largest_mib):
                raise ReadError(problem)
            with archive.open(info) as file:
                return file.read(largest_mib * MIB + 1)
    except NotImplementedError as error:
        raise ReadError(
            f"is packed in a way that kg does not know ({error}); unpack it and name its folder"
        ) from error
    except (*DAMAGED, IndexError, RuntimeError, zlib.error) as error:
        raise ReadError("lies in a zip that is cut off or damaged; get it again") from error


def _whole(stream: IO[bytes], largest_mib: int) -> bytes:
    stream.seek(0)
    data = stream.read(largest_mib * MIB + 1)
    if len(data) > largest_mib * MIB:
        raise ReadError(f"is larger than {largest_mib} MiB; split it")
    return data
