"""Make the table of names that the arbiter remembers, from gold and from labelled articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from kg.extract.arbiter.memory import key, row
from kg.extract.mentions.mention import folded
from kg.run.train.network.vary import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.run.evaluate.gold import Sheet
    from kg.run.train.network.samples import Sample, Shape

    Named = tuple[str, set[tuple[str, str]]]  # a text, and the folded names in it with a class

# A name of fewer articles is left out: the next text will hardly have it. What the reader alone
# calls a name must be one in more of them.
OF_GOLD, OF_LABELS = 2, 3
SHORTEST = 2  # characters
LOST = "□"  # a character that the reader does not know


def of_gold(text: str, gold: Sheet) -> Named:
    """The names of an article as gold has them.

    >>> from kg.run.evaluate.gold import Sheet, named
    >>> of_gold("据《证券法》", Sheet({"e1": named("Policy", ["证券法"])}))
    ('据《证券法》', {('证券法', 'Policy')})
    """
    return text, {(name, thing.type) for thing in gold.things.values() for name in thing.names}


def of_label(sample: Sample, shape: Shape) -> Named:
    """The names of an article as the reader labelled it; its text has no rare characters."""
    letters = {number: char for char, number in shape.alphabet.numbers.items()}
    text = "".join(letters.get(int(number), LOST) for number in sample.characters)
    names = names_of(sample)
    return text, {(folded(text[n.start : n.end]), shape.classes[n.number]) for n in names}


def table(
    gold: Iterable[Named], labelled: Iterable[Named], classes: Sequence[str]
) -> dict[str, str]:
    """What articles say of each name that some of them have.

    Args:
        gold: Articles with the names that gold has.
        labelled: Articles with the names that the reader was sure of.
        classes: The classes, in the order of their numbers.

    >>> texts = [("证券法规定", {("证券法", "Policy")}), ("据证券法", {("证券法", "Policy")})]
    >>> list(table([*texts, ("证券法", set())], [], ["Policy"]).values())
    ['103']
    """
    named: dict[str, Counter[str]] = defaultdict(Counter)
    texts, names = list[str](), set[str]()
    for articles, least in ((gold, OF_GOLD), (labelled, OF_LABELS)):
        times = Counter[str]()
        for text, pairs in articles:
            texts.append(folded(text))
            for name, kind in pairs:
                named[name][kind] += 1
                times[name] += 1
        names |= {n for n, count in times.items() if count >= least and len(n) >= SHORTEST}
    occurrences = _holding(texts, sorted(name for name in names if LOST not in name))
    return {key(name): row(named[name], occurrences[name], classes) for name in sorted(occurrences)}


def _holding(texts: Iterable[str], names: Sequence[str]) -> Mapping[str, int]:
    """How many texts hold each name, also within a longer one."""
    finder, counts = AhoCorasick(names), Counter[str]()
    for text in texts:
        places = finder.find_matches_as_indexes(text, overlapping=True)
        counts.update({names[number] for number, _, _ in places})
    return counts
