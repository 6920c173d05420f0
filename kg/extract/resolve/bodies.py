"""Find names that mean one body: 嘉定区政府 and 上海市嘉定区人民政府.

A government body is its place and its office. The place is the last of those that open the
name; the office is told in its full form (发改委 is 发展和改革委员会). A company is the same with
and without its place before it, a group with and without its legal form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.ontology import Ontology, load
from kg.ontology.places import Places

DASHES = str.maketrans("-－–", "———")
LEAST = 6  # characters of a company's name that stands without its place


@dataclass(frozen=True, slots=True)
class BodyAlias:
    """Two names of one body, the rule that says so and why."""

    short: str
    full: str
    rule: str
    reason: str


class Bodies:
    """Reads names of bodies; see ``of``."""

    def __init__(self, ontology: Ontology) -> None:
        self.lexicon = ontology.lexicon
        vocabulary = ontology.lexicon.bodies
        self.places = Places.load(ontology)
        self.full = {form: line[0] for line in vocabulary.same for form in line}
        forms = sorted(map(re.escape, self.full), key=len, reverse=True)
        self.forms = re.compile("|".join(forms))
        self.committee = vocabulary.committee
        self.kinds = vocabulary.kinds
        self.companies = vocabulary.companies
        self.legal = vocabulary.legal
        self.groups = vocabulary.groups
        self.firm, self.group = vocabulary.firm, vocabulary.group

    def are_two_firms(self, one: str, other: str) -> bool:
        """Whether two names are those of two firms: a group and another, or two legal names.

        >>> from kg.ontology import load
        >>> of = Bodies(load())
        >>> names = "乙市甲某酒股份有限公司", "甲某集团有限公司"
        >>> [of.are_two_firms("甲某集团", name) for name in names]
        [True, False]
        >>> of.are_two_firms("甲某集团有限公司", "甲某集团新能源股份有限公司")
        True
        """
        if (self.group.search(one) is None) != (self.group.search(other) is None):
            return bool(self.group.search(one) and self.firm.search(other))
        cores = [self.firm.sub("", name) for name in (one, other) if self.firm.search(name)]
        return len(cores) == 2 and cores[0] != cores[1]

    def office(self, words: str) -> str:
        """The full form of the name of an office.

        >>> from kg.ontology import load
        >>> Bodies(load()).office("发改委")
        '发展和改革委员会'
        """
        words = self.forms.sub(lambda m: self.full[m.group()], words)
        return self.committee.sub(self.lexicon.sameness.committee_of_place, words)

    def parts(self, name: str) -> tuple[str, str]:
        """The place and the office of a government body; ``""`` for a place that is not told.

        >>> from kg.ontology import load
        >>> Bodies(load()).parts("上海市嘉定区政府")
        ('嘉定区', '人民政府')
        """
        at, place = 0, ""
        while size := self._leading(name, at):
            place, at = name[at : at + size], at + size
        again = self.lexicon.sameness.twice.match(name, at)
        if again and place.endswith(again[1]):
            at = again.end()
        division = self.places.resolve(place) if place else None
        return (division.name if division else place), self.office(name[at:])

    def _leading(self, name: str, at: int) -> int:
        """How long the place is that stands at a position; after another one it has its suffix."""
        sameness = self.lexicon.sameness
        if at == 0 and self.lexicon.bodies.no_place.match(name):
            return 0
        for n in range(min(12, len(name) - at - 1), 1, -1):
            words = name[at : at + n]
            bare = at == 0 and not any(c in sameness.levels for c in words)
            if (bare or words[-1] in sameness.levels) and self._place(words):
                return n
        return 0

    def _place(self, words: str) -> bool:
        return bool(self.places.by_name(words))

    def key(self, name: str) -> str:
        """What a government body is known by in all documents: 嘉定区人民政府.

        A name whose place has several readings (朝阳区) is left as printed.
        """
        place, office = self.parts(name)
        has_division = place and self.places.resolve(place) is not None
        return place + office if has_division and office else name

    def placed(self, name: str) -> str:
        """A name of a body with its place as the table has it: 甲市乙院 of 丙省甲市乙院, 甲乙院.

        >>> from kg.ontology import load
        >>> of = Bodies(load())
        >>> of.placed("贵州省贵阳市第四医院"), of.placed("贵阳第四医院"), of.placed("甲某医院")
        ('贵阳市第四医院', '贵阳市第四医院', '甲某医院')
        """
        at = 0
        while size := self._leading(name, at):
            at += size
        division = self.places.resolve(name[:at]) if at else None
        unambiguous = division is not None and self.places.resolve(division.name) == division
        return division.name + name[at:] if division and unambiguous else name

    def same(self, names: Collection[tuple[str, str]]) -> Iterator[BodyAlias]:
        """The pairs of names that mean one body, among the names and subtypes of one text."""
        yield from self._governments({n for n, kind in names if kind in self.kinds})
        yield from self._companies(sorted({n for n, kind in names if kind in self.companies}))
        yield from self._dashed(sorted({n for n, _ in names}))

    @staticmethod
    def _dashed(names: list[str]) -> Iterator[BodyAlias]:
        """Names that only a dash or capitals tell apart: 中国-甲某组织 and 中国—甲某组织."""
        by_spelling: dict[str, str] = {}
        for name in reversed(names):  # the long dash first
            full = by_spelling.setdefault(name.translate(DASHES).casefold(), name)
            if full != name:
                yield BodyAlias(name, full, "name.dash", f"{full} is the same, written otherwise")

    def _governments(self, names: Collection[str]) -> Iterator[BodyAlias]:
        sameness = self.lexicon.sameness
        by_office: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in sorted(names, key=lambda n: (-len(n), n)):
            by_office[self.parts(name)].append(name)
        for (place, office), group in sorted(by_office.items()):
            same_place = place or (group[0][0] in sameness.levels and group[0][0] == group[-1][0])
            for name in group[1:] if same_place else ():
                why = f"both are {office} of {place}"
                yield BodyAlias(name, group[0], "name.office", why)
        for name in sorted(names):
            if name[0] not in sameness.levels or (
                len(name) < 3 and name[1:] != sameness.party_committee
            ):
                continue
            office = self.office(name[1:])
            candidates = [
                g[0] for (p, o), g in by_office.items() if o == office and p.endswith(name[0])
            ]
            if len(candidates) == 1 and candidates[0] != name:
                why = f"{candidates[0]} is the only {office} of a {name[0]} here"
                yield BodyAlias(name, candidates[0], "name.office", why)

    def _companies(self, names: list[str]) -> Iterator[BodyAlias]:
        for name in names:
            placed = [
                n for n in names if n != name and n.endswith(name) and self._place(n[: -len(name)])
            ]
            if len(placed) == 1 and len(name) >= LEAST:
                yield BodyAlias(
                    name, placed[0], "name.placed", f"{placed[0]} tells its place as well"
                )
            legal = [n for n in names if n.startswith(name) and n[len(name) :] in self.legal]
            if len(legal) == 1 and name.endswith(self.groups):
                yield BodyAlias(name, legal[0], "name.legal", f"{legal[0]} adds its legal form")


@lru_cache(maxsize=4)
def bodies(folder: str) -> Bodies:
    """The bodies of the ontology in a folder; read once for a process."""
    return Bodies(load(folder))
