"""A query that selects all in, one that names its columns out, as they first stand in it.

oxigraph gives the columns of ``SELECT *`` sorted by name; who wrote the query expects them in
the order of its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.query.sparql.functions import answered
from kg.query.sparql.parsed import Form

if TYPE_CHECKING:
    from kg.query.sparql.parsed import ParsedQuery
    from kg.query.sparql.tokens import Token


def spelled_out(query: ParsedQuery) -> str:
    """The text with its columns in place of ``*``; of any other query, or a wrong one, as it is.

    What is a column is for oxigraph to say: it parses the query over an empty store. Only
    their order is read from the tokens, where strings and comments hold no variables.

    >>> from kg.query.sparql.parsed import parse
    >>> spelled_out(parse("SELECT * { ?who ?p '?a' . { SELECT ?age { ?b ?c ?age } } }", {}))
    "SELECT ?who ?p ?age { ?who ?p '?a' . { SELECT ?age { ?b ?c ?age } } }"
    """
    text, star = query.text, _star(query)
    if star is None:
        return text
    try:
        answer = answered(ox.Store(), text, prefixes=dict(query.prefixes), base_iri=query.base)
    except (SyntaxError, RuntimeError):
        return text  # asked again, it is told with its place
    assert isinstance(answer, ox.QuerySolutions)
    columns = {variable.value for variable in answer.variables}
    written = dict.fromkeys(token.text[1:] for token in query.tokens if token.kind == "variable")
    # The names of variables hold some signs that end a token here; such columns come last.
    order = [name for name in written if name in columns]
    order += sorted(columns.difference(order))
    if not order:
        return text
    named = " ".join(f"?{name}" for name in order)
    # A word may follow without a space.
    return f"{text[: star.start]}{named} {text[star.end :].removeprefix(' ')}"


def _star(query: ParsedQuery) -> Token | None:
    """The ``*`` of the outermost SELECT; what nests in it comes behind."""
    if query.form is not Form.SELECT or query.keyword is None:
        return None
    at = query.tokens.index(query.keyword)
    rest = [t for t in query.tokens[at + 1 : at + 3] if t.word not in ("DISTINCT", "REDUCED")]
    return rest[0] if rest and rest[0].text == "*" else None
