"""Bylines in, who works for which paper out.

A reporter's paper stands before 记者; where none does, it is the paper of the dateline, the one
whose own reporters the article speaks of, or the paper of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.base.records import Span
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

REACH = 40  # characters from 记者 to the last name of a list of reporters


def correspondents(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """A statement for each name of a byline and each paper that the byline is of."""
    words, others, grades, own = (
        "|".join(map(re.escape, rule.options[key])) for key in ("words", "others", "grades", "own")
    )
    vocabulary = ontology.lexicon.offices
    opens = re.compile(
        rf"{vocabulary.not_chief}(?:{words}|{others})|{vocabulary.story_opens}|(?:^|[。！？”])\s*[（(]"
    )
    link = rf"(?:{grades}|{vocabulary.paper_gap})*"
    papers = _Papers(context, link, f"{words}|{own}", str(rule.options["papers"]))
    sent = re.compile(rf"(?:{rule.options['sends']})$")
    other = re.compile(rf"(?:{others})$")
    signed = [(m, found) for m in context.mentions for found in _signed(context, m, rule, opens)]
    # 通讯员甲某 sends in a story and is signed under it again, without the word.
    outside = {m.name for m, at in signed if sent.search(context.text, 0, at.end)}
    for m, at in signed:
        if m.name in outside or other.search(context.text, 0, at.end):
            continue
        for paper in papers.of(at.start):
            span = Span(at.start, m.end)
            quote = context.sentence(m.start)
            yield Statement(m, predicate, paper, None, quote, rule.rule, rule.confidence, "", span)


def _signed(
    context: ArticleContext, m: Mention, rule: Rule, opens: re.Pattern[str]
) -> Iterator[Span]:
    """Where the byline of a person opens that stands in one: 记者 甲某 乙某."""
    if m.type != rule.options["class"] or m.reference:
        return
    floor = max(context.text.rfind(c, 0, m.start) for c in "\n。") + 1
    floor = max(floor, m.start - REACH)
    before = context.text[floor : m.start]
    found = list(opens.finditer(before))
    if not found or not context.draft.lexicon.offices.byline_list.fullmatch(
        before, found[-1].end()
    ):
        return
    bracket = found[-1].group().endswith(("(", "（"))
    if not bracket or re.match(r"[）)、\s　]", context.text[m.end : m.end + 1]):
        yield Span(floor + found[-1].start(), floor + found[-1].end())


class _Papers:
    """The papers of one article.

    Args:
        context: The article.
        link: An expression for what stands between a paper and 记者, or another paper.
        words: An expression for 记者 and the like, behind the name of the paper.
        papers: An expression for the end of the names of other houses that have reporters.
    """

    def __init__(self, context: ArticleContext, link: str, words: str, papers: str) -> None:
        self.context, self.link = context, re.compile(link)
        houses = re.compile(rf"(?:{papers})$")
        media = [
            m
            for m in context.mentions
            if not m.nested and (m.subtype == "media" or houses.search(m.name))
        ]
        self.media = sorted(media, key=lambda m: -m.end)
        # 甲网云澜8月12日电（记者, 甲网（乙网）讯（记者
        day = context.draft.lexicon.offices.dateline
        reporter = re.compile(f"{day}{link}(?:{words})")
        own = [m for m in media if reporter.match(context.text, m.end)]
        self.own = own[:1] if len({m.name for m in own}) == 1 else []

    def of(self, at: int) -> Sequence[Mention]:
        """The papers named right before 记者, else the one that the article itself is of."""
        named: list[Mention] = []
        position = at
        for m in self.media:
            if m.end <= position and self.link.fullmatch(self.context.text, m.end, position):
                named.append(m)
                position = m.start
        if named:
            return named
        if publisher := self.context.article.publisher:  # 甲报|乙新闻: a part of the paper speaks
            named = [
                m for m in self.media if m.name.startswith(publisher) or m.name.endswith(publisher)
            ]
            return [m for m in named if m.name == publisher][-1:] or named[-1:]
        paper = self.context.home.get("publisher")
        return self.own or ([paper] if paper else [])
