"""Elements of an HTML page in, lines out, as a browser would break them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = (
    "address article blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre section summary "
    "table tbody tfoot thead tr ul caption td th"
)
BLOCKS = frozenset(_BLOCKS.split())
_APART = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "table", "article", "section", "pre"))
SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_WIDE = r"\u2e80-\u9fff\u3000-\u303f\uff00-\uffef“”‘’…—"
# A line end of the source between two wide characters is no space in Chinese.
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_LONG_CELL = 200  # characters; longer cells with blocks in them are a page's layout
_MOST_SPANNED = 50


class Lines:
    """Collects the lines of a page; ``dropped`` elements give none (their tails do)."""

    def __init__(self, dropped: set[HtmlElement]) -> None:
        self._dropped = dropped
        self._lines: list[str] = []
        self._run: list[str] = []

    def text(self) -> str:
        """All lines, with one empty line at most between two."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def add(self, top: HtmlElement) -> None:
        """Add an element and all below it; without recursion, pages may nest deeply."""
        tables: set[HtmlElement] = set()  # data tables, written as rows already
        waiting: list[tuple[HtmlElement, bool]] = [(top, False)]
        while waiting:
            element, ended = waiting.pop()
            if ended:
                self._end(element)
                if element is not top:
                    self._inline(element.tail, element)
                continue
            waiting.append((element, True))
            if element in self._dropped:
                continue
            self._start(element)
            if element.tag == "table" and self._is_data(element):
                tables.add(element)
                self._rows(element)
                continue
            self._inline(element.text, element)
            waiting.extend((child, False) for child in reversed(element))

    def _start(self, element: HtmlElement) -> None:
        if element.tag == "br":
            self._end_line()
        elif element.tag in BLOCKS:
            self._end_line()
            if element.tag in _APART:
                self._lines.append("")

    def _end(self, element: HtmlElement) -> None:
        if element in self._dropped or element.tag not in BLOCKS:
            return
        self._end_line()
        if element.tag in _APART:
            self._lines.append("")

    def _inline(self, text: str | None, element: HtmlElement) -> None:
        if not text:
            return
        if element.tag == "pre":
            for line in text.split("\n"):
                self._run.append(line.replace("\t", " "))
                self._end_line()
            return
        self._run.append(text)

    def _end_line(self) -> None:
        line = flat("".join(self._run))
        if line:
            self._lines.append(line)
        self._run = []

    def _rows(self, table: HtmlElement) -> None:
        spans: dict[int, int] = {}
        for row in table.iter("tr", "caption"):
            if row in self._dropped:
                continue
            if row.tag == "caption":
                self._lines.append(self._cell(row))
                continue
            cells = self._cells(row, spans)
            if any(cells):
                self._lines.append("\t".join(cells).rstrip("\t"))

    def _cells(self, row: HtmlElement, spans: dict[int, int]) -> list[str]:
        """The cells of a row; ``spans`` counts by column the rows that cells above still fill."""
        cells: list[str] = []
        for cell in row:
            if cell.tag not in ("td", "th") or cell in self._dropped:
                continue
            while spans.get(len(cells), 0):
                spans[len(cells)] -= 1
                cells.append("")
            for _ in range(_span(cell, "colspan")):
                spans[len(cells)] = _span(cell, "rowspan") - 1
                cells.append("")
            cells[-_span(cell, "colspan")] = self._cell(cell)
        return cells

    def _cell(self, cell: HtmlElement) -> str:
        inner = Lines(self._dropped)
        for child in _with_text(inner, cell):
            inner.add(child)
            inner._inline(child.tail, cell)
        inner._end_line()
        return " ".join(line for line in inner._lines if line).replace("\t", " ")

    def _is_data(self, table: HtmlElement) -> bool:
        """Whether a table holds data, and not the layout of a page."""
        if next(table.iterdescendants("table"), None) is not None:
            return False
        rows = 0
        for row in table.iter("tr"):
            rows += 1
            cells = [c for c in row if c.tag in ("td", "th") and c not in self._dropped]
            for cell in cells:
                blocks = sum(1 for e in cell.iterdescendants("p", "div", "br", "h1", "h2", "li"))
                if blocks > 1 and len("".join(cell.itertext())) > _LONG_CELL:
                    return False
        return rows > 0


def _with_text(lines: Lines, cell: HtmlElement) -> list[HtmlElement]:
    lines._inline(cell.text, cell)
    return list(cell)


def _span(cell: HtmlElement, way: str) -> int:
    value = (cell.get(way) or "1").strip()[:4]
    return max(1, min(int(value), _MOST_SPANNED)) if value.isdecimal() else 1


def flat(text: str) -> str:
    r"""Inline text as a browser shows it: runs of white space as one space, none in Chinese.

    >>> flat("\n  建设 单位：无锡\n  市低空\xa0公司 ")
    '建设 单位：无锡市低空 公司'
    """
    return SPACES.sub(" ", _BETWEEN_WIDE.sub("", text)).strip(" ")
