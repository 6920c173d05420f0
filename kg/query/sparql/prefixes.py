"""A query in, the same one out, whose prefixes oxigraph can take for nothing else.

oxigraph needs no space behind a word: where ``service:x { … }`` stands, it calls ``:x``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from kg.query.sparql.tokens import CALL, head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.query.sparql.parsed import ParsedQuery


def plain(query: ParsedQuery) -> ParsedQuery:
    """A query without a prefix that holds SERVICE; its tokens are those that were written.

    Every sign of its text stays at its place, so that what is told of the one holds for the other.

    >>> from kg.query.sparql.parsed import parse
    >>> plain(parse("PREFIX service: <x:> ASK { ?service a service:Hotline }", {})).text
    'PREFIX p000000: <x:> ASK { ?service a p000000:Hotline }'
    """
    text, prefixes = query.text, query.prefixes
    if CALL not in text.upper() and not any(CALL in name.upper() for name in prefixes):
        return query
    names_used = [token for token in query.tokens if token.kind == "name"]
    used = {head(token) for token in names_used} | prefixes.keys()
    names = {name: next(_free(len(name), used)) for name in sorted(used) if CALL in name.upper()}
    parts, at = [], 0
    for token in names_used:
        if head(token) in names:
            parts += [text[at : token.start], names[head(token)]]
            at = token.start + len(head(token))
    renamed = {names.get(name, name): space for name, space in prefixes.items()}
    return replace(query, text="".join([*parts, text[at:]]), prefixes=renamed)


def _free(length: int, used: set[str]) -> Iterator[str]:
    """Prefixes of a length that are not taken; they are from now on."""
    for i in count():
        name = f"p{i:0{length - 1}}"
        if name not in used:
            used.add(name)
            yield name
