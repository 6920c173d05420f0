"""Pack what a page searches and does not draw.

The file of a page has no server to ask. It carries every name and every fact of the graph, though
its picture holds a part: as lines of JSON, deflated where they are many, which a browser inflates
when a name is looked for or a card is opened.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from kg.base.money import money
from kg.corpus.compound.byline_titles import persons
from kg.corpus.compound.deals.assemble import parts_of
from kg.corpus.documents import heads
from kg.publish.derived.dates import Dates
from kg.publish.derived.disambiguation import namesakes
from kg.publish.derived.whereabouts import Whereabouts
from kg.publish.layout.pinyin import readings
from kg.publish.page.drawing import completed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.base.records import Entity, Fact, Knowledge
    from kg.ontology import Ontology
    from kg.publish.derived.dates import Days

# Up to so many bytes it stands in the page as it is: of a small graph, every byte is the same
# whatever library deflates.
PLAIN = 200_000
# So many characters of facts at most: half a million, whose sentences the page carries anyway. Of
# what is left out the page says so.
MOST = 80_000_000
DOUBTFUL, BYLINE = 1, 2


def pack_undrawn(
    knowledge: Knowledge, ontology: Ontology, drawing: Mapping[str, Any], days: Mapping[str, Days]
) -> str:
    """What a page does not draw, as the text of its element ``rest``: ``""`` for nothing.

    A line is a list that begins with what it is: ``D`` names of documents; ``T`` a thing (IRI,
    label, class, subtype, aliases, pinyin, mentions, whether doubtful or of bylines alone); ``A``
    what tells a thing from another of its name; ``F`` a claim between two things, ``V`` one of a
    value; ``P`` a post, ``M`` a deal; ``L`` how many claims are left out. Numbers of things are
    those of what is drawn, then those of the lines ``T``.
    """
    lines = _Lines(knowledge, ontology, drawing, days)
    packer, chunks, size = zlib.compressobj(9), [], 0
    small: list[str] = []
    for line in lines.all():
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
        size += len(text.encode())
        if size <= PLAIN:
            small.append(text)
        chunks.append(packer.compress(text.encode()))
    if size <= PLAIN:
        return "".join(small)
    chunks.append(packer.flush())
    return "=" + b64encode(b"".join(chunks)).decode()


class _Lines:
    def __init__(
        self,
        knowledge: Knowledge,
        ontology: Ontology,
        drawing: Mapping[str, Any],
        days: Mapping[str, Days],
    ) -> None:
        self.knowledge, self.ontology = knowledge, ontology
        self.texts: Mapping[str, str] = drawing["documents"]
        self.drawn = {e["iri"]: i for i, e in enumerate(drawing["entities"])}
        self.numbers = dict(self.drawn)
        for entity in knowledge.entities:
            self.numbers.setdefault(entity.id, len(self.numbers))
        self.dates = Dates(knowledge.facts, ontology, days)
        self.files = {s.id: s.names[0] for s in heads(knowledge.sources) if s.names}
        names = sorted(self.files.values())
        self.places = {name: number for number, name in enumerate(names)}
        self.room = MOST

    def all(self) -> Iterator[list[Any]]:
        """All lines, or none where the page draws the whole graph."""
        if len(self.numbers) == len(self.drawn):
            return
        yield ["D", *self.places]
        signed = persons(self.knowledge.posts)
        for entity in self.knowledge.entities:
            if entity.id not in self.drawn:
                yield _thing(entity, entity.id in signed)
        yield from self._namesakes()
        yield from self._parts()
        yield from self._claims()

    def _namesakes(self) -> Iterator[list[Any]]:
        """What tells those apart that have one name, with the document that names each first."""
        where = Whereabouts(self.knowledge, self.ontology)
        for iri, description in namesakes(self.knowledge, self.ontology, where, self.files).items():
            yield ["A", self.numbers[iri], description]

    def _parts(self) -> Iterator[list[Any]]:
        """The posts and deals of things that are not drawn."""
        numbers = self.numbers
        for post in self.knowledge.posts:
            if not (post.person in self.drawn and post.organisation in self.drawn):
                tenures = "|".join(
                    sorted({attestation.tenure for attestation in post.attestations} - {""})
                )
                ends = numbers.get(post.person, -1), numbers.get(post.organisation, -1)
                yield ["P", *ends, post.title, tenures, *(["yes"] if post.doubtful else [])]
        for deal in self.knowledge.deals:
            parts = [part for part in parts_of(deal) if part in numbers]
            if not all(part in self.drawn for part in parts):
                sums = [[a.kind, money(a.value, a.currency)] for a in deal.amounts]
                days = [day.lexical for day in deal.days]
                yield ["M", [numbers[part] for part in parts], sums, days, deal.statuses]

    def _claims(self) -> Iterator[list[Any]]:
        left = 0
        for fact in self.knowledge.facts:
            ends = [fact.subject, *filter(None, [fact.object])]
            drawn = all(end in self.drawn for end in ends)
            if drawn or not all(end in self.numbers for end in ends):
                continue
            line = self._claim(fact)
            self.room -= sum(len(one) for one in line if isinstance(one, str)) + 40
            if self.room < 0:
                left += 1
            else:
                yield line
        if left:
            yield ["L", left]

    def _claim(self, fact: Fact) -> list[Any]:
        file = self.files.get(fact.document, "")
        # A sentence of a text that the page carries is read from there.
        quote: str | int = 0 if file in self.texts else fact.quote
        where = [self.places.get(file, -1), fact.start, fact.end, quote]
        date = self.dates.of(fact)
        subject = self.numbers[fact.subject]
        if fact.value is None:
            target = self.numbers[fact.object]
            how = [fact.status, fact.rule, round(fact.confidence, 3), *date, fact.source]
            return ["F", subject, fact.predicate, target, *where, *how]
        value = fact.value.printed or fact.value.lexical
        return [
            "V",
            subject,
            fact.predicate,
            value,
            *where,
            *date,
            *completed(fact.value, self.ontology.lexicon),
        ]


def _thing(entity: Entity, signed: bool) -> list[Any]:
    marks = (DOUBTFUL if entity.doubtful else 0) | (BYLINE if signed else 0)
    read = readings((entity.name, *entity.aliases))
    fields = [entity.type, entity.subtype, entity.aliases, read, entity.mentions, marks]
    return ["T", entity.id, entity.name, *fields]
