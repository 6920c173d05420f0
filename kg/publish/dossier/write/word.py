"""Write a dossier as a Word document: A4, a table for each part, each row above its sentence."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.base.errors import MissingExtraError
from kg.publish.dossier.model import DOCUMENT, SENTENCE, shown
from kg.query.table import width
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology import Ontology
    from kg.publish.dossier.model import Cell, Dossier, Table

FONT, EAST_ASIAN = "Calibri", "宋体"
# No clock in the file: neither in what it says of itself, nor in its archive.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001
PACKED = (1980, 1, 1, 0, 0, 0)
SMALL, GREY = 9, "555555"
# Millimetres of a line, between its margins; columns are between these wide, in characters.
MARGIN, LINE = 16, 178
NARROW, WIDE = 7, 30


def written(dossier: Dossier, _: Ontology) -> bytes:
    """The document.

    Raises:
        MissingExtraError: If python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError(
            "a report in .docx needs python-docx: pip install 'zhengtu[report]'; .html and .csv "
            "need nothing more"
        ) from error
    document = docx.Document()
    _set_up(document, dossier)
    document.add_heading(_text(dossier.title), 0)
    for line in (dossier.kind, *dossier.head):
        _note(document, line)
    for part in dossier.tables:
        document.add_heading(_text(part.label), 1)
        _table(document, part)
        for note in part.notes:
            _note(document, note)
    for note in dossier.notes:
        _note(document, note)
    file = BytesIO()
    document.save(file)
    return _packed(file)


def _text(text: str) -> str:
    return speakable(text)


def _set_up(document: Any, dossier: Dossier) -> None:
    """A4 with its margins, a font for Chinese, and properties without a clock."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(18)
    for style in ("Normal", "Title", "Heading 1"):
        font = document.styles[style].font
        font.name = FONT
        fonts = font.element.rPr.rFonts
        for name in list(fonts.attrib):
            if name.endswith("Theme"):
                del fonts.attrib[name]
        fonts.set(qn("w:eastAsia"), EAST_ASIAN)
    document.styles["Normal"].font.size = Pt(10)
    about = document.core_properties
    about.title, about.author, about.comments = _text(dossier.title)[:255], "", ""
    about.created = about.modified = CREATED


def _note(document: Any, text: str) -> None:
    if text:
        _write_small(document.add_paragraph(), text)


def _write_small(paragraph: Any, text: str) -> None:
    """Write small grey words, close to what stands above them."""
    from docx.shared import Pt, RGBColor

    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(_text(text))
    run.font.size, run.font.color.rgb = Pt(SMALL), RGBColor.from_string(GREY)


def _table(document: Any, part: Table) -> None:
    if not part.rows:
        return
    columns = [(at, column) for at, column in enumerate(part.columns) if not column.evidence]
    names = [column.name for column in part.columns]
    citations = [_evidence(names, row) for row in part.rows]
    grid = document.add_table(1 + len(part.rows) + sum(map(bool, citations)), len(columns))
    grid.style = "Table Grid"
    grid.autofit = False
    wide = _widths(part, [at for at, _ in columns])
    rows = list(grid.rows)
    _repeat_as_header(rows[0])
    # A table asks for all of its cells whenever it is asked for one: they are taken row by row.
    for cell, (_, column), each in zip(rows[0].cells, columns, wide, strict=True):
        _fill_cell(cell, column.label, bold=True)
        cell.width = each
    below = iter(rows[1:])
    for row, citation in zip(part.rows, citations, strict=True):
        line = next(below)
        _keep_together(line, bool(citation))
        for cell, (at, _), each in zip(line.cells, columns, wide, strict=True):
            _fill_cell(cell, shown(row[at]), right=not isinstance(row[at], str))
            cell.width = each
        if citation:
            line = next(below)
            _keep_together(line, together=False)
            cells = line.cells
            whole = cells[0].merge(cells[-1]) if len(cells) > 1 else cells[0]
            _write_small(whole.paragraphs[0], citation)


def _widths(part: Table, columns: list[int]) -> list[Any]:
    """How wide each column is: all of a line, by the longest cell of each."""
    from docx.shared import Mm

    longest = [max(width(shown(row[at])) for row in part.rows) for at in columns]
    heads = [width(part.columns[at].label) for at in columns]
    weights = [
        max(NARROW, min(WIDE, cell), min(head, NARROW * 2))
        for cell, head in zip(longest, heads, strict=True)
    ]
    return [Mm(LINE * weight / sum(weights)) for weight in weights]


def _evidence(names: list[str], row: tuple[Cell, ...]) -> str:
    """The sentence and the document of a row."""
    texts = dict(zip(names, map(shown, row), strict=True))
    quote, document = texts.get(SENTENCE, ""), texts.get(DOCUMENT, "")
    return " ".join(filter(None, (f"“{quote}”" if quote else "", document and f"[{document}]")))


def _fill_cell(cell: Any, text: str, *, bold: bool = False, right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(_text(text))
    run.font.size, run.bold = Pt(SMALL), bold


def _repeat_as_header(row: Any) -> None:
    """Let a row stand at the head of each page."""
    _marked(row, "w:tblHeader")


def _keep_together(row: Any, together: bool) -> None:
    """Break no row, and part none from its sentence."""
    _marked(row, "w:cantSplit")
    if together:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _marked(row: Any, mark: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def _packed(file: BytesIO) -> bytes:
    """The same archive, each entry with one date."""
    out = BytesIO()
    with zipfile.ZipFile(file) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in _names(read.namelist()):
            entry = zipfile.ZipInfo(name, PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(entry, read.read(name))
    return out.getvalue()


def _names(names: Iterable[str]) -> list[str]:
    """The entries in their order, what says what the others are first."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
