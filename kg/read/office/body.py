"""What a reader of XML comes by in, the lines of a document out: paragraphs and rows of tables.

One for all office documents, so that a table becomes the same text whatever it is saved as.
"""

from __future__ import annotations

from kg.base.errors import ReadError
from kg.read.office.cells import lines_of

_MOST_PARAGRAPHS = 400_000
_MOST_SPANNED = 50


class Body:
    r"""Collects lines while a reader reports what begins and ends.

    ``_open`` holds the lines of what is open: the body first, then cells and text boxes
    within each other; ``_runs`` the text of the paragraph that each of them is at.

    >>> body = Body()
    >>> body.start_row()
    >>> for text in ("项目", "投资"):
    ...     body.start_cell()
    ...     body.text(text)
    ...     body.end_paragraph()
    ...     body.end_cell()
    >>> body.end_row()
    >>> body.lines
    ['项目\t投资']
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open: list[list[str]] = [self.lines]
        self._runs: list[list[str]] = [[]]
        self._rows: list[list[str]] = []
        self._boxes: list[list[str]] = []
        self._paragraphs = 0

    def count(self, times: int = 1) -> None:
        """A paragraph begins, or so many cells.

        Raises:
            ReadError: If there are too many of them.
        """
        self._paragraphs += times
        if self._paragraphs > _MOST_PARAGRAPHS:
            raise ReadError(f"has more than {_MOST_PARAGRAPHS:,} paragraphs; split it")

    def text(self, data: str) -> None:
        self._runs[-1].append(data)

    def end_paragraph(self) -> None:
        self._open[-1].append("".join(self._runs[-1]).rstrip())
        self._runs[-1] = []
        if len(self._open) == 1 and self._boxes:  # text boxes follow what they hang on
            for box in self._boxes:
                self.lines += box
            self._boxes = []

    def start_row(self) -> None:
        self._rows.append([])

    def start_cell(self) -> None:
        """A cell or a text box begins."""
        self._open.append([])
        self._runs.append([])

    def end_cell(self, span: int = 1) -> None:
        """A cell ends; those after the first that it spans are empty."""
        self._runs.pop()
        lines = [line for line in self._open.pop() if line.strip()]
        if self._rows:
            self._rows[-1].append(lines[0] if len(lines) == 1 else "\n".join(lines))
            self._rows[-1] += [""] * (min(span, _MOST_SPANNED) - 1)

    def end_row(self) -> None:
        if self._rows:
            self._open[-1] += lines_of(self._rows.pop())

    def end_box(self) -> None:
        if len(self._open) > 1:
            self._runs.pop()
            self._boxes.append(self._open.pop())

    def whole(self) -> list[str]:
        """All lines, with those of text boxes that hang on nothing."""
        return self.lines + [line for box in self._boxes for line in box]
