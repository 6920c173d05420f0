"""Segment a document into articles: text without line wraps, with a map back.

A file is often a whole newspaper page or a notice with attachments. Each article comes as
``SegmentedArticle``: its text with wrapped lines joined and paragraphs ended by a newline, and for
every character its offset in the document. Later stations work on this text only, so that a name
broken over two lines is one name; offsets are mapped back when a claim is asserted.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from kg.base.records import Document, Span
from kg.extract.segment.columns import join_torn_articles
from kg.extract.segment.dateline import (
    LayoutPatterns,
    dateline,
    dateline_fields,
    layout_patterns,
    may_have_dateline,
)
from kg.extract.segment.grid import tabulated
from kg.extract.segment.paragraphs import (
    TERMINAL,
    Line,
    is_row,
    lines_of,
    paragraph_text,
    paragraphs_of,
)
from kg.extract.segment.punctuation import normalised
from kg.extract.segment.spacing import kept_positions, spaced, unspaced
from kg.ontology import Ontology

SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)》]*|…{2,}[”’」』]*|\n+")
BYLINE = re.compile(r"[ 　\xa0]*[（(][^（）()。]{1,60}[）)]")  # right after a dateline
# A sentence without an end for so long is no prose (a list, a dump): it is read in pieces, and
# so is an article longer than a newspaper page, since rules compare what stands in one article.
LONGEST_SENTENCE = 1200
LONGEST_PART = {"notice": 60_000, "news": 6000}


@dataclass(frozen=True, slots=True)
class SegmentedArticle:
    """An article as it is read. ``offsets[i]`` is where ``text[i]`` stands in the document."""

    kind: str
    title: str
    text: str
    offsets: array[int]
    sentences: tuple[Span, ...]
    publisher: str = ""
    date: str = ""
    place: str = ""

    def span(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands in the document."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds a position of ``text``."""
        last = bisect_right(self.sentences, position, key=attrgetter("start")) - 1
        return self.sentences[max(0, last)]


def segment(document: Document, ontology: Ontology) -> tuple[SegmentedArticle, ...]:
    r"""Split a document into articles, in reading order.

    >>> from kg.ontology import load
    >>> text = "甲市出台新规\n\n本报讯（记者 王一）昨日，甲市政\n府印发通知。"
    >>> [p.text for p in segment(Document("d", "d", text), load())]
    ['甲市出台新规\n本报讯（记者 王一）昨日，甲市政府印发通知。\n']
    """
    layout, lexicon = layout_patterns(ontology), ontology.lexicon
    text = tabulated(normalised(document.text, lexicon.layout), lexicon.tables)
    paragraphs = list(paragraphs_of(list(lines_of(text)), layout))
    if not paragraphs:
        return ()
    notice = _is_notice(text, layout)
    groups = (
        [paragraphs] if notice else join_torn_articles(list(_articles(paragraphs, layout)), layout)
    )
    parts = (_part(group, document, layout, notice) for group in groups)
    return tuple(piece for article in parts for piece in _split_long(article))


def _is_notice(text: str, layout: LayoutPatterns) -> bool:
    """Whether the document as a whole is an official notice rather than news about one."""
    head = text[:900]
    count = sum(bool(p.search(head)) for p in layout.notices)
    if count == 0 or (count == 1 and not layout.words.section.search(text)):
        return False
    return not (any(p.search(head) for p in layout.datelines) or layout.byline.search(head))


def _dateline(paragraph: Sequence[Line], layout: LayoutPatterns) -> re.Match[str] | None:
    return dateline(paragraph_text(paragraph), layout)


def _is_heading(paragraph: Sequence[Line], layout: LayoutPatterns) -> bool:
    text = paragraph_text(paragraph)
    return (
        len(text) <= 60
        and text[-1] not in TERMINAL
        and "。" not in text
        and not is_row(text, layout)
    )


def _articles(
    paragraphs: Sequence[list[Line]], layout: LayoutPatterns
) -> Iterator[list[list[Line]]]:
    """Paragraphs in, articles out: a dateline opens one, and takes the headlines before it."""
    starts = [0]
    for i in range(len(paragraphs)):
        if not _begins(paragraphs, i, layout):
            continue
        first = i
        while first > starts[-1] and _headline(paragraphs[first - 1], layout) and i - first < 4:
            first -= 1
        if first > starts[-1] and _has_body(paragraphs[starts[-1] : first], layout):
            starts.append(first)
    for a, b in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        yield list(paragraphs[a:b])


def _begins(paragraphs: Sequence[list[Line]], i: int, layout: LayoutPatterns) -> bool:
    """Whether an article begins: with a dateline, as the rest of one, or behind the end of one."""
    head = paragraphs[i][0].text
    if _dateline(paragraphs[i], layout) or layout.byline.match(head) or layout.turned.match(head):
        return True
    before = paragraph_text(paragraphs[i - 1]) if i else ""
    closed = before[:1] in ("（", "(") and layout.closing.fullmatch(before)  # no photographer
    return (
        bool(closed)
        and _headline(paragraphs[i], layout)
        and _has_body(paragraphs[i : i + 4], layout)
    )


def _headline(paragraph: Sequence[Line], layout: LayoutPatterns) -> bool:
    """Whether a paragraph may be the headline of what follows, not the byline under a story."""
    return _is_heading(paragraph, layout) and not layout.closing.fullmatch(
        paragraph_text(paragraph)
    )


