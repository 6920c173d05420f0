"""What a document tells of one project, agreement or event in, the deal about it out.

A thing whose name only says what sort of thing it is (《保证合同》, 芯片工厂) may be another one in
each sentence: what contradicts what was told before is a deal of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.base.records import Amount, Deal
from kg.corpus.compound.deals.collected import amounts_of, attestations_of, days_of, written
from kg.corpus.entity_merging import digest
from kg.extract.values.sum_kinds import NEVER, PAGE, YUAN, SumKinds, lead, parse_sum, tail
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.base.records import Fact, Source
    from kg.corpus.compound.deals.circumstances import Circumstances

WHAT = "what"
MARKS = "《》“”"  # around a title
# The parts that are things, and the fields of a deal that hold them.
FIELDS = {
    "party": "parties",
    "project": "projects",
    "agreement": "agreements",
    "place": "places",
    "event": "events",
}


@dataclass(frozen=True)
class Parts:
    """Which claims are parts of a deal, by the page of an ontology.

    Attributes:
        of: By predicate which part its subject, object and value are, and whether it makes a deal.
        between: By relation, what the sentence of two parties without a project must hold.
        enough: Things of which so many other parts make a deal, by what they are called in it.
        begun: Statuses that count as one more such part: a work that is signed or begun.
        about: By the beginning of an IRI the class of a thing that a deal may be about, and
            which part it is.
        kinds: The kinds of sums.
        joint: The attribute of sums of several things; ``""`` where the ontology has none.
        ladder: The order of statuses.
        base: What the IRIs begin with.
        withdrawn: How a text says that something was meant, and that it was given up.
        unsigned: Relations of two that alone do not tell that anything is signed.
        alone: Names of papers that one party signs by itself: no deals.
        sorts: By part, names that say but what sort of thing it is.
    """

    of: Mapping[str, Mapping[str, Any]]
    between: Mapping[str, re.Pattern[str]]
    enough: Mapping[str, int]
    begun: frozenset[str]
    about: Mapping[str, tuple[str, str]]
    kinds: SumKinds
    joint: str
    ladder: Mapping[str, int]
    base: str
    withdrawn: tuple[re.Pattern[str], re.Pattern[str]]
    unsigned: frozenset[str]
    alone: re.Pattern[str]
    sorts: Mapping[str, re.Pattern[str]]

    def sort_alone(self, iri: str, names: Iterable[str]) -> bool:
        """Whether all names of a thing say but what sort of thing it is: 保证合同, 芯片工厂."""
        words, all_names = self.sorts.get(self.subject(iri)[1]), list(names)
        return words is not None and bool(all_names) and all(map(words.fullmatch, all_names))

    def fits(self, entry: Mapping[str, Any], iri: str) -> bool:
        """Whether a thing has the class that a claim asks of the things that it makes parts."""
        return "class" not in entry or iri.startswith(f"{self.base}{entry['class'].lower()}/")

    def furthest(self, statuses: Iterable[str]) -> tuple[str, ...]:
        """How far a document says that a deal is: the furthest that one of its claims says."""
        ranked = set(statuses) & self.ladder.keys()
        return (max(ranked, key=self.ladder.__getitem__),) if ranked else ()

    @property
    def last(self) -> str:
        """The status that nothing follows."""
        return max(self.ladder, key=self.ladder.__getitem__)

    def given_up(self, deal: Deal, source: Source) -> bool:
        """Whether all that tells a deal says that it was meant, and the document why it is not."""
        meant, why = self.withdrawn
        every = all(meant.search(attestation.quote) for attestation in deal.attestations)
        return every and why.search(source.text) is not None

    def subject(self, iri: str) -> tuple[str, str]:
        """The class of a thing that a deal may be about, and its part; empty of others."""
        fitting = (
            class_and_part for begin, class_and_part in self.about.items() if iri.startswith(begin)
        )
        return next(fitting, ("", ""))


@dataclass
class DealDraft:
    """What is told of one project, agreement or event so far.

    ``signed`` are the claims that those who sign it work together. ``first`` is where it is told
    first, if it is another thing than one that the same document calls the same before.
    """

    what: str
    parts: Parts
    first: int = -1
    is_deal: bool = False
    things: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    facts: list[Fact] = field(default_factory=list)
    signed: list[Fact] = field(default_factory=list)

    def add(self, fact: Fact, entry: Mapping[str, Any]) -> None:
        """Take a claim, which says so much of it."""
        self.facts.append(fact)
        words = entry.get("making")
        self.is_deal |= bool(entry.get("makes") or (words and re.search(words, fact.quote)))
        for role, iri in ((entry["subject"], fact.subject), (entry.get("object"), fact.object)):
            if role in FIELDS and iri and self.parts.fits(entry, iri):
                self.things[role].add(iri)

    def with_all(self, claims: Iterable[tuple[Fact, Mapping[str, Any]]]) -> DealDraft:
        """Take claims, each with what it says; the draft itself."""
        for fact, entry in claims:
            self.add(fact, entry)
        return self

    def contradicts(self, other: DealDraft) -> bool:
        """Whether two cannot be one: other parties, another place, day or sum of a kind."""
        own_parties, other_parties = self.things["party"], other.things["party"]
        if (
            own_parties
            and other_parties
            and not (own_parties <= other_parties or other_parties <= own_parties)
        ):
            return True
        one, two = self._values(), other._values()
        one["place", ""], two["place", ""] = self.things["place"], other.things["place"]
        return any(
            two.get(key) and values and values.isdisjoint(two[key]) for key, values in one.items()
        )

    def _values(self) -> dict[tuple[str, str], set[str]]:
        """What is told of its sums and days, by what they are."""
        values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in self.facts:
            if fact.value is not None:
                number, *sort = parse_sum(fact.value.lexical)
                values[fact.predicate, " ".join(sort)].add(number or fact.value.lexical)
        return values

    def iri(self, source: Source) -> str:
        """The IRI of the deal: made of the thing, and of where another one of its name is told."""
        apart = (source.id, str(self.first)) if self.first >= 0 else ()
        return f"{self.parts.base}deal/{digest(self.what, *apart, size=16)}"

    def enough(self) -> bool:
        """Whether so much is told of it that it is a deal, though no claim alone makes one."""
        part = self.parts.subject(self.what)[1]
        has_day = any(self._entry(fact).get("value") == "day" for fact in self.facts)
        count = sum(bool(things) for name, things in self.things.items() if name != part) + has_day
        count += bool(has_day or self.things["place"]) and any(
            fact.status in self.parts.begun for fact in self.facts
        )
        return count >= self.parts.enough.get(part, count + 1)

    def shares(self, parties: set[str], start: int, end: int) -> bool:
        """Whether one of some parties is one of its own, as a stretch of the document says."""
        return any(
            start < fact.end and fact.start < end and not parties.isdisjoint(self.things["party"])
            for fact in self.facts
        )

    def among(self, events: Mapping[str, DealDraft]) -> None:
        """Take the day of the event where it was told; the event takes it among its projects."""
        has_day = any(self._entry(fact).get("value") == "day" for fact in self.facts)
        part = self.parts.subject(self.what)[1]
        for iri in sorted(self.things["event"]):
            if event := events.get(iri):
                if part == "project":
                    event.things[part].add(self.what)
                days = [f for f in event.facts if event._entry(f).get("value") == "day"]
                self.facts += [] if has_day else days

    def deal(self, around: Circumstances) -> Deal:
        """The deal that comes of it."""
        about, part = self.parts.subject(self.what)
        self.things[part].add(self.what)
        sums = [f for f in self.facts if self._entry(f).get("value") == "amount"]
        day_facts = [f for f in self.facts if self._entry(f).get("value") == "day"]
        days = [f.value for f in day_facts if f.value and around.dates(f, self.what)]
        making = [fact for fact in self.facts if self._entry(fact).get("makes")] or self.facts
        own = [fact for fact in making if fact.object]
        acts = [*own, *self.signed]
        if part != "event":
            self.things["place"] = self.things["place"] or around.places(acts or making)
            self.things["event"] = self.things["event"] or around.events(acts or making)
        return Deal(
            self.iri(around.source),
            **{name: tuple(sorted(self.things[part])) for part, name in FIELDS.items()},
            amounts=amounts_of(self._amount(fact, about, around.source) for fact in sums),
            days=days_of(days or around.days(own or acts)),
            statuses=self.parts.furthest(fact.status for fact in making),
            attestations=attestations_of([*self.facts, *self.signed]),
        )

    def _entry(self, fact: Fact) -> Mapping[str, Any]:
        return self.parts.of[fact.predicate]

    def _amount(self, fact: Fact, about: str, source: Source) -> Amount:
        value = fact.value
        assert value is not None
        if parse_sum(value.lexical)[1]:
            return written(fact)
        at = source.text.find(value.printed, fact.start, fact.end) if value.printed else -1
        own = (one.end for one in source.named_places if one.entity == self.what and one.end <= at)
        words = lead(source.text, at, max(own, default=0)) if at >= 0 else ""
        behind = tail(source.text, at + len(value.printed), fact.end) if at >= 0 else ""
        kind = self.parts.kinds.of(fact.predicate, about, words, behind)
        return Amount(
            value.lexical, kind, YUAN, value.printed, value.qualifier, value.high, (fact.id,)
        )


def drafts(facts: Sequence[Fact], parts: Parts, source: Source) -> list[DealDraft]:
    """What is told of each project, agreement and event, in the order of the text.

    Args:
        facts: What a document says, in order.
        parts: Which claims are parts.
        source: The document, with the places that name things.
    """
    groups: dict[str, list[tuple[Fact, Mapping[str, Any]]]] = {}
    for fact in facts:
        entry = parts.of.get(fact.predicate)
        what = entry and (fact.subject if entry["subject"] == WHAT else fact.object)
        if entry and what and parts.subject(what)[1]:
            groups.setdefault(what, []).append((fact, entry))
    names = _names(source, groups.keys())
    result = []
    for what, claims in groups.items():
        if parts.alone.search(min(names[what], default="")):
            continue
        if not parts.sort_alone(what, names[what]):
            result.append(DealDraft(what, parts).with_all(claims))
            continue
        own: list[DealDraft] = []
        for _, of_sentence in groupby(claims, key=lambda one: (one[0].start, one[0].end)):
            sentence = DealDraft(what, parts).with_all(list(of_sentence))
            fit = next((draft for draft in own if not draft.contradicts(sentence)), None)
            if fit is None:
                own.append(replace(sentence, first=sentence.facts[0].start if own else -1))
            else:
                fit.with_all([(fact, parts.of[fact.predicate]) for fact in sentence.facts])
        result += own
    return result


def _names(source: Source, things: Iterable[str]) -> dict[str, set[str]]:
    """By what names a document calls some things."""
    names: dict[str, set[str]] = {thing: set() for thing in things}
    for one in source.named_places:
        if one.entity in names:
            names[one.entity].add(source.text[one.start : one.end].strip(MARKS))
    return names


@lru_cache(maxsize=8)
def parts_for(folder: str, base: str) -> Parts:
    """Which claims are parts of a deal, by the pages of an ontology."""
    ontology = load(folder)
    page = ontology.words.get(PAGE, {})
    ended = page.get("withdrawn", {})
    predicates = ontology.relations.keys() | ontology.attributes.keys()
    return Parts(
        {name: entry for name, entry in page.get("parts", {}).items() if name in predicates},
        {name: re.compile(words) for name, words in page.get("between", {}).items()},
        page.get("enough", {}),
        frozenset(page.get("begun", ())),
        {
            f"{base}{name.lower()}/": (name, part)
            for name, part in page.get("about", {}).items()
            if name in ontology.classes
        },
        SumKinds.read(page),
        page.get("others", {}).get("joint", ""),
        {name: status.order for name, status in ontology.statuses.items()},
        base,
        (re.compile(ended.get("said", NEVER)), re.compile(ended.get("because", NEVER))),
        frozenset(page.get("unsigned", ())),
        re.compile(page.get("alone", NEVER)),
        {part: re.compile(words) for part, words in page.get("sorts", {}).items()},
    )
