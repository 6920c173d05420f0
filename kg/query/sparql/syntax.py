"""A syntax error of oxigraph in, one that names the place out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.errors import QueryError, did_you_mean, nearest
from kg.query.sparql.tokens import where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.query.sparql.parsed import ParsedQuery
    from kg.query.sparql.tokens import Token

_FURTHEST = re.compile(r"error at \d+:\d+: expected (?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?:^|, )([A-Z][A-Za-z]*(?: [A-Za-z]+)+)")


def explain(query: ParsedQuery, sent: ParsedQuery, error: Exception) -> QueryError:
    """A syntax error of oxigraph as one that names the place.

    Args:
        query: The query as it was written.
        sent: The query as oxigraph had it, each sign at its place.
        error: What oxigraph said.

    oxigraph names the furthest place that it looked at, up to a keyword's length behind
    the fault. So the longest beginning of the query that could still go on is looked for:
    what stands after it is wrong.
    """
    match = _FURTHEST.match(str(error))
    messages = _SENTENCE.findall(match[1]) if match else []
    good = _sound(query, sent)
    if good >= len(query.tokens):
        reason = _lower(messages[0]) if messages else "the query ends too early"
        at = len(query.text.rstrip())
        return QueryError(
            f"{reason}: {where(query.text, at)}",
            zh=(messages[0] if messages else "语句没有写完") + f"：{where(query.text, at, 'zh')}",
        )
    return _unexpected(query, sent, query.tokens[good], messages)


def _sound(query: ParsedQuery, sent: ParsedQuery) -> int:
    """How many tokens of a query could still go on."""
    good, bad = 0, len(query.tokens) + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        beginning = sent.text[: query.tokens[middle - 1].end]
        if middle <= len(query.tokens) and _goes_on(beginning, sent.prefixes):
            good = middle
        else:
            bad = middle
    return good


def _unexpected(
    query: ParsedQuery, sent: ParsedQuery, token: Token, messages: Sequence[str]
) -> QueryError:
    """What is said of the token that is wrong."""
    en, zh = where(query.text, token.start), where(query.text, token.start, "zh")
    if token.kind == "name" and "Prefix not found" in messages:
        prefix = token.text.partition(":")[0]
        known = [*sent.prefixes, *re.findall(r"(?i)prefix\s+(\S*?):", query.text)]
        return QueryError(
            f"the prefix {prefix}: is not declared; {did_you_mean(prefix, known)} {en}",
            zh=f"前缀 {prefix}: 没有声明；{did_you_mean(prefix, known, 'zh')} {zh}",
            near=nearest(prefix, known),
        )
    if token.kind == "iri" and "IRI parsing failed" in messages:
        return QueryError(
            f"{token.text} is no absolute IRI; begin it with http:// … {en}",
            zh=f"{token.text} 不是绝对 IRI；请以 http:// 开头 … {zh}",
        )
    sentences = [s for s in messages if s not in ("Prefix not found", "IRI parsing failed")]
    return QueryError(
        f"{token.text!r} is not expected here"
        f"{f' ({_lower(sentences[0])})' if sentences else ''}: {en}",
        zh=f"这里不应出现 {token.text!r}{f'（{sentences[0]}）' if sentences else ''}：{zh}",
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _goes_on(beginning: str, prefixes: Mapping[str, str]) -> bool:
    """Whether more words could make a query of this: the parser got through to its end."""
    # Longer than any keyword, so that looking for one cannot reach the end by itself.
    padded = beginning + " " * 40
    try:
        ox.Store().query(padded, prefixes=dict(prefixes))
    except SyntaxError as error:
        place = re.match(r"error at (\d+):(\d+)", str(error))
        if not place:
            return False
        lines = padded.split("\n")
        line, column = int(place[1]), int(place[2])
        return line == len(lines) and column > len(lines[-1]) - 2
    except RuntimeError:  # it is whole, and cannot be answered
        return True
    return True