def _has_body(paragraphs: Sequence[list[Line]], layout: LayoutPatterns) -> bool:
    return any(not _is_heading(p, layout) for p in paragraphs)


def _needs_space(last: str, first: str) -> bool:
    """Whether a line break stands for a space: between Latin words, not within a number."""
    latin = all(char.isascii() and char.isalnum() for char in (last, first))
    return latin and not (last.isdigit() and first.isdigit())


def _part(
    paragraphs: Sequence[list[Line]], document: Document, layout: LayoutPatterns, notice: bool
) -> SegmentedArticle:
    pieces: list[str] = []
    offsets = array("l")
    for paragraph in paragraphs:
        for line in paragraph:
            if pieces and _needs_space(pieces[-1][-1], line.text[0]):
                pieces.append(" ")
                offsets.append(line.start - 1)
            pieces.append(line.text)
            offsets.extend(range(line.start, line.start + len(line.text)))
        pieces.append("\n")
        offsets.append(offsets[-1])
    text = "".join(pieces)
    if quotes := list(layout.words.quoted_stock.finditer(text)):
        inside = {i for quote in quotes for i in range(*quote.span())}
        positions = [i for i in range(len(text)) if i not in inside]
        offsets = array("l", [offsets[i] for i in positions])
        text = "".join(text[i] for i in positions)
    if spaced(text):
        positions = kept_positions(text, layout.words)
        offsets = array("l", [offsets[i] for i in positions])
        text = "".join(text[i] for i in positions)
    title = ""
    for paragraph in paragraphs[:3]:
        if _is_heading(paragraph, layout):
            title = paragraph_text(paragraph)
            break
    publisher, date, place = _origin(paragraphs, document, layout)
    return SegmentedArticle(
        kind="notice" if notice else "news",
        title=title or document.title,
        text=text,
        offsets=offsets,
        sentences=tuple(_after_dateline(_sentences(text, layout), text, layout)),
        publisher=publisher or document.publisher,
        date=date,
        place=place,
    )


def _split_long(article: SegmentedArticle) -> Iterator[SegmentedArticle]:
    """An article as it is, or a very long one in pieces that end with a sentence."""
    longest = LONGEST_PART[article.kind]
    if len(article.text) <= longest:
        yield article
        return
    first = 0
    while first < len(article.sentences):
        start, last = article.sentences[first].start, first
        while (
            last + 1 < len(article.sentences) and article.sentences[last + 1].end - start <= longest
        ):
            last += 1
        ahead = (
            article.sentences[last + 1].start
            if last + 1 < len(article.sentences)
            else len(article.text)
        )
        yield replace(
            article,
            text=article.text[start:ahead],
            offsets=article.offsets[start:ahead],
            sentences=tuple(
                Span(s.start - start, s.end - start) for s in article.sentences[first : last + 1]
            ),
        )
        first = last + 1


def _origin(
    paragraphs: Sequence[list[Line]], document: Document, layout: LayoutPatterns
) -> tuple[str, str, str]:
    """Publisher, day (``--MM-DD`` without a year) and place that a dateline prints."""
    for paragraph in paragraphs:
        text = paragraph_text(paragraph)
        match = (
            dateline(unspaced(text, layout.words), layout)
            if may_have_dateline(text, layout)
            else None
        )
        if match:
            groups = {key: value for key, (value, _) in dateline_fields(match, layout).items()}
            month, day = groups.get("month"), ""
            if month:
                year = groups.get("year", "-")
                day = f"{year}-{int(month):02d}-{int(groups.get('day', '0')):02d}"
            return groups.get("paper", ""), day, groups.get("where", "")
    return "", "", ""


def _after_dateline(sentences: Iterable[Span], text: str, layout: LayoutPatterns) -> Iterator[Span]:
    """Sentences with the dateline apart: the agency is not who the story is about.

    ``新华社北京3月2日电（记者 张三）|国务院印发…``
    """
    for sentence in sentences:
        opening = dateline(text[sentence.start : sentence.end], layout)
        if not opening:
            yield sentence
            continue
        start = sentence.start
        if opening.start() >= 12:
            yield Span(start, start := start + opening.start())
        cut = sentence.start + opening.end()
        byline = BYLINE.match(text, cut, sentence.end)
        cut = byline.end() if byline else cut
        yield Span(start, cut)
        if text[cut : sentence.end].strip():
            yield Span(cut, sentence.end)


def _sentences(text: str, layout: LayoutPatterns) -> Iterator[Span]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        if (
            text[match.end() : match.end() + 1] in layout.words.goes_on
            and text[match.start()] != "\n"
        ):
            continue  # “…？”的 goes on
        stop = match.start() if text[match.start()] == "\n" else match.end()
        if text[start:stop].strip():
            yield from _pieces(text, start, stop)
        start = match.end()
    if text[start:].strip():
        yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, stop: int) -> Iterator[Span]:
    """A sentence, or one without end in pieces, at a comma where there is one."""
    while stop - start > LONGEST_SENTENCE:
        end = start + LONGEST_SENTENCE
        comma = max(text.rfind(c, start, end) for c in "；，、\t ")
        end = comma + 1 if comma > start else end
        yield Span(start, end)
        start = end
    yield Span(start, stop)
