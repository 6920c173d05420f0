"""The stations of one document as functions over one work record, in the order of the way.

``segmented`` → ``annotated`` → ``related`` → ``resolved``; each fills the next field. The spaCy
components of ``kg.nlp`` are these functions and nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.annotate.draft import Draft
from kg.annotate.names import annotator
from kg.annotate.page import written
from kg.annotate.short import Link
from kg.annotate.values import When
from kg.home import Homes
from kg.ontology import Ontology
from kg.records import Article, Document, Reading, Span
from kg.relate import relater
from kg.relate.about import main_policy
from kg.relate.scene import Scene
from kg.resolve import resolve
from kg.segment import Part, segment
from kg.voices import Told


@dataclass
class Work:
    """One document on its way: what each station has added so far."""

    document: Document
    ontology: Ontology
    parts: tuple[Part, ...] = ()
    drafts: list[Draft] = field(default_factory=list)
    links: list[tuple[int, Link]] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    reading: Reading | None = None


def segmented(work: Work) -> None:
    """Split the document into articles."""
    work.parts = segment(work.document, work.ontology)


def annotated(work: Work) -> None:
    """Find the names, the values and the short names that the document defines."""
    names = annotator(str(work.ontology.folder))
    page = written(work.document.text, work.document.published)
    own: list[list[Link]] = []
    for part in work.parts:
        draft, links = names.annotate(part, _when(part, page))
        work.drafts.append(draft)
        own.append(links)
    spread = names.spread(work.drafts, own)
    work.links = [(i, link) for i, links in enumerate(own) for link in links] + spread
    mentions = [names.finish(draft) for draft in work.drafts]
    homes = Homes(work.parts, work.drafts, mentions, work.ontology)
    masks = relater(str(work.ontology.folder)).compiler.masks
    work.scenes = [
        Scene(draft, found, masks, homes.of(i))
        for i, (draft, found) in enumerate(zip(work.drafts, mentions, strict=True))
    ]


def related(work: Work) -> None:
    """Find what the articles state of the names."""
    rules = relater(str(work.ontology.folder))
    for scene in work.scenes:
        scene.main = main_policy(scene, rules.policy)
        work.told += [Told(scene, stated) for stated in rules.relate(scene)]


def resolved(work: Work) -> None:
    """Join the names of one thing, and the statements into claims between things."""
    document = work.document
    links = [(work.scenes[i], link) for i, link in work.links]
    entities, claims = resolve(
        document.id, document.text, work.scenes, work.told, links, work.ontology
    )
    work.reading = Reading(document.id, tuple(_article(p) for p in work.parts), entities, claims)


STATIONS = (segmented, annotated, related, resolved)


def _when(part: Part, page: When) -> When:
    own = written(part.text, part.date)
    return When(own.year or page.year, own.month or page.month, own.day or page.day)


def _article(part: Part) -> Article:
    span = Span(part.offsets[0], part.offsets[-1] + 1)
    return Article(
        part.kind, part.title, _runs(part) or (span,), part.publisher, part.date, part.place
    )


def _runs(part: Part) -> tuple[Span, ...]:
    """The stretches of the document that an article is made of, in reading order."""
    runs: list[Span] = []
    offsets: Sequence[int] = part.offsets
    start = previous = offsets[0]
    for offset in offsets[1:]:
        if not previous <= offset <= previous + 200:  # a column began: not just a line break
            runs.append(Span(start, previous + 1))
            start = offset
        previous = offset
    return (*runs, Span(start, previous + 1))
