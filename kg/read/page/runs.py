"""Characters with their boxes in, the fragments of a page out: what stands side by side.

A page of a PDF and one of an OFD are both characters and lines; from here on they are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.ontology.lexicon.files import file_words
from kg.read.page.reading_order import Fragment, text_of_page
from kg.read.page.ruled import Cell, Grid
from kg.read.page.tabled import cell_at, join_pages

Character = tuple[str, float, float, float, float]  # left, right, bottom and top in points
# Gap between two characters, in widths of one, from which on they are two fragments:
# justified lines stretch to 0.5, gutters of newspapers begin at 1.
_APART = 0.9


def texts_of(pages: Iterable[list[Fragment]]) -> Iterator[str]:
    """The text of each page, told when the next one is known: a table may go on there."""
    last: list[Fragment] | None = None
    number = 0
    for number, page in enumerate(pages):
        if last is not None:
            last, page = join_pages(last, page)  # noqa: PLW2901
            yield without_number(text_of_page(last), number)
        last = page
    if last is not None:
        yield without_number(text_of_page(last), number + 1)


def fragments(characters: Iterable[Character], ruled: Sequence[Grid]) -> Iterator[Fragment]:
    """The runs of characters that stand side by side, in one cell, in the order of the file."""
    run: list[Character] = []
    place: tuple[int, Cell | None] = (-1, None)
    here = place
    for char in characters:
        if ruled and not char[0].isspace():
            here = cell_at((char[1] + char[2]) / 2, (char[3] + char[4]) / 2, ruled)
        if run and (here != place or not _follows(run[-1], char)):
            yield from _joined(run)
            run = []
        place = here
        if char[0] in "\r\n":
            yield from _joined(run)
            run = []
        else:
            run.append(char)
    yield from _joined(run)


def _follows(last: Character, char: Character) -> bool:
    if char[0] in " \r\n" and char[2] <= char[1]:  # made up by pdfium, without a box
        return True
    height = max(min(last[4] - last[3], char[4] - char[3]), 0.1)
    overlap = min(last[4], char[4]) - max(last[3], char[3])
    gap = char[1] - last[2]
    return overlap > 0.5 * height and -height < gap < _APART * height


def _joined(run: list[Character]) -> Iterator[Fragment]:
    visible = [char for char in run if not char[0].isspace()]
    if not visible:
        return
    # Characters beyond the BMP come as two halves.
    text = "".join(char[0] for char in run).encode("utf-16", "surrogatepass")
    sizes = sorted(char[4] - char[3] for char in visible)
    yield Fragment(
        text.decode("utf-16", "replace").rstrip(),
        min(char[1] for char in visible),
        max(char[2] for char in visible),
        min(char[3] for char in visible),
        max(char[4] for char in visible),
        max(sizes[len(sizes) // 2], 0.1),
    )


def without_number(text: str, number: int) -> str:
    """Drop the page's number from its foot or head: it would stand within a sentence."""
    lines = text.split("\n")
    for at in (-1, 0):
        match = file_words().page_number.fullmatch(lines[at]) if lines else None
        if match and int(match[1]) == number:
            del lines[at]
    return "\n".join(lines).strip("\n")
