"""Write a dossier as one HTML page: no script, nothing to fetch, for A4 and for a telephone.

Each row is a line of cells, and below it the sentence that says it with its document. On a narrow
screen the cells stand one below the other, each with the name of its column.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from kg.publish.dossier.model import DOCUMENT, SENTENCE, Linked, brief, shown
from kg.query.table import width
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology import Ontology
    from kg.publish.dossier.model import Cell, Column, Dossier, Table

# Columns of a terminal that a text takes which is set without a break.
SHORT = 12
STYLE = """
@page { size: A4; margin: 16mm 14mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8pt sans-serif; color: #555; } }
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 48px; max-width: 1080px; color: #1b1f24;
  background: #fff; font: 15px/1.55 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; overflow-wrap: break-word; }
h1 { margin: 0; font-size: 1.75em; line-height: 1.3; }
.kind { margin: 4px 0 8px; color: #555; }
.head { margin: 0 0 20px; padding: 0; list-style: none; color: #444; font-size: .87em; }
h2 { margin: 30px 0 8px; padding-bottom: 4px; border-bottom: 2px solid #24476b; color: #24476b;
  font-size: 1.15em; break-after: avoid; }
table { width: 100%; border-collapse: collapse; font-size: .9em; }
th { padding: 5px 8px; background: #eef2f7; color: #333; font-weight: 600; text-align: left;
  vertical-align: bottom; }
td { padding: 6px 8px 2px; vertical-align: top; }
.s { white-space: nowrap; }
.from td, cite { overflow-wrap: anywhere; }
tbody { break-inside: avoid; border-bottom: 1px solid #d5dbe3; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.from td { padding: 0 8px 7px; color: #4a5058; font-size: .9em; }
.from q { quotes: "“" "”"; }
cite { color: #5a4a1c; font-style: normal; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px;
  margin: 0; }
.figures div { padding: 9px 12px; border: 1px solid #cfd8e3; border-radius: 6px;
  break-inside: avoid; }
.figures dt { color: #555; font-size: .87em; }
.figures dd { margin: 0; }
.figures b { font-size: 1.5em; line-height: 1.25; }
.figures small, .note { color: #555; font-size: .84em; }
.figures small { display: block; line-height: 1.4; }
.note { margin: 6px 0 0; }
@media (max-width: 640px) {
  body { padding: 16px 12px 32px; }
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  tbody { padding: 8px 0; }
  td, .from td { padding: 1px 0; white-space: normal; }
  td[data-label] { display: grid; grid-template-columns: 7.5em 1fr; gap: 8px; text-align: left; }
  td[data-label]::before { content: attr(data-label); color: #555; white-space: normal; }
  td.none { display: none; }
  .from td { padding-top: 4px; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  .figures { grid-template-columns: repeat(4, 1fr); }
  h2 { margin-top: 18pt; }
  td, th { padding-left: 4pt; padding-right: 4pt; }
}
"""
_NONE = "default-src 'none'; style-src {}'sha256-{}'; base-uri 'none'; form-action {}"
# On a server a page has the styles and scripts of that beside its own; no other runs.
_SERVED = "; script-src 'self'; connect-src 'self'; img-src 'self' data:"


def _policy(*, served: bool) -> str:
    """Nothing may run or be fetched, whatever a document holds, but what the server itself has."""
    own = b64encode(sha256(STYLE.encode()).digest()).decode()
    if not served:
        return _NONE.format("", own, "'none'")
    return _NONE.format("'self' ", own, "'self'") + _SERVED


POLICY = _policy(served=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page has on a server: cells lead to what they name, and not all rows are on it.

    Attributes:
        top: Markup above all: the head of all pages of the server.
        ways: Markup above its title.
        head: Markup below its title: its files, and a form.
        links: The addresses of its styles and scripts.
        most: So many rows of a part are on the page; the rest is in its files. 0 for all.
        cut: What is said where there are more, with ``{n}`` and ``{shown}``.
    """

    top: str = ""
    ways: str = ""
    head: str = ""
    links: tuple[str, ...] = ()
    most: int = 0
    cut: str = ""


def written(dossier: Dossier, _: Ontology, frame: Frame | None = None) -> bytes:
    """The page, in UTF-8; in a frame as a server shows it."""
    return "\n".join(_page(dossier, frame)).encode()


def _text(text: str) -> str:
    """A text as markup that shows it."""
    return escape(speakable(text))


def _page(dossier: Dossier, frame: Frame | None) -> Iterator[str]:
    language = {"zh": "zh-CN"}.get(dossier.language, dossier.language)
    title = _text(dossier.title)
    policy = escape(_policy(served=frame is not None))
    yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>"
    yield from _links(frame) if frame else ()
    yield "</head>\n<body>"
    yield f"{frame.top}\n<main>\n{frame.ways}" if frame else "<main>"
    yield f"<h1>{title}</h1>\n" + _line(dossier.kind, "kind")
    if dossier.head:
        lines = "".join(f"<li>{_text(line)}</li>" for line in dossier.head)
        yield f'<ul class="head">{lines}</ul>'
    if frame:
        yield frame.head
    for part in dossier.tables:
        yield from _figures(part, frame) if part.name == "figures" else _part(part, frame)
    yield from (_line(note) for note in dossier.notes)
    yield "</main>\n</body>\n</html>\n"


def _links(frame: Frame) -> Iterator[str]:
    """What a page fetches of its server: an icon that is none, styles and scripts."""
    yield '<link rel="icon" href="data:,">'
    for address in frame.links:
        if address.endswith(".css"):
            yield f'<link rel="stylesheet" href="{_text(address)}">'
        else:
            yield f'<script type="module" src="{_text(address)}"></script>'


def _line(text: str, kind: str = "note") -> str:
    return f'<p class="{kind}">{_text(text)}</p>' if text else ""


def _figures(part: Table, frame: Frame | None) -> Iterator[str]:
    """The figures, each with its unit and what is left out of it."""
    yield f'<section aria-labelledby="{part.name}">\n<h2 id="{part.name}">{_text(part.label)}</h2>'
    yield '<dl class="figures">'
    labels = {column.name: column.label for column in part.columns}
    for row in part.rows:
        named_cells = zip(part.columns, row, strict=True)
        cells = {c.name: brief(cell) if frame else shown(cell) for c, cell in named_cells}
        small = [cells.get("note", "")]
        if cells.get("rows"):
            small.insert(0, f"{labels['rows']} {cells['rows']}")
        notes = "".join(f"<small>{_text(text)}</small>" for text in small if text)
        number = f"<b>{_text(cells['number'] or '—')}</b> {_text(cells.get('unit', ''))}"
        yield f"<div><dt>{_text(cells['figure'])}</dt><dd>{number}{notes}</dd></div>"
    yield "</dl>\n</section>"


def _part(part: Table, frame: Frame | None) -> Iterator[str]:
    columns = [(c, _kind(part, at)) for at, c in enumerate(part.columns) if not c.evidence]
    yield f'<section aria-labelledby="{part.name}">\n<h2 id="{part.name}">{_text(part.label)}</h2>'
    if part.rows:
        heads = "".join(
            f'<th scope="col"{_class(kind)}>{_text(c.label)}</th>' for c, kind in columns
        )
        rows = part.rows[: frame.most or None] if frame else part.rows
        wide = f'<div class="wide" tabindex="0" role="group" aria-labelledby="{part.name}">'
        yield (wide if frame else "") + f"<table>\n<thead><tr>{heads}</tr></thead>"
        yield from (_row(part, columns, row, frame is not None) for row in rows)
        yield "</table>" + ("</div>" if frame else "")
        if frame and len(rows) < len(part.rows):
            yield _line(frame.cut.format(n=len(part.rows), shown=len(rows)))
    yield from (_line(note) for note in part.notes)
    yield "</section>"


def _kind(part: Table, at: int) -> str:
    """How a column is set: numbers to the right, short texts without a break."""
    if part.columns[at].numeric:
        return "n"
    return "s" if max(width(shown(row[at])) for row in part.rows) <= SHORT else ""


def _class(kinds: str) -> str:
    return f' class="{kinds}"' if kinds else ""


def _row(part: Table, columns: list[tuple[Column, str]], row: tuple[Cell, ...], leads: bool) -> str:
    markup = {c.name: _cell_markup(cell, leads) for c, cell in zip(part.columns, row, strict=True)}
    cells = "".join(_cell(column, kind, markup[column.name]) for column, kind in columns)
    quote, document = markup.get(SENTENCE, ""), markup.get(DOCUMENT, "")
    quotation = f"<q>{quote}</q> " if quote else ""
    cite = f"<cite>{document}</cite>" if document else ""
    span = f' colspan="{len(columns)}"' if len(columns) > 1 else ""
    below = f'<tr class="from"><td{span}>{quotation}{cite}</td></tr>' if quotation or cite else ""
    return f"<tbody><tr>{cells}</tr>{below}</tbody>"


def _cell_markup(cell: Cell, leads: bool) -> str:
    """A cell as markup; on a server as a link where it leads somewhere, and a number in brief."""
    text = _text(shown(cell))
    if not leads:
        return text
    if isinstance(cell, Linked):
        return f'<a href="{_text(cell.to)}">{text}</a>'
    short = _text(brief(cell))
    return text if short == text else f'<span title="{text}">{short}</span>'


def _cell(column: Column, kind: str, markup: str) -> str:
    kinds = " ".join(filter(None, (kind, "" if markup else "none")))
    return f'<td{_class(kinds)} data-label="{_text(column.label)}">{markup}</td>'
