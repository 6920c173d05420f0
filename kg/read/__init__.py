"""Sources in, documents out; what cannot be read is named with the reason.

    for found in read(["notices/"]):
        if isinstance(found, Skipped): …

The suffix finds the reader in one table, the content overrules the suffix. A reader takes
bytes and returns text by page; it opens nothing itself, so that it can run in a process
of its own with limits on time and memory.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from kg.base.errors import ReadError
from kg.base.records import Document, Skipped
from kg.base.settings import default
from kg.read.files import File, content, count, walk
from kg.read.kinds import kind_of
from kg.read.parts import Parts, Reader
from kg.read.text.clean import clean

__all__ = ["File", "broken", "bytes_of", "count", "parse", "read", "read_file", "walk", "why"]

LARGEST_MIB: int = default("largest")

# The kind of a document (a value of SUFFIXES in kg.read.kinds) and its reader, which is imported
# when first needed: the libraries behind them take up to 0.3 s each.
READERS = {
    "txt": "kg.read.text.plain:read_text",
    "md": "kg.read.text.plain:read_markdown",
    "html": "kg.read.web.html:read_html",
    "pdf": "kg.read.page.pdf:read_pdf",
    "docx": "kg.read.office.docx:read_docx",
    "doc": "kg.read.office.legacy:read_doc",
    "rtf": "kg.read.office.legacy:read_rtf",
    "odt": "kg.read.office.odt:read_odt",
    "pptx": "kg.read.office.pptx:read_pptx",
    "ppt": "kg.read.office.ppt:read_ppt",
    "odp": "kg.read.office.odt:read_odp",
    "epub": "kg.read.web.epub:read_epub",
    "xlsx": "kg.read.sheet.xlsx:read_xlsx",
    "xls": "kg.read.sheet.xls:read_xls",
    "ods": "kg.read.sheet.ods:read_ods",
    "csv": "kg.read.sheet.csv_file:read_csv",
    "ofd": "kg.read.page.ofd:read_ofd",
    "ocr": "kg.read.scan.written:read_ocr",
    "eml": "kg.read.web.mail:read_eml",
    "mhtml": "kg.read.web.mail:read_mhtml",
}


def read(
    sources: Sequence[str | Path], *, largest_mib: int = LARGEST_MIB
) -> Iterator[Document | Skipped]:
    """Yield each document of files and folders in order of their names; never raises.

    What lies beside documents in a folder (``kg.read.kinds.other_kind``) is left out.

    Args:
        sources: Files, folders (taken with all below them) or ``-`` for standard input.
        largest_mib: A larger file is skipped; in MiB.
    """
    for file in walk(sources, largest_mib=largest_mib):
        if not file.other:
            yield read_file(file, largest_mib=largest_mib)


def read_file(file: File, *, largest_mib: int = LARGEST_MIB) -> Document | Skipped:
    """Read one file of ``walk``; whatever is wrong with it becomes the reason of a Skipped.

    >>> read_file(File("-", "通知.txt", data="签约30亿元".encode("gb18030"))).encoding
    'gb18030'
    """
    data = bytes_of(file, largest_mib=largest_mib)
    if isinstance(data, Skipped):
        return data
    try:
        return parse(file.name, data)
    except Exception as error:  # a damaged file can break a library in any way
        return Skipped(file.name, why(error))


def why(error: Exception) -> str:
    """The reason for a Skipped, of what was raised while a file was read."""
    if isinstance(error, ReadError):
        return str(error)
    if isinstance(error, MemoryError):
        return "needs more memory than there is; split it"
    kind = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": ")
    return f"cannot be read, it may be damaged ({kind[:200]})"


def bytes_of(file: File, *, largest_mib: int = LARGEST_MIB) -> bytes | Skipped:
    """The bytes of a file of ``walk``; whatever hinders becomes the reason of a Skipped."""
    try:
        if file.problem:
            raise ReadError(file.problem)
        return content(file, largest_mib)
    except ReadError as error:
        return Skipped(file.name, str(error))


def parse(name: str, data: bytes) -> Document:
    """Make a document of the bytes of a file.

    Raises:
        ReadError: If they are no document, or hold no text.
    """
    kind = kind_of(name, data)
    module, function = READERS[kind].split(":")
    reader: Reader = getattr(import_module(module), function)
    return _document(name, reader(data))


def _document(name: str, parts: Parts) -> Document:
    pages = [clean(page) for page in parts.pages]
    text = "\n".join(pages)
    if not text.strip():
        raise ReadError("holds no text")
    starts = [0]
    for page in pages[:-1]:
        starts.append(starts[-1] + len(page) + 1)
    return Document(
        id=hashlib.sha256(text.encode("utf-8")).hexdigest()[:20],
        name=name,
        text=text,
        media=parts.media,
        encoding=parts.encoding,
        pages=tuple(starts),
        title=clean(parts.title).strip(),
        publisher=clean(parts.publisher).strip(),
        published=parts.published,
        notes=parts.notes,
    )


def broken(document: Document) -> list[int]:
    """The offsets of characters that could not be decoded (U+FFFD in the text)."""
    return [match.start() for match in re.finditer("\ufffd", document.text)]
