"""A package of office programs (a zip of XML parts) in, the elements of its parts out.

The XML is streamed through expat, never held as a tree: 194 KiB of two million empty
paragraphs kept a reader that builds trees busy for two minutes. What a part unpacks to is
bounded before it is unpacked.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.parsers import expat

from kg.base.errors import ReadError

_LARGEST = 200 * 1024 * 1024
_CHUNK = 256 * 1024
# Text of Word packs 5–40 times; deflate can reach 1030, which only a bomb does.
_HIGHEST_RATIO = 300
_RATIO_COUNTS_FROM = 1024 * 1024
# What zipfile raises where a length, an offset or a method of packing lies.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, KeyError, NotImplementedError,
    ValueError, OSError, struct.error,
)  # fmt: skip
Start = Callable[[str, dict[str, str]], None]


@contextmanager
def open_package(data: bytes, kind: str, program: str) -> Iterator[zipfile.ZipFile]:
    """The archive of a package.

    Args:
        data: The package.
        kind: What it is, with its article, for messages: ``a docx``.
        program: What writes such packages.

    Raises:
        ReadError: If it turns out to be damaged while it is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except DAMAGED as error:
        raise ReadError(f"is {kind} that is cut off or damaged; get it again") from error
    except (expat.ExpatError, LookupError) as error:  # or an encoding that nobody knows
        raise ReadError(
            f"is {kind} with damaged XML ({error}); save it again in {program}"
        ) from error


def main_part(archive: zipfile.ZipFile, default: str) -> str:
    """The part with the content: what the package's relations call officeDocument."""
    targets = [
        target
        for kind, target in relations(archive, "").values()
        if kind.endswith("/officeDocument")
    ]
    names = set(archive.namelist())
    for name in (*targets[::-1], default):
        if name in names:
            return name
    raise KeyError(default)


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part (``""``: of the package): id → type, and name of the target."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    by_id: dict[str, tuple[str, str]] = {}

    def start(_: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if target and attributes.get("TargetMode") != "External":
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            number = attributes.get("Id", str(len(by_id)))
            by_id[number] = attributes.get("Type", ""), whole

    if path in archive.namelist():
        stream_elements(archive, path, start)
    return by_id


def fields(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Local name → text of the elements of a flat part; empty where there is no such part."""
    texts: dict[str, str] = {}
    path: list[str] = []
    if part not in archive.namelist():
        return texts

    def text(data: str) -> None:
        if path:
            texts[path[-1]] = texts.get(path[-1], "") + data

    def end(name: str) -> None:
        path.pop()

    stream_elements(archive, part, lambda name, _: path.append(name.rpartition(" ")[2]), end, text)
    return {name: value.strip() for name, value in texts.items()}


def check_encryption(archive: zipfile.ZipFile) -> None:
    """Refuse a package of OpenDocument whose manifest tells that parts of it are encrypted.

    Raises:
        ReadError: If one is.
    """

    def start(name: str, _: dict[str, str]) -> None:
        if name.endswith(" encryption-data"):
            raise ReadError("is encrypted; save it without a password")

    if "META-INF/manifest.xml" in archive.namelist():
        # OpenOffice names the DTD of its manifest, which is not fetched.
        stream_elements(archive, "META-INF/manifest.xml", start, named_dtd=True)


def unpack(archive: zipfile.ZipFile, part: str) -> bytes:
    """One part as it is.

    Raises:
        ReadError: If it is encrypted, or unpacks to too much.
        KeyError: If there is no such part.
    """
    info = archive.getinfo(part)
    _check(info)
    return archive.read(info)


def stream_elements(
    archive: zipfile.ZipFile,
    part: str,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    named_dtd: bool = False,
) -> None:
    """Stream one part through expat; names come as ``namespace local``.

    Args:
        archive: The package.
        part: The name of the part.
        start: Is told where an element begins, with its attributes.
        end: Is told where it ends.
        text: Is told the text between.
        named_dtd: Whether the part may name a DTD (which is never fetched) and declare nothing.

    Raises:
        ReadError: If it is encrypted, unpacks to too much, or has a DTD.
        KeyError: If there is no such part.
        xml.parsers.expat.ExpatError: If it is no XML.
    """
    info = archive.getinfo(part)
    _check(info)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _named_only if named_dtd else _no_doctype
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _check(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 1:
        raise ReadError("is encrypted; save it without a password")
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > _LARGEST or (
        info.file_size > _RATIO_COUNTS_FROM and ratio > _HIGHEST_RATIO
    ):
        raise ReadError(
            f"unpacks to {info.file_size / 2**20:.0f} MiB ({ratio:.0f} times its size), which no "
            "written document does; check where it comes from"
        )


def _named_only(*declared: object) -> None:
    if declared[-1]:  # whether something is declared between brackets
        _no_doctype()


def _no_doctype(*_: object) -> None:
    raise ReadError("has a document type definition in its XML, which no office program writes")
