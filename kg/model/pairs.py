"""Score what an article may state of two of its mentions.

For two mentions the network sees the states at their ends, the largest state between them,
the states just before the first and behind the second, their classes, how far they stand
apart and in which order. Two layers make of it a score for each predicate. Of two entities
the best pair of their mentions counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.model.network import TOP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model.network import Network
    from kg.model.weights import Array

# Distances in characters and in sentences that are told apart; the last stands for all above.
DISTANCES = (0, 1, 2, 3, 5, 8, 12, 18, 26, 40, 60, 100, 160, 260)
APART = 5
NEAREST = 3  # pairs of mentions of two entities that are looked at
WINDOW = 80  # characters between two mentions; of more the first and the last half of it
LOWEST = -TOP
KINDS = range(10)  # of ends: seven classes, roles, days, amounts
NEAREST_OF = {7: 1, 8: 2, 9: 2}  # of roles, days and amounts, which few pairs state
BESIDE = 80  # ends behind a mention that may be in a pair with it
FAR = 2  # sentences apart; of 5,000 relations that readers marked 4 % are further


class End(NamedTuple):
    """A mention or a value as one end of a pair.

    Attributes:
        start, end: Where it stands in the article.
        kind: The number of its class, or of its sort of value, in ``Weights.about["ends"]``.
        key: What it is a mention of; mentions with one key are of one entity.
    """

    start: int
    end: int
    kind: int
    key: tuple[str, str]


class Pair(NamedTuple):
    """Two ends, by their numbers, with the sentences and the characters between them."""

    subject: int
    object: int
    apart: int
    distance: int


Pairs = dict[tuple[tuple[str, str], tuple[str, str]], list[Pair]]


def pairs_of(ends: Sequence[End], sentences: Sequence[int], allowed: Array) -> Pairs:
    """For two entities that some predicate allows, their nearest pairs of mentions.

    Args:
        ends: The mentions and values of an article.
        sentences: Where each sentence begins.
        allowed: For two kinds of ends and a predicate whether it may hold of them.
    """
    order = sorted(range(len(ends)), key=lambda i: ends[i][:3])
    number = [max(0, bisect_right(sentences, end.start) - 1) for end in ends]
    some: list[list[bool]] = np.any(allowed, axis=2).tolist()
    found: Pairs = defaultdict(list)
    for at, i in enumerate(order):
        one = ends[i]
        for j in order[at + 1 : at + 1 + BESIDE]:
            other, apart = ends[j], number[j] - number[i]
            if apart > FAR:
                break
            if one.key == other.key:
                continue
            distance = max(other.start - one.end, -1)
            if some[one.kind][other.kind]:
                found[one.key, other.key].append(Pair(i, j, apart, distance))
            if some[other.kind][one.kind]:
                found[other.key, one.key].append(Pair(j, i, apart, distance))
    for near in found.values():
        near.sort(key=lambda pair: (pair.apart, pair.distance, pair))
        del near[NEAREST_OF.get(ends[near[0].object].kind, NEAREST) :]
    return dict(found)


class Scorer:
    """Scores pairs with the weights of a network."""

    def __init__(self, network: Network) -> None:
        self.network = network
        about = network.weights.about
        self.predicates: list[str] = about["predicates"]
        self.kinds: list[str] = about["ends"]
        array = network.array
        self.subject, self.object = array("pairs.subject"), array("pairs.object")
        self.pool, self.around = array("pairs.pool"), array("pairs.around")
        self.shift = 2.0 ** -array("pairs.shift")
        self.tables = {
            name: array(f"pairs.{name}") for name in ("kinds", "distance", "apart", "count")
        }
        self.between = network.linear("pairs.between")
        self.hidden = network.linear("pairs.hidden")
        self.out = network.linear("pairs.out")

    def score(self, seen: Array, ends: Sequence[End], pairs: Pairs) -> Array:
        """A score for each pair of entities and each predicate, in the order of ``pairs``."""
        states = seen.astype(np.float32)
        rows = [(n, pair) for n, near in enumerate(pairs.values()) for pair in near]
        found = np.full((len(pairs), len(self.predicates)), LOWEST * 64, np.float32)
        if rows:
            counts = [len(near) for near in pairs.values()]
            scores = self._scores(states, ends, [pair for _, pair in rows], counts)
            np.maximum.at(found, np.array([n for n, _ in rows]), scores)
        return found

    def _scores(
        self,
        states: Array,
        ends: Sequence[End],
        pairs: Sequence[Pair],
        counts: Sequence[int],
    ) -> Array:
        multiply = self.network.multiply
        starts = np.array([end.start for end in ends])
        stops = np.array([end.end - 1 for end in ends])
        both = np.concatenate([states[starts], states[stops]], axis=1)
        i = np.array([pair.subject for pair in pairs])
        j = np.array([pair.object for pair in pairs])
        layout = Layout(ends, pairs, counts, len(states))
        total = multiply(both, self.subject)[i] + multiply(both, self.object)[j]
        total += multiply(self._largest(states, layout), self.pool)
        around = np.concatenate([states[layout.before], states[layout.behind]], axis=1)
        total += multiply(around, self.around)
        total *= self.shift
        for name, rows in layout.tables.items():
            total += self.tables[name][rows]
        hidden = _positive(np.rint(total))
        return self._layer(_positive(self._layer(hidden, self.hidden)), self.out)

    def leans(self, seen: Array, start: int, end: int) -> int:
        """Which character between two mentions says most of what the network goes by."""
        said = self._layer(seen[start:end].astype(np.float32), self.between)
        share = (said == said.max(0)) @ np.abs(self.pool).sum(1)
        return start + int(share.argmax())

    def _layer(self, rows: Array, linear: tuple[Array, Array, Array]) -> Array:
        matrix, shift, bias = linear
        found: Array = np.rint(self.network.multiply(rows, matrix) * shift + bias)
        return found

    def _largest(self, states: Array, layout: Layout) -> Array:
        """The largest of what the characters between two mentions say."""
        said = np.clip(self._layer(states, self.between), -TOP, TOP).astype(np.int8)
        found = np.full((len(layout.between), said.shape[1]), LOWEST, np.float32)
        some = np.flatnonzero(layout.between > 0)
        if len(some):
            levels = _levels(said, WINDOW)
            half = np.where(layout.between > WINDOW, WINDOW // 2, layout.between)[some]
            left, right = layout.left[some], layout.right[some]
            found[some] = np.maximum(
                _largest(levels, left, left + half), _largest(levels, right - half, right)
            )
        return found


class Layout:
    """Where pairs stand, as arrays of places and of rows of tables."""

    def __init__(
        self, ends: Sequence[End], pairs: Sequence[Pair], counts: Sequence[int], length: int
    ) -> None:
        starts = np.array([end.start for end in ends])
        stops = np.array([end.end for end in ends])
        kinds = np.array([end.kind for end in ends])
        i, j, apart, distance = np.array(pairs).T
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
        }


def _levels(rows: Array, longest: int) -> list[Array]:
    """For each power of two the largest of so many rows from every row on."""
    levels, size = [rows], 1
    while 2 * size <= min(longest, len(rows)):
        last = levels[-1]
        levels.append(np.maximum(last[: len(last) - size], last[size:]))
        size *= 2
    return levels


def _largest(levels: Sequence[Array], starts: Array, stops: Array) -> Array:
    """The largest of the rows of each stretch, which overlap where two powers cover it."""
    found = np.empty((len(starts), levels[0].shape[1]), np.int8)
    power = np.frexp(stops - starts)[1] - 1
    for level in np.unique(power).tolist():
        at = power == level
        rows = levels[level]
        found[at] = np.maximum(rows[starts[at]], rows[stops[at] - (1 << level)])
    return found


def _positive(rows: Array) -> Array:
    return np.clip(rows, 0, TOP)


def allowed_by(about: Mapping[str, list[list[str]]]) -> Array:
    """For two kinds of ends and a predicate whether it may hold, as weights were trained."""
    kinds, predicates = about["ends"], about["predicates"]
    table = np.zeros((len(kinds), len(kinds), len(predicates)), bool)
    for subject, predicate, object_ in about["allowed"]:
        table[kinds.index(subject), kinds.index(object_), predicates.index(predicate)] = True  # type: ignore[arg-type]
    return table
