"""A message (EML) or a page that a browser saved with its pictures (MHTML) in, its text out.

What is attached to a message is a document of its own (``kg.read.archive``).
"""

from __future__ import annotations

from dataclasses import replace

from kg.base.errors import ReadError
from kg.read.parts import Parts, author_as_publisher
from kg.read.text.encoding import decode
from kg.read.web.html import read_html
from kg.read.web.mime import Piece, content_of, day_of, headers_of, pieces, sender_of, words_of

MEDIA = "message/rfc822"
MEDIA_OF_PAGES = "multipart/related"


def read_eml(data: bytes) -> Parts:
    """Read a message: its subject, and its text, as a page where it is one too.

    Raises:
        ReadError: If it is no message, or too many pieces.
    """
    headers, _ = headers_of(data)
    subject = words_of(headers.get("subject", ""))
    if not headers:
        raise ReadError("is no message: it has no headers; get it again, or name it .txt")
    text, encoding = _text(data, [piece for piece in pieces(data) if not piece.attached])
    return Parts(
        (f"{subject}\n\n{text}".strip(),),
        MEDIA,
        encoding,
        subject,
        author_as_publisher(sender_of(headers)),
        day_of(headers),
    )


def _text(data: bytes, pieces: list[Piece]) -> tuple[str, str]:
    """The text of a message, which may hold it twice: as a page, and plain."""
    for piece in pieces:
        if piece.kind == "text/html" and (content := content_of(data, piece)).strip():
            page = read_html(content)
            return page.pages[0], page.encoding
    texts, encoding = [], "utf-8"
    for piece in pieces:
        if piece.kind == "text/plain" and (content := content_of(data, piece)).strip():
            text, encoding = decode(content, piece.charset)
            texts.append(text.strip())
    return "\n\n".join(texts), encoding


def read_mhtml(data: bytes) -> Parts:
    """Read a saved page: the first page of a message, without its pictures and frames.

    Raises:
        ReadError: If there is no page in it.
    """
    headers, _ = headers_of(data)
    for piece in pieces(data):
        if piece.kind in ("text/html", "application/xhtml+xml"):
            parts = read_html(content_of(data, piece))
            day = parts.published or day_of(headers)
            title = parts.title or words_of(headers.get("subject", ""))
            return replace(parts, media=MEDIA_OF_PAGES, title=title, published=day)
    raise ReadError("is named .mhtml, but holds no page; save it again, as html")
