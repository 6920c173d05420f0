"""Explain why two names of one sentence got no claim, pair by pair.

For each pair: what denies the statement that a rule made; else that no relation joins the two
classes; else that no word of the relations that could join them stands in the sentence; else
that such a word stands there, and is not said of these two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.extract.claims.context import ArticleContext
from kg.extract.coreference.mask import Masked
from kg.extract.mentions.mention import Mention
from kg.extract.resolve.speaking_places import ArticleStatement
from kg.extract.stations import DocumentState
from kg.ontology import Ontology, Relation

MOST = 40  # pairs that are told; a long text has thousands
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class MissingClaim:
    """Two names of one sentence without a claim between them, and why."""

    first: Mention
    second: Mention
    why: str


def missing_claims(state: DocumentState) -> tuple[list[MissingClaim], int]:
    """The pairs without a claim, in reading order, and how many more there are.

    >>> from kg.ontology import load
    >>> from kg.base.records import Document
    >>> from kg.extract.stations import run_relate, run_until
    >>> state = DocumentState(Document("d", "-", "成都高新区和甲某大学都在发展。"), load())
    >>> state = run_until(state, run_relate)
    >>> pairs, more = missing_claims(state)
    >>> pairs[0].first.name, pairs[0].second.name, more
    ('成都高新区', '甲某大学', 0)
    """
    words = _words(state.ontology)
    pairs = [
        MissingClaim(a, b, _why(a, b, context, sentence, state, words))
        for context in state.contexts
        for sentence in context.sentences
        for a, b in combinations(_names(sentence), 2)
        if not _stated(a, b, state.statements)
    ]
    return pairs[:MOST], max(0, len(pairs) - MOST)


def _names(sentence: Masked) -> list[Mention]:
    """The names of a sentence in reading order, each once."""
    mentions = (
        m for _, g in sorted(sentence.groups.items()) for m in g.mentions if not m.reference
    )
    return list({(m.type, m.name): m for m in mentions}.values())


def _ends(article_statement: ArticleStatement) -> frozenset[tuple[str, str]]:
    statement = article_statement.statement
    ends = (
        (statement.subject, statement.object)
        if statement.object is not None
        else (statement.subject,)
    )
    return frozenset((m.type, m.name) for m in ends)


def _about(
    a: Mention, b: Mention, statements: list[ArticleStatement]
) -> Iterator[ArticleStatement]:
    pair = frozenset(((a.type, a.name), (b.type, b.name)))
    return (t for t in statements if _ends(t) == pair)


def _stated(a: Mention, b: Mention, statements: list[ArticleStatement]) -> bool:
    return (a.type, a.name) == (b.type, b.name) or any(
        not t.statement.denied for t in _about(a, b, statements)
    )


def _why(
    a: Mention,
    b: Mention,
    context: ArticleContext,
    sentence: Masked,
    state: DocumentState,
    words: dict[str, frozenset[str]],
) -> str:
    for one in _about(a, b, state.statements):
        statement = one.statement
        by = context.text[statement.trigger.start : statement.trigger.end]
        return f"{statement.predicate} by “{by}” ({statement.rule}) is denied or not yet real"
    pages = [r for r in state.ontology.relations.values() if _joins(r, a.type, b.type)]
    if not pages:
        return f"no relation joins {a.type} and {b.type}"
    words_there = {p.name: sorted(w for w in words[p.name] if w in sentence.text) for p in pages}
    stands = [f"“{max(w, key=len)}” ({name})" for name, w in words_there.items() if w]
    if not stands:
        return f"no word of {', '.join(words_there)} stands in the sentence"
    return f"{', '.join(stands)} stands there, but is not said of these two"


def _joins(page: Relation, a: str, b: str) -> bool:
    if page.same_class and a != b:
        return False
    return (a in page.domain and b in page.range) or (b in page.domain and a in page.range)


def _words(ontology: Ontology) -> dict[str, frozenset[str]]:
    """For each relation the words that its rules look for: their lists, and those of patterns."""
    lists = ontology.words["triggers"]
    words_by_relation = {}
    for page in ontology.relations.values():
        listed = {w for r in page.rules for n in r.options.get("verbs", ()) for w in lists[n]}
        spelled = {w for r in page.rules for w in HAN.findall(str(r.options.get("pattern", "")))}
        words_by_relation[page.name] = frozenset(listed | spelled)
    return words_by_relation
