"""Terms and triples in, rows out: subject, predicate and object as N-Triples writes them.

Rows are plain strings, which Python makes, compares, sorts and cuts many times faster than the
terms of pyoxigraph: Turtle, the check of the shapes and the store are made of one list of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = tuple[str, ...]
XSD = "http://www.w3.org/2001/XMLSchema#"
# What RFC 3987 leaves out of ucschar: private use, and the last two places of every plane.
_NO_IRI = (
    r"\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000efffe-\U0010ffff"
) + "".join(
    f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(1, 14)
)
# Spaces of other scripts are allowed, but rdflib reads no N-Triples that has them.
_UNSAFE = re.compile(rf"[\x00-\x20\s<>\"{{}}|^`\\\x7f-\x9f{_NO_IRI}]|%(?![0-9A-Fa-f]{{2}})")
_MISPLACED = re.compile(r"[\[\]#]")
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")
# IRIs and texts that stand in N-Triples as they are.
_PLAIN_IRI = re.compile(r"[a-z]+://[A-Za-z0-9.]+/[A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._~-]*)?")
_ESCAPED = re.compile(r"[\x00-\x1f\"\\\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def iri(text: str) -> ox.NamedNode:
    """An IRI, with every character that an IRI may not hold percent-encoded.

    Raises:
        StoreError: If the text is no absolute IRI even then.

    >>> iri("http://example.org/a b")
    <NamedNode value=http://example.org/a%20b>
    """
    safe = _UNSAFE.sub(_percent, text)
    try:
        return ox.NamedNode(safe)
    except ValueError:
        pass
    head, mark, fragment = safe.partition("#")
    try:
        # Brackets are right around the address of a host alone, # before the fragment alone.
        parts = (_MISPLACED.sub(_percent, part) for part in (head, fragment))
        return ox.NamedNode(mark.join(parts) if mark else next(parts))
    except ValueError as error:
        raise StoreError(f"{text!r} is no absolute IRI ({error}); write one as http://…") from error


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def literal(text: str, datatype: str = "string", language: str = "") -> ox.Literal:
    """A literal; what no RDF syntax can carry (NUL, lone surrogates) becomes U+FFFD.

    >>> literal("3", "integer")
    <Literal value=3 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    """
    text = speakable(text)
    if language:
        return ox.Literal(text, language=language)
    return (
        ox.Literal(text) if datatype == "string" else ox.Literal(text, datatype=iri(XSD + datatype))
    )


def speakable(text: str) -> str:
    """A text with U+FFFD for what neither RDF nor UTF-8 can carry; of the same length."""
    return _UNSPEAKABLE.sub("\ufffd", text)


def resource(text: str) -> str:
    """An IRI as a row has it; like ``iri``.

    >>> resource("http://example.org/a b")
    '<http://example.org/a%20b>'
    """
    return f"<{text}>" if _PLAIN_IRI.fullmatch(text) else str(iri(text))


def value(text: str, datatype: str = "string", language: str = "") -> str:
    """A literal as a row has it; like ``literal``.

    >>> value("3", "integer"), value("甲", language="zh")
    ('"3"^^<http://www.w3.org/2001/XMLSchema#integer>', '"甲"@zh')
    """
    if _ESCAPED.search(text):
        return str(literal(text, datatype, language))
    if language:
        return f'"{text}"@{language}'
    return f'"{text}"' if datatype == "string" else f'"{text}"^^{resource(XSD + datatype)}'


class Rows(list[Row]):
    """Subject, predicate and object of each triple."""

    def lines(self) -> list[str]:
        """Each row in one line, without the point at its end."""
        return [f"{s} {p} {o}" for s, p, o in self]

    def quads(self) -> Iterator[ox.Quad]:
        """The rows as statements of the default graph."""
        return read(self.lines())


def read(lines: Iterable[str]) -> Iterator[ox.Quad]:
    """Lines of rows as statements of the default graph."""
    text = " .\n".join([*lines, ""]).encode()
    # The terms are as the library writes them: checking them again takes a tenth more.
    return ox.parse(text, format=ox.RdfFormat.N_TRIPLES, lenient=True)


def rows(triples: Iterable[ox.Triple] | Rows) -> Rows:
    """The triples as rows, in their order; rows are given back as they are.

    >>> rows([ox.Triple(ox.NamedNode("http://a"), ox.NamedNode("http://b"), ox.Literal("c"))])
    [('<http://a>', '<http://b>', '"c"')]
    """
    if isinstance(triples, Rows):
        return triples
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    lines = dict.fromkeys(text.decode().split("\n"))
    del lines[""]
    # Neither IRIs nor blank nodes hold a space, and literals no line end but as an escape.
    return Rows([tuple(line[:-2].split(" ", 2)) for line in lines])
