"""The text of a query in, its tokens out; and what may not be asked, refused.

The parser of oxigraph neither says exactly where a query is wrong nor refuses what would
reach out (``SERVICE``) or kill the process (10,000 nested parentheses). Both need to know
what in a query is a word, and what is string, comment or IRI.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.base.settings import default

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# oxigraph's parser and optimiser recurse: 20,000 of anything below kills the process, and
# 2,000 nested EXISTS do; 200 levels and 4,000 words were always answered.
DEEPEST: int = default("nesting")
LONGEST: int = default("words")

# What oxigraph takes for no string or IRI it tries to read otherwise, so a string with a
# wrong escape must be none here either: no surrogates, nothing beyond U+10FFFF.
_ESCAPE = (
    r"\\u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"
    r"|\\U(?!0000[Dd][89A-Fa-f])00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}"
)
_IN_STRING = rf"\\[tbnrf\"'\\]|{_ESCAPE}"
_LOCAL = r"[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+|\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)
    | (?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|{_IN_STRING}))*\"\"\"
        |'''(?:'{{0,2}}(?:[^'\\]|{_IN_STRING}))*'''
        |"(?:[^"\\\r\n]|{_IN_STRING})*"|'(?:[^'\\\r\n]|{_IN_STRING})*')
    | (?P<variable>[?$]\w+)
    | (?P<lang>@[A-Za-z][A-Za-z0-9-]*)
    | (?P<blank>_:[\w][\w.\-]*)
    | (?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:
        (?:(?:{_LOCAL})(?:(?:{_LOCAL}|[.\-])*(?:{_LOCAL}|-))?)?)
    | (?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<sign>\|\||&&|!=|<=|>=|\^\^|<<\(|\)>>|<<|>>|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# What no word of a query may hold: oxigraph parts words that stand beside each other.
CALL = "SERVICE"
_OPEN = {"(": ")", "{": "}", "[": "]", "<<(": ")>>", "<<": ">>", "{|": "|}"}
_CLOSE = frozenset(_OPEN.values())


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind, its text, and where it begins (code points)."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The keyword that it is, in capitals; ``""`` for any other token."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> list[Token]:
    """The tokens of a query, without spaces and comments.

    >>> [t.text for t in tokens("ASK { ?s a 'SERVICE' } # SERVICE")]
    ['ASK', '{', '?s', 'a', "'SERVICE'", '}']
    """
    found = (Token(m.lastgroup or "", m[0], m.start()) for m in _TOKEN.finditer(text))
    return [token for token in found if token.kind != "space"]


def where(text: str, offset: int) -> str:
    """Line and column of an offset, and the line with a caret below.

    >>> print(where("ASK {", 4))
    line 1, column 5
      ASK {
          ^
    """
    offset = min(offset, len(text))
    begin = text.rfind("\n", 0, offset) + 1
    line = text.count("\n", 0, offset) + 1
    shown = text[begin:].split("\n", 1)[0].rstrip("\r")
    column = offset - begin
    # A long line is cut around the place, so that the caret stays on the screen.
    cut = max(0, column - 60)
    part = shown[cut : column + 60].replace("\t", " ")
    caret = " " * sum(_width(c) for c in part[: column - cut]) + "^"
    return f"line {line}, column {column + 1}\n  {part}\n  {caret}"


def _width(char: str) -> int:
    from unicodedata import combining, east_asian_width

    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def unescaped(text: str) -> str:
    r"""A query without escapes outside of its strings, IRIs and comments.

    They may stand for any sign of it (SPARQL 1.1, 19.2); oxigraph knows them in strings and
    IRIs only.

    >>> unescaped(r"\u0041SK { ?\u0073 ?p '\u0041' }")
    "ASK { ?s ?p '\\u0041' }"
    """
    if "\\u" not in text and "\\U" not in text:
        return text
    parts, at = [], 0
    for found in _TOKEN.finditer(text):
        if found.lastgroup in ("iri", "string", "space"):
            parts += [_signs(text[at : found.start()]), found[0]]
            at = found.end()
    return "".join([*parts, _signs(text[at:])])


def _signs(text: str) -> str:
    return re.sub(_ESCAPE, lambda found: chr(int(found[0][2:], 16)), text)


def head(token: Token) -> str:
    """The prefix of a name, without its colon."""
    return token.text.partition(":")[0]


def check(
    text: str, graphs: Iterable[str] = (), base: str | None = None, prefixes: Iterable[str] = ()
) -> list[Token]:
    """Refuse what no query may do here, before oxigraph sees it; return its tokens.

    Args:
        text: The query.
        graphs: The named graphs that ``FROM`` may name.
        base: What relative IRIs begin with, unless the query says it.
        prefixes: Those that need not be declared.

    Raises:
        QueryError: For SERVICE, an update, FROM an address that is no graph here, and for
            queries so deep or long that they would kill the process.
    """
    found = tokens(text)
    _refuse_updates(text, found)
    known = set(graphs)
    declared = {*prefixes, *_declared(found)}
    stack: list[str] = []
    values = ""
    weight = 0
    previous = None
    for i, token in enumerate(found):
        _refuse_service(text, token, declared)
        if token.word == "VALUES":
            values = "head"
        if token.kind == "iri" and not values:
            _refuse_twofold(text, token, previous, stack)
        if token.text in _OPEN and token.kind == "sign":
            stack.append(token.text + ("IN" if previous and previous.word == "IN" else ""))
            if token.text == "{" and values == "head":
                values = "body"
        elif token.text in _CLOSE and token.kind == "sign" and stack:
            values = "" if stack.pop() == "{" and values == "body" else values
        if len(stack) > DEEPEST:
            raise QueryError(f"nests deeper than {DEEPEST} levels: {where(text, token.start)}")
        listed = token.text == "," or token.kind not in ("sign", "word", "variable")
        weight += not (values == "body" or (listed and stack and stack[-1] == "(IN"))
        if weight > LONGEST:
            raise QueryError(
                f"is longer than {LONGEST} words; put long lists into VALUES, or "
                f"ask in parts: {where(text, token.start)}"
            )
        previous = token
        if token.word == "BASE" and found[i + 1 : i + 2]:
            base = absolute(found[i + 1].text, base)
        if token.word == "FROM":
            _refuse_from(text, found, i, known, base)
    return found


def _refuse_updates(text: str, found: list[Token]) -> None:
    forms = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
    updates = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
    for token in found:
        if token.word in forms:
            return
        if token.word in updates:
            raise QueryError(
                f"{token.text} is an update; a graph is changed by building or importing only: "
                f"{where(text, token.start)}"
            )


def _declared(found: list[Token]) -> set[str]:
    pairs = pairwise(found)
    return {head(name) for token, name in pairs if token.word == "PREFIX" and name.kind == "name"}


def _refuse_service(text: str, token: Token, declared: set[str]) -> None:
    """Refuse SERVICE, alone or glued to its neighbours, which oxigraph parts again.

    It reads ``SERVICE:x {…}`` and ``trueSERVICE<…> {…}`` as calls, so no word may hold the
    word, nor a prefix that is not declared (one that is gets another name before oxigraph sees
    it, ``kg.query.prefixes``); strings, comments, IRIs, variables and local names may.
    """
    if token.kind not in ("word", "name") or CALL not in head(token).upper():
        return
    if token.kind == "name" and head(token) in declared:
        return
    called = CALL if token.kind == "word" else f"{head(token)}: is no prefix here, and {CALL}"
    raise QueryError(
        f"{called} reaches out to another server, which is not done here: "
        f"{where(text, token.start)}"
    )


def _refuse_twofold(text: str, token: Token, previous: Token | None, stack: list[str]) -> None:
    """Refuse what reads as an IRI but, after an operand, could be < … > around a comment.

    Only then could a word hide from the check: ``FILTER(1<2)#>`` is a comparison and a
    comment for oxigraph. An IRI with # or ' after an operand in parentheses needs a list.
    """
    if (
        not previous
        or not stack
        or not stack[-1].startswith("(")
        or not set(token.text) & {"#", "'"}
    ):
        return
    operand = previous.kind in ("variable", "iri", "name", "number", "string", "lang", "blank")
    if operand or previous.text in (")", "}", "]") or previous.word in ("TRUE", "FALSE"):
        raise QueryError(
            f"{token.text} can be read in two ways here; write a space after < where it compares, "
            f"and a prefixed name where it is an IRI: {where(text, token.start)}"
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


def _refuse_from(
    text: str, found: list[Token], at: int, graphs: set[str], base: str | None
) -> None:
    rest = [t for t in found[at + 1 : at + 3] if t.word != "NAMED"]
    if not rest or rest[0].kind != "iri":
        return  # a prefixed name, or no query: oxigraph looks it up here and fetches nothing
    known = sorted(graphs)
    if absolute(rest[0].text, base) not in graphs:
        listed = f"named graphs here are {', '.join(known)}" if known else "there are none here"
        raise QueryError(
            f"FROM {rest[0].text} is no graph of this store, and nothing is fetched; {listed}: "
            f"{where(text, rest[0].start)}"
        )


def bind(text: str, values: Mapping[str, str], sigils: str = "?$") -> str:
    """Put terms in the place of variables, in all of a query, nested parts too.

    oxigraph's own substitution asks that the variable be selected. Strings, comments and
    IRIs are left alone; a variable that is selected is selected as a constant.

    Args:
        text: The query.
        values: Terms as SPARQL writes them, by name of the variable.
        sigils: Which of ``?name`` and ``$name`` are meant.

    >>> bind("SELECT ?s ?o { ?s ?p ?o }", {"s": "<a:b>"})
    'SELECT (<a:b> AS ?s) ?o { <a:b> ?p ?o }'
    """
    parts, at = [], 0
    clause, depth = "", 0
    for token in tokens(text):
        if token.word in ("SELECT", "BY"):
            clause, depth = token.word, 0
        elif token.text in ("{", "}") or token.word in (
            "WHERE",
            "FROM",
            "LIMIT",
            "OFFSET",
            "VALUES",
        ):
            clause = ""
        depth += (token.text == "(") - (token.text == ")")
        name = token.text[1:] if token.kind == "variable" and token.text[0] in sigils else ""
        if name in values:
            found = values[name]
            if clause and not depth:
                found = f"({found} AS ?{name})" if clause == "SELECT" else f"({found})"
            parts += [text[at : token.start], found]
            at = token.end
    return "".join(parts) + text[at:]
