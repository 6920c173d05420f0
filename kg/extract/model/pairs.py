"""Score what an article may state of two of its mentions.

For two mentions the network sees the states at their ends, the largest state between them,
the states just before the first and behind the second, their classes, how far they stand
apart and in which order, how many mentions of their classes stand between them, and whether the
name of one entity lies in that of the other (a university and its school). Two layers make of
it a score for each predicate. Of two entities the best pair of their mentions counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extract.model.network import TOP
from kg.extract.model.tags import UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.extract.model.network import Network
    from kg.extract.model.weights import Array

# Distances in characters and in sentences that are told apart; the last stands for all above.
DISTANCES = (0, 1, 2, 3, 5, 8, 12, 18, 26, 40, 60, 100, 160, 260)
APART = 5
NEAREST = 3  # pairs of mentions of two entities that are looked at
WINDOW = 80  # characters between two mentions; of more the first and the last half of it
LOWEST = -TOP
KINDS = range(10)  # of ends: seven classes, roles, days, amounts
NAMED = range(7)  # of ends that are names
NEAREST_OF = {7: 1, 8: 2, 9: 2}  # of roles, days and amounts, which few pairs state
BESIDE = 80  # ends behind a mention that may be in a pair with it
FAR = 2  # sentences apart; of 5,000 relations that readers marked 4 % are further
RIVALS = 3  # ends of one class between two others that are counted
FORMS = 8  # names of an entity that are compared; in the examples none has more than four
ALIKE = 3  # characters in a row that two names share to be alike
# How the name of an entity lies in that of another: not, at its beginning, its end, within it;
# the other way round; or they only share characters.
NOT, FIRST, LAST, WITHIN, SHARES = 0, 1, 2, 3, 7
TURNED = 3  # what is added if the name of the object is the longer one
LIES = 8


class PairEnd(NamedTuple):
    """A mention or a value as one end of a pair.

    Attributes:
        start, end: Where it stands in the article.
        kind: The number of its class, or of its sort of value, in ``Weights.about["ends"]``.
        key: What it is a mention of; mentions with one key are of one entity.
        reference: Whether it names nothing by itself (该公司).
    """

    start: int
    end: int
    kind: int
    key: tuple[str, str]
    reference: bool = False


class Pair(NamedTuple):
    """Two ends, by their numbers, and how they lie to each other.

    Attributes:
        subject, object: The numbers of the ends.
        apart, distance: The sentences and the characters between them.
        lies: How the name of one entity lies in that of the other, 0 to 7.
        rivals: How many ends of the subject's kind and of the object's stand between them, at
            most ``RIVALS`` of each, as one number of two digits to base ``RIVALS + 1``.
    """

    subject: int
    object: int
    apart: int
    distance: int
    lies: int
    rivals: int


# What is known of a pair beside the states, with the rows of its table.
TABLES = {
    "kinds": len(KINDS) ** 2,
    "distance": 2 * (len(DISTANCES) + 1),
    "apart": 2 * (APART + 1),
    "count": NEAREST + 1,
    "lies": LIES,
    "rivals": 2 * (RIVALS + 1) ** 2,
}
_PAIR = partial(tuple.__new__, Pair)  # of a row of fields, in a third of the time
Pairs = dict[tuple[tuple[str, str], tuple[str, str]], list[Pair]]


def pairs_of(text: str, ends: Sequence[PairEnd], sentences: Sequence[int], allowed: Array) -> Pairs:
    """For two entities that some predicate allows, their nearest pairs of mentions.

    Args:
        text: The article.
        ends: Its mentions and values.
        sentences: Where each sentence begins.
        allowed: For two kinds of ends and a predicate whether it may hold of them.
    """
    order = sorted(range(len(ends)), key=lambda i: ends[i][:3])
    number = [max(0, bisect_right(sentences, end.start) - 1) for end in ends]
    some: list[list[bool]] = np.any(allowed, axis=2).tolist()
    kinds = np.zeros((len(order) + 1, len(KINDS)), np.int64)  # of so many first ends
    kinds[np.arange(1, len(order) + 1), [ends[i].kind for i in order]] = 1
    count: list[list[int]] = kinds.cumsum(0).tolist()
    names, pairs = Names(text, ends), Pairs()
    in_order = [(i, ends[i], number[i]) for i in order]
    for at, (i, one, first) in enumerate(in_order):
        before = count[at + 1]
        for behind, (j, other, last) in enumerate(in_order[at + 1 : at + 1 + BESIDE], at + 1):
            if last - first > FAR:
                break
            forth, back = some[one.kind][other.kind], some[other.kind][one.kind]
            if one.key == other.key or not (forth or back):
                continue
            apart, distance = last - first, max(other.start - one.end, -1)
            of_one = min(RIVALS, count[behind][one.kind] - before[one.kind])
            of_other = min(RIVALS, count[behind][other.kind] - before[other.kind])
            if forth:
                rivals, lies = of_one * (RIVALS + 1) + of_other, names.lies(one.key, other.key)
                pair = _PAIR((i, j, apart, distance, lies, rivals))
                pairs.setdefault((one.key, other.key), []).append(pair)
            if back:
                rivals, lies = of_other * (RIVALS + 1) + of_one, names.lies(other.key, one.key)
                pair = _PAIR((j, i, apart, distance, lies, rivals))
                pairs.setdefault((other.key, one.key), []).append(pair)
    for near in pairs.values():
        if len(near) > 1:
            near.sort(key=lambda pair: (pair.apart, pair.distance, pair))
        del near[NEAREST_OF.get(ends[near[0].object].kind, NEAREST) :]
    return pairs


class Names:
    """The names that the ends of one entity have in an article, compared with those of others.

    >>> ends = [PairEnd(0, 4, 0, ("", "a")), PairEnd(5, 12, 0, ("", "b"))]
    >>> names = Names("北方大学，北方大学医学院", ends)
    >>> names.lies(("", "b"), ("", "a")), names.lies(("", "a"), ("", "b"))
    (1, 4)
    """

    def __init__(self, text: str, ends: Sequence[PairEnd]) -> None:
        self.of: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.parts: dict[tuple[str, str], set[str]] = defaultdict(set)  # of two characters or more
        self._compared: dict[tuple[tuple[str, str], tuple[str, str]], int] = {}
        for end in ends:
            name = text[end.start : end.end]
            names = self.of[end.key]
            if end.kind in NAMED and not end.reference and name not in names and len(names) < FORMS:
                names.append(name)
                for size in range(2, ALIKE + 1):
                    parts = (name[at : at + size] for at in range(len(name) - size + 1))
                    self.parts[end.key].update(parts)

    def lies(self, subject: tuple[str, str], object_: tuple[str, str]) -> int:
        """How a name of one entity lies in one of the other, as the constants above tell."""
        how = self._compared.get((subject, object_))
        if how is None:
            how = self._compared[subject, object_] = self._lies(subject, object_)
        return how

    def _lies(self, subject: tuple[str, str], object_: tuple[str, str]) -> int:
        if self.parts[subject].isdisjoint(self.parts[object_]):
            return NOT
        ones, others = self.of[subject], self.of[object_]
        inside = _closest(_lies(short, long) for long in ones for short in others)
        around = _closest(_lies(short, long) for long in others for short in ones)
        if inside or around:
            return inside or around + TURNED
        shared = self.parts[subject] & self.parts[object_]
        return SHARES if any(len(part) == ALIKE for part in shared) else NOT


def _closest(lies: Iterable[int]) -> int:
    return min((how for how in lies if how), default=NOT)


def _lies(short: str, long: str) -> int:
    if len(short) == 1 or len(short) >= len(long) or short not in long:
        return NOT  # a single character says nothing
    if long.startswith(short):
        return FIRST
    return LAST if long.endswith(short) else WITHIN


class Scorer:
    """Scores pairs with the weights of a network."""

    def __init__(self, network: Network) -> None:
        self.network = network
        about = network.weights.about
        self.predicates: list[str] = about["predicates"]
        self.kinds: list[str] = about["ends"]
        array = network.array
        self.subject, self.object = array("pairs.subject"), array("pairs.object")
        self.pool = array("pairs.pool")
        self.before, self.behind = np.split(array("pairs.around"), 2)
        self.shift = 2.0 ** -array("pairs.shift")
        self.tables = {name: array(f"pairs.{name}") for name in TABLES}
        self.between = network.linear("pairs.between")
        self.hidden = network.linear("pairs.hidden")
        self.out = network.linear("pairs.out")

    def score(self, states: Array, ends: Sequence[PairEnd], pairs: Pairs) -> Array:
        """A score for each pair of entities and each predicate, in the order of ``pairs``."""
        if not pairs:
            return np.zeros((0, len(self.predicates)), np.float32)
        rows = [pair for near in pairs.values() for pair in near]
        counts = [len(near) for near in pairs.values()]
        scores = self._scores(states.astype(np.float32), ends, rows, counts)
        best: Array = np.maximum.reduceat(scores, np.cumsum([0, *counts[:-1]]))
        return np.maximum(best, LOWEST * UNIT)

    def _scores(
        self,
        states: Array,
        ends: Sequence[PairEnd],
        pairs: Sequence[Pair],
        counts: Sequence[int],
    ) -> Array:
        multiply = self.network.multiply
        layout = PairArrays(ends, pairs, counts, len(states))
        both = np.concatenate([states[layout.starts], states[layout.stops - 1]], axis=1)
        total = multiply(both, self.subject).take(layout.subjects, axis=0)
        total += multiply(both, self.object).take(layout.objects, axis=0)
        total += multiply(self._largest(states, layout), self.pool)
        # Many pairs have one of few places before or behind them: each is computed once.
        for places, matrix in ((layout.before, self.before), (layout.behind, self.behind)):
            unique, each = np.unique(places, return_inverse=True)
            total += multiply(states[unique], matrix).take(each, axis=0)
        total *= self.shift
        for name, rows in layout.tables.items():
            total += self.tables[name].take(rows, axis=0)
        product, hidden = self.network.product, _positive(np.rint(total))
        return product(_positive(product(hidden, self.hidden)), self.out)

    def leans(self, states: Array, start: int, end: int) -> int:
        """The character between two mentions that weighs most in their score."""
        values = self.network.product(states[start:end].astype(np.float32), self.between)
        share = (values == values.max(0)) @ np.abs(self.pool).sum(1)
        return start + int(share.argmax())

    def _largest(self, states: Array, layout: PairArrays) -> Array:
        """The largest of what the characters between two mentions say."""
        values = self.network.product(states, self.between)
        values = np.clip(values, -TOP, TOP, out=values).astype(np.int8)
        largest = np.full((len(layout.between), values.shape[1]), LOWEST, np.float32)
        levels, right = _levels(values, WINDOW), layout.right
        half = np.where(layout.between > WINDOW, WINDOW // 2, layout.between)
        some = np.flatnonzero(half > 0)
        largest[some] = _largest(levels, layout.left[some], half[some])
        some = np.flatnonzero(half < layout.between)
        largest[some] = np.maximum(
            largest[some], _largest(levels, (right - half)[some], half[some])
        )
        return largest


class PairArrays:
    """Where pairs stand, as arrays of places and of rows of tables."""

    def __init__(
        self, ends: Sequence[PairEnd], pairs: Sequence[Pair], counts: Sequence[int], length: int
    ) -> None:
        starts, stops, kinds = np.array([end[:3] for end in ends]).T
        numbers = np.fromiter(chain.from_iterable(pairs), np.int64, len(pairs) * len(Pair._fields))
        i, j, apart, distance, lies, rivals = numbers.reshape(len(pairs), -1).T
        self.starts, self.stops, self.subjects, self.objects = starts, stops, i, j
        forward = starts[i] <= starts[j]
        self.left = np.where(forward, stops[i], stops[j])
        self.right = np.where(forward, starts[j], starts[i])
        self.between = self.right - self.left
        self.before = np.maximum(np.minimum(starts[i], starts[j]) - 1, 0)
        self.behind = np.minimum(np.maximum(stops[i], stops[j]), length - 1)
        self.tables = {
            "kinds": kinds[i] * len(KINDS) + kinds[j],
            "distance": 2 * np.searchsorted(DISTANCES, np.maximum(distance, 0)) + forward,
            "apart": 2 * np.minimum(apart, APART) + forward,
            "count": np.repeat(np.minimum(counts, NEAREST), counts),
            "lies": lies,
            "rivals": 2 * rivals + forward,
        }


def _levels(rows: Array, longest: int) -> Array:
    """For each power of two the largest of so many rows from every row on, as far as there are."""
    count = min(longest, len(rows)).bit_length()
    levels = np.repeat(rows[None], count, axis=0)
    for level in range(1, count):
        size = 1 << (level - 1)
        below = levels[level - 1]
        np.maximum(below[:-size], below[size:], out=levels[level, :-size])
    return levels


def _largest(levels: Array, starts: Array, sizes: Array) -> Array:
    """The largest of the rows of each stretch, which two powers cover that may overlap."""
    power = np.frexp(sizes)[1] - 1
    rows, first = levels.reshape(-1, levels.shape[2]), power * levels.shape[1] + starts
    last = first + sizes - (1 << power)
    largest: Array = np.maximum(rows.take(first, axis=0), rows.take(last, axis=0))
    return largest


def _positive(rows: Array) -> Array:
    return np.clip(rows, 0, TOP)


def allowed_by(about: Mapping[str, list[list[str]]]) -> Array:
    """For two kinds of ends and a predicate whether it may hold, as weights were trained."""
    kinds, predicates = about["ends"], about["predicates"]
    table = np.zeros((len(kinds), len(kinds), len(predicates)), bool)
    for subject, predicate, object_ in about["allowed"]:
        table[kinds.index(subject), kinds.index(object_), predicates.index(predicate)] = True  # type: ignore[arg-type]
    return table
