"""The text of a query in, what it is out: read once, for all who check, send or explain it.

The parser of oxigraph tells nothing of a query. What is to be known of one before it runs (its
form, its graphs, whether it calls another server, how deep and long it is) follows from its tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.settings import default
from kg.query.sparql.tokens import CALL, bind, head, tokens, unescaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.query.sparql.tokens import Token

# oxigraph's parser and optimiser recurse: 20,000 of anything below kills the process, and
# 2,000 nested EXISTS do; 200 levels and 4,000 words were always answered.
DEEPEST: int = default("nesting")
LONGEST: int = default("words")
_OPEN = {"(": ")", "{": "}", "[": "]", "<<(": ")>>", "<<": ">>", "{|": "|}"}
_CLOSE = frozenset(_OPEN.values())
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)


class Form(StrEnum):
    """What a text asks for, as its first keyword tells it; ``NONE`` where there is no keyword."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"
    UPDATE = "UPDATE"
    NONE = ""


_FORMS = frozenset((Form.SELECT, Form.ASK, Form.CONSTRUCT, Form.DESCRIBE))


@dataclass(frozen=True, slots=True)
class FromClause:
    """A graph that FROM names: its token, and what relative IRIs begin with there."""

    token: Token
    base: str | None

    @property
    def iri(self) -> str | None:
        """The IRI of the graph; None if it cannot be resolved."""
        return absolute(self.token.text, self.base)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query, and what its tokens tell of it.

    Attributes:
        text: The query, without escapes outside of its strings, IRIs and comments.
        tokens: Its tokens.
        prefixes: Those that it need not declare, with their namespaces.
        base: What relative IRIs begin with, unless the query says it.
        form: What it asks for.
        keyword: The token that tells the form.
        declared: The prefixes that it may use.
        graphs: What its FROM clauses name.
        service: Where it calls another server.
        twofold: An IRI that oxigraph could read as a comparison and a comment.
        too_deep: Where it nests deeper than ``DEEPEST`` levels.
        too_long: Where it is longer than ``LONGEST`` words.

    >>> query = parse("SELECT * FROM <http://g/1> { ?s a kg:Policy }", {"kg": "http://kg#"})
    >>> query.form, [graph.iri for graph in query.graphs], query.service
    (<Form.SELECT: 'SELECT'>, ['http://g/1'], None)
    """

    text: str
    tokens: tuple[Token, ...]
    prefixes: Mapping[str, str]
    base: str | None
    form: Form
    keyword: Token | None
    declared: frozenset[str]
    graphs: tuple[FromClause, ...]
    service: Token | None
    twofold: Token | None
    too_deep: Token | None
    too_long: Token | None


def parse(
    text: str,
    prefixes: Mapping[str, str],
    base: str | None = None,
    bindings: Mapping[str, str] | None = None,
) -> ParsedQuery:
    """Read a query; nothing is refused here (``kg.query.sparql.permitted`` does).

    Args:
        text: The query.
        prefixes: Those that need not be declared, with their namespaces.
        base: What relative IRIs begin with, unless the query says it.
        bindings: Terms as SPARQL writes them that stand in the place of variables, by name.
    """
    text = text.removeprefix("\ufeff")
    text = unescaped(bind(text, bindings) if bindings else text)
    all_tokens = tokens(text)
    declared = frozenset({*prefixes, *_declared(all_tokens)})
    form, keyword = _form(all_tokens)
    weighed = _Weighed(all_tokens)
    return ParsedQuery(
        text=text,
        tokens=tuple(all_tokens),
        prefixes=prefixes,
        base=base,
        form=form,
        keyword=keyword,
        declared=declared,
        graphs=tuple(_graphs(all_tokens, base)),
        service=next((token for token in all_tokens if _calls(token, declared)), None),
        twofold=weighed.twofold,
        too_deep=weighed.too_deep,
        too_long=weighed.too_long,
    )


def absolute(iri: str, base: str | None) -> str | None:
    """An IRI as a query writes it, resolved; None if it cannot be.

    >>> absolute("<data/../b>", "http://a/c/d")
    'http://a/c/b'
    """
    try:
        [quad] = ox.parse(f"{iri} <x:p> <x:o> .", format=ox.RdfFormat.TURTLE, base_iri=base)
    except (SyntaxError, ValueError):
        return None
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else None


def _form(tokens: Sequence[Token]) -> tuple[Form, Token | None]:
    for token in tokens:
        if token.word in _UPDATES:
            return Form.UPDATE, token
        if token.word in _FORMS:
            return Form(token.word), token
    return Form.NONE, None


def _declared(tokens: Sequence[Token]) -> set[str]:
    pairs = pairwise(tokens)
    return {head(name) for token, name in pairs if token.word == "PREFIX" and name.kind == "name"}


def _calls(token: Token, declared: frozenset[str]) -> bool:
    """Whether a token is SERVICE, alone or glued to its neighbours, which oxigraph parts again.

    It reads ``SERVICE:x {…}`` and ``trueSERVICE<…> {…}`` as calls, so no word may hold the
    word, nor a prefix that is not declared (one that is gets another name before oxigraph sees
    it, ``kg.query.sparql.prefixes``); strings, comments, IRIs, variables and local names may.
    """
    if token.kind not in ("word", "name") or CALL not in head(token).upper():
        return False
    return token.kind == "word" or head(token) not in declared


def _graphs(tokens: Sequence[Token], base: str | None) -> list[FromClause]:
    """What FROM names by an IRI; a prefixed name oxigraph looks up here, and fetches nothing."""
    graphs = []
    for at, token in enumerate(tokens):
        if token.word == "BASE" and at + 1 < len(tokens):
            base = absolute(tokens[at + 1].text, base)
        if token.word == "FROM":
            rest = [t for t in tokens[at + 1 : at + 3] if t.word != "NAMED"]
            if rest and rest[0].kind == "iri":
                graphs.append(FromClause(rest[0], base))
    return graphs


class _Weighed:
    """How deep and how long a query is, and where it can be read in two ways."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.twofold: Token | None = None
        self.too_deep: Token | None = None
        self.too_long: Token | None = None
        self.stack: list[str] = []
        self.values = ""  # "head" behind VALUES, "body" within its braces
        weight = 0
        previous = None
        for token in tokens:
            self._nest(token, previous)
            if len(self.stack) > DEEPEST and self.too_deep is None:
                self.too_deep = token
            weight += not self._listed(token)
            if weight > LONGEST and self.too_long is None:
                self.too_long = token
            previous = token

    def _nest(self, token: Token, previous: Token | None) -> None:
        """Follow the brackets that a token opens or closes."""
        if token.word == "VALUES":
            self.values = "head"
        if token.kind == "iri" and not self.values and self.twofold is None:
            self.twofold = token if self._is_twofold(token, previous) else None
        if token.kind != "sign":
            return
        if token.text in _OPEN:
            listed = previous is not None and previous.word == "IN"
            self.stack.append(token.text + ("IN" if listed else ""))
            if token.text == "{" and self.values == "head":
                self.values = "body"
        elif token.text in _CLOSE and self.stack:
            ends = self.stack.pop() == "{" and self.values == "body"
            self.values = "" if ends else self.values

    def _listed(self, token: Token) -> bool:
        """Whether it is one of a list of values, which may be long."""
        one = token.text == "," or token.kind not in ("sign", "word", "variable")
        return self.values == "body" or bool(one and self.stack and self.stack[-1] == "(IN")

    def _is_twofold(self, token: Token, previous: Token | None) -> bool:
        """Whether what reads as an IRI could be < … > around a comment: it follows an operand.

        Only then could a word hide from the check: ``FILTER(1<2)#>`` is a comparison and a
        comment for oxigraph. An IRI with # or ' after an operand in parentheses needs a list.
        """
        within = self.stack and self.stack[-1].startswith("(")
        if previous is None or not within or not set(token.text) & {"#", "'"}:
            return False
        operands = ("variable", "iri", "name", "number", "string", "lang", "blank")
        ends = previous.text in (")", "}", "]") or previous.word in ("TRUE", "FALSE")
        return previous.kind in operands or ends
