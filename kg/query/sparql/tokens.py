"""The text of a query in, its tokens out.

The parser of oxigraph neither says exactly where a query is wrong nor refuses what would
reach out (``SERVICE``) or kill the process (10,000 nested parentheses). Both need to know
what in a query is a word, and what is string, comment or IRI.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    all_tokens = (Token(m.lastgroup or "", m[0], m.start()) for m in _TOKEN.finditer(text))
    return [token for token in all_tokens if token.kind != "space"]


def where(text: str, offset: int, language: str = "en") -> str:
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
    position = (
        f"第 {line} 行第 {column + 1} 列"
        if language == "zh"
        else f"line {line}, column {column + 1}"
    )
    return f"{position}\n  {part}\n  {caret}"


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
    for match in _TOKEN.finditer(text):
        if match.lastgroup in ("iri", "string", "space"):
            parts += [_signs(text[at : match.start()]), match[0]]
            at = match.end()
    return "".join([*parts, _signs(text[at:])])


def _signs(text: str) -> str:
    return re.sub(_ESCAPE, lambda match: chr(int(match[0][2:], 16)), text)


def head(token: Token) -> str:
    """The prefix of a name, without its colon."""
    return token.text.partition(":")[0]


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
            term = values[name]
            if clause and not depth:
                term = f"({term} AS ?{name})" if clause == "SELECT" else f"({term})"
            parts += [text[at : token.start], term]
            at = token.end
    return "".join(parts) + text[at:]
