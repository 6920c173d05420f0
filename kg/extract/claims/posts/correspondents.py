"""Find who works for which paper, by bylines.

A reporter's paper stands before 记者; where none does, it is the paper of the dateline, the one
whose own reporters the article speaks of, or the paper of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.base.records import Span
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

REACH = 40  # characters from 记者 to the last name of a list of reporters


class Correspondents(RuleReader):
    """A statement for each name of a byline and each paper that the byline is of."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        super().__init__(rule, predicate, ontology)
        reporters, others, grades, own = (
            "|".join(map(re.escape, rule.options[k])) for k in ("words", "others", "grades", "own")
        )
        words = ontology.lexicon.offices
        self.opens = re.compile(
            rf"{words.not_chief}(?:{reporters}|{others})|{words.story_opens}"
            r"|(?:^|[。！？”])\s*[（(]"
        )
        # Between a paper and 记者, or another paper.
        self.link = re.compile(rf"(?:{grades}|{words.paper_gap})*")
        self.sends = re.compile(rf"(?:{rule.options['sends']})$")
        self.others = re.compile(rf"(?:{others})$")
        self.houses = re.compile(rf"(?:{rule.options['papers']})$")
        # 甲网云澜8月12日电（记者, 甲网（乙网）讯（记者
        self.own = re.compile(f"{words.dateline}{self.link.pattern}(?:{reporters}|{own})")

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """The names of the bylines of an article, with their papers."""
        text, media = context.text, self._media(context)
        signed = [(m, byline) for m in context.mentions for byline in self._signed(context, m)]
        # 通讯员甲某 sends in a story and is signed under it again, without the word.
        outside = {m.name for m, byline in signed if self.sends.search(text, 0, byline.end)}
        for m, byline in signed:
            if m.name in outside or self.others.search(text, 0, byline.end):
                continue
            for paper in self._papers(context, media, byline.start):
                quote = context.sentence(m.start)
                yield self.state(m, paper, None, quote, Span(byline.start, m.end))

    def _media(self, context: ArticleContext) -> list[Mention]:
        """The papers, and the other houses that have reporters, the last first."""
        media = (m for m in context.mentions if not m.nested)
        media = (m for m in media if m.subtype == "media" or self.houses.search(m.name))
        return sorted(media, key=lambda m: -m.end)

    def _signed(self, context: ArticleContext, m: Mention) -> Iterator[Span]:
        """Where the byline of a person opens that stands in one: 记者 甲某 乙某."""
        if m.type != self.type or m.reference:
            return
        floor = max(context.text.rfind(c, 0, m.start) for c in "\n。") + 1
        floor = max(floor, m.start - REACH)
        before = context.text[floor : m.start]
        openings = list(self.opens.finditer(before))
        listed = self.lexicon.offices.byline_list
        if not openings or not listed.fullmatch(before, openings[-1].end()):
            return
        bracket = openings[-1].group().endswith(("(", "（"))
        if not bracket or re.match(r"[）)、\s　]", context.text[m.end : m.end + 1]):
            yield Span(floor + openings[-1].start(), floor + openings[-1].end())

    def _papers(
        self, context: ArticleContext, media: Sequence[Mention], at: int
    ) -> Sequence[Mention]:
        """The papers named right before 记者, else the one that the article itself is of."""
        papers: list[Mention] = []
        position = at
        for m in media:
            if m.end <= position and self.link.fullmatch(context.text, m.end, position):
                papers.append(m)
                position = m.start
        if papers:
            return papers
        if publisher := context.article.publisher:  # 甲报|乙新闻: a part of the paper speaks
            parts = [m for m in media if m.name.startswith(publisher) or m.name.endswith(publisher)]
            return [m for m in parts if m.name == publisher][-1:] or parts[-1:]
        own = [m for m in reversed(media) if self.own.match(context.text, m.end)]
        if len({m.name for m in own}) == 1:
            return own[:1]
        paper = context.home.get("publisher")
        return [paper] if paper else []
