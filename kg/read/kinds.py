"""A name and its first bytes in, the kind of document out, or what it is instead.

The content decides, the suffix only where the content leaves it open: a PDF named .txt
is read as PDF, a JPEG named .txt is called a JPEG.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from kg.base.errors import ReadError
from kg.read.office import ole
from kg.read.office.package import DAMAGED
from kg.read.scan.written import MAGIC

# The kinds are the keys of READERS in kg.read, but for zip.
SUFFIXES = {
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".rtf": "rtf",
    ".odt": "odt",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".ppsx": "pptx",
    ".ppt": "ppt",
    ".pps": "ppt",
    ".dps": "ppt",
    ".odp": "odp",
    ".epub": "epub",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".et": "xls",
    ".ods": "ods",
    ".csv": "csv",
    ".tsv": "csv",
    ".ofd": "ofd",
    ".eml": "eml",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".zip": "zip",
}
# What messages tell of these, the most usual suffixes alone.
READS = (
    "txt, md, html, pdf, docx, doc, wps, rtf, odt, pptx, ppt, dps, odp, epub, xlsx, xls, et, ods, "
    "csv, ofd, eml, mhtml, zip"
)

# Suffixes of pictures that may be scans.
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
_PNG_LIKE = "a picture ({}); kg ocr writes its text beside it, which kg build then reads"
_SAVE = "save it as docx or pdf"
_SAVE_SHEET = "save it as xlsx"
# Whoever puts one of these into a folder of documents means it to be read, so that it is told of
# by name. All other suffixes are of what lies beside documents: data, programs, pictures.
_UNPACK = "unpack it and name its folder, or pack it as zip"
UNREADABLE = {
    **dict.fromkeys((".xlsb",), _SAVE_SHEET),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz"), _UNPACK),
    ".msg": "save it as eml",
}
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", _PNG_LIKE.format("JPEG")),
    (b"\x89PNG\r\n", _PNG_LIKE.format("PNG")),
    (b"GIF8", _PNG_LIKE.format("GIF")),
    (b"II*\0", _PNG_LIKE.format("TIFF")),
    (b"MM\0*", _PNG_LIKE.format("TIFF")),
    (b"\x1f\x8b", f"compressed (gzip); {_UNPACK}"),
    (b"BZh", f"compressed (bzip2); {_UNPACK}"),
    (b"\xfd7zXZ", f"compressed (xz); {_UNPACK}"),
    (b"Rar!\x1a", f"an archive (RAR); {_UNPACK}"),
    (b"7z\xbc\xaf", f"an archive (7z); {_UNPACK}"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"%!PS", "PostScript; turn it into pdf"),
)
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# What kind a zip is that holds a part whose name begins so.
_PACKAGES = (
    ("word/", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/worksheets/sheet1.xml", "xlsx"),
    ("OFD.xml", "ofd"),
    ("ppt/presentation.xml", "pptx"),
    ("META-INF/container.xml", "epub"),
)
_ZIPS: tuple[tuple[str, str], ...] = (
    ("xl/", f"a spreadsheet (xlsb); {_SAVE_SHEET}"),
    ("ppt/", "a presentation (pptx) that cannot be read; save it as pdf"),
    ("content.xml", f"an OpenDocument file of another kind; {_SAVE}"),
)
# What kind a zip is whose part mimetype begins so.
_MIMETYPES = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/epub+zip", "epub"),
)
_XML_SHEET = re.compile(
    rb"(?is)^(?:\xef\xbb\xbf)?\s*<\?xml.{0,400}(?:<Workbook|mso-application progid=.Excel)"
)
_XML_TEXT = re.compile(
    rb"(?is)^(?:\xef\xbb\xbf)?\s*<\?xml.{0,400}(?:<w:wordDocument|mso-application progid=.Word)"
)
_SAVED_PAGE = re.compile(rb"(?is)^(?:\xef\xbb\xbf)?\s*MIME-Version:.{0,400}multipart/related")
_HEAD = 1024  # bytes
# Kinds that are told by the content, whatever the name.
_KNOWN_BY_CONTENT = frozenset(SUFFIXES.values()) - {"txt", "md", "html", "csv", "eml", "mhtml"}
_HTML_START = re.compile(
    rb"(?is)(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b"
)


def kind_of(name: str, data: bytes) -> str:
    """The kind of a document: one of the values of ``SUFFIXES``.

    Args:
        name: Its file name, or ``-`` (then the content alone decides).
        data: Its content; 1 KiB and the directory of a zip are looked at.

    Raises:
        ReadError: If it is no document; the message says what it is.

    >>> kind_of("通知.txt", b"%PDF-1.7 ...")
    'pdf'
    >>> kind_of("图.txt", bytes.fromhex("ffd8ffe0"))
    Traceback (most recent call last):
    kg.base.errors.ReadError: is a picture (JPEG); kg ocr writes its text beside it, which kg \
