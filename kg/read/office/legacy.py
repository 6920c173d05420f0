"""A DOC (Word 97 and later, WPS) or RTF in, its text out, by way of the package anydoc.

It comes with the extra ``office``. Of what it offers only the parser is used, which asks no
network; its lines are made here, so that a table becomes what it becomes from a docx.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.base.errors import ReadError
from kg.read.office import declared
from kg.read.office.cells import lines_of
from kg.read.office.lists.doc import Pattern, patterns, shown
from kg.read.office.lists.forms import number_text, spaced_label
from kg.read.office.struck import HYPHENS, shown_doc, shown_rtf
from kg.read.parts import Parts

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    # Its own stubs call an attribute ``list``, which hides the type of that name.
    Block: TypeAlias = Any
    Inline: TypeAlias = Any

# The media type of each kind, and what it is called in messages.
_KINDS = {
    "doc": ("application/msword", "a Word or WPS document (doc)", "docx"),
    "rtf": ("application/rtf", "rich text (RTF)", "docx"),
}
# What anydoc calls the forms of numbers, when it gives no label because it is like ``1.``.
_MARKERS = {
    "decimal": "decimal", "lower_alpha": "lowerLetter", "upper_alpha": "upperLetter",
    "lower_roman": "lowerRoman", "upper_roman": "upperRoman",
}  # fmt: skip
_NO_HYPHENS = dict.fromkeys(map(ord, HYPHENS))
_OLD_WORD = "FIB magic"  # in what anydoc says of Word 6 and 95


def read_doc(data: bytes) -> Parts:
    """Read a DOC: body, text boxes and footnotes.

    Raises:
        ReadError: If it cannot be read, or the extra is not installed.
    """
    return _parts(shown_doc(data), "doc", declared.of_ole(data), patterns(data))


def read_rtf(data: bytes) -> Parts:
    """Read an RTF: body, text boxes and footnotes.

    Raises:
        ReadError: If it cannot be read, or the extra is not installed.
    """
    return _parts(shown_rtf(data), "rtf", declared.of_rtf(data))


def _parts(
    data: bytes, kind: str, properties: declared.Declared, lists: Sequence[Pattern] = ()
) -> Parts:
    document = _parsed(data, kind)
    lines = [*_lines(document.blocks, lists)]
    for note in document.notes:
        lines += (line.strip() for line in _lines(note.blocks, lists))  # a sign stands before it
    return Parts(
        ("\n".join(lines),),
        _KINDS[kind][0],
        title=properties.title,
        publisher=properties.publisher,
        published=properties.created,
    )


def _parsed(data: bytes, kind: str) -> Any:
    anydoc = _library(kind)
    _, name, instead = _KINDS[kind]
    try:
        return anydoc.to_document(data, kind)
    except anydoc.EncryptedError as error:
        raise ReadError("is encrypted; save it without a password") from error
    except anydoc.ResourceLimitError as error:
        raise ReadError(f"is {name} beyond a limit ({error.limit}); split it") from error
    except anydoc.ConvertError as error:
        if _OLD_WORD in str(error):
            raise ReadError(
                f"is in the format of Word 6 or 95, or damaged; save it as {instead}"
            ) from error
        raise ReadError(
            f"is {name} that is cut off, damaged or of an old kind ({error}); save it as {instead}"
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust; no Exception
            raise
        message = f"{error}".splitlines()[0][:200] if f"{error}" else "no reason given"
        raise ReadError(
            f"is {name} that what reads it breaks at ({message}); save it as {instead}"
        ) from error


def _library(kind: str) -> Any:
    try:
        import anydoc
    except ImportError as error:
        _, name, instead = _KINDS[kind]
        raise ReadError(
            f"is {name}, which kg reads with an extra: pip install 'zhengtu[office]'; or save it "
            f"as {instead} or pdf"
        ) from error
    return anydoc


def _lines(blocks: Iterable[Block], lists: Sequence[Pattern]) -> Iterator[str]:
    """The lines of blocks, as those of a docx: with the numbers of lists, without their signs."""
    for block in blocks:
        if block.table is not None:
            yield from _rows(block.table, lists)
        elif block.list is not None:
            yield from _items(block.list, lists)
        elif block.blocks is not None:
            yield from _lines(block.blocks, lists)
        elif block.content is not None:
            yield from _text(block.content).rstrip().split("\n")
        elif block.text is not None:
            yield from block.text.rstrip().split("\n")


def _items(listed: Any, lists: Sequence[Pattern]) -> Iterator[str]:
    for number, item in enumerate(listed.items, listed.start):
        counted = item.marker_label
        if counted is None and listed.marker in _MARKERS:
            counted = number_text(number, _MARKERS[listed.marker]) + "."
        label = spaced_label(shown(counted, lists)) if counted and lists else ""
        first = item.blocks[0] if item.blocks else None
        for at, line in enumerate(_lines(item.blocks, lists)):
            own = at == 0 and first is not None and first.content is not None
            yield label + line if own and line else line


def _rows(table: Any, lists: Sequence[Pattern]) -> Iterator[str]:
    for row in table.grid:
        cells = ("" if slot.cell is None else _cell(slot.cell.blocks, lists) for slot in row)
        yield from lines_of([*cells])


def _cell(blocks: Iterable[Block], lists: Sequence[Pattern]) -> str:
    return "\n".join(line for line in _lines(blocks, lists) if line.strip())


def _text(inlines: Iterable[Inline]) -> str:
    pieces = []
    for inline in inlines:
        if inline.content is not None:
            pieces.append(_text(inline.content))
        elif inline.kind == "checkbox":
            pieces.append("☑" if inline.checked else "☐")
        else:
            pieces.append("\n" if inline.kind == "line_break" else inline.text or "")
    return "".join(pieces).translate(_NO_HYPHENS)
