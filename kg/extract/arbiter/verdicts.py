"""Weigh what firms do a second time, by the words that it rests on.

Whether somebody makes a thing, or works with another, is hard to tell from scores of pairs alone:
who sells, flies or lists a product stands beside it as its maker does. So readers judged thousands
of such statements of the news, each by its quotation. What they found right and wrong is told apart
by the words around both ends, by what the names are made of and how sure they are, by the rule and
by the status. A statement that too few readers would accept is dropped; of the others the
confidence is the share that readers found right of such ones.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.arbiter.linear import UNIT, buckets
from kg.extract.arbiter.proposals import LEVELS, Decision, Proposal
from kg.extract.mentions.mention import QUOTES
from kg.extract.mentions.tokens import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.arbiter.linear import Linear
    from kg.extract.claims.context import ArticleContext, Statement
    from kg.extract.mentions.mention import Mention
    from kg.extract.mentions.tokens import Word

VERY_LIKELY = LEVELS["very likely"]  # what the arbiter is as sure of is dropped by no verdict
JUDGED = 0.5  # readers judged statements of at least this confidence, which a graph takes
SUBJECT, OBJECT = "S", "O"  # both ends among the words of a quotation
REFERENCE = "R"
NEAR = 40  # so many characters from the trigger a word may tell what a statement is worth
SURE = [int(edge * UNIT) for edge in (0, 0.5, 1, 2, 3, 4, 6)]
LENGTHS = (2, 3, 4, 6, 9, 13, 21)
# Words of these tags are told as they are; others may be names, of which the tag is told.
PLAIN = COMMON | {
    *("c", "p", "u", "uj", "ul", "uz", "ud", "ug", "uv", "m", "mq", "q", "r", "rr", "rz", "k", "y"),
    *("x", "zg", "vd", "vg", "vi", "vq", "ng", "ag", "dg", "tg", "g", "e", "o", "h", "df"),
}
NUMBER, LATIN = re.compile(r"[0-9０-９.,%]+"), re.compile(r"[A-Za-zＡ-Ｚａ-ｚ .+-]+")


class Token(NamedTuple):
    """A word of a quotation, or a name by its class: where it begins, and what is told of it."""

    start: int
    word: str


def kind_of(context: ArticleContext, statement: Statement) -> str:
    """What is judged as one: the kind of article, a predicate, the class of its object.

    Nothing where readers judged no such statements: of a value, denied, or too unsure.

    Args:
        context: The article.
        statement: A statement as the arbiter made it stand.
    """
    if statement.object is None or statement.denied or statement.confidence < JUDGED:
        return ""
    return kind(context, statement.predicate, statement.object)


def kind(context: ArticleContext, predicate: str, other: Mention) -> str:
    """The kind of a statement of an article, by its predicate and object: news develops System."""
    return f"{context.article.kind} {predicate} {other.type}"


def judge(
    linear: Linear | None, context: ArticleContext, statements: Iterable[Statement]
) -> Iterator[tuple[Statement | None, Decision | None]]:
    """Statements as readers would judge them, each with the decision if it was weighed.

    One that too few readers would accept is None, unless it was very likely before; the others
    have a confidence of how many would. What nobody judged, a relation of one's own for instance,
    is as it was.

    Args:
        linear: The weights of verdicts; without any all is as it was.
        context: The article.
        statements: What stands of it, each with its status.
    """
    for one in statements:
        judged = kind_of(context, one)
        if linear is None or one.object is None or judged not in linear.calibration:
            yield one, None
            continue
        found = features(context, one)
        score = linear.score(found)
        accepted = linear.accepts(score, judged) or one.confidence >= VERY_LIKELY
        args = one.subject, one.object
        proposal = Proposal(one.predicate, one.span, args, None, (one.rule,), found)
        weighed = replace(one, confidence=linear.confidence(score, judged))
        yield (weighed if accepted else None, Decision(proposal, score, accepted, by_words=True))


def features(context: ArticleContext, statement: Statement) -> tuple[str, ...]:
    """What holds of a statement between two mentions, and of the words around it.

    Args:
        context: The article.
        statement: A statement with an object, as it stands with its status.
    """
    return tuple(dict.fromkeys(_Evidence(context, statement).features()))


class _Evidence:
    """The quotation of a statement, word by word, with its ends."""

    def __init__(self, context: ArticleContext, statement: Statement) -> None:
        assert statement.object is not None
        self.context, self.statement = context, statement
        self.ends = {SUBJECT: statement.subject, OBJECT: statement.object}
        self.kind, self.words_of = statement.predicate, context.draft.words
        self.tokens = list(self._tokens())
        self.words = [token.word for token in self.tokens]
        self.at = {end: self.words.index(end) for end in self.ends if end in self.words}

    def features(self) -> Iterator[str]:
        """All that holds of it."""
        one, kind = self.statement, self.kind
        rule, status = one.rule.partition("@")[0], one.status or "none"
        yield kind
        yield f"{kind} by {rule}"
        yield f"{kind} status {status}"
        yield f"{kind} by {rule} status {status}"
        yield f"{kind} confidence {int(10 * one.confidence)}"
        yield f"{kind} of {one.subject.type} and {self.ends[OBJECT].type}"
        yield f"{kind} quotes {''.join(self.at)}"
        if one.subject.name in self.ends[OBJECT].name:
            yield f"{kind} within its object"
        yield from self._between()
        yield from self._nearby()
        for side, end in self.ends.items():
            yield from self._name(side, end)
            yield from self._beside(side)

    def _tokens(self) -> Iterator[Token]:
        """The words of the quotation; a name stands as one, both ends as themselves."""
        quote = self.statement.span
        named: list[tuple[int, int, str]] = []
        both = [(one.start, one.end, side) for side, one in self.ends.items()]
        inside = [m for m in self.context.inside(quote) if not m.nested]
        others = [(m.start, m.end, REFERENCE if m.reference else m.type) for m in inside]
        for start, end, label in [*both, *others]:
            apart = all(end <= first or last <= start for first, last, _ in named)
            if apart and quote.start <= start and end <= quote.end:
                named.append((start, end, label))
        at = quote.start
        for start, end, label in sorted(named):
            yield from self._words_between(at, start)
            yield Token(start, label)
            at = end
        yield from self._words_between(at, quote.end)

    def _words_between(self, start: int, end: int) -> Iterator[Token]:
        """The words of a stretch without its white space."""
        for word in self.words_of.between(start, end):
            if not word.text.isspace():
                yield Token(word.start, _wording(word))

    def _between(self) -> Iterator[str]:
        """The words between both ends, two by two."""
        if len(self.at) < len(self.ends):
            return
        first, last = sorted(self.at.values())
        for one, other in pairwise(self.words[first : last + 1]):
            yield f"{self.kind} words {one} {other}"
        yield f"{self.kind} apart {self.words[first]} {buckets(last - first, LENGTHS)}"

    def _nearby(self) -> Iterator[str]:
        """The words around the trigger."""
        trigger = self.statement.trigger
        if trigger.start < trigger.end:
            for token in self.tokens:
                if abs(token.start - trigger.start) < NEAR:
                    yield f"{self.kind} near {token.word}"

    def _name(self, side: str, end: Mention) -> Iterator[str]:
        """How sure a name is, and what it is made of."""
        words = list(self.words_of.between(end.start, end.end))
        score = end.arbiter_score
        sure = "unknown" if score is None else str(buckets(score, SURE))
        yield f"{self.kind} {side} sure {sure}"
        yield f"{side} by {end.rule.partition('@')[0]}"
        yield from (f"{side} tag {word.tag}" for word in words)
        common = "common" if all(map(_is_plain, words)) else "proper"
        marked = "quoted" if ord(self.context.text[end.start]) in QUOTES else "bare"
        yield f"{side} {end.type} {common} {marked}"
        yield f"{self.kind} {side} {common} {marked}"

    def _beside(self, side: str) -> Iterator[str]:
        """The words right before and behind an end."""
        at = self.at.get(side)
        if at is None:
            return
        before, behind = self.words[max(0, at - 2) : at][::-1], self.words[at + 1 : at + 3]
        for place, beside in (("before", before), ("behind", behind)):
            for away, word in enumerate(beside):
                yield f"{self.kind} {side} {place} {away} {word}"
            yield from (f"{side} {place} {word}" for word in beside[:1])


def _is_plain(word: Word) -> bool:
    """Whether a word is no part of a name by its tag."""
    return word.tag in PLAIN and not LATIN.fullmatch(word.text)


def _wording(word: Word) -> str:
    """A word, or what it is like if it may belong to a name."""
    if NUMBER.fullmatch(word.text):
        return "9"
    if LATIN.fullmatch(word.text):
        return "A"
    return word.text if word.tag in PLAIN or len(word.text) == 1 else f"<{word.tag}>"
