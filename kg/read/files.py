"""Sources as the user gave them in, the files to read out, in order of their names.

The order, and the names, depend on the content of the folders only: not on the file
system, the locale or the working directory.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.base.errors import ReadError
from kg.base.settings import default
from kg.read.archive import WITHIN, is_archive, member, members
from kg.read.kinds import other_kind
from kg.read.lines import is_table, rows
from kg.read.scan.text_files import instead, text_beside
from kg.read.scan.written import SUFFIX

MIB = 1024 * 1024
NOT_REGULAR = "is no regular file; pipe its content in and name it as -"


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, or why it cannot be.

    Attributes:
        path: Where it lies; ``-`` for standard input.
        name: Path below the source that was given, with ``/``; a single file's base name.
        problem: Why it cannot be read, or ``""``.
        data: Its bytes where they are at hand already (standard input), else None.
        inner: Its number in the archive that lies at ``path``, and in one within that; ``()`` of
            a file that lies in none.
        other: What kind it is (``.json``) where no reader is for it and nobody named it: it
            lies in a folder that is a source. ``""`` of all that is to be read.
    """

    path: str
    name: str
    problem: str = ""
    data: bytes | None = None
    other: str = ""
    inner: tuple[int, ...] = ()


def walk(sources: Sequence[str | Path], *, largest_mib: int = 64) -> list[File]:
    """List the files of sources in order of their names; only archives and stdin are opened.

    The files in an archive stand for it, and come after a message that they are attached to.

    Hidden files, and the lock files of office programs, are left out. What cannot be read
    (a folder without rights, a link that leads out of its source, a name that does not
    exist) is a File with a ``problem``; what lies beside documents in a folder is one with
    ``other``. A file that two sources name is listed once. The text of a scan (``kg ocr``) stands
    for it.

    Args:
        sources: Files, folders (taken with all below them) or ``-`` for standard input.
        largest_mib: Standard input is read up to this size, in MiB.
    """
    return [_with_input(file, largest_mib) for file in _listed(sources)]


def count(sources: Sequence[str | Path]) -> int:
    """How many files ``walk`` lists; standard input is left alone."""
    return len(_listed(sources))


def content(file: File, largest_mib: int) -> bytes:
    """The bytes of a file.

    Raises:
        ReadError: If it is too large, is no regular file, or cannot be opened.
    """
    if file.data is not None:
        data = file.data
        _check_size(len(data), largest_mib)
        return data
    try:
        with open(file.path, "rb", opener=_opener) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ReadError(NOT_REGULAR)
            if not file.inner:
                _check_size(status.st_size, largest_mib)
            if file.inner:
                return member(stream, file.inner, largest_mib)
            # One that grows meanwhile, as those of /proc do, is read no further than this.
            data = stream.read(largest_mib * MIB + 1)
            _check_size(len(data), largest_mib)
            return data
    except OSError as error:
        raise ReadError(_why(error)) from error


def _opener(path: str, flags: int) -> int:
    # A named pipe without a writer would hold an ordinary open() for ever; and what was a file
    # when it was listed may have become a link since then.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))


def _check_size(size: int, largest_mib: int) -> None:
    if size > largest_mib * MIB:
        raise ReadError(f"is larger than {largest_mib} MiB ({size / MIB:.1f} MiB); split it")


def _with_input(file: File, largest_mib: int) -> File:
    if file.path != "-":
        return file
    try:
        return replace(file, data=sys.stdin.buffer.read(largest_mib * MIB + 1))
    except OSError as error:
        return replace(file, problem=_why(error))


def _listed(sources: Sequence[str | Path]) -> list[File]:
    listed = sorted(
        (
            inner
            for source in sources
            for file in _of_source(str(source))
            for inner in _with_inner(file)
        ),
        key=lambda file: (file.name, file.path, file.inner),
    )
    readable = {_real(file) for file in listed if not (file.problem or file.other)}
    seen: set[tuple[str, tuple[int, ...]]] = set()
    files = []
    for file in listed:
        # A link that must not be followed is named, unless its target is a source as well:
        # that is the way out which its problem tells. And what is a source is to be read, though
        # its folder be one as well.
        if (file.problem or file.other) and _real(file) in readable:
            continue
        key = (file.path, file.inner) if file.problem else _real(file)
        if key not in seen:
            seen.add(key)
            files.append(file)
    return list(instead(files))


