"""Write nodes and links with plain values as GraphML, part by part.

The bytes are those of networkx with ``prettyprint``, which takes 5 × the time: its writer makes
an element of XML for every value, and a second graph is needed to hold them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from kg.base.spool import spooled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    Data = Mapping[str, Any]

_HEAD = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)
_TYPES = {int: "long", float: "double", str: "string"}
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def write_graphml(
    nodes: Iterable[tuple[str, Data]],
    links: Iterable[tuple[str, str, str, Data]],
    folder: Path | None = None,
) -> Iterator[bytes]:
    """Yield a document in parts.

    Args:
        nodes: The name of each node and its values: texts that XML can carry, numbers.
        links: The start, the end and the name of each link, and its values.
        folder: Where many of them wait, since all keys come before them.

    >>> b"".join(write_graphml([("a", {"n": 1})], [])).decode().splitlines()[-2:]
    ['</node>', '</graph></graphml>']
    """
    keys: dict[tuple[str, type, str], str] = {}
    body = spooled(
        (part.encode() for part in chain(_nodes(nodes, keys), _links(links, keys))), folder
    )
    yield _HEAD.encode()
    for name, kind, scope in reversed(keys):
        head = f'<key id="{keys[name, kind, scope]}" for="{scope}" '
        yield f'{head}attr.name="{_quoted(name)}" attr.type="{_TYPES[kind]}"/>\n'.encode()
    yield b'<graph edgedefault="directed">'
    yield from body
    yield b"</graph></graphml>\n"


def _nodes(
    nodes: Iterable[tuple[str, Data]], keys: dict[tuple[str, type, str], str]
) -> Iterator[str]:
    for name, data in nodes:
        yield f'<node id="{_quoted(name)}">\n{_values(data, "node", keys)}</node>\n'


def _links(
    links: Iterable[tuple[str, str, str, Data]], keys: dict[tuple[str, type, str], str]
) -> Iterator[str]:
    for start, end, name, data in links:
        ends = f'source="{_quoted(start)}" target="{_quoted(end)}" id="{_quoted(name)}"'
        yield f"<edge {ends}>\n{_values(data, 'edge', keys)}</edge>\n"


def _values(data: Data, scope: str, keys: dict[tuple[str, type, str], str]) -> str:
    lines = []
    for name, value in data.items():
        key = name, type(value), scope
        number = keys.get(key) or keys.setdefault(key, f"d{len(keys)}")
        lines.append(f'  <data key="{number}">{escape(str(value))}</data>\n')
    return "".join(lines)


def _quoted(text: str) -> str:
    return escape(text, _QUOTED)
