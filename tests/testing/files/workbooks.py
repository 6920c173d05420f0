"""Workbooks as office programs write them, made by hand: xlsx, ods, and xls of Excel 97."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from kg.read.sheet.sheets import letters_of

Value = str | float | bool | None
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


@dataclass
class Cell:
    """A cell: its value, its number format, and whether it has a formula."""

    value: Value
    format: str = "General"
    formula: str = ""


@dataclass
class Book:
    """Sheets by name: rows of values or cells; which are hidden, and what is merged in them."""

    sheets: Mapping[str, Sequence[Sequence[Value | Cell]]]
    hidden: Sequence[str] = ()
    merged: Sequence[str] = ()
    parts: Mapping[str, str] = field(default_factory=dict)

    def cells(self, name: str) -> list[list[Cell]]:
        rows = self.sheets[name]
        return [[c if isinstance(c, Cell) else Cell(c) for c in row] for row in rows]

    def formats(self) -> list[str]:
        """The formats of all cells, General first."""
        found = (c.format for name in self.sheets for row in self.cells(name) for c in row)
        return list(dict.fromkeys(["General", *found]))


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def xlsx(book: Book) -> bytes:
    texts: list[str] = []
    formats = book.formats()
    parts: dict[str, str | bytes] = {}
    sheets, relations = "", ""
    for number, name in enumerate(book.sheets, 1):
        state = ' state="hidden"' if name in book.hidden else ""
        sheets += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"{state}/>'
        relations += (
            f'<Relationship Id="rId{number}" Type="{RELATION}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        rows = ""
        for r, row in enumerate(book.cells(name), 1):
            cells = (_xlsx_cell(cell, r, c, texts, formats) for c, cell in enumerate(row))
            rows += f'<row r="{r}">{"".join(cells)}</row>'
        merged = "".join(f'<mergeCell ref="{stretch}"/>' for stretch in book.merged)
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
            f"<mergeCells>{merged}</mergeCells></worksheet>"
        )
    for kind in ("sharedStrings", "styles"):
        relations += f'<Relationship Id="{kind}" Type="{RELATION}/{kind}" Target="{kind}.xml"/>'
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{sheets}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    items = "".join(f"<si><t>{escape(text)}</t><rPh><t>pinyin</t></rPh></si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
    own = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(code)}/>'
        for n, code in enumerate(formats)
    )
    used = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats)))
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId="9"/>'
        f"</cellStyleXfs><cellXfs>{used}</cellXfs></styleSheet>"
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts["[Content_Types].xml"] = f'<Types xmlns="{types}"/>'
    return packed({**parts, **book.parts})


def _xlsx_cell(cell: Cell, row: int, column: int, texts: list[str], formats: list[str]) -> str:
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    head = f'<c r="{letters_of(column)}{row}" s="{formats.index(cell.format)}"'
    if cell.value is None:
        return f"{head}>{formula}</c>"
    if isinstance(cell.value, bool):
        return f'{head} t="b">{formula}<v>{int(cell.value)}</v></c>'
    if isinstance(cell.value, str) and not cell.formula:
        texts.append(cell.value)
        return f'{head} t="s"><v>{len(texts) - 1}</v></c>'
    kind = ' t="str"' if isinstance(cell.value, str) else ""
    return f"{head}{kind}>{formula}<v>{escape(str(cell.value))}</v></c>"


def ods(content: str, styles: str = "", **parts: str) -> bytes:
    """A spreadsheet of OpenDocument with these tables."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    style = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
    whole = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{TABLE}" '
        f'xmlns:text="{text}" xmlns:style="{style}"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{content}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": whole,
            **{f"{name}.xml": part for name, part in parts.items()},
        }
    )


def ods_of(rows: Sequence[Sequence[str]], name: str = "清单") -> bytes:
    cells = (
        "".join(f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>" for c in row)
        for row in rows
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return ods(f"<table:table table:name={quoteattr(name)}>{body}</table:table>")


# ----------------------------------------------------------------------- xls (MS-XLS, MS-CFB)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _wide(text: str, length: str) -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def xls(book: Book) -> bytes:
    formats = book.formats()
    begin = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)
    styles = [
        _record(0x41E, struct.pack("<H", 164 + n) + _wide(f, "H")) for n, f in enumerate(formats)
    ]
    styles += [
        _record(0xE0, struct.pack("<HH", 0, 164 + n) + bytes(16)) for n in range(len(formats))
    ]
    parts = [b"".join(_of_sheet(book.cells(name), formats)) for name in book.sheets]
    heads = [_wide(name, "B") for name in book.sheets]
    at = 4 + len(begin) + sum(map(len, styles)) + sum(4 + 6 + len(head) for head in heads) + 4
    whole = _record(0x809, begin) + b"".join(styles)
    for name, head, part in zip(book.sheets, heads, parts, strict=True):
        whole += _record(0x85, struct.pack("<IBB", at, name in book.hidden, 0) + head)
        at += len(part)
    return compound({"Workbook": whole + _record(0x0A, b"") + b"".join(parts)})


def spread(sheets: int) -> bytes:
    """An xls of small sheets with a cell at each end."""
    last: list[list[Value]] = [[None] * 255 + [1]]
    rows: list[list[Value]] = [[1], *[[] for _ in range(65_534)], *last]
    return xls(Book({f"Sheet{n}": rows for n in range(sheets)}))


def _of_sheet(rows: Sequence[Sequence[Cell]], formats: list[str]) -> list[bytes]:
    records = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            place = struct.pack("<HHH", r, c, formats.index(cell.format))
            if isinstance(cell.value, str):
                records.append(_record(0x204, place + _wide(cell.value, "H")))
            elif isinstance(cell.value, bool):
                records.append(_record(0x205, place + struct.pack("<BB", cell.value, 0)))
            elif cell.value is not None:
                records.append(_record(0x203, place + struct.pack("<d", cell.value)))
    return [*records, _record(0x0A, b"")]


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of streams, each of them padded so that it is no small one."""
    sectors: list[bytes] = []
    table: list[int] = []

    def put(data: bytes) -> int:
        start = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors.extend(pieces)
        table.extend([*range(start + 1, start + len(pieces)), 0xFFFFFFFE])
        return start

    names = ["Root Entry", *streams]
    entries = [(0xFFFFFFFE, 0)]
    for data in streams.values():
        whole = data.ljust(4096, b"\0")
        entries.append((put(whole), len(whole)))
    directory = b""
    for number, (name, (start, size)) in enumerate(zip(names, entries, strict=True)):
        raw = (name + "\0").encode("utf-16-le")
        following = number + 1 if 0 < number < len(streams) else 0xFFFFFFFF
        child = 1 if number == 0 else 0xFFFFFFFF
        directory += raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII36xIQ",
            len(raw),
            5 if number == 0 else 2,
            1,
            0xFFFFFFFF,
            following,
            child,
            start,
            size,
        )
    first = put(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    count = -(-(len(table) + 1) // 127)
    places = [len(sectors) + n for n in range(count)]
    table += [0xFFFFFFFD] * count
    held = struct.pack(f"<{len(table)}I", *table).ljust(512 * count, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, count, first, 0, 4096, 0xFFFFFFFE, 0,
        0xFFFFFFFE, 0,
    )  # fmt: skip
    head += struct.pack(f"<{count}I", *places).ljust(436, b"\xff")
    return head + b"".join(sectors) + held
