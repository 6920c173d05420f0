"""Gather what a user has marked: gold and corrections, with the documents that they are about.

What is wrong is named with its file and line and left out; the rest is used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.base.errors import KgError, did_you_mean
from kg.base.records import Source
from kg.extract.arbiter.claims import ROLE
from kg.extract.mentions.mention import folded
from kg.read import walk
from kg.review.apply.quotes import Quotes
from kg.review.apply.verdicts import verdicts
from kg.review.book import apart, read
from kg.review.decisions import OF_CLAIMS, ClaimReference, parse
from kg.run.evaluate.corrections import SUFFIX
from kg.run.evaluate.gold import Sheet, place_of
from kg.run.evaluate.score import gold_of
from kg.run.other_files import sorted_out
from kg.run.reading.workers import outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.base.records import Document
    from kg.ontology import Attribute, Ontology
    from kg.read import File
    from kg.run.evaluate.gold import Gold, Link
    from kg.run.reading.child import Bounds

AMOUNTS = re.compile(r"[0-9]+(\.[0-9]+)?([eE]\+?[0-9]+)?")
DAY = r"([0-9]{4}(-[0-9]{2}){0,2}|(--)?[0-9]{2}-[0-9]{2})"
DATES = re.compile(f"{DAY}(/{DAY})?")


@dataclass
class MarkedDocument:
    """A document with its gold, or with the claims in it that people decided on.

    Attributes:
        document: The document.
        gold: All that it says; None if only single claims were decided.
        decided_claims: The claims that were decided, and whether each was accepted.
    """

    document: Document
    gold: Sheet | None = None
    decided_claims: list[tuple[ClaimReference, bool]] = field(default_factory=list)


class MarkedCollection:
    """All that was marked in some files, and what was wrong with them.

    Args:
        ontology: The classes and predicates that gold may use.
        sources: The folder of the documents; by default the ones where ``kg evaluate`` looks.
        bounds: What one document may take.

    Attributes:
        marked: The documents, those with gold first.
        wrong: What was left out, each with its file, its line and the reason.
    """

    def __init__(
        self, ontology: Ontology, sources: Path | None = None, bounds: Bounds | None = None
    ) -> None:
        self.ontology, self.sources, self.bounds = ontology, sources, bounds
        self.marked: list[MarkedDocument] = []
        self.wrong: list[str] = []

    def take(self, paths: Sequence[Path]) -> None:
        """Add gold files, folders of them, and files of corrections (``.jsonl``)."""
        golds: list[Gold] = []
        for path in paths:
            if path.suffix == SUFFIX:
                continue
            for file in sorted(path.glob("*.json")) or [path]:
                try:
                    golds += gold_of(file)
                except KgError as error:
                    self.wrong.append(str(error))
        self._take_gold(golds)
        for path in paths:
            if path.suffix == SUFFIX:
                self._take_corrections(path)

    def _take_gold(self, golds: Sequence[Gold]) -> None:
        placed: dict[Path, Gold] = {}
        for gold in golds:
            try:
                place = place_of(gold, self.sources, one=False).resolve()
            except KgError as error:
                self.wrong.append(str(error))
                continue
            if not gold.sheet.things:
                self.wrong.append(f"{gold.place('entities')}: the gold of {place.name} is empty")
            elif place in placed:
                first = placed[place].file
                where = gold.place(gold.document)
                self.wrong.append(f"{where}: a second gold of {place.name}, after that of {first}")
            else:
                placed[place] = gold
        files = [file for place in placed for file in walk([place])]
        for gold, document in zip(placed.values(), self._documents(files), strict=True):
            if document is not None:
                sheet = Checked(gold, document, self.ontology, self.wrong).sheet
                if sheet.things:
                    self.marked.append(MarkedDocument(document, sheet))

    def _documents(self, files: Sequence[File]) -> Iterator[Document | None]:
        """What stands in each file, in order; one that cannot be read is named."""
        folder = str(self.ontology.folder)
        for outcome in outcomes(files, folder, bounds=self.bounds, extracts=False):
            if outcome.document is None:
                self.wrong.append(f"{outcome.name}: {outcome.problem}")
            yield outcome.document

    def _take_corrections(self, path: Path) -> None:
        """Add the claims that people accepted, rejected and added, to the document of each."""
        try:
            book = read(path)
        except KgError as error:
            self.wrong.append(str(error))
            return
        self.wrong += [f"{path.parent / one.name}: {one.reason}" for one in book.unreadable]
        decided, lines = verdicts(book.decisions), _lines(path)
        for one in decided.contested:
            self.wrong.append(f"{path}:{lines.get(one.decision, 0)}: {one.what}: {one.why}")
        claims = [d for d in decided.in_force if d.do in OF_CLAIMS and d.claim is not None]
        if not claims:
            self.wrong.append(f"{path}: holds no claim that was accepted, rejected or added")
            return
        folder = self.sources or path.parent
        files, _ = sorted_out(apart(walk([folder]), path))
        documents = [one for one in self._documents(files) if one is not None]
        quotes = Quotes([Source(d.id, d.id, (d.name,), d.text, "") for d in documents])
        by_id = {document.id: document for document in documents}
        for decision in claims:
            claim = decision.claim
            assert claim is not None
            if places := quotes.places(claim.document, claim.quote):
                self._add_decided_claim(by_id[places[0].source.id], claim, decision.do != "reject")
            else:
                where = f"{path}:{lines.get(decision.id, 0)}"
                self.wrong.append(f"{where}: “{claim.quote}” stands in no document of {folder}")

    def _add_decided_claim(self, document: Document, claim: ClaimReference, accepted: bool) -> None:
        known = next((m for m in self.marked if m.document.id == document.id), None)
        if known is None:
            known = MarkedDocument(document)
            self.marked.append(known)
        known.decided_claims.append((claim, accepted))


def _lines(path: Path) -> dict[str, int]:
    """The line of each decision that can be read."""
    numbers: dict[str, int] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        try:
            numbers.setdefault(parse(line.decode()).id, number)
        except (KgError, UnicodeDecodeError, RecursionError):
            continue
    return numbers


class Checked:
    """The gold of a document without what is wrong with it, which is added to a list.

    Attributes:
        sheet: What is left.
    """

    def __init__(
        self, gold: Gold, document: Document, ontology: Ontology, wrong: list[str]
    ) -> None:
        self.gold, self.document, self.ontology, self.wrong = gold, document, ontology, wrong
        self.text = folded(document.text)
        self.sheet = Sheet()
        self._things()
        sheet = gold.sheet
        self.sheet.relations = {link for link in sheet.relations if self._relates(link)}
        self.sheet.attributes = [link for link in sheet.attributes if self._has(link)]
        self.sheet.optional = sheet.optional & {*self.sheet.relations, *self.sheet.attributes}

    def _say(self, words: Sequence[str], reason: str) -> None:
        self.wrong.append(f"{self.gold.place(*words)}: {reason}")

    def _things(self) -> None:
        owners: dict[str, list[str]] = defaultdict(list)
        for id_, thing in self.gold.sheet.things.items():
            if thing.type not in self.ontology.classes:
                near = did_you_mean(thing.type, self.ontology.classes)
                self._say([id_], f"{thing.label}: the ontology has no class {thing.type}; {near}")
            elif not any(name in self.text for name in thing.names):
                self._say([id_], f"{thing.label} does not stand in {self.document.name}")
            elif other := self._rival(id_, owners):
                first = self.gold.sheet.things[other].type
                self._say(
                    [id_], f"{thing.label} has the class {thing.type} here and {first} as {other}"
                )
            else:
                self.sheet.things[id_] = thing
                for name in thing.names:
                    owners[name].append(id_)

    def _rival(self, id_: str, owners: Mapping[str, Sequence[str]]) -> str:
        """A thing of another class that has a name of this one, or ``""``."""
        thing = self.gold.sheet.things[id_]
        for other in (other for name in sorted(thing.names) for other in owners.get(name, ())):
            if not self.gold.sheet.things[other].is_a(thing.type):
                return other
        return ""

    def _relates(self, link: Link) -> bool:
        subject, name, object_ = link
        if subject not in self.sheet.things or object_ not in self.sheet.things:
            return False  # what is wrong with its end has been told
        relation = self.ontology.relations.get(name)
        if relation is None:
            near = did_you_mean(name, self.ontology.relations)
            self._say(link, f"{name} is no relation of the ontology; {near}")
            return False
        ends = zip((subject, object_), (relation.domain, relation.range), strict=True)
        return all(self._fits(end, classes, name, link) for end, classes in ends)

    def _has(self, link: Link) -> bool:
        if link[0] not in self.sheet.things:
            return False
        attribute = self.ontology.attributes.get(link[1])
        if attribute is None:
            near = did_you_mean(link[1], self.ontology.attributes)
            self._say(link[:2], f"{link[1]} is no attribute of the ontology; {near}")
            return False
        if reason := self._misprinted(attribute, link[2]):
            self._say(link, f"{link[1]} {link[2]}: {reason}")
            return False
        return self._fits(link[0], attribute.domain, link[1], link)

    def _fits(self, id_: str, classes: Sequence[str], name: str, link: Link) -> bool:
        """Whether a thing may be an end of a predicate, or have it."""
        thing = self.sheet.things[id_]
        if any(map(thing.is_a, classes)):
            return True
        reason = (
            f"{thing.label} has the class {thing.type}; here {name} wants {' or '.join(classes)}"
        )
        self._say(link, reason)
        return False

    def _misprinted(self, attribute: Attribute, value: str) -> str:
        """What is wrong with a value, or ``""``."""
        if "decimal" in attribute.datatypes and not AMOUNTS.fullmatch(value):
            return "is no number"
        if "date" in attribute.datatypes and not DATES.fullmatch(value):
            return "is no date; 2024-03-05, 2024-03, 2024, 03-05 and 2024-03-05/2024-03-08 are"
        if attribute.name == ROLE and folded(value) not in self.text:
            return f"does not stand in {self.document.name}"
        return ""
