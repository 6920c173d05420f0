"""A document in, its articles out: reading text without line wraps, with a map back.

A file is often a whole newspaper page or a notice with attachments. Each article comes as
``Part``: its text with wrapped lines joined and paragraphs ended by a newline, and for every
character its offset in the document. Later stations work on this text only, so that a name
broken over two lines is one name; offsets are mapped back when a claim is asserted.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.layout import LONGEST_HEADING, Layout, dateline, layout_of, printed
from kg.marks import chinese
from kg.ontology import Ontology
from kg.records import Document, Span

TERMINAL = "。！？!?；;：:…"
# What no headline ends in.
UNFINISHED = "，、"
CLOSERS = "”’」』）)》】"
SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)》]*|…{2,}[”’」』]*|\n+")
BYLINE = re.compile(r"[ 　\xa0]*[（(][^（）()。]{1,60}[）)]")  # right after a dateline
_BLANKS = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")  # between the cells of a table without tabs
NUMBERED = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［（(]\d{4}[〕\]］）)]\s*\d{1,5}\s*号$")
OPENERS = {"《": "》", "（": "）", "“": "”"}
# A line this short is a heading or the end of a paragraph, not a wrapped line: columns of
# newspapers hold 13 characters and more.
SHORTEST_WRAP = 12
# A sentence without an end for so long is no prose (a list, a dump): it is read in pieces, and
# so is an article longer than a newspaper page, since rules compare what stands in one article.
LONGEST_SENTENCE = 1200
LONGEST_PART = {"notice": 60_000, "news": 6000}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document: its text without indent, and the offset of its first character."""

    start: int
    text: str
    indent: int
    blank_before: bool


@dataclass(frozen=True, slots=True)
class Part:
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
        starts = [s.start for s in self.sentences]
        return self.sentences[max(0, bisect_right(starts, position) - 1)]


def segment(document: Document, ontology: Ontology) -> tuple[Part, ...]:
    r"""Split a document into articles, in reading order.

    >>> from kg.ontology import load
    >>> text = "甲市出台新规\n\n本报讯（记者 王一）昨日，甲市政\n府印发通知。"
    >>> [p.text for p in segment(Document("d", "d", text), load())]
    ['甲市出台新规\n本报讯（记者 王一）昨日，甲市政府印发通知。\n']
    """
    layout = layout_of(ontology)
    text = chinese(document.text)
    paragraphs = list(_paragraphs(list(_lines(text)), layout))
    if not paragraphs:
        return ()
    notice = _is_notice(text, layout)
    groups = [paragraphs] if notice else list(_articles(paragraphs, layout))
    parts = (_part(group, document, layout, notice) for group in groups)
    return tuple(piece for part in parts for piece in _bounded(part))


def _lines(text: str) -> Iterator[Line]:
    start, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip(" \t\u3000\xa0\x0c\r")
        if stripped:
            indent = len(raw) - len(raw.lstrip(" \t\u3000\xa0\x0c\r"))
            yield Line(start + indent, stripped, indent, blank)
        blank = not stripped
        start += len(raw) + 1


class _Widths(dict[str, int]):
    """The columns that a character takes on a page, looked up once for each."""

    def __missing__(self, char: str) -> int:
        self[char] = width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        return width


_WIDTHS = _Widths()


def _width(text: str) -> int:
    return sum(map(_WIDTHS.__getitem__, text))


def _is_row(text: str) -> bool:
    return (
        "\t" in text
        or text.count("|") >= 2
        or (len(_BLANKS.findall(text)) >= 2 and "。" not in text)
    )


def _paragraphs(lines: Sequence[Line], layout: Layout) -> Iterator[list[Line]]:
    """Lines in, paragraphs out: lists of the lines that one paragraph was wrapped into."""
    block: list[Line] = []
    widths = [_width(line.text) + 2 * line.indent for line in lines]
    for i, line in enumerate(lines):
        if block and not _continues(block, line, widths[i - 1], _nearby(widths, i), layout):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _nearby(widths: Sequence[int], i: int) -> int:
    return max(widths[max(0, i - 4) : i + 4])


def _open_mark(text: str) -> bool:
    return any(text.count(o) > text.count(c) for o, c in OPENERS.items())


def _continues(block: Sequence[Line], line: Line, width: int, column: int, layout: Layout) -> bool:
    """Whether a line goes on where the last one of a paragraph broke off."""
    last = block[-1]
    if _is_row(last.text) or _is_row(line.text):
        return False
    if layout.marker.match(line.text) or layout.caption.match(line.text):
        return False
    if NUMBERED.match(line.text):  # the number of a notice stands on a line of its own
        return False
    if any(p.match(line.text) for p in layout.datelines) or layout.byline.match(line.text):
        return False
    ended = last.text[-1] in TERMINAL or (last.text[-1] in CLOSERS and last.text[-2:-1] in TERMINAL)
    if ended or layout.field.match(line.text) or layout.byline.match(last.text):
        return False
    if _open_mark(last.text) and not line.indent > last.indent + 1:
        return True
    if line.blank_before:  # a column or a page broke the sentence
        story = any(p.match(block[0].text) for p in layout.datelines)
        so_far = sum(len(b.text) for b in block)
        return (
            (story or so_far > LONGEST_HEADING or last.text[-1] in UNFINISHED)
            and not line.indent
            and (any(c in line.text for c in "，。、；") or _width(line.text) >= 0.8 * column)
            and line.text[0] not in ("□■" if story else "“□■")
        )
    if line.indent >= 2 and line.indent > last.indent:
        return False
    if line.text.startswith("关于") and len(last.text) < 24:
        return True
    return len(last.text) > SHORTEST_WRAP and width >= 0.8 * column


