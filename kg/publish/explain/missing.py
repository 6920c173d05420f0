"""A text that was read in, why two names of one sentence got no claim out, pair by pair.

For each pair: what denies the statement that a rule made; else that no relation joins the two
classes; else that no word of the relations that could join them stands in the sentence; else
that such a word stands there, and is not said of these two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.extract.claims.context import Scene
from kg.extract.coreference.mask import Masked
from kg.extract.mentions.mention import Mention
from kg.extract.resolve.speakers import Told
from kg.extract.stations import Work
from kg.ontology import Ontology, Relation

MOST = 40  # pairs that are told; a long text has thousands
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Two names of one sentence without a claim between them, and why."""

    first: Mention
    second: Mention
    why: str


def unsaid(work: Work) -> tuple[list[Unsaid], int]:
    """The pairs without a claim, in reading order, and how many more there are.

    >>> from kg.ontology import load
    >>> from kg.base.records import Document
    >>> from kg.extract.stations import related, until
    >>> work = Work(Document("d", "-", "成都高新区和甲某大学都在发展。"), load())
    >>> _ = until(work, related)
    >>> pairs, more = unsaid(work)
    >>> pairs[0].first.name, pairs[0].second.name, more
    ('成都高新区', '甲某大学', 0)
    """
    words = _words(work.ontology)
    found = [
        Unsaid(a, b, _why(a, b, scene, sentence, work, words))
        for scene in work.scenes
        for sentence in scene.sentences
        for a, b in combinations(_names(sentence), 2)
        if not _said(a, b, work.told)
    ]
    return found[:MOST], max(0, len(found) - MOST)


def _names(sentence: Masked) -> list[Mention]:
    """The names of a sentence in reading order, each once."""
    found = (m for _, g in sorted(sentence.groups.items()) for m in g.mentions if not m.refers)
    return list({(m.type, m.name): m for m in found}.values())


def _ends(told: Told) -> frozenset[tuple[str, str]]:
    stated = told.stated
    ends = (stated.subject, stated.object) if stated.object is not None else (stated.subject,)
    return frozenset((m.type, m.name) for m in ends)


def _about(a: Mention, b: Mention, told: list[Told]) -> Iterator[Told]:
    pair = frozenset(((a.type, a.name), (b.type, b.name)))
    return (t for t in told if _ends(t) == pair)


def _said(a: Mention, b: Mention, told: list[Told]) -> bool:
    return (a.type, a.name) == (b.type, b.name) or any(
        not t.stated.denied for t in _about(a, b, told)
    )


def _why(
    a: Mention,
    b: Mention,
    scene: Scene,
    sentence: Masked,
    work: Work,
    words: dict[str, frozenset[str]],
) -> str:
    for told in _about(a, b, work.told):
        by = scene.text[told.stated.trigger.start : told.stated.trigger.end]
        return f"{told.stated.predicate} by “{by}” ({told.stated.rule}) is denied or not yet real"
    pages = [r for r in work.ontology.relations.values() if _joins(r, a.type, b.type)]
    if not pages:
        return f"no relation joins {a.type} and {b.type}"
    there = {p.name: sorted(w for w in words[p.name] if w in sentence.text) for p in pages}
    stands = [f"“{max(w, key=len)}” ({name})" for name, w in there.items() if w]
    if not stands:
        return f"no word of {', '.join(there)} stands in the sentence"
    return f"{', '.join(stands)} stands there, but is not said of these two"


def _joins(page: Relation, a: str, b: str) -> bool:
    if page.same_class and a != b:
        return False
    return (a in page.domain and b in page.range) or (b in page.domain and a in page.range)


def _words(ontology: Ontology) -> dict[str, frozenset[str]]:
    """For each relation the words that its rules look for: their lists, and those of patterns."""
    lists = ontology.words["triggers"]
    found = {}
    for page in ontology.relations.values():
        listed = {w for r in page.rules for n in r.options.get("verbs", ()) for w in lists[n]}
        spelled = {w for r in page.rules for w in HAN.findall(str(r.options.get("pattern", "")))}
        found[page.name] = frozenset(listed | spelled)
    return found
