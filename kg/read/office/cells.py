"""The cells of one row in, its lines out: the one place that knows how a table becomes text."""

from __future__ import annotations

from collections.abc import Sequence


def lines_of(row: Sequence[str]) -> list[str]:
    r"""A row as one line with TAB between cells; its paragraphs, if it has but one filled cell.

    Such a row is a frame around paragraphs, or a title that runs over all columns.

    Args:
        row: The cells from left to right, with LF between the paragraphs of a cell; of cells
            that are merged the first has the text, the others are empty.

    >>> lines_of(["1", "某某工程\n（二期）", ""])
    ['1\t某某工程 （二期）\t']
    >>> lines_of(["单位：万元", "", ""])
    ['单位：万元']
    """
    if len([cell for cell in row if cell]) == 1:
        return "".join(row).split("\n")
    cells = [" ".join(cell.replace("\t", " ").split("\n")).strip() for cell in row]
    return ["\t".join(cells)]