build then reads
    """
    named = _by_suffix(name)
    if not data:
        raise ReadError("is empty (0 bytes)")
    by_content = _by_content(data, named)
    if by_content in _KNOWN_BY_CONTENT:
        return by_content
    if named == "xls":
        return _of_old_sheet(data, by_content)
    if named in ("doc", "rtf"):
        return _of_old_text(named, data, by_content)
    if named in _KNOWN_BY_CONTENT:
        if by_content == "html":
            raise ReadError(
                f"is named .{named}, but is a web page, maybe an error message of the site that "
                "it came from; get it again, or name it .html"
            )
        raise ReadError(
            f"is named .{named}, but its content is no {named}; it may be cut off or damaged"
        )
    if named == "txt" and data[:_HEAD].removeprefix(b"\xef\xbb\xbf").startswith(MAGIC):
        return "ocr"
    if by_content == "html" and named not in ("md", "csv", "eml", "mhtml"):
        return "html"
    return named or "txt"


def _of_old_sheet(data: bytes, by_content: str) -> str:
    """What lies under the name of an xls: sites give out web pages and texts as such."""
    if by_content == "html":
        return "html"
    if _XML_SHEET.match(data[:4096]):
        raise ReadError(f"is a spreadsheet in the XML of Excel 2003; {_SAVE_SHEET}")
    if b"\0" in data[:4096]:
        raise ReadError("is named .xls, but its content is no xls; it may be cut off or damaged")
    return "csv"


def _of_old_text(named: str, data: bytes, by_content: str) -> str:
    """What lies under the name of a doc: programs write web pages and texts as such."""
    head = data[:4096]
    if by_content == "html" or _SAVED_PAGE.match(head):
        return by_content or "mhtml"
    if _XML_TEXT.match(head):
        raise ReadError(f"is a document in the XML of Word 2003; {_SAVE}")
    if b"\0" in head or head.startswith(ole.SIGNATURE[:4]) or named == "rtf":
        raise ReadError(
            f"is named .{named}, but its content is no {named}; it may be cut off or damaged"
        )
    return "txt"


def other_kind(name: str) -> str:
    """What a file is that nobody means by naming its folder: its suffix; ``""`` of a document.

    >>> other_kind("表/指标.JSON"), other_kind("Makefile"), other_kind("通知.txt")
    ('.json', 'without suffix', '')
    """
    suffix = _suffix(name)
    return "" if suffix in SUFFIXES or suffix in UNREADABLE else suffix or "without suffix"


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _by_suffix(name: str) -> str:
    if name == "-":
        return ""
    suffix = _suffix(name)
    if suffix in PICTURES:
        raise ReadError(f"is {_PNG_LIKE.format(suffix[1:].upper())}")
    if suffix not in SUFFIXES:
        what = suffix or "a name without suffix"
        way = f"; {UNREADABLE[suffix]}" if suffix in UNREADABLE else ""
        raise ReadError(f"{what} is no kind of document kg reads ({READS}){way}")
    return SUFFIXES[suffix]


def _by_content(data: bytes, named: str) -> str:
    head = data[:_HEAD]
    if head.startswith(b"%PDF-") or (named in ("pdf", "") and b"%PDF-" in head):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(data, named)
    if head.startswith(ole.SIGNATURE):
        return _of_ole(data)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise ReadError(f"is {what}")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise ReadError(f"is {_PNG_LIKE.format('WebP')}")
    if head[4:8] == b"ftyp" or head.startswith(b"ID3"):
        raise ReadError("is sound or film; kg reads text only")
    return "html" if _HTML_START.match(head) else ""


def _of_ole(data: bytes) -> str:
    if _LOCKED in data:
        raise ReadError("is encrypted; save it without a password")
    streams = ole.names(data)
    if streams & {"Workbook", "Book"}:
        return "xls"
    if not streams:
        raise ReadError("is a file of Office 97 that is cut off or damaged; get it again")
    if "PowerPoint Document" in streams:
        return "ppt"
    if "WordDocument" in streams:
        return "doc"
    raise ReadError(f"is a file of an old office program that holds no text of Word; {_SAVE}")


def _of_zip(data: bytes, named: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < _HEAD:
                mime = archive.read("mimetype")
                for begin, kind in _MIMETYPES:
                    if mime.startswith(begin):
                        return kind
    except (*DAMAGED, RuntimeError) as error:
        raise ReadError(
            f"is a zip ({named or 'docx'}?) that is cut off or damaged; get it again"
        ) from error
    if named in ("ods", "odt", "odp") and "content.xml" in names:
        return named
    for mark, kind in _PACKAGES:
        if any(name.startswith(mark) for name in names):
            return kind
    for mark, what in _ZIPS:
        if any(name.startswith(mark) for name in names):
            raise ReadError(f"is {what}")
    if named == "zip":  # its files are listed, unless there are none, or it lies far away
        raise ReadError("is an archive (zip) of no file that can be read here; unpack it first")
    raise ReadError("is an archive (zip); name it .zip to have its files read")
