"""A CSV in, its rows out; what parts its cells is found by itself."""

from __future__ import annotations

import csv
import io

from kg.base.errors import ReadError
from kg.read.parts import Parts
from kg.read.sheet.sheets import Sheet, pages_of
from kg.read.text.encoding import decode

MEDIA = "text/csv"
_MARKS = (",", "\t", ";", "|", "，")
_LOOKED_AT = 50  # lines that tell what parts the cells
_MOST_ROWS = 400_000
_DECLARES = "sep="  # a first line that tells Excel what parts cells


def read_csv(data: bytes) -> Parts:
    """Read rows of cells that commas, tabs, semicolons or bars part, in any encoding.

    Raises:
        ReadError: If it is no text, or a row is damaged.
    """
    text, encoding = decode(data)
    text = text.removeprefix("\ufeff").replace("\0", "")
    mark, text = mark_of(text)
    csv.field_size_limit(max(len(text), 1))
    sheet = Sheet("")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for number, row in enumerate(reader):
            if number == _MOST_ROWS:
                raise ReadError(f"has more than {_MOST_ROWS:,} rows; split it")
            cells = {column: cell for column, cell in enumerate(row) if cell.strip()}
            if cells:
                sheet.rows.append((number, cells))
    except csv.Error as error:
        raise ReadError(
            f"is no table of cells: its line {reader.line_num} cannot be read ({error}); save it "
            "again as csv, or as xlsx"
        ) from error
    pages, notes = pages_of([sheet])
    return Parts(pages, MEDIA, encoding, notes=notes)


def mark_of(text: str) -> tuple[str, str]:
    r"""The sign that parts the cells, and the text without a line that only declares it.

    It is the one that most lines have, and most of them equally often.

    >>> mark_of("项目\t投资\n甲，乙\t3\n")[0], mark_of("sep=;\n甲;乙")
    ('\t', (';', '甲;乙'))
    """
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith(_DECLARES) and len(first.strip()) == len(_DECLARES) + 1:
        return first.strip()[-1], rest
    lines = [line for line in text[:100_000].split("\n") if line.strip()][:_LOOKED_AT]

    def agreeing(mark: str) -> int:
        counts = [line.count(mark) for line in lines]
        return max((counts.count(n) * min(n, 3) for n in set(counts) if n), default=0)

    return max(_MARKS, key=agreeing), text
