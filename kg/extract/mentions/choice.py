"""Choose between overlapping mentions: the longest or surest, and names inside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.mentions.finders.address import chain
from kg.extract.mentions.heads.nesting import nests
from kg.extract.mentions.mention import Mention, rank
from kg.ontology import Lexicon, Rule
from kg.ontology.places import Places


def choose(
    mentions: Iterable[Mention],
    rules: dict[str, Rule],
    text: str,
    places: Places,
    lexicon: Lexicon,
) -> list[Mention]:
    """Of overlapping mentions the longest, or the surest; nested bodies are kept as inner.

    Places written one within the other are linked, see ``address.chain``.
    """
    order = sorted(mentions, key=lambda m: (m.needs_claim, -(m.end - m.start), -m.score, *rank(m)))
    chosen: list[Mention] = []
    starts: list[int] = []  # of those chosen, ascending; no two of them overlap
    inner: list[Mention] = []
    places_at = {m.start for m in order if m.rule in rules and rules[m.rule].kind == "place"}
    for m in order:
        at = bisect_right(starts, m.start)
        last = bisect_left(starts, m.end)
        overlapping = [
            k for k in chosen[max(0, at - 1) : last] if k.start < m.end and m.start < k.end
        ]
        if not overlapping:
            chosen.insert(at, m)
            starts.insert(at, m.start)
        elif all(k.start <= m.start and m.end <= k.end for k in overlapping) and nests(
            m, overlapping[0], rules, places_at, lexicon
        ):
            inner.append(replace(m, nested=True))
    inner += _address(order, chosen, rules, lexicon)
    by_type: dict[str, list[Mention]] = {}
    for m in chosen:
        by_type.setdefault(m.type, []).append(m)
    result: list[Mention] = []
    for group in by_type.values():
        located = any(rules[m.rule].kind in ("place", "level") for m in group if m.rule in rules)
        result += chain(group, text, places) if located else group
    spans: set[tuple[int, int, str]] = set()
    for m in inner:
        if (m.start, m.end, m.type) not in spans:
            spans.add((m.start, m.end, m.type))
            result.append(m)
    return sorted(result, key=lambda m: (m.start, -m.end, m.type))


def _address(
    mentions: Iterable[Mention], chosen: Sequence[Mention], rules: dict[str, Rule], lexicon: Lexicon
) -> list[Mention]:
    """Places written one within the other at the head of a longer name: 甲市乙区某某项目.

    The last stands with its suffix: bare names (甲乙某某公司) are but part of what is named.
    """
    places = {
        m.start: m
        for m in sorted(mentions, key=lambda m: m.end)
        if m.rule in rules and rules[m.rule].kind in ("place", "level")
    }
    address: list[Mention] = []
    for outer in chosen:
        if outer.rule in rules and rules[outer.rule].kind not in ("suffix", "column"):
            continue
        run: list[Mention] = []
        position = outer.start
        while position in places and places[position].end < outer.end:
            if places[position].needs_claim:
                break
            run.append(replace(places[position], nested=True))
            position = places[position].end
        if len(run) >= 2 and lexicon.towns.full.search(run[-1].name):
            address += run
    return address
