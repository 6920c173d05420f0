"""Places and what is said to be in them in, the tiles of a schematic map out.

The map is a grid of our own: one tile for each division of the first level, roughly where it lies.
It has no borders, and says nothing of any.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.corpus.compound.implausible_sums import limit
from kg.extract.values.sum_kinds import YUAN, sum_kinds
from kg.ontology.divisions import divisions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kg.base.records import Deal, Knowledge
    from kg.ontology import Ontology
    from kg.ontology.divisions import Division
    from kg.publish.derived.whereabouts import Whereabouts
    from kg.publish.page.things import Things

# Column and row of each tile, by the first two digits of its division code (GB/T 2260).
TILES = {
    "23": (7, 0),
    "15": (4, 1), "11": (5, 1), "21": (6, 1), "22": (7, 1),
    "65": (0, 2), "62": (2, 2), "64": (3, 2), "14": (4, 2), "13": (5, 2), "12": (6, 2),
    "63": (1, 3), "61": (3, 3), "41": (4, 3), "37": (5, 3),
    "54": (1, 4), "51": (2, 4), "50": (3, 4), "42": (4, 4), "34": (5, 4), "32": (6, 4),
    "53": (2, 5), "52": (3, 5), "43": (4, 5), "36": (5, 5), "33": (6, 5), "31": (7, 5),
    "45": (3, 6), "44": (4, 6), "35": (5, 6), "71": (6, 6),
    "46": (3, 7), "82": (4, 7), "81": (5, 7),
}  # fmt: skip


def tiles(
    knowledge: Knowledge, ontology: Ontology, things: Things, where: Whereabouts, of: Sequence[str]
) -> dict[str, Any]:
    """What lies in each division of the first two levels.

    Args:
        knowledge: The records of a graph.
        ontology: Has the divisions, and the classes of what is counted.
        things: Gives the numbers of entities.
        where: The places of the graph.
        of: Names of the classes that are counted.

    Returns:
        ``classes``, those that are; ``tiles``, a row for each division of the first level: name,
        number of its place or -1, column, row, how many things of each class, how many deals, the
        yuan of these (a text: of each deal its cost, where it lies in this division alone), and
        rows of the same kind, without column and row, for those within it that have something.
        Empty where no place of the graph has a code of these.
    """
    counter = _Counter(knowledge, ontology, where, of)
    columns = list(of)
    inner = counter.inner()
    known = {e.code: e for e in knowledge.entities if e.code and e.id in where.names}
    parts: defaultdict[str, list[Division]] = defaultdict(list)
    first: dict[str, Division] = {}
    for one in divisions(ontology):
        if not one.parent:
            first[one.code[:2]] = one
        elif one.code in inner:
            parts[one.code[:2]].append(one)

    def row(one: Division, key: str) -> list[Any]:
        place = known.get(one.code)
        counts = [counter.counts[key][name] for name in columns]
        number = things.number(place.id) if place and counter.there(key) else -1
        return [one.short or one.name, number, counts, counter.deals[key], str(counter.sums[key])]

    rows = []
    for key, (column, line) in TILES.items():
        if key in first:
            name, *more = row(first[key], key)
            within = [row(one, one.code) for one in sorted(parts[key], key=lambda d: d.code)]
            rows.append([name, column, line, *more, within])
    return {"classes": columns, "tiles": rows if any(map(counter.there, TILES)) else []}


class _Counter:
    """Things and deals by place: the first two digits of a code, or the whole of a lower one."""

    def __init__(
        self,
        knowledge: Knowledge,
        ontology: Ontology,
        where: Whereabouts,
        of: Collection[str],
    ) -> None:
        self.where = where
        self.codes = {e.id: e.code for e in knowledge.entities if e.code and e.id in where.names}
        self.second = {d.code for d in divisions(ontology) if d.parent and d.parent[2:] == "0000"}
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.deals: Counter[str] = Counter()
        self.sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.kinds = sum_kinds(ontology)
        self.keys_of: dict[str, frozenset[str]] = {}
        for entity in knowledge.entities:
            if entity.type in of and entity.id not in where.names:
                for key in self._keys(where.of.get(entity.id, ())):
                    self.counts[key][entity.type] += 1
        for deal in knowledge.deals:
            self._add(deal)

    def there(self, key: str) -> bool:
        """Whether anything lies there."""
        return bool(self.counts[key].total() or self.deals[key])

    def inner(self) -> set[str]:
        """The codes of the second level that have something."""
        return {key for key in {*self.counts, *self.deals} if len(key) > 2 and self.there(key)}

    def _keys(self, places: Iterable[str]) -> set[str]:
        return {key for place in places for key in self._of(place)}

    def _of(self, place: str) -> frozenset[str]:
        """The divisions of the first two levels that a place is or lies in."""
        if place not in self.keys_of:
            self.keys_of[place] = frozenset()  # two places may lie in each other
            code = self.codes.get(place, "")
            if code:
                own = (code, code[:4] + "00")
                keys = {code[:2], *(one for one in own if one in self.second)}
                self.keys_of[place] = frozenset(keys)
            else:
                above = self.where.above.get(place, ())
                self.keys_of[place] = frozenset(self._keys(sorted(above)))
        return self.keys_of[place]

    def _add(self, deal: Deal) -> None:
        keys = self._deal_keys(deal)
        for key in keys:
            self.deals[key] += 1
        if sum(len(key) == 2 for key in keys) == 1:
            cost = self._cost(deal)
            for key in keys:
                if len(key) == 2 or sum(len(k) > 2 for k in keys) == 1:
                    self.sums[key] += cost

    def _deal_keys(self, deal: Deal) -> set[str]:
        """Where a deal is: where it says, else where its works are, else who makes it."""
        for part in (deal.places, (*deal.projects, *deal.agreements), deal.parties):
            places = [p for p in part if p in self.where.names]
            places += [p for one in part for p in sorted(self.where.of.get(one, ()))]
            if keys := self._keys(places):
                return keys
        return set()

    def _cost(self, deal: Deal) -> Decimal:
        cost = self.kinds.each[-1].name if self.kinds.each else ""
        sums = [
            Decimal(one.value)
            for one in deal.amounts
            if one.kind == cost and one.currency == YUAN and not limit(one, self.kinds)
        ]
        return max(sums, default=Decimal())
