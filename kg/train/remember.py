"""Make the table of names that the arbiter remembers, from gold and from labelled articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from kg.annotate.mention import folded
from kg.arbiter.memory import key, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.gold import Sheet

# A name of fewer articles is left out: the next text will hardly have it.
LEAST = 2
SHORTEST = 2  # characters


def table(articles: Iterable[tuple[str, Sheet]], classes: Sequence[str]) -> dict[str, str]:
    """What the articles say of each name that two of them have.

    Args:
        articles: Texts with their gold.
        classes: The classes, in the order of their numbers.

    >>> from kg.gold import Sheet, named
    >>> gold = Sheet({"e1": named("Policy", ["证券法"])})
    >>> texts = ("证券法规定", gold), ("据证券法", gold), ("证券法", Sheet())
    >>> list(table(texts, ["Policy"]).values())
    ['103']
    """
    named: dict[str, Counter[str]] = defaultdict(Counter)
    texts = []
    for text, gold in articles:
        texts.append(folded(text))
        found = {(name, thing.type) for thing in gold.things.values() for name in thing.names}
        for name, kind in found:
            named[name][kind] += 1
    kept = {n: c for n, c in named.items() if c.total() >= LEAST and len(n) >= SHORTEST}
    held = _holding(texts, sorted(kept))
    return {key(name): row(counts, held[name], classes) for name, counts in kept.items()}


def _holding(texts: Iterable[str], names: Sequence[str]) -> Mapping[str, int]:
    """How many texts hold each name, also within a longer one."""
    finder, found = AhoCorasick(names), Counter[str]()
    for text in texts:
        places = finder.find_matches_as_indexes(text, overlapping=True)
        found.update({names[number] for number, _, _ in places})
    return found
