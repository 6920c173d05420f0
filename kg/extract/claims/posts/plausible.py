"""Keep the accepted claims of posts that the words of the text allow.

A title ends like titles do: 派出 and 聘任 are none. Somebody works where a verb or a title joins
the name and the body, and where nobody else stands between who has the verb for himself. A title
that nobody found, and all that stands between a body and somebody who works there, is one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.base.records import Span, Value
from kg.extract.claims.posts.ties import Ties

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
# Characters from a name to a body of his career, at most.
CAREER = 400
SENTENCE_ENDS = "。；\n"
KIND, BYLINE = "posts", "byline"  # of the rules of a relation or an attribute that tells posts


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
        # What these find stands in words that a rule knows; what the network finds alone, in any.
        self.rules = {
            rule.rule for name, rules in ruled if name in self.predicates for rule in rules
        }
        self.readers = {rule.rule for _, rule in posts}
        self.bylines = {rule.rule for _, rules in ruled for rule in rules if rule.kind == BYLINE}
        places = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
        self.ties = Ties(self.words, self.is_title, self.people, places)

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
        if body is None or not _within(who, statement.span):
            return False
        if self._of_justice(context, who, body):
            return True
        if not _within(body, statement.span):  # 该公司: the one that was named last
            return statement.rule in self.readers and self._named_since(context, who, body)
        if statement.rule not in self.rules and not self._tied(context, statement, body):
            return True
        if body.end <= who.start:
            signed = statement.rule in self.bylines
            if not signed and self._not_employing(context, who, body):
                return True
            return self._nearer_body(context, who, body)
        return who.end <= body.start and self._is_unjoined(context, who, body, statement.confidence)

    def _tied(self, context: ArticleContext, statement: Statement, body: Mention) -> bool:
        """Whether words tie somebody to a body, wherever they are named in a quotation."""
        person, quote = statement.subject, statement.span
        bodies = [body, *(m for m in _again(context, body) if _within(m, quote))]
        people = [person, *(m for m in _again(context, person) if m.start < quote.end)]
        inside = [who for who in people if _within(who, quote)]
        return (
            any(self.ties.before(context, who, m) for who in inside for m in bodies)
            or any(self.ties.behind(context, who.end, m) for who in inside for m in bodies)
            or any(self._of_career(context, who, m) for who in people for m in bodies)
        )

    def _of_career(self, context: ArticleContext, who: Mention, body: Mention) -> bool:
        """Whether a sentence goes on about who was named before it, and nobody else since."""
        if not 0 <= body.start - who.end <= CAREER:
            return False
        begin = max(context.text.rfind(sign, who.end, body.start) for sign in SENTENCE_ENDS) + 1
        is_tied = begin and self.ties.behind(context, begin, body)
        return bool(is_tied) and not self._others(context, who, who.end, body.start)

    def _of_justice(self, context: ArticleContext, who: Mention, body: Mention) -> bool:
        """Whether a judge or a prosecutor is told to be of a body that has none."""
        low = max(0, who.start - REACH)
        if body.end > who.start:
            return False
        title = self.words.of_court.search(context.text, low, who.start)
        if title is None:
            return False
        has = self.words.courts if title["court"] else self.words.prosecutions
        return has.search(body.name) is None

    def _not_employing(self, context: ArticleContext, who: Mention, body: Mention) -> bool:
        """Whether somebody is but met by a body, sent to it, a pupil of it, or told of by it."""
        text, words = context.text, self.words
        before = text[max(0, body.start - REACH) : body.start]
        source = words.source_of.search(before) or words.sent_to.search(before)
        pupil = words.schools.search(body.name) and words.nothing.fullmatch(
            text, body.end, who.start
        )
        return bool(source or pupil or words.met.match(text, body.end, who.start))

    def _named_since(self, context: ArticleContext, who: Mention, body: Mention) -> bool:
        """Whether 该公司 may mean another body than one: one named since, or in a row with it."""
        others = (
            m
            for m in context.mentions
            if m.type == body.type and not (m.reference or m.nested)
            if m.name not in body.name and body.name not in m.name
        )
        row = self.words.in_row
        return any(
            (body.end <= m.start and m.end <= who.start)
            or row.fullmatch(context.text, m.end, body.start) is not None
            for m in others
        )

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


def _again(context: ArticleContext, mention: Mention) -> Iterator[Mention]:
    """The other places of an article where a name stands."""
    for m in context.mentions:
        if (m.type, m.name) == (mention.type, mention.name) and m != mention and not m.nested:
            yield m
