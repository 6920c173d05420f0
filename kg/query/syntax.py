"""A syntax error of oxigraph in, one that names the place out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.errors import QueryError, did_you_mean
from kg.query.sparql import tokens, where

if TYPE_CHECKING:
    from collections.abc import Mapping

_FURTHEST = re.compile(r"error at \d+:\d+: expected (?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?:^|, )([A-Z][A-Za-z]*(?: [A-Za-z]+)+)")


def explain(text: str, sent: str, error: Exception, prefixes: Mapping[str, str]) -> QueryError:
    """A syntax error of oxigraph as one that names the place.

    Args:
        text: The query as it was written.
        sent: The query as oxigraph had it, each sign at its place.
        error: What oxigraph said.
        prefixes: Those that need not be declared.

    oxigraph names the furthest place that it looked at, up to a keyword's length behind
    the fault. So the longest beginning of the query that could still go on is looked for:
    what stands after it is wrong.
    """
    match = _FURTHEST.match(str(error))
    said = _SENTENCE.findall(match[1]) if match else []
    found = tokens(text)
    good, bad = 0, len(found) + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        if middle <= len(found) and _goes_on(sent[: found[middle - 1].end], prefixes):
            good = middle
        else:
            bad = middle
    if good >= len(found):
        reason = said[0] if said else "the query ends too early"
        return QueryError(f"{_lower(reason)}: {where(text, len(text.rstrip()))}")
    token = found[good]
    place = where(text, token.start)
    if token.kind == "name" and "Prefix not found" in said:
        prefix = token.text.partition(":")[0]
        known = did_you_mean(prefix, [*prefixes, *re.findall(r"(?i)prefix\s+(\S*?):", text)])
        return QueryError(f"the prefix {prefix}: is not declared; {known} {place}")
    if token.kind == "iri" and "IRI parsing failed" in said:
        return QueryError(f"{token.text} is no absolute IRI; begin it with http:// … {place}")
    sentences = [s for s in said if s not in ("Prefix not found", "IRI parsing failed")]
    hint = f" ({_lower(sentences[0])})" if sentences else ""
    return QueryError(f"{token.text!r} is not expected here{hint}: {place}")


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
