"""Cut an article into the passages that a language model is asked about.

A small model with little room for prompt, passage and answer reads a passage of this length well;
each is made of whole sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.segment.articles import SegmentedArticle

# With the prompt, which has some 1,750 characters, and an answer of 2,048 tokens it has room in a
# context of 4,096 tokens, the least that local servers give.
LONGEST = 600
LEAST = 8  # shorter ones say nothing


def passages(article: SegmentedArticle) -> Iterator[Span]:
    """The passages of an article, in reading order.

    >>> from kg.base.records import Document
    >>> from kg.extract.segment.articles import segment
    >>> from kg.ontology import load
    >>> part = segment(Document("d", "d", "甲公司今天宣布投资。" * 100), load())[0]
    >>> [(span.start, span.end) for span in passages(part)]
    [(0, 600), (600, 1000)]
    """
    start = end = 0
    for sentence in article.sentences:
        if end > start and sentence.end - start > LONGEST:
            yield from _passage(article, start, end)
            start = end
        end = max(end, sentence.end)
    yield from _passage(article, start, end)


def _passage(article: SegmentedArticle, start: int, end: int) -> Iterator[Span]:
    if len(article.text[start:end].strip()) >= LEAST:
        yield Span(start, end)
