"""Keep the accepted claims of posts that the words of the text allow.

A title ends like titles do: 派出 and 聘任 are none. Somebody works where a verb or a title joins
the name and the body, and where nobody else stands between who has the verb for himself. A title
that nobody found, and all that stands between a body and somebody who works there, is one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.base.records import Span, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extract.claims.context import ArticleContext, Statement
    from kg.extract.mentions.mention import Mention
    from kg.ontology import Ontology
    from kg.ontology.lexicon.claims import OfficeWords

# Below this a claim of an employer must have a verb or a title between its ends. Of 1,181 articles
# with gold 16 of 24 such claims are wrong, and 4 of 12 surer ones.
SURE = 0.65
# Characters of a title between a body and a name at most.
REACH = 18
KIND = "posts"  # of the rules of a relation or an attribute that tells posts


class Posts:
    """The relations and attributes of an ontology that tell posts, and what speaks against one."""

    def __init__(self, ontology: Ontology) -> None:
        self.words: OfficeWords = ontology.lexicon.offices
        ruled = [(name, page.rules) for name, page in ontology.relations.items()]
        ruled += [(name, page.rules) for name, page in ontology.attributes.items()]
        posts = [(name, rule) for name, rules in ruled for rule in rules if rule.kind == KIND]
        self.predicates = {name for name, _ in posts}
        self.people = {str(rule.options["class"]) for _, rule in posts}
        self.titles = {name: rule for name, rule in posts if name in ontology.attributes}

    def allowed(
        self, context: ArticleContext, statements: Iterable[Statement]
    ) -> Iterator[Statement]:
        """The statements of an article that its words allow, and titles beside them."""
        stand = [one for one in statements if not self._speaks_against(context, one)]
        yield from stand
        known_titles = {
            (one.subject.name, one.value.lexical)
            for one in stand
            if one.value is not None and one.predicate in self.predicates
        }
        for one in stand:
            if one.predicate in self.predicates and one.object is not None:
                yield from self._title_between(context, one, known_titles)

    def _title_between(
        self, context: ArticleContext, statement: Statement, known_titles: set[tuple[str, str]]
    ) -> Iterator[Statement]:
        """The title that is all that stands between a body and who works there, unless stated."""
        who, body = statement.subject, statement.object
        if body is None or statement.denied or not 0 < who.start - body.end <= REACH:
            return
        match = self.words.beside.fullmatch(context.text, body.end, who.start)
        if match is None or body.reference or who.reference:
            return
        title, inside = match["title"], Span(body.end, who.start)
        has_mention = any(m.start < inside.end and inside.start < m.end for m in context.mentions)
        if has_mention or self.words.not_beside.search(title) or not self.is_title(title):
            return
        if any(name == who.name and words in title for name, words in known_titles):
            return
        for name, rule in self.titles.items():
            value, sure = Value(title, "string", title), min(statement.confidence, rule.confidence)
            yield replace(
                statement, predicate=name, object=None, value=value, rule=rule.rule, confidence=sure
            )

    def _speaks_against(self, context: ArticleContext, statement: Statement) -> bool:
        """Whether the words of an article speak against a claim of a post; never of another."""
        if statement.predicate not in self.predicates:
            return False
        if statement.value is not None:
            return not self.is_title(statement.value.lexical)
        who, body = statement.subject, statement.object
        if body is None or not _within(who, statement.span) or not _within(body, statement.span):
            return False
        if body.end <= who.start:
            return self._nearer_body(context, who, body)
        return who.end <= body.start and self._is_unjoined(context, who, body, statement.confidence)

    def is_title(self, title: str) -> bool:
        """Whether somebody may be called so.

        >>> from kg.ontology import load
        >>> posts = Posts(load())
        >>> [posts.is_title(t) for t in ("局长", "聘任", "首席预报员", "派出", "出局")]
        [True, False, True, False, False]
        """
        end = self.words.title_ends.search(title)
        return end is not None and not self.words.untitled.search(title)

    def _nearer_body(self, context: ArticleContext, who: Mention, body: Mention) -> bool:
        """Whether somebody else is named behind a body who meets a person, or before another body.

        甲公司总裁某某：乙公司总监李某 is not of the first, nor is 甲公司总裁某某与李某会谈.
        """
        others = self._others(context, who, body.end, who.start)
        if not others:
            return False
        last = max(others, key=lambda m: m.end)
        if self.words.meets.fullmatch(context.text, last.end, who.start):
            return True  # 甲公司总裁某某与|李某|会谈
        bodies = [
            m.start
            for m in context.mentions
            if m.type == body.type and last.end <= m.start and m.end <= who.start
        ]
        if not bodies or any(m.name == body.name for m in context.mentions if m.start in bodies):
            return False
        return bool(self.words.parted.search(context.text, last.end, min(bodies)))

    def _is_unjoined(
        self, context: ArticleContext, who: Mention, body: Mention, confidence: float
    ) -> bool:
        """Whether no verb joins a name to the body behind it, or one of somebody else does."""
        text, vocabulary = context.text, self.words
        others = self._others(context, who, who.end, body.start)
        if others:
            last = max(others, key=lambda m: m.end)
            takes = vocabulary.taken_on.search(text, last.end, body.start)
            if takes and vocabulary.ended.search(text, who.end, last.start):
                return True
        if confidence >= SURE or vocabulary.joins_body.search(text, who.end, body.start):
            return False
        return not vocabulary.post_behind.match(text, body.end)

    def _others(
        self, context: ArticleContext, who: Mention, low: int, high: int
    ) -> Sequence[Mention]:
        """Other persons who are named in a stretch."""
        return [
            m
            for m in context.mentions
            if m.type in self.people
            and not m.reference
            and m.name not in who.name
            and who.name not in m.name
            and low <= m.start
            and m.end <= high
        ]


def _within(m: Mention, span: Span) -> bool:
    """Whether a name, and no reference to one, stands in a quotation."""
    return not m.reference and span.start <= m.start and m.end <= span.end
