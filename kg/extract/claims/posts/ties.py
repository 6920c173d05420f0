"""Tell whether words tie a person to a body that only the network puts together.

A title, a list of titles and names, or nothing at all leads from a body to somebody behind it
(甲局局长乙某、副局长丙某). A verb of taking on or leaving a post leads from somebody to a body.
What stands in the same sentence without such words (据甲报，…罢免乙某; 甲破产，乙公司分析师丙某)
is told of nobody's employer.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kg.extract.claims.context import ArticleContext
    from kg.extract.mentions.mention import Mention
    from kg.ontology.lexicon.claims import OfficeWords

# Characters of the titles between a body and a name, or between two names, at most.
REACH = 24
# Characters before a body that tell whether a clause begins with it.
BEFORE = 3


class Ties:
    """The words of an ontology that tie somebody to the body that employs him.

    Args:
        patterns: The words for posts.
        is_title: Whether somebody may be called so.
        people: The classes of those who hold posts.
        places: The classes of places.
    """

    def __init__(
        self,
        patterns: OfficeWords,
        is_title: Callable[[str], bool],
        people: Collection[str],
        places: Collection[str],
    ) -> None:
        self.patterns, self.is_title = patterns, is_title
        self.people, self.places = people, places

    def before(self, context: ArticleContext, who: Mention, body: Mention) -> bool:
        """Whether words lead from a body to somebody who is named behind it."""
        if body.end > who.start:
            return False
        text = context.text
        if self._other_name(context, who, body):
            return False
        if self._taken(text, who, body):
            return True
        between = [m for m in context.mentions if body.end <= m.start and m.end <= who.start]
        people = [m for m in between if m.type in self.people and not m.reference]
        people = [*_apart_from_each_other(people), who]
        first = people[0].start
        bodies = [m for m in between if m.type == body.type and not (m.reference or m.nested)]
        places = [m for m in between if m.type in self.places and m.end <= first]
        is_own_body = all(
            self._beside(text, body, m) for m in bodies if m.end <= first
        ) and not any(self.patterns.state_of.search(text, body.end, m.start) for m in places)
        if not self._leads(text, body, first, is_own_body):
            return False
        return all(self._goes_on(text[one.end : other.start]) for one, other in pairwise(people))

    def behind(self, context: ArticleContext, start: int, body: Mention) -> bool:
        """Whether words lead from somebody to a body that is named behind him.

        Args:
            context: The article.
            start: Where the name ends, or the sentence begins that goes on about him.
            body: The body.
        """
        text, patterns = context.text, self.patterns
        if start > body.start or patterns.wished.search(text, start, body.start):
            return False
        start = max(start, *(text.rfind(sign, start, body.start) + 1 for sign in "。\n"))
        joined = patterns.joins_body.search(text, start, body.start)
        return joined is not None or patterns.post_behind.match(text, body.end) is not None

    def _taken(self, text: str, who: Mention, body: Mention) -> bool:
        """Whether somebody of another body takes a post of this one, or founds it."""
        patterns = self.patterns
        if not patterns.opens_clause.search(text[max(0, body.start - BEFORE) : body.start]):
            return False
        post = patterns.taken_by.fullmatch(text, body.end, who.start)
        if post and patterns.takes.match(text, who.end) and self.is_title(post["title"]):
            return True
        founded = patterns.founded_by.fullmatch(text, body.end, who.start)
        return bool(founded and patterns.founds.match(text, who.end))

    def _other_name(self, context: ArticleContext, who: Mention, body: Mention) -> bool:
        """Whether a name is the body's own in another language: 甲某资管（A. M.）, 某公司 Neura."""
        patterns = self.patterns
        if who.start == body.end and patterns.latin_name.fullmatch(who.name):
            return patterns.kind_of_firm.search(body.name) is not None  # 生物技术公司|Neuralink
        opened = patterns.opens_bracket.fullmatch(context.text, body.end, who.start)
        closed = patterns.closes_bracket.match(context.text, who.end)
        return bool(opened and closed) and body.subtype != "media"

    def _beside(self, text: str, body: Mention, other: Mention) -> bool:
        """Whether another body behind one is its own, or that of one more title."""
        patterns, between = self.patterns, text[body.end : other.start]
        if patterns.beside_other.fullmatch(between):
            return True
        row = patterns.row_ends.search(between)
        return row is not None and self._title(patterns.bracketed.sub("", between[: row.start()]))

    def _leads(self, text: str, body: Mention, end: int, is_own_body: bool) -> bool:
        """Whether what stands between a body and the first name behind it is a title of his.

        Args:
            text: The article.
            body: The body.
            end: Where the first name begins.
            is_own_body: Whether no other body stands between, but a part of it.
        """
        patterns = self.patterns
        between = patterns.bracketed.sub("", text[body.end : end])
        if patterns.nothing.fullmatch(between):
            return is_own_body
        *clauses, last = patterns.clause_breaks.split(between)
        naming, appointed = (
            patterns.named_for.search(last),
            patterns.appoints.search(last) is not None,
        )
        title = last[: naming.start()] if naming else last
        if patterns.owns_only.search(title):
            return False
        if not clauses:
            return is_own_body and (appointed or self._title(title))
        opening = patterns.opens_clause.search(text[max(0, body.start - BEFORE) : body.start])
        if opening is None:
            return False
        if opening["is"]:  # 保荐机构为甲公司，保荐代表人为|乙某
            return is_own_body and not any(clauses) and self.is_title(title)
        if naming:  # 甲公司是乙品牌的母公司，法定代表人为|丙某
            return self.is_title(title)
        return is_own_body and (
            appointed or (patterns.own_title.match(last) is not None and self.is_title(title))
        )

    def _goes_on(self, between: str) -> bool:
        """Whether a list of people goes on, with titles or without: 甲某、|副局长|乙某."""
        patterns = self.patterns
        if patterns.appoints.search(between):
            return True
        row = patterns.row_opens.match(between)
        title = between[row.end() :] if row else ""
        naming = patterns.named_for.search(title)
        words = title[: naming.start()] if naming else title
        return row is not None and (not words or self._title(words))

    def _title(self, words: str) -> bool:
        """Whether some words are a title, or several, and nothing more."""
        words = self.patterns.owned_by.sub("", words).strip()
        return len(words) <= REACH and self.is_title(words)


def _apart_from_each_other(people: Sequence[Mention]) -> list[Mention]:
    """The names that do not lie within the one before."""
    result: list[Mention] = []
    for m in sorted(people, key=lambda m: (m.start, -m.end)):
        if not result or result[-1].end <= m.start:
            result.append(m)
    return result
