"""Triples in, rows out: their three terms as N-Triples writes them, each row once.

Rows are plain strings, which Python compares, sorts and cuts many times faster than terms of
pyoxigraph: Turtle, the check of the shapes and the store of a build are made of one list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Rows(list[tuple[str, ...]]):
    """Subject, predicate and object of each triple."""

    def text(self) -> bytes:
        """The rows as N-Triples."""
        return "".join([f"{s} {p} {o} .\n" for s, p, o in self]).encode()

    def quads(self) -> Iterator[ox.Quad]:
        """The rows as statements of the default graph."""
        # The terms were written by the same library: checking them again takes a tenth more.
        return ox.parse(self.text(), format=ox.RdfFormat.N_TRIPLES, lenient=True)


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
