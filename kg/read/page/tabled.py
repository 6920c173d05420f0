"""The fragments of a page and its ruled grids in, the same with each table as one fragment out.

What lies in one cell is put together again: its lines were broken by the width of the cell, not
by who wrote it. A table that goes on over the page is one table: its heading is not said twice,
and a row that the page cuts is made whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.read.office.cells import lines_of
from kg.read.page.reading_order import Fragment
from kg.read.page.ruled import Cell, Grid

Row = tuple[str, ...]
_LONGEST = 300  # characters of a cell; longer ones side by side are the columns of a newspaper
_FILLED = 0.1  # of the cells; an empty form has more, the grid behind a chart less
_BREAKS = 3.0  # widths of a character that the last line of a paragraph leaves free
_SAME_WIDTH = 4.0  # points between the widths of a column on two pages
_FRAME = 1  # lines between a table and the edge of the page: its number, or a running head


def as_tables(fragments: Sequence[Fragment], grids: Sequence[Grid]) -> list[Fragment]:
    """Fragments in the order of the file, with each table in the place of its first one.

    A grid with hardly anything in it, or with long texts side by side, is no table: a frame, a
    chart or the layout of a page. Its fragments stay as they are.
    """
    by_grid: dict[int, list[tuple[Cell, Fragment]]] = {}
    for fragment in fragments:
        number, cell = cell_at((fragment.left + fragment.right) / 2, fragment.middle, grids)
        if cell is not None:
            by_grid.setdefault(number, []).append((cell, fragment))
    instead: dict[int, Fragment] = {}  # by the identity of the fragment that it is put for
    used: set[int] = set()
    for number, members in by_grid.items():
        if table := _table(grids[number], members):
            instead[id(members[0][1])] = table
            used |= {id(fragment) for _, fragment in members}
    return [instead.get(id(f), f) for f in fragments if id(f) in instead or id(f) not in used]


def cell_at(x: float, y: float, grids: Sequence[Grid]) -> tuple[int, Cell | None]:
    """The number of the grid that a point lies in, and the cell; -1 and None outside of all."""
    for number, grid in enumerate(grids):
        if (cell := grid.cell(x, y)) is not None:
            return number, cell
    return -1, None


def _table(grid: Grid, members: Sequence[tuple[Cell, Fragment]]) -> Fragment | None:
    contents: dict[Cell, list[Fragment]] = {}
    for cell, fragment in members:
        contents.setdefault(cell, []).append(fragment)
    texts = {cell: _text(fragments, grid.width(cell)) for cell, fragments in contents.items()}
    rows = [
        tuple(texts.get((row, column), "") for column in range(len(grid.columns) - 1))
        for row in range(len(grid.rows) - 1)
    ]
    rows = [row for row in rows if any(row)]
    if not _is_data(rows, len(grid.spans)):
        return None
    sizes = sorted(fragment.size for _, fragment in members)
    return written(
        Fragment(
            "", grid.columns[0], grid.columns[-1], grid.rows[-1], grid.rows[0],
            sizes[len(sizes) // 2], grid.columns, tuple(rows),
        )
    )  # fmt: skip


def written(table: Fragment) -> Fragment:
    """A table with the text of its rows."""
    rows = table.rows[table.repeated :]
    return replace(table, text="\n".join(line for row in rows for line in lines_of(row)))


def _is_data(rows: Sequence[Row], cells: int) -> bool:
    """Whether rows are those of a table; one row alone may be what is left of one."""
    if sum(bool(cell) for row in rows for cell in row) < _FILLED * cells:
        return False
    filled = [[len(cell) for cell in row if cell] for row in rows]
    if max(map(len, filled), default=0) < 2:
        return False
    long = sum(size for row in filled for size in row if size > _LONGEST)
    return long <= sum(map(sum, filled)) / 2


def _text(fragments: Iterable[Fragment], width: float) -> str:
    """What a cell of a width says: a line for each paragraph."""
    text, last = "", None
    for line in _lines(fragments):
        line_text = _line(line)
        if last is not None:
            free = width - (last[-1].right - last[0].left)
            text += "\n" if free >= _BREAKS * last[-1].size else _joint(text, line_text)
        text, last = text + line_text, line
    return text


def _lines(fragments: Iterable[Fragment]) -> Iterator[list[Fragment]]:
    """Fragments by line, from top to bottom, and from left to right."""
    line: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda f: -f.middle):
        if line and line[0].middle - fragment.middle > 0.5 * min(line[0].size, fragment.size):
            yield sorted(line, key=lambda f: f.left)
            line = []
        line.append(fragment)
    if line:
        yield sorted(line, key=lambda f: f.left)


def _line(fragments: Sequence[Fragment]) -> str:
    return " ".join(fragment.text.strip() for fragment in fragments).strip()


def _joint(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: a blank between two Latin words."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii()
    return " " if latin and after[:1].isalpha() else ""


def join_pages(last: list[Fragment], page: list[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """Two pages, with a table that goes on from one to the other put right.

    Args:
        last: The fragments of a page, with its tables.
        page: Those of the next one.
    """
    above, below = _at_end(last), _at_start(page)
    if above is None or below is None or not _same_columns(above, below):
        return last, page
    first = _repeated(above.rows, below.rows)
    # Below a line such as 单位：万元 a table begins anew, for whoever reads on.
    labelled = any(":" in f.text or "：" in f.text for f in page if f.bottom >= below.top)
    repeated = 0 if labelled else first
    rows, whole = below.rows, above
    if first < len(rows) and _is_rest(above.rows, rows[first]):
        joined = _together(above.rows[-1], rows[first])
        whole = written(replace(above, rows=(*above.rows[:-1], joined)))
        rows = (*rows[:first], *rows[first + 1 :])
    rest = [written(replace(below, rows=rows, repeated=repeated))] if len(rows) > repeated else []
    return (
        [whole if f is above else f for f in last],
        [new for f in page for new in (rest if f is below else [f])],
    )


def _at_end(page: Sequence[Fragment]) -> Fragment | None:
    """The table that a page ends with."""
    low = min((f for f in page if f.columns), key=lambda f: f.bottom, default=None)
    if low is None:
        return None
    return low if len(list(_lines(f for f in page if f.top <= low.bottom))) <= _FRAME else None


def _at_start(page: Sequence[Fragment]) -> Fragment | None:
    """The table that a page begins with."""
    high = max((f for f in page if f.columns), key=lambda f: f.top, default=None)
    if high is None:
        return None
    return high if len(list(_lines(f for f in page if f.bottom >= high.top))) <= _FRAME else None


def _same_columns(one: Fragment, other: Fragment) -> bool:
    if len(one.columns) != len(other.columns):
        return False
    left = other.columns[0] - one.columns[0]  # pages on the right may have another margin
    return all(
        abs(b - a - left) <= _SAME_WIDTH
        for a, b in zip(one.columns, other.columns, strict=True)
    )  # fmt: skip


def _repeated(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many rows of headings a table repeats on its next page."""
    count = 0
    while count < min(len(above), len(below)) and above[count] == below[count]:
        count += 1
    return count


def _is_rest(above: Sequence[Row], row: Row) -> bool:
    """Whether a row is the rest of the one that the page before it ends with.

    Where each row of a table has a first cell (a number), one without is none of its own; a
    cell that is merged over several rows leaves the first cell of most of them empty, and a
    sum below the last row has numbers, which no page cuts.
    """
    filled = [bool(cell) for cell in row]
    return (
        len(above) > 1
        and all(one[0] for one in above)
        and not row[0]
        and sum(filled) <= max(1, len(row) // 2)
        and all(any(map(str.isalpha, cell)) for cell in row if cell)
        and all(there or not here for here, there in zip(filled, above[-1], strict=True))
    )


def _together(row: Row, rest: Row) -> Row:
    return tuple(a + _joint(a, b) + b if a else b for a, b in zip(row, rest, strict=True))
