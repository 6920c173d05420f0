"""A query in, the columns of its answer that hold yuan out.

The page of queries tells them in the same way (``kg/serve/static/units.js``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.ontology import Ontology

# Strings, IRIs and comments: what stands in them is no part of the query's own words.
_STRINGS = re.compile(
    r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r'|<[^<>"{}|^`\\\s]*>|#[^\n]*'
)
# What keeps the unit of a column under another name: (SUM(?x) AS ?y), BIND(?x AS ?y).
_AGAIN = re.compile(
    r"\(\s*(?:(?:sum|min|max|avg|sample)\s*\(\s*(?:distinct\s+)?[?$](\w+)\s*\)|[?$](\w+))"
    r"\s+as\s+[?$](\w+)\s*\)",
    re.IGNORECASE,
)
_COMPUTED = re.compile(r"\bas\s+[?$](\w+)", re.IGNORECASE)


def in_yuan(ontology: Ontology) -> list[str]:
    """The names of the attributes in yuan."""
    return [a.name for a in ontology.attributes.values() if "yuan" in (a.unit or "")]


def yuan_columns(
    query: str, columns: Sequence[str], ontology: Ontology, prefixes: Mapping[str, str]
) -> list[str]:
    """Columns that an attribute in yuan leads to, by itself or through a claim, and their sums.

    Others that are called like such an attribute too, unless the query reckons them.
    """
    yuan = in_yuan(ontology)
    text = _STRINGS.sub(lambda m: m[0] if m[0].startswith("<") else " ", query)
    led = set(_led(text, yuan, ontology.namespace, prefixes))
    again, before = _AGAIN.findall(text), -1
    while before < len(led):
        before = len(led)
        led |= {name for inner, plain, name in again if (inner or plain) in led}
    computed = set(_COMPUTED.findall(text))
    return [c for c in columns if c in led or (c in yuan and c not in computed)]


def _led(text: str, yuan: Sequence[str], space: str, prefixes: Mapping[str, str]) -> Iterable[str]:
    """The variables that stand behind an attribute in yuan."""
    if not yuan:
        return
    own = [re.escape(f"{name}:") for name, whole in prefixes.items() if whole == space]
    term = f"(?:{'|'.join([*own, '<' + re.escape(space)])})(?:{'|'.join(yuan)})>?"
    for pattern in (
        rf"(?<![|^]){term}\s+[?$](\w+)",
        rf"rdf:predicate\s+{term}(?![\w-])[^.}}]*?rdf:object\s+[?$](\w+)",
        rf"rdf:object\s+[?$](\w+)[^.}}]*?rdf:predicate\s+{term}(?![\w-])",
    ):
        yield from re.findall(pattern, text)
