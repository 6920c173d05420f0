"""Tell for which place each article of a page speaks: 市科技局 is that of its city.

Where a row of posts names a place of that level before such a name, it is the one: 甲市委常委、
市政府副市长 tells of 甲市, whoever speaks. In 甲市委常委、宣传部部长 the department is of 甲市委.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.mention import Mention
from kg.extract.resolve.bodies import bodies
from kg.extract.resolve.clusters import Clusters, Key
from kg.ontology import Ontology
from kg.ontology.places import Places

# Where a mention stands: its article, its begin and end.
At = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ArticleStatement:
    """A statement and the article it stands in."""

    context: ArticleContext
    statement: Statement


class SpeakingPlaces:
    """What 市科技局 means where the articles and sentences of one page speak of different cities.

    The key of such a name carries its place, after a separator that no text holds; on a page with
    one voice the name alone is the key.
    """

    MARK = "\x1f"

    def __init__(self, contexts: Sequence[ArticleContext], ontology: Ontology) -> None:
        self.contexts = contexts
        classes = ontology.classes.values()
        self.bodies = {k.name for k in classes if k.identified_by == "body"}
        self.located = {k.name for k in classes if k.identified_by == "place"}
        self.table, self.places = bodies(str(ontology.folder)), Places.load(ontology)
        self.committee = ontology.lexicon.sameness.party_committee
        identity = ontology.lexicon.identity
        self.departments, self.committees = identity.departments, identity.committees
        self.led, self.row = ontology.lexicon.sameness.led, ontology.lexicon.sameness.row
        by_level: dict[str, set[str]] = defaultdict(set)
        for context in contexts:
            for level, home in context.home.items():
                by_level[level].add(self._full(home.name))
        self.mixed = {level for level, names in by_level.items() if len(names) > 1}
        self.by_level: dict[str, set[str]] = defaultdict(set, by_level)
        row_places = [one for context in contexts for one in self._row_places(context)]
        self.row_places = dict(row_places)
        # Where one place of a level is named, all that is said of the level is of it.
        levels = {place[-1] for _, place in row_places} - {self.committee}
        self.only = {
            level: min(self.by_level[level]) for level in levels if len(self.by_level[level]) == 1
        }

    def key(self, m: Mention) -> Key:
        """The key of a mention: its class and name, with the place that speaks where needed."""
        if m.type not in self.bodies:
            return m.type, m.name
        level, context = m.name[0], self.contexts[m.article]
        place = self.row_places.get((m.article, m.start, m.end), "")
        if not place and level in self.mixed and level in context.home:
            place = self._full(context.home[level].name)
        if not place and self.led.match(m.name):
            place = self.only.get(level, "")
        return m.type, f"{m.name}{self.MARK}{place}" if place else m.name

    def join(self, clusters: Clusters, mentions: Sequence[tuple[ArticleContext, Mention]]) -> None:
        """Make a short name one with the full name of the same place: 合肥市科技局."""
        full_names: dict[tuple[str, tuple[str, str]], list[str]] = defaultdict(list)
        for type_, name in sorted({(m.type, m.name) for _, m in mentions if m.type in self.bodies}):
            full_names[type_, self.table.parts(name)].append(name)
        for _, m in mentions:
            key = self.key(m)
            if key[1] == m.name:
                continue
            parts = self.table.parts(with_place(key[1], m.name))
            for full in full_names.get((m.type, parts), ())[-1:]:
                clusters.union(key, (m.type, full), "name.bureau", f"{m.name} is that of {full}")

    def _row_places(self, context: ArticleContext) -> Iterator[tuple[At, str]]:
        """For each name by its level (市政府) in a row of posts the place before it there."""
        last: dict[str, tuple[str, int]] = {}
        for m in sorted(context.mentions, key=lambda m: (m.start, m.end)):
            if m.type in self.bodies and self.led.match(m.name):
                place, end = last.get(m.name[0], ("", 0))
                if place and self.row.fullmatch(context.text, end, m.start):
                    yield (m.article, m.start, m.end), place
                    last[m.name[0]] = place, m.end
            elif m.type in self.bodies and self.departments.fullmatch(m.name):
                committee, end = last.get(self.committee, ("", 0))
                if committee and self.row.fullmatch(context.text, end, m.start):
                    yield (m.article, m.start, m.end), committee
            elif place := self._place(m):
                last[place[-1]] = place, m.end
                self.by_level[place[-1]].add(place)
                if m.type in self.bodies and self.committees.search(m.name):
                    last[self.committee] = place + self.committee, m.end

    def _place(self, m: Mention) -> str:
        """The place that a mention names, or that the body has which it names."""
        if m.type in self.located:
            return self._full(m.name)
        return self.table.parts(m.name)[0] if m.type in self.bodies else ""

    def _full(self, name: str) -> str:
        division = self.places.resolve(name)
        return division.name if division else name


def with_place(key: str, name: str) -> str:
    r"""A name that tells a level or a department, with the place or committee of its key.

    >>> with_place("市科技局\x1f甲市", "市科技局"), with_place("市科技局", "市科技局")
    ('甲市科技局', '市科技局')
    >>> with_place("宣传部\x1f甲市委", "宣传部")
    '甲市委宣传部'
    """
    words, _, place = key.partition(SpeakingPlaces.MARK)
    if place and name.startswith(place[-1]):
        return place + name[1:]
    return place + name if words == name else name
