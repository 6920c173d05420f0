"""Tables of a text: rows of cells separated by tabs or bars, under a row of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.base.records import Span
from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention, clean, of_rule
from kg.ontology import Ontology, Rule
from kg.ontology.lexicon.texts import TableWords

GAP = re.compile(r"(?<=\S)(?:[ \u3000]{2,})(?=\S)")
NEAR = 2  # lines between the unit and its table
LONGEST_GROUP = 40  # characters of a line that names a group of rows


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its headings, for each row the stretch of every cell, the unit of its amounts.

    The unit stands above many tables (单位：万元); ``""`` if none does.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Span, ...], ...]
    unit: str = ""

    def column(self, pattern: re.Pattern[str], preferring: re.Pattern[str] | None = None) -> int:
        """The first column whose heading a pattern finds, best one of ``preferring`` too, or -1."""
        columns = [i for i, h in enumerate(self.headings) if pattern.search(h)]
        preferred = (i for i in columns if preferring and preferring.search(self.headings[i]))
        return next(preferred, columns[0] if columns else -1)


@lru_cache(maxsize=8)  # every column and rule of rows asks for the tables of its article
def tables(text: str, vocabulary: TableWords) -> tuple[Table, ...]:
    r"""The tables of a text that have a row of headings.

    >>> from kg.ontology import load
    >>> words = load().lexicon.tables
    >>> [t.headings for t in tables("序号\t项目名称\n1\t某某工程\n", words)]
    [('序号', '项目名称')]
    """
    return tuple(_tables(text, vocabulary))


def _tables(text: str, vocabulary: TableWords) -> Iterator[Table]:
    headings: tuple[str, ...] = ()
    rows: list[tuple[Span, ...]] = []
    start, unit, lines_since_unit, interrupted = 0, "", 0, False
    for line in [*text.split("\n"), ""]:
        cells = _cells(line, start)
        start += len(line) + 1
        texts = tuple("".join(text[c.start : c.end].split()) for c in cells)
        row = len(cells) >= 2
        below_others = bool(headings) and not (interrupted and _plain(texts, vocabulary))
        if row and _heads(texts, below_others, vocabulary):
            if rows:  # a table right below another one
                yield Table(headings, tuple(rows), unit)
                unit = unit if not interrupted else ""
            headings, rows, interrupted = texts, [], False
        elif row and headings and (not interrupted or len(cells) == len(headings)):
            interrupted = False
            if not set("".join(texts)) <= set("-—:|"):
                rows.append(cells)
        elif headings and not interrupted and _names_group(line, vocabulary):
            interrupted = True  # the table goes on if a row of it follows
        else:
            if headings:
                yield Table(headings, tuple(rows), unit)
            match = vocabulary.unit.search(line)
            lines_since_unit = 0 if match else lines_since_unit + 1
            unit = match[1] if match else "" if headings or lines_since_unit > NEAR else unit
            headings = texts if row and _heads(texts, False, vocabulary) else ()
            rows, interrupted = [], False


def _plain(texts: Sequence[str], vocabulary: TableWords) -> bool:
    """Whether cells are headings and nothing else, so that no row of a table looks like them."""
    alone = sum(vocabulary.alone.fullmatch(t) is not None for t in texts)
    return bool(texts) and (
        vocabulary.serial.fullmatch(texts[0]) is not None or alone >= len(texts) - 1
    )


def _names_group(line: str, vocabulary: TableWords) -> bool:
    """Whether a line may stand between the rows of a table: 一、先进制造业项目（2个）."""
    return 0 < len(line) <= LONGEST_GROUP and "。" not in line and not vocabulary.unit.search(line)


def _heads(texts: Sequence[str], below_others: bool, vocabulary: TableWords) -> bool:
    """Whether a row is one of headings; ``below_others`` only if nearly all of its cells are."""
    hits = sum(bool(vocabulary.heading.search(t)) and len(t) <= 12 for t in texts)
    if not below_others:
        return hits >= 2
    return hits >= 2 and hits >= len(texts) - 1 and not any(c.isdigit() for t in texts for c in t)


def _cells(line: str, start: int) -> tuple[Span, ...]:
    mark = "\t" if "\t" in line else "|" if line.count("|") >= 2 else ""
    if not mark:
        return _spaced(line, start)
    cells = []
    position = start
    for piece in line.split(mark):
        stripped = piece.strip()
        lead = len(piece) - len(piece.lstrip())
        cells.append(Span(position + lead, position + lead + len(stripped)))
        position += len(piece) + 1
    if mark == "|":
        cells = [c for i, c in enumerate(cells) if 0 < i < len(cells) - 1 or c.end > c.start]
    return tuple(cells)


def _spaced(line: str, start: int) -> tuple[Span, ...]:
    """Cells that only stretches of blanks keep apart, as text from a PDF has them."""
    gaps = list(GAP.finditer(line))
    if len(gaps) < 2 or "。" in line:
        return ()
    edges = [
        len(line) - len(line.lstrip()),
        *(e for g in gaps for e in g.span()),
        len(line.rstrip()),
    ]
    return tuple(Span(start + a, start + b) for a, b in zip(edges[::2], edges[1::2], strict=True))


class ColumnFinder:
    """Finds names that stand in the cells of a column with a telling heading."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        self.heading = re.compile(str(rule.options["heading"]))

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The whole cell is the name, unless it is a total or a number."""
        vocabulary = draft.lexicon.tables
        for table in tables(draft.text, draft.lexicon.tables):
            column = table.column(self.heading)
            if column < 0:
                continue
            for row in table.rows:
                if column >= len(row) or any(
                    vocabulary.totals.match(draft.text[c.start : c.end])
                    and c.end - c.start > 1
                    and vocabulary.sum in draft.text[c.start : c.end]
                    for c in row
                ):
                    continue
                cell = row[column]
                text = draft.text[cell.start : cell.end]
                if (
                    len(text) < 3
                    or vocabulary.totals.match(text)
                    or vocabulary.alone.fullmatch(text)
                    or len(text) > 60
                    or re.search("[、，；]", text)
                ):
                    continue
                yield of_rule(self.rule, self.type, cell.start, cell.end, clean(text))
