"""Make proposals for names and claims of the answers of a language model.

A name that does not stand in its passage letter by letter is dropped, and so is one of a class
that nobody knows; what is dropped is counted by reason (``kg.extract.model.llm.reasons``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.base.records import Span
from kg.extract.mentions.mention import Mention, clean
from kg.extract.model.llm.items import Claim, items
from kg.extract.model.llm.passages import passages
from kg.extract.search import occurrences

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.extract.model.llm.prompt import AnsweredModel
    from kg.extract.segment.articles import SegmentedArticle

CUT = "\n\x1fcut off"  # what an answer ends in that the server cut at its limit


@dataclass(frozen=True, slots=True)
class QuotedClaim:
    """A claim with the passage in which it was said, and the classes that its names were given."""

    claim: Claim
    passage: Span
    types: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class LlmProposals:
    """What a language model proposes of an article.

    Attributes:
        rule: By which name it proposes.
        names: The names, at each place of their passages where they stand.
        claims: The claims, which are still to be compared with the text.
        counts: Passages, answers, names and claims, and what was dropped, by reason.
        unanswered: The keys of the passages without an answer.
    """

    rule: str
    names: tuple[Mention, ...] = ()
    claims: tuple[QuotedClaim, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    unanswered: tuple[str, ...] = ()


def propose(
    article: SegmentedArticle, llm: AnsweredModel, weighable: Collection[str]
) -> LlmProposals:
    """What a model proposes of an article.

    Args:
        article: The article.
        llm: The model with its answers.
        weighable: The classes that the arbiter can weigh.
    """
    counts, names, claims, unanswered = (
        Counter[str](),
        list[Mention](),
        list[QuotedClaim](),
        list[str](),
    )
    for span in passages(article):
        counts["passages"] += 1
        text = article.text[span.start : span.end]
        key = llm.model.key(text)
        answer = llm.answer(key)
        if answer is None:
            unanswered.append(key)
            continue
        counts["answers"] += 1
        counts["cut"] += answer.endswith(CUT)
        parsed = items(answer.removesuffix(CUT))
        counts += parsed.counts
        counts["names"] += len(parsed.names)
        counts["claims"] += len(parsed.claims)
        types: dict[str, set[str]] = {}
        for name, type_ in parsed.names:
            types.setdefault(name, set()).add(type_)
            if type_ not in weighable:
                counts["class"] += 1
                continue
            places = [
                Mention(span.start + at, span.start + at + len(name), type_, clean(name), "")
                for at in occurrences(text, name)
            ]
            counts["absent"] += not places
            names += places
        types_by_name = {name: frozenset(classes) for name, classes in types.items()}
        claims += (QuotedClaim(claim, span, types_by_name) for claim in parsed.claims)
    return LlmProposals(llm.model.rule, tuple(names), tuple(claims), +counts, tuple(unanswered))
