"""Join the lines of a document into paragraphs, by how they were wrapped.

Pages come wrapped at the width of their columns, with blank lines where a column or a page
broke a sentence. What tells the end of a paragraph: a full stop before the end of the line, an
indent, a mark of a list, a line much shorter than those around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.segment.dateline import LONGEST_HEADING, LayoutPatterns, opens_with_dateline

TERMINAL = "。！？!?；;：:…"
# The part of the pieces between spaces that are equally wide where spaces were line breaks.
EVEN = 0.3
# What no headline ends in.
UNFINISHED = "，、"
CLOSERS = "”’」』）)》】"
_BLANKS = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")  # between the cells of a table without tabs
HEADING = re.compile("【[^【】：:]{2,20}】")  # a line of its own
PROSE = re.compile("[。：]")  # in no row of a table whose first cell is empty
LONGEST_TITLE = 4  # lines
SHORTEST_TITLE = 8  # characters of its first line, where a title goes on: more than 附件1 has
YEARS = re.compile(r"[（(]\d{4}[^\d）)]+\d{4}")  # the last line of a title: （2024—2026年）
OPENERS = {"《": "》", "（": "）", "“": "”"}
# A line this short is a heading or the end of a paragraph, not a wrapped line, unless it fills
# a narrow column.
SHORTEST_WRAP = 12
# A column: so many of the lines around, within so many on either side, are as wide as this one,
# but for a sign and a half that a closing mark or a number takes or leaves; no more are wider
# (headlines); so many hold the marks of prose.
COLUMN_LINES, COLUMN_REACH, COLUMN_SLACK, HEADLINES, PROSE_LINES = 4, 6, 3, 2, 2
# Lines with a blank one before each are set with double spacing where so many of them are equally
# wide and go on: what is written a paragraph a line has lines of all widths.
DOUBLE, GOING_ON, NARROWEST = 0.9, 0.3, 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document: its text without indent, and the offset of its first character."""

    start: int
    text: str
    indent: int
    blank_before: bool


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that hold something, each with its offset and indent."""
    start, blank, tabs = 0, True, 0
    for raw in text.split("\n"):
        # Below a row of a table a tab at the head of a row is an empty cell, not an indent.
        row = 0 < tabs == raw.count("\t") and not blank and not PROSE.search(raw)
        edge = " \u3000\xa0\x0c\r" if row else " \t\u3000\xa0\x0c\r"
        stripped = raw.lstrip(edge).rstrip(" \t\u3000\xa0\x0c\r")
        tabs = stripped.count("\t")
        if stripped:
            indent = len(raw) - len(raw.lstrip(edge))
            for at, line in _split_columns(stripped):
                yield Line(start + indent + at, line, 0 if at else indent, blank and not at)
        blank = not stripped
        start += len(raw) + 1


def _split_columns(text: str) -> Iterator[tuple[int, str]]:
    """A line as it is, or the lines of a column that were run together with spaces."""
    pieces = [(m.start(), m[0]) for m in re.finditer("[^ ]+", text)]
    if len(pieces) < COLUMN_LINES:
        yield 0, text
        return
    widths = sorted(_width(piece) for _, piece in pieces)
    usual = widths[len(widths) // 2]
    even = sum(abs(w - usual) <= COLUMN_SLACK for w in widths)
    prose = usual > SHORTEST_WRAP and sum(map(text.count, "，。")) >= len(pieces) / 2
    if prose and even >= max(COLUMN_LINES, EVEN * len(pieces)):
        yield from _column_lines(text, pieces, usual)
    else:
        yield 0, text


def _column_lines(
    text: str, pieces: Sequence[tuple[int, str]], usual: int
) -> Iterator[tuple[int, str]]:
    """The lines of a column that pieces of text fill; some of the spaces are no line breaks."""
    start = end = 0
    for at, piece in pieces:
        short = _width(text[start:end]) < usual - COLUMN_SLACK
        if end and not (short and _width(text[start : at + len(piece)]) <= usual + COLUMN_SLACK):
            yield start, text[start:end]
            start = at
        end = at + len(piece)
    yield start, text[start:end]


class _Widths(dict[str, int]):
    """The columns that a character takes on a page, looked up once for each."""

    def __missing__(self, char: str) -> int:
        self[char] = width = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def _width(text: str) -> int:
    return sum(map(_WIDTHS.__getitem__, text))


def is_row(text: str, layout: LayoutPatterns) -> bool:
    """Whether a line is one of a table: its cells stand apart."""
    return (
        "\t" in text
        or text.count("|") >= 2
        or layout.words.priced.fullmatch(text) is not None
        or (len(_BLANKS.findall(text)) >= 2 and "。" not in text)
    )


def paragraphs_of(lines: Sequence[Line], layout: LayoutPatterns) -> Iterator[list[Line]]:
    """Lines in, paragraphs out: lists of the lines that one paragraph was wrapped into."""
    block: list[Line] = []
    widths = [_width(line.text) + 2 * line.indent for line in lines]
    title = _wrapped_title(lines, layout)
    if _is_double_spaced(lines, widths):
        lines = [replace(line, blank_before=False) for line in lines]
    for i, line in enumerate(lines):
        goes_on = i in title or (
            block and _continues(block, line, _setting(lines, widths, i), layout)
        )
        if block and not goes_on:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _wrapped_title(lines: Sequence[Line], layout: LayoutPatterns) -> range:
    """The lines of a title at the head of a paper, without its first: it was wrapped there.

    It is centred, so that its lines are of all widths: 甲市新材料产业|高质量发展行动方案. Together
    they are a title, and none of them before the last; what follows stands apart, or says why
    the paper is made.
    """
    long = (i for i, line in enumerate(lines[:3]) if len(line.text) >= SHORTEST_TITLE)
    first = next(long, len(lines))
    for end in range(first + 2, min(first + LONGEST_TITLE, len(lines)) + 1):
        *begun, last = lines[first:end]
        so_far = paragraph_text(begun)
        if last.blank_before or is_row(last.text, layout) or layout.marker.match(last.text):
            break
        if layout.words.title.fullmatch(so_far) and not YEARS.match(last.text):
            break
        if layout.words.announces.search(so_far):
            break
        if layout.words.about in so_far + last.text:  # _open_title joins these
            break
        behind = lines[end : end + 1]
        stands_apart = all(x.blank_before or layout.words.why_made.match(x.text) for x in behind)
        if stands_apart and layout.words.title.fullmatch(so_far + last.text):
            return range(first + 1, end)
    return range(0)


def _is_double_spaced(lines: Sequence[Line], widths: Sequence[int]) -> bool:
    """Whether a text is set with double spacing, so that its blank lines say nothing."""
    if sum(line.blank_before for line in lines) < max(COLUMN_LINES, DOUBLE * len(lines)):
        return False
    going_on = sorted(
        width
        for line, width in zip(lines, widths, strict=True)
        if width >= NARROWEST and line.text[-1] not in TERMINAL
    )
    usual = going_on[len(going_on) // 2] if going_on else 0
    even = sum(abs(width - usual) <= COLUMN_SLACK for width in going_on)
    return even >= max(COLUMN_LINES, GOING_ON * len(lines))


@dataclass(frozen=True, slots=True)
class Setting:
    """How the line before a break is set: its width, the widest around, if it fills a column."""

    width: int
    column: int
    full: bool


def _setting(lines: Sequence[Line], widths: Sequence[int], i: int) -> Setting:
    width, near = widths[i - 1], range(max(0, i - COLUMN_REACH), min(i + COLUMN_REACH, len(lines)))
    same_width = [k for k in near if abs(widths[k] - width) <= COLUMN_SLACK]
    # What is wider by far than a column is no headline but a paragraph that nobody wrapped.
    widest = 2 * width if width >= NARROWEST else max(widths[k] for k in near)
    wider = sum(width + COLUMN_SLACK < widths[k] <= widest for k in near)
    full = len(same_width) >= COLUMN_LINES and wider <= HEADLINES
    prose = full and sum("，" in lines[k].text or "。" in lines[k].text for k in same_width)
    return Setting(width, max(widths[max(0, i - 4) : i + 4]), prose >= PROSE_LINES)


def _has_open_mark(text: str) -> bool:
    return any(text.count(o) > text.count(c) for o, c in OPENERS.items())


def _opens_paragraph(line: Line, layout: LayoutPatterns) -> bool:
    """Whether a line behind a full one opens a paragraph; one with a dash goes on."""
    field = layout.field.match(line.text)
    if field and layout.tables.alone.fullmatch(field["key"]):  # 建设地点：…
        return True
    marked = layout.marker.match(line.text) and line.text[0] not in "-—"
    captioned = layout.caption.match(line.text) or layout.byline.match(line.text)
    return bool(marked or captioned) or opens_with_dateline(line.text, layout)


def _fills_column(block: Sequence[Line]) -> bool:
    """Whether the last lines of a block are of one width, so that they fill its column."""
    if len(block) < 2 or "，" not in block[-2].text + block[-1].text:
        return False
    before, last = (_width(line.text) + 2 * line.indent for line in block[-2:])
    return abs(before - last) <= COLUMN_SLACK and last >= NARROWEST


def _is_start_of_story(block: Sequence[Line], layout: LayoutPatterns) -> bool:
    """Whether a block is but the first line of a story, before the end of a sentence."""
    is_open_line = len(block) == 1 and not block[0].text.endswith(tuple(TERMINAL + CLOSERS))
    return is_open_line and opens_with_dateline(block[0].text, layout)


def _are_separate(block: Sequence[Line], line: Line, layout: LayoutPatterns) -> bool:
    """Whether a line cannot go on with a block, however the two are set."""
    both = (block[-1].text, line.text)
    if any(is_row(text, layout) or HEADING.fullmatch(text) for text in both):
        return True
    if all(map(layout.words.roll.fullmatch, both)):
        return True
    if layout.words.credit.search(both[0]) or layout.folio.match(both[0]):
        return True
    return bool(
        layout.words.why_made.match(line.text)
        and layout.words.title.fullmatch(paragraph_text(block))
    )


def _continues(block: Sequence[Line], line: Line, setting: Setting, layout: LayoutPatterns) -> bool:
    """Whether a line goes on where the last one of a paragraph broke off."""
    last = block[-1]
    if _are_separate(block, line, layout):
        return False
    beneath = not line.blank_before and line.indent <= last.indent
    if beneath and (setting.full or _is_start_of_story(block, layout) or _fills_column(block)):
        return not _opens_paragraph(line, layout)
    if layout.marker.match(line.text) or layout.caption.match(line.text):
        return False
    if _stands_alone(block, line, layout):
        return False
    if opens_with_dateline(line.text, layout) or layout.byline.match(line.text):
        return False
    ended = last.text[-1] in TERMINAL or (last.text[-1] in CLOSERS and last.text[-2:-1] in TERMINAL)
    if ended or layout.field.match(line.text) or layout.byline.match(last.text):
        return False
    if _has_open_mark(last.text) and not line.indent > last.indent + 1:
        return True
    if line.blank_before:  # a column or a page broke the sentence
        return not line.indent and _resumes_sentence(block, line, setting, layout)
    if line.indent >= 2 and line.indent > last.indent:
        return False
    if _continues_title(block, line, layout):
        return True
    return len(last.text) > SHORTEST_WRAP and setting.width >= 0.8 * setting.column


def _stands_alone(block: Sequence[Line], line: Line, layout: LayoutPatterns) -> bool:
    """Whether a line of a notice stands alone, as its number and its day do, or its title."""
    if layout.words.numbered.match(line.text) or any(
        layout.words.alone_line.fullmatch(x.text) for x in (block[-1], line)
    ):
        return True
    is_title = len(block) <= LONGEST_TITLE and layout.words.title_whole.fullmatch(
        paragraph_text(block)
    )
    return bool(is_title) or layout.words.numbered.fullmatch(block[-1].text) is not None


def _continues_title(block: Sequence[Line], line: Line, layout: LayoutPatterns) -> bool:
    """Whether a line goes on with the title of a notice: 甲市政府|关于印发…|…的通知."""
    if line.text.startswith(layout.words.about) and len(block[-1].text) < 24:
        return True
    if len(block) >= LONGEST_TITLE or layout.words.announces.search(line.text):
        return False
    so_far = paragraph_text(block)
    return (
        layout.words.title_begun.fullmatch(so_far) is not None
        and layout.words.title_ended.fullmatch(line.text) is not None
        and layout.words.of in so_far[so_far.index(layout.words.about) :] + line.text
    )


def _resumes_sentence(
    block: Sequence[Line], line: Line, setting: Setting, layout: LayoutPatterns
) -> bool:
    """Whether a line goes on with a sentence that a column or a page broke, after a blank one."""
    if layout.words.rest.match(line.text):
        return True
    prose = any("。" in b.text for b in block)
    story = prose or opens_with_dateline(block[0].text, layout)
    so_far = sum(len(b.text) for b in block)
    return (
        (story or so_far > LONGEST_HEADING or block[-1].text[-1] in UNFINISHED)
        and (any(c in line.text for c in "，。、；") or _width(line.text) >= 0.8 * setting.column)
        and line.text[0] not in ("□■" if story else "“□■")
    )


def paragraph_text(paragraph: Sequence[Line]) -> str:
    """The text of a paragraph without its line breaks."""
    return "".join(line.text for line in paragraph)
