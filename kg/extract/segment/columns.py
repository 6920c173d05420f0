"""Join the articles that the columns of a page tore apart.

A stretch without a dateline that calls a document by a short title which only one article before
it has defined (以下简称《方案》) is the rest of that article, whatever was printed in between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.segment.dateline import LayoutPatterns, dateline
from kg.extract.segment.paragraphs import Line, paragraph_text

Article = list[list[Line]]
NAMED = re.compile(r"《([^《》]{2,20})》")
HEAD = 4  # paragraphs in which an article has its headlines and its dateline


def join_torn_articles(articles: Sequence[Article], layout: LayoutPatterns) -> list[Article]:
    """The articles, each with its rest from further down the page; in reading order."""
    texts = ["\n".join(paragraph_text(p) for p in article) for article in articles]
    defined = [set(layout.words.defined.findall(text)) for text in texts]
    rejoined = [list(article) for article in articles]
    for i, article in enumerate(articles):
        short_titles = set(NAMED.findall(texts[i])) - defined[i]
        homes = [j for j in range(len(articles)) if short_titles & defined[j]]
        if len(homes) == 1 and homes[0] < i and not _has_own_head(article, layout):
            rejoined[homes[0]] += article
            rejoined[i] = []
    return [article for article in rejoined if article]


def _has_own_head(article: Article, layout: LayoutPatterns) -> bool:
    """Whether an article has a head of its own: a dateline, a byline, a turn from another page."""
    heads = [paragraph_text(paragraph) for paragraph in article[:HEAD]]
    return any(
        dateline(h, layout) or layout.byline.match(h) or layout.turned.match(h) for h in heads
    )