def _is_notice(text: str, layout: Layout) -> bool:
    """Whether the document as a whole is an official notice rather than news about one."""
    head = text[:900]
    count = sum(bool(p.search(head)) for p in layout.notices)
    if count == 0 or (count == 1 and not re.search(r"^[ 　]*一、", text, re.M)):
        return False
    return not (any(p.search(head) for p in layout.datelines) or layout.byline.search(head))


def _dateline(paragraph: Sequence[Line], layout: Layout) -> re.Match[str] | None:
    return dateline(paragraph[0].text, layout)


def _is_heading(paragraph: Sequence[Line]) -> bool:
    text = "".join(line.text for line in paragraph)
    return len(text) <= 60 and text[-1] not in TERMINAL and "。" not in text and not _is_row(text)


def _articles(paragraphs: Sequence[list[Line]], layout: Layout) -> Iterator[list[list[Line]]]:
    """Paragraphs in, articles out: a dateline opens one, and takes the headlines before it."""
    starts = [0]
    for i, paragraph in enumerate(paragraphs):
        opens = _dateline(paragraph, layout) or layout.byline.match(paragraph[0].text)
        if not opens:
            continue
        first = i
        while first > starts[-1] and _is_heading(paragraphs[first - 1]) and i - first < 4:
            first -= 1
        if first > starts[-1] and _has_body(paragraphs[starts[-1] : first]):
            starts.append(first)
    for a, b in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        yield list(paragraphs[a:b])


def _has_body(paragraphs: Sequence[list[Line]]) -> bool:
    return any(not _is_heading(p) for p in paragraphs)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _part(
    paragraphs: Sequence[list[Line]], document: Document, layout: Layout, notice: bool
) -> Part:
    chars: list[str] = []
    offsets = array("l")
    for paragraph in paragraphs:
        for line in paragraph:
            if chars and _latin(chars[-1]) and _latin(line.text[0]):
                chars.append(" ")
                offsets.append(line.start - 1)
            chars.extend(line.text)
            offsets.extend(range(line.start, line.start + len(line.text)))
        chars.append("\n")
        offsets.append(offsets[-1])
    text = "".join(chars)
    title = ""
    for paragraph in paragraphs[:3]:
        if _is_heading(paragraph):
            title = "".join(line.text for line in paragraph)
            break
    publisher, date, place = _origin(paragraphs, document, layout)
    return Part(
        kind="notice" if notice else "news",
        title=title or document.title,
        text=text,
        offsets=offsets,
        sentences=tuple(_after_dateline(_sentences(text), text, layout)),
        publisher=publisher or document.publisher,
        date=date or document.published,
        place=place,
    )


def _bounded(part: Part) -> Iterator[Part]:
    """An article as it is, or a very long one in pieces that end with a sentence."""
    longest = LONGEST_PART[part.kind]
    if len(part.text) <= longest:
        yield part
        return
    first = 0
    while first < len(part.sentences):
        start, last = part.sentences[first].start, first
        while last + 1 < len(part.sentences) and part.sentences[last + 1].end - start <= longest:
            last += 1
        ahead = part.sentences[last + 1].start if last + 1 < len(part.sentences) else len(part.text)
        yield replace(
            part,
            text=part.text[start:ahead],
            offsets=part.offsets[start:ahead],
            sentences=tuple(
                Span(s.start - start, s.end - start) for s in part.sentences[first : last + 1]
            ),
        )
        first = last + 1


def _origin(
    paragraphs: Sequence[list[Line]], document: Document, layout: Layout
) -> tuple[str, str, str]:
    """Publisher, day (``--MM-DD``) and place that the dateline of an article prints."""
    for paragraph in paragraphs:
        match = _dateline(paragraph, layout)
        if match:
            groups = {key: value for key, (value, _) in printed(match).items()}
            month, day = groups.get("month"), ""
            if month:
                day = f"--{int(month):02d}-{int(groups.get('day', '0')):02d}"
            return groups.get("paper", ""), day, groups.get("where", "")
    return "", "", ""


def _after_dateline(sentences: Iterable[Span], text: str, layout: Layout) -> Iterator[Span]:
    """Sentences with the dateline apart: the agency is not who the story is about.

    ``新华社北京3月2日电（记者 张三）|国务院印发…``
    """
    for sentence in sentences:
        found = dateline(text[sentence.start : sentence.end], layout)
        if not found:
            yield sentence
            continue
        start = sentence.start
        if found.start() >= 12:
            yield Span(start, start := start + found.start())
        cut = sentence.start + found.end()
        byline = BYLINE.match(text, cut, sentence.end)
        cut = byline.end() if byline else cut
        yield Span(start, cut)
        if text[cut : sentence.end].strip():
            yield Span(cut, sentence.end)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        if (
            text[match.end() : match.end() + 1] in ("，", "、", "的")
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
