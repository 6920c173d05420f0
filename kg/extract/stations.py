"""The stations of one document as functions over one work record, in the order of the way.

``segmented`` → ``annotated`` → ``coreferred`` → ``related`` → ``resolved``; each fills the next
field. The spaCy components of ``kg.extract.components`` are these functions and nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from operator import itemgetter

from kg.base.records import Article, Document, Reading, Span
from kg.extract.arbiter.judge import Judge, chosen
from kg.extract.arbiter.proposals import Decision
from kg.extract.claims.context import Scene, Stated
from kg.extract.claims.relater import relater
from kg.extract.coreference.antecedents import Reference, antecedents
from kg.extract.coreference.deixis import Homes
from kg.extract.coreference.discourse import Discourse
from kg.extract.mentions.annotator import annotator
from kg.extract.mentions.draft import Draft
from kg.extract.mentions.finders.short import Link
from kg.extract.mentions.mention import Mention, clean
from kg.extract.mentions.trimmed import trimmed
from kg.extract.model.llm import Speaker, hear, spoken
from kg.extract.model.sight import Sight
from kg.extract.resolve.entities import Resolved, one, resolve
from kg.extract.resolve.speakers import Told
from kg.extract.segment.articles import Part, segment
from kg.extract.segment.dateline import layout_of
from kg.extract.values.written import Page, own, page
from kg.ontology import Ontology

GIVEN = "spacy.ents"  # the rule of names that a component of spaCy before ours found
SCORE = 0.9  # how sure such a name is where rules alone decide
# A text that is longer (an archive, a year of a paper) is read in blocks of articles: short names
# and 我市 are looked for within a block, as they would be in a file. What comes of the blocks is
# joined like what comes of several documents, so that time grows with the text.
BLOCK = 60_000


@dataclass
class Block:
    """Articles of one document that are read together: what each station has added so far."""

    parts: tuple[Part, ...]
    drafts: list[Draft] = field(default_factory=list)
    links: list[tuple[int, Link]] = field(default_factory=list)
    mentions: list[list[Mention]] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    sights: list[Sight] = field(default_factory=list)
    decisions: list[list[Decision]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


@dataclass
class Work:
    """One document on its way: what each station has added so far.

    With ``rules_alone`` nothing is decided by what was learned: whatever rules find stands.
    ``by`` decides instead of the judge of this installation. With ``leaning`` each decision on a
    claim tells which word the network leans on, which takes time. With a ``speaker`` a language
    model proposes too, and ``heard`` counts what came of it; ``unanswered`` are the keys of what it
    has not answered. ``given`` are names that something before us found, with their classes.
    """

    document: Document
    ontology: Ontology
    rules_alone: bool = False
    by: Judge | None = None
    leaning: bool = False
    speaker: Speaker | None = None
    given: tuple[tuple[Span, str], ...] = ()
    heard: Counter[str] = field(default_factory=Counter)
    unanswered: list[str] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    reading: Reading | None = None

    @property
    def judge(self) -> Judge | None:
        """Who decides between rules and network; None if rules alone do."""
        return None if self.rules_alone else self.by or chosen(str(self.ontology.folder))

    @property
    def scenes(self) -> list[Scene]:
        """The articles of all blocks, with their names."""
        return [scene for block in self.blocks for scene in block.scenes]

    @property
    def annotated(self) -> list[tuple[Draft, list[Mention]]]:
        """The articles of all blocks, with the names that stand in each."""
        return [pair for b in self.blocks for pair in zip(b.drafts, b.mentions, strict=True)]

    @property
    def references(self) -> list[tuple[Scene, Reference]]:
        """What refers in the articles of all blocks, with what it stands for."""
        agents = antecedents(str(self.ontology.folder)).agents
        return [
            (scene, link)
            for scene in self.scenes
            for link in scene.references.all(scene.discourse, agents)
        ]

    @property
    def told(self) -> list[Told]:
        """What the articles of all blocks state."""
        return [told for block in self.blocks for told in block.told]


def segmented(work: Work) -> None:
    """Split the document into articles."""
    parts = segment(work.document, work.ontology)
    ends = accumulate(len(part.text) for part in parts)
    numbered = zip(parts, ((end - 1) // BLOCK for end in ends), strict=True)
    groups = groupby(numbered, key=itemgetter(1))
    work.blocks = tuple(Block(tuple(part for part, _ in group)) for _, group in groups)


def annotated(work: Work) -> None:
    """Find the names, the values and the short names that the document defines, and decide."""
    told = page(work.document, layout_of(work.ontology))
    for block in work.blocks:
        _annotate(block, told, work)


def _annotate(block: Block, page: Page, work: Work) -> None:
    ontology, judge = work.ontology, work.judge
    names, layout = annotator(str(ontology.folder)), layout_of(ontology)
    defined: list[list[Link]] = []
    for number, part in enumerate(block.parts):
        draft, links = names.annotate(part, own(part, page, layout), number)
        draft.add(_given(part, work.given))
        block.drafts.append(draft)
        defined.append(links)
    spread = names.spread(block.drafts, defined)
    block.links = [(i, link) for i, links in enumerate(defined) for link in links] + spread
    block.mentions = [names.finish(draft) for draft in block.drafts]
    if judge is not None:
        _listen(block, work, judge)
        decided = _decide(block, block.mentions, judge)
        pairs = zip(block.drafts, decided, strict=True)
        block.mentions = [trimmed(draft, found, ontology) for draft, found in pairs]


def _given(part: Part, given: Sequence[tuple[Span, str]]) -> Iterator[Mention]:
    """The names of an article that something before us found, as proposals of their own."""
    if not given:
        return
    at = {offset: i for i, offset in enumerate(part.offsets)}
    for span, type_ in given:
        start, last = at.get(span.start), at.get(span.end - 1)
        if start is not None and last is not None and start <= last:
            name = clean(part.text[start : last + 1])
            yield Mention(start, last + 1, type_, name, GIVEN, score=SCORE)


def _listen(block: Block, work: Work, judge: Judge) -> None:
    """Put what a language model proposes of each article beside what else is proposed."""
    if work.speaker is None:
        return
    for draft in block.drafts:
        draft.heard = hear(draft.part, work.speaker, judge.known)
        work.heard += draft.heard.counts
        work.unanswered += draft.heard.unanswered


def _decide(block: Block, standing: list[list[Mention]], judge: Judge) -> list[list[Mention]]:
    """The names that stand in each article, of all that rules, tables and network propose."""
    found = []
    for draft, mentions in zip(block.drafts, standing, strict=True):
        sight = judge.see(draft, mentions)
        stand, decisions = judge.mentions(draft, mentions, sight)
        block.sights.append(sight)
        block.decisions.append(decisions)
        found.append(stand)
    return found


def coreferred(work: Work) -> None:
    """Link what refers (该公司, 双方, 我市) to the names that it stands for."""
    masks = relater(str(work.ontology.folder)).compiler.masks
    rules = antecedents(str(work.ontology.folder))
    for block in work.blocks:
        homes = Homes(block.parts, block.drafts, block.mentions, work.ontology)
        for i, (draft, found) in enumerate(zip(block.drafts, block.mentions, strict=True)):
            discourse = Discourse(draft, found, masks)
            block.scenes.append(Scene(discourse, rules.link(discourse, homes.of(i))))


def related(work: Work) -> None:
    """Find what the articles state of the names."""
    rules, judge = relater(str(work.ontology.folder)), work.judge
    for block in work.blocks:
        for number, scene in enumerate(block.scenes):
            found = list(rules.relate(scene))
            if judge is not None:
                links = [link for at, link in block.links if at == number]
                sight, decisions = block.sights[number], block.decisions[number]
                said = _spoken(scene, work, judge)
                proposed = judge.propose(scene, found, links, sight, decisions, said)
                found, more = judge.claims(proposed)
                if work.leaning:
                    more = list(judge.leaning(proposed, more))
                block.decisions[number] = decisions + more
            block.told += [Told(scene, stated) for stated in rules.staged(scene, found)]
        block.sights.clear()


def _spoken(scene: Scene, work: Work, judge: Judge) -> list[Stated]:
    """What a language model states of an article, if one takes part."""
    if scene.draft.heard is None:
        return []
    stated, dropped = spoken(scene, scene.draft.heard, work.ontology, judge.denial)
    work.heard += dropped
    return stated


def resolved(work: Work) -> None:
    """Join the names of one thing, and the statements into claims between things."""
    found = [_resolve(block, work) for block in work.blocks]
    articles = tuple(_article(draft) for block in work.blocks for draft in block.drafts)
    entities, claims = found[0] if len(found) == 1 else one(found)
    work.reading = Reading(work.document.id, articles, entities, claims)


def _resolve(block: Block, work: Work) -> Resolved:
    links = [(block.scenes[i], link) for i, link in block.links]
    alike = work.judge.of_links if work.judge is not None else None
    return resolve(work.document.id, block.scenes, block.told, links, work.ontology, alike)


STATIONS = (segmented, annotated, coreferred, related, resolved)


def _article(draft: Draft) -> Article:
    part, when = draft.part, draft.when
    span = Span(part.offsets[0], part.offsets[-1] + 1)
    spans, date = _runs(part) or (span,), str(when)
    return Article(
        part.kind, part.title, spans, part.publisher, date, part.place, date and when.source
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


def until(work: Work, last: Callable[[Work], None]) -> Work:
    """Take a document through the stations up to one; the work itself.

    >>> from kg.ontology import load
    >>> work = until(Work(Document("d", "d.txt", "成都高新区昨日开会。"), load()), annotated)
    >>> [m.name for _, mentions in work.annotated for m in mentions]
    ['成都高新区']
    """
    for station in STATIONS[: STATIONS.index(last) + 1]:
        station(work)
    return work


def worked(work: Work) -> Reading:
    """Take a document through all stations; what it says.

    >>> from kg.ontology import load
    >>> document = Document("d", "d.txt", "甲某智能科技有限公司落户成都高新区。")
    >>> len(worked(Work(document, load())).entities)
    2
    """
    reading = until(work, resolved).reading
    assert reading is not None
    return reading
