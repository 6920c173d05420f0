"""Rewrite the tables of a text as rows with a tab between their cells, of the same length.

Tables reach a text in many ways: cells between tabs, bars or wide gaps are rows already; cells
between single blanks or commas, and cells each on a line of its own, as they are copied from a
page or a PDF, become rows here. A table shows by its row of headings (项目名称 建设单位 建设地点):
without one nothing is changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ontology.lexicon.texts import TableWords

BLANKS = re.compile(r"[ \u3000]+")
COMMAS = re.compile(r"[,，](?!\d{3}(?!\d))")
FEWEST = 3  # columns
LONGEST = 60  # characters of a cell


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the text says, and where."""

    start: int
    end: int
    text: str


def tabulated(text: str, vocabulary: TableWords) -> str:
    r"""The text with a tab between the cells of its tables, whatever kept them apart.

    >>> from kg.ontology import load
    >>> words = load().lexicon.tables
    >>> tabulated("序号 项目名称 建设单位\n1 某某工程 甲公司\n", words)
    '序号\t项目名称\t建设单位\n1\t某某工程\t甲公司\n'
    >>> tabulated("序号\n项目名称\n建设单位\n1\n某某工程\n甲公司\n完。", words)
    '序号\t项目名称\t建设单位\n1\t某某工程\t甲公司\n完。'
    """
    if len(vocabulary.heading.findall(text)) < FEWEST:
        return text
    signs = list(text)
    for gap in _gaps(list(_lines(text)), vocabulary):
        signs[gap.start : gap.stop] = "\t" + " " * (len(gap) - 1)
    return "".join(signs)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip(" \t\u3000\xa0\x0c\r")
        if stripped:
            at = start + raw.index(stripped)
            yield Line(at, at + len(stripped), stripped)
        start += len(raw) + 1


def _gaps(lines: Sequence[Line], vocabulary: TableWords) -> Iterator[range]:
    """What stands between the cells of each row, in the order of the text."""
    i = 0
    while i < len(lines):
        for split in (BLANKS, COMMAS):
            if _headings(split.split(lines[i].text), split is BLANKS, vocabulary):
                i, gaps = _line_per_row(lines, i, split)
                yield from gaps
                break
        else:
            count = sum(
                1 for _ in takewhile(lambda line: _is_heading(line, vocabulary), lines[i : i + 20])
            )
            i, gaps = (
                _line_per_cell(lines, i, count, vocabulary) if count >= FEWEST else (i + 1, [])
            )
            yield from gaps


def _is_heading(line: Line, vocabulary: TableWords) -> bool:
    return vocabulary.alone.fullmatch(line.text) is not None


def _headings(cells: Sequence[str], loose: bool, vocabulary: TableWords) -> bool:
    """Whether cells between single signs are headings by themselves: all, or all but one."""
    hits = sum(vocabulary.alone.fullmatch(cell) is not None for cell in cells)
    return len(cells) >= FEWEST and hits >= max(FEWEST, len(cells) - loose)


def _line_per_row(lines: Sequence[Line], i: int, split: re.Pattern[str]) -> tuple[int, list[range]]:
    """The gaps of a table with a line for each row, and the line behind it."""
    width = len(split.split(lines[i].text))
    gaps = _between(lines[i], split)
    last = i
    for at in range(i + 1, len(lines)):
        line = lines[at]
        prose = "。" in line.text
        if len(split.split(line.text)) == width and not prose and "\t" not in line.text:
            gaps += _between(line, split)
            last = at
        elif at - last > 2 or prose:
            break
    return last + 1, gaps if last > i else []


def _between(line: Line, split: re.Pattern[str]) -> list[range]:
    return [range(line.start + m.start(), line.start + m.end()) for m in split.finditer(line.text)]


def _line_per_cell(
    lines: Sequence[Line], i: int, count: int, vocabulary: TableWords
) -> tuple[int, list[range]]:
    """The gaps of a table with a line for each cell, and the line behind it.

    Its rows show how many columns it has: their numbers go up by one, and below a heading of
    money or time there is a number.
    """
    for columns in range(count, FEWEST - 1, -1):
        heads = [line.text for line in lines[i : i + columns]]
        rows, behind = _rows(lines, i + columns, heads, vocabulary)
        if rows:
            every = [list(lines[i : i + columns]), *rows]
            return behind, [range(a.end, b.start) for row in every for a, b in pairwise(row)]
    return i + count, []


def _rows(
    lines: Sequence[Line], at: int, heads: Sequence[str], vocabulary: TableWords
) -> tuple[list[list[Line]], int]:
    """The rows that follow the headings, and the line behind them."""
    rows: list[list[Line]] = []
    while at < len(lines):
        row = list(lines[at : at + len(heads)])
        if len(row) == len(heads) and _fits(
            [line.text for line in row], heads, len(rows) + 1, vocabulary
        ):
            rows.append(row)
            at += len(heads)
        elif vocabulary.group.fullmatch(lines[at].text):
            at += 1
        else:
            break
    return rows, at


def _fits(cells: Sequence[str], heads: Sequence[str], number: int, vocabulary: TableWords) -> bool:
    """Whether cells may be a row below some headings: ``number`` is its place among the rows."""
    if any(len(cell) > LONGEST or "。" in cell for cell in cells):
        return False
    numbers = 0
    for cell, head in zip(cells, heads, strict=True):
        if vocabulary.serial.match(head):
            if cell.rstrip(".．、") != str(number):
                return False
            numbers += 1
        elif (
            vocabulary.counted.search(head)
            and vocabulary.alone.fullmatch(head)
            and not head.endswith(vocabulary.who)
        ):
            if not vocabulary.number.fullmatch(cell):
                return False
            numbers += 1
    return numbers > 0
