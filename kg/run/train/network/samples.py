"""Turn documents with gold, or with what rules say of them, into what the network learns from."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.extract.arbiter.claims import AMOUNT, DAY, ROLE, key_of
from kg.extract.arbiter.mentions import hints, trimmed
from kg.extract.mentions.mention import clean, folded
from kg.extract.mentions.tokens import Words
from kg.extract.model.alphabet import Alphabet
from kg.extract.model.pairs import Pair, PairEnd, Pairs, allowed_by, pairs_of
from kg.extract.model.tags import PLACES, mark
from kg.extract.stations import DocumentState, run_annotate, run_relate, run_until
from kg.extract.values.values import PartialDate, ValueFinder
from kg.run.train.fitting.arbiter import same
from kg.run.train.spans import FoldedText, GoldSpans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base.records import Document
    from kg.extract.mentions.tokens import Word
    from kg.extract.model.weights import Array
    from kg.extract.segment.articles import SegmentedArticle
    from kg.ontology import Attribute, Ontology
    from kg.run.evaluate.gold import Sheet

IGNORED = -1  # a label that is not looked at
OFTEN = 10  # times that a character stands in the texts, or it is none of the alphabet
MOST_ENDS = 120  # of an article whose pairs are learned from; more are lists


@dataclass
class Sample:
    """One article, as the network learns from it.

    Attributes:
        characters, words, hints: What it reads, as ``kg.extract.model.alphabet`` numbers it: shape
            (length,).
        outer, inner, role: What each character is; ``IGNORED`` where nobody says.
        ends: Names, roles, days and amounts as start, end and kind: shape (ends, 3).
        rows: Pairs of ends as ``kg.extract.model.pairs.Pair`` has them: shape (pairs, 6).
        counts: How many of the rows, in order, are of each pair of things.
        true: For each pair of things and predicate whether it holds.
        fits: Whether it is known, and may hold for their classes.
    """

    characters: Array
    words: Array
    hints: Array
    outer: Array
    inner: Array
    role: Array
    ends: Array = field(default_factory=lambda: np.zeros((0, 3), np.int32))
    rows: Array = field(default_factory=lambda: np.zeros((0, len(Pair._fields)), np.int32))
    counts: Array = field(default_factory=lambda: np.zeros(0, np.int32))
    true: Array = field(default_factory=lambda: np.zeros((0, 0), bool))
    fits: Array = field(default_factory=lambda: np.zeros((0, 0), bool))

    def pair(self, ends: Sequence[PairEnd], pairs: Pairs, true: Array, fits: Array) -> None:
        """Take pairs of ends, with what holds of them."""
        self.ends = np.array([end[:3] for end in ends], np.int32).reshape(-1, 3)
        self.rows = np.array([p for near in pairs.values() for p in near], np.int32).reshape(
            -1, len(Pair._fields)
        )
        self.counts = np.array([len(near) for near in pairs.values()], np.int32)
        self.true, self.fits = true, fits

    def only(self, mask: Array) -> Sample:
        """The same article with some of its pairs of things.

        Args:
            mask: Whether each pair of things is kept: shape (things,).
        """
        rows = self.rows[np.repeat(mask, self.counts)]
        return replace(
            self, rows=rows, counts=self.counts[mask], true=self.true[mask], fits=self.fits[mask]
        )

    def cut(self, start: int, end: int) -> Sample:
        """A stretch of the article, with the pairs of things whose nearest ends lie in it."""
        inside = (self.ends[:, 0] >= start) & (self.ends[:, 1] <= end)
        whole = inside[self.rows[:, 0]] & inside[self.rows[:, 1]]
        groups = np.repeat(np.arange(len(self.counts)), self.counts)
        counts = np.bincount(groups[whole], minlength=len(self.counts)).astype(np.int32)
        number = np.cumsum(inside) - 1
        rows = self.rows[whole].copy()
        rows[:, :2] = number[rows[:, :2]]
        ends = self.ends[inside] - np.array([start, start, 0], np.int32)
        at, has_pairs = slice(start, end), counts > 0
        return Sample(
            self.characters[at], self.words[at], self.hints[at],
            self.outer[at], self.inner[at], self.role[at],
            ends, rows, counts[has_pairs], self.true[has_pairs], self.fits[has_pairs],
        )  # fmt: skip


class Shape:
    """What a network knows: its alphabet, classes, predicates, ends, and which of them fit.

    Args:
        about: As ``Weights.about`` has it.
    """

    def __init__(self, about: Mapping[str, Any]) -> None:
        self.about = about
        self.alphabet = Alphabet.of(about)
        self.classes: list[str] = about["classes"]
        self.predicates: list[str] = about["predicates"]
        self.kinds: list[str] = about["ends"]
        self.allowed = allowed_by(about)

    def kind(self, name: str) -> int:
        """The number of a class, or of a sort of value."""
        return self.kinds.index(name)

    def holds(self, attribute: str, sort: str) -> bool:
        """Whether an attribute has values of a sort."""
        return any(fit[1:] == [attribute, sort] for fit in self.about["allowed"])


def sort_of(attribute: Attribute) -> str:
    """The sort of value that an attribute has; ``""`` for one that the network cannot say."""
    if "decimal" in attribute.datatypes:
        return AMOUNT
    if "date" in attribute.datatypes:
        return DAY
    return ROLE if attribute.name == ROLE else ""


def about(ontology: Ontology, texts: Iterable[str]) -> dict[str, Any]:
    """What a network is to know, of an ontology and the texts that it is to learn from."""
    characters: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for text in texts:
        characters.update(text)
        tags.update(word.tag for word in Words(text, ontology.lexicon.grammar).words)
    classes = list(ontology.classes)
    relations = list(ontology.relations.values())
    attributes = [a for a in ontology.attributes.values() if sort_of(a)]
    fit = [
        (one, relation.name, other)
        for relation in relations
        for one in relation.domain
        for other in relation.range
        if one == other or not relation.same_class
    ]
    fit += [(one, a.name, sort_of(a)) for a in attributes for one in a.domain]
    return {
        "characters": "".join(sorted(c for c, n in characters.items() if n >= OFTEN)),
        "tags": sorted(tags),
        "classes": classes,
        "predicates": [r.name for r in relations] + [a.name for a in attributes],
        "ends": [*classes, ROLE, DAY, AMOUNT],
        "allowed": [list(one) for one in fit],
    }


def of_gold(document: Document, gold: Sheet, ontology: Ontology, shape: Shape) -> Iterator[Sample]:
    """The articles of a document with gold."""
    values, when = ValueFinder(ontology.lexicon.values), PartialDate()
    state = DocumentState(document, ontology, rules_alone=True)
    for draft, mentions in run_until(state, run_annotate).annotated:
        article, words = draft.article, draft.words.words
        names = {id_: sorted(thing.names) for id_, thing in gold.things.items()}
        stand = GoldSpans(article.text, names, words)
        sample = sample_of(article.text, words, shape)
        hint_numbers = shape.alphabet.hints(len(article.text), hints(article.text, mentions))
        sample.hints = hint_numbers.astype(np.int8)
        kinds = {id_: thing.type for id_, thing in gold.things.items()}
        known = [s for s in stand.outer if kinds[s.id] in shape.classes]
        for s in known:
            mark(sample.outer, s.start, s.end, 1 + PLACES * shape.classes.index(kinds[s.id]))
        for s in stand.inner:
            if s.id in stand.outer_ids:
                sample.inner[s.start : s.end] = IGNORED
            elif kinds[s.id] in shape.classes and not (sample.inner[s.start : s.end] != 0).any():
                number = shape.classes.index(kinds[s.id])
                mark(sample.inner, s.start, s.end, 1 + PLACES * number)
        counted = [s for s in stand.nearest() if kinds[s.id] in shape.classes]
        ends = [PairEnd(s.start, s.end, shape.kind(kinds[s.id]), ("", s.id)) for s in counted]
        right: set[tuple[tuple[str, str], str, tuple[str, str]]] = {
            (("", s), p, ("", o)) for s, p, o in gold.relations
        }
        both = {name for name, relation in ontology.relations.items() if relation.symmetric}
        right |= {(o, p, s) for s, p, o in right if p in both}
        right |= _roles(article, gold, sample, ends, shape)
        right |= _values(article, gold, ends, shape, values, when)
        _pair(sample, ends, article, shape, right)
        yield sample


def sample_of(text: str, words: Sequence[Word], shape: Shape) -> Sample:
    """An article without a label or a hint."""
    numbers = shape.alphabet.read(text, words)
    hints, outer, inner, role = (np.zeros(len(text), np.int8) for _ in range(4))
    characters, places = numbers.characters.astype(np.int16), numbers.words.astype(np.int16)
    return Sample(characters, places, hints, outer, inner, role)


def mark_names(sample: Sample, text: str, names: Mapping[str, str], shape: Shape) -> None:
    """Label some names of an article, given folded with the class of each, and nothing else."""
    whole = FoldedText(text)
    for name, kind in sorted(names.items()):
        if kind in shape.classes:
            for start, end in whole.find(name):
                mark(sample.outer, start, end, 1 + PLACES * shape.classes.index(kind))


def _roles(
    article: SegmentedArticle, gold: Sheet, sample: Sample, ends: list[PairEnd], shape: Shape
) -> set[tuple[tuple[str, str], str, tuple[str, str]]]:
    """Where the roles of gold stand: the place nearest to who holds it; others are not told."""
    holders: dict[str, set[str]] = defaultdict(set)
    for entity, name, value in gold.attributes:
        if name == ROLE:
            holders[folded(value)].add(entity)
    folded_text, right = FoldedText(article.text), set()
    for name in sorted(holders, key=lambda n: (-len(n), n)):
        places = folded_text.find(name)
        for holder in sorted(holders[name]):
            own = [e for e in ends if e.key == ("", holder)]
            if not own or not places:
                continue
            start, end = min(places, key=lambda p: min(_between(p, e) for e in own))
            if not (sample.role[start:end] > 0).any():
                mark(sample.role, start, end, 1)
            key = (ROLE, clean(article.text[start:end]))
            ends.append(PairEnd(start, end, shape.kind(ROLE), key))
            right.add((("", holder), ROLE, key))
        for start, end in places:
            if not (sample.role[start:end] > 0).any():
                sample.role[start:end] = IGNORED
    return right


def _between(place: tuple[int, int], end: PairEnd) -> int:
    return min(abs(place[0] - end.end), abs(end.start - place[1]))


def _values(
    article: SegmentedArticle,
    gold: Sheet,
    ends: list[PairEnd],
    shape: Shape,
    values: ValueFinder,
    when: PartialDate,
) -> set[tuple[tuple[str, str], str, tuple[str, str]]]:
    right = set()
    for printed in [*values.money(article.text), *values.dates(article.text, when)]:
        if (key := key_of(printed)) is None:
            continue
        ends.append(PairEnd(printed.start, printed.end, shape.kind(key[0]), key))
        for entity, name, value in gold.attributes:
            if shape.holds(name, key[0]) and same(key[0], value, key[1]):
                right.add((("", entity), name, key))
    return right


def _pair(
    sample: Sample,
    ends: Sequence[PairEnd],
    article: SegmentedArticle,
    shape: Shape,
    right: Iterable[tuple[tuple[str, str], str, tuple[str, str]]],
) -> None:
    if len(ends) > MOST_ENDS:
        return
    sentences = [s.start for s in article.sentences] or [0]
    pairs = pairs_of(article.text, ends, sentences, shape.allowed)
    rows = {key: row for row, key in enumerate(pairs)}
    true = np.zeros((len(rows), len(shape.predicates)), bool)
    for subject, predicate, object_ in right:
        row = rows.get((subject, object_))
        if row is not None and predicate in shape.predicates:
            true[row, shape.predicates.index(predicate)] = True
    sample.pair(ends, pairs, true, allowed_of(ends, pairs, shape))


def allowed_of(ends: Sequence[PairEnd], pairs: Pairs, shape: Shape) -> Array:
    """For each pair of things and predicate whether it may hold for their classes."""
    near = [few[0] for few in pairs.values()]
    kinds = [(ends[p.subject].kind, ends[p.object].kind) for p in near]
    fits: Array = np.array([shape.allowed[pair] for pair in kinds], bool)
    return fits.reshape(len(pairs), len(shape.predicates))


def of_rules(document: Document, ontology: Ontology, shape: Shape) -> Iterator[Sample]:
    """The articles of a document as rules alone read them: a teacher who errs, and never tires.

    What the rules propose is the label, and so no hint.
    """
    state = run_until(DocumentState(document, ontology, rules_alone=True), run_relate)
    for block in state.blocks:
        for context in block.contexts:
            sample = sample_of(context.text, context.draft.words.words, shape)
            ends: list[PairEnd] = []
            for m in sorted(context.mentions, key=lambda m: m.start - m.end):
                at = trimmed(context.text, m.start, m.end)
                if m.reference or m.type not in shape.classes or at is None:
                    continue
                layer = sample.inner if m.nested or sample.outer[slice(*at)].any() else sample.outer
                if not layer[slice(*at)].any():
                    mark(layer, *at, 1 + PLACES * shape.classes.index(m.type))
                ends.append(PairEnd(*at, shape.kind(m.type), (m.type, m.name)))
            right = set()
            for article_statement in block.statements:
                s = article_statement.statement
                if article_statement.context is context and s.object is not None and not s.denied:
                    one, other = (s.subject.type, s.subject.name), (s.object.type, s.object.name)
                    right.add((one, s.predicate, other))
            _pair(sample, ends, context.article, shape, right)
            yield sample