def _real(file: File) -> tuple[str, tuple[int, ...]]:
    return file.path if file.path == "-" else os.path.realpath(file.path), file.inner


def _with_inner(file: File) -> Iterator[File]:
    """A file, or those in it if it is an archive: of a message both."""
    if file.problem or file.other or file.path == "-" or not is_archive(file.name):
        yield file
        return
    inner: list[File] = []
    try:
        with open(file.path, "rb", opener=_opener) as stream:
            for one in members(stream, default("largest")):
                if not any(map(_left_out, one.name.split("/"))):
                    name = f"{file.name}{WITHIN}{one.name}"
                    kind = other_kind(one.name)
                    problem = "" if kind else one.problem
                    inner.append(File(file.path, name, problem, None, kind, one.numbers))
    except OSError as error:
        inner = [replace(file, problem=_why(error))]
    except ReadError as error:
        inner = [replace(file, problem=str(error))]
    message = file.name.lower().endswith(".eml")
    if (message and not any(one.problem for one in inner if not one.inner)) or not inner:
        yield file  # one without files is told of by its reader
    yield from inner


def _of_source(source: str) -> Iterator[File]:
    if source == "-":
        yield File("-", "-")
        return
    path = os.path.abspath(source)
    name = printable(os.path.basename(path) or path)
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        problem = "is a link to nothing" if os.path.islink(path) else _why(error)
        yield File(path, name, problem)
        return
    if is_table(name) and stat.S_ISREG(mode):
        yield from _of_table(path, name)
    elif stat.S_ISDIR(mode):
        yield from _of_folder(path, path, os.path.realpath(path))
    elif not stat.S_ISREG(mode):
        yield File(path, name, NOT_REGULAR)
    else:
        yield File(os.path.realpath(path) if os.path.islink(path) else path, name)
        if beside := text_beside(path):
            yield File(beside, name + SUFFIX)


def _of_table(path: str, name: str) -> Iterator[File]:
    """The rows of a table that is a source; one within a folder is no document."""
    try:
        for number, (row, problem, data) in enumerate(rows(path)):
            yield File(f"{path}#{number}", row, problem, data)
    except OSError as error:
        yield File(path, name, _why(error))
    except ReadError as error:
        yield File(path, name, str(error))


def _of_folder(folder: str, top: str, real_top: str) -> Iterator[File]:
    """Walk one folder and those below; without recursion, folders may nest deeply."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as scanned:
                entries = [entry for entry in scanned if not _left_out(entry.name)]
        except OSError as error:
            name = (
                printable(os.path.relpath(here, top))
                if here != top
                else printable(os.path.basename(top))
            )
            yield File(here, name, f"is a folder that cannot be opened: {_why(error)}")
            continue
        for entry in entries:
            name = printable(os.path.relpath(entry.path, top))
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif (other := other_kind(name)) and not os.path.isdir(entry.path):
                yield File(entry.path, name, other=other)
            elif entry.is_symlink():
                problem = _problem_of_link(entry.path, real_top)
                yield File(entry.path if problem else os.path.realpath(entry.path), name, problem)
            else:
                yield File(entry.path, name)


def _left_out(name: str) -> bool:
    return name.startswith((".", "~$"))


def _problem_of_link(path: str, real_top: str) -> str:
    target = os.path.realpath(path)
    if not os.path.exists(target):
        return "is a link to nothing"
    if os.path.isdir(target):
        return "is a link to a folder; name that folder itself as a source"
    if os.path.commonpath([target, real_top]) != real_top:
        return "is a link that leads out of its folder; name its target itself as a source"
    return ""


def _why(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "has become a link while it was read; name its target itself as a source"
    known = {
        "FileNotFoundError": "does not exist; check the path",
        "PermissionError": "permission denied; give yourself the right to read it",
    }
    return known.get(type(error).__name__, f"cannot be opened ({error.strerror})")


def printable(path: str) -> str:
    r"""A path as text with ``/``: file names are bytes, from old archives often GB18030.

    >>> printable(os.fsdecode("年报.txt".encode("gb18030")))
    '年报.txt'
    """
    raw = os.fsencode(path.replace(os.sep, "/"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
