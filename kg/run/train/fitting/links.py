"""Pairs of names that readers gave to one thing, and to two, for the arbiter to learn from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extract.arbiter.aliases import MOST, AliasScorer
from kg.extract.mentions.mention import clean
from kg.run.train.fitting.logistic import Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.run.train.standoff import Article


def examples(article: Article, text: str) -> Iterator[Example]:
    """Any two names of a class that are alike, and whether they name one thing.

    Args:
        article: An article of the gold.
        text: Its text.
    """
    squeezed = "".join(text.split())
    named: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, (type_, names, _) in enumerate(article.raw["entities"]):
        for name in names:
            named[type_][clean(name)].add(number)
    for type_, things in sorted(named.items()):
        if len(things) > MOST:
            continue
        alike = AliasScorer(type_, things, squeezed)
        for short in alike.names:
            for full, holds in alike.pairs(short):
                yield Example(holds, bool(things[short] & things[full]))
