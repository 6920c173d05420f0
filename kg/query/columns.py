"""A query that selects all in, one that names its columns out, as they first stand in it.

oxigraph gives the columns of ``SELECT *`` sorted by name; who wrote the query expects them in
the order of its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.query.functions import answered
from kg.query.sparql import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query.sparql import Token

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def spelled_out(text: str, prefixes: Mapping[str, str], base: str | None = None) -> str:
    """The query with its columns in place of ``*``; any other query, or a wrong one, as it is.

    What is a column is for oxigraph to say: it parses the query over an empty store. Only
    their order is read from the text, where strings and comments hold no variables.

    Args:
        text: A query that ``kg.query.sparql.check`` let through, without escapes.
        prefixes: Those that need not be declared.
        base: What relative IRIs begin with.

    >>> spelled_out("SELECT * { ?who ?p '?a' . { SELECT ?age { ?b ?c ?age } } }", {})
    "SELECT ?who ?p ?age { ?who ?p '?a' . { SELECT ?age { ?b ?c ?age } } }"
    """
    found = tokens(text)
    star = _star(found)
    if star is None:
        return text
    try:
        answer = answered(ox.Store(), text, prefixes=dict(prefixes), base_iri=base)
    except (SyntaxError, RuntimeError):
        return text  # asked again, it is told with its place
    assert isinstance(answer, ox.QuerySolutions)
    columns = {variable.value for variable in answer.variables}
    written = dict.fromkeys(token.text[1:] for token in found if token.kind == "variable")
    # The names of variables hold some signs that end a token here; such columns come last.
    order = [name for name in written if name in columns]
    order += sorted(columns.difference(order))
    if not order:
        return text
    named = " ".join(f"?{name}" for name in order)
    # A word may follow without a space.
    return f"{text[: star.start]}{named} {text[star.end :].removeprefix(' ')}"


def _star(found: list[Token]) -> Token | None:
    """The ``*`` of the outermost SELECT; what nests in it comes behind."""
    at = next((i for i, token in enumerate(found) if token.word in _FORMS), len(found))
    if at == len(found) or found[at].word != "SELECT":
        return None
    rest = [t for t in found[at + 1 : at + 3] if t.word not in ("DISTINCT", "REDUCED")]
    return rest[0] if rest and rest[0].text == "*" else None
