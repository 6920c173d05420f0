"""What every reader hands back, and the small decisions that readers share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.ontology.lexicon.files import file_words


@dataclass(frozen=True, slots=True)
class Parts:
    """A source as its reader saw it, before normalisation: text by page, and declarations.

    ``published`` is ISO 8601 or ``""``; a source without pages has one. ``notes`` tell what was
    left out.
    """

    pages: tuple[str, ...]
    media: str
    encoding: str = "utf-8"
    title: str = ""
    publisher: str = ""
    published: str = ""
    notes: tuple[str, ...] = ()


Reader = Callable[[bytes], Parts]

_PACKED = re.compile(r"^(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")
_FILE_NAME = re.compile(
    r"(?i)^microsoft word|^untitled|^word document|\.(?:docx?|wps|indd|rtf|pdf|html?)$"
)
_TEMPLATE_DATE = "2013-12-23"  # stands in every file made from python-docx's template
_HANZI = re.compile(r"[\u3400-\u9fff]")


def iso_date(declared: str) -> str:
    """The first full date in a declaration as ISO 8601, or ``""``.

    >>> iso_date("2024年4月8日 09:30"), iso_date("D:20240408093000+08'00'"), iso_date("soon")
    ('2024-04-08', '2024-04-08', '')
    """
    match = file_words().day.search(declared) or _PACKED.match(declared.strip())
    if not match:
        return ""
    year, month, day = (int(part) for part in match.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return f"{year:04}-{month:02}-{day:02}"


def made_day(*declared: str) -> str:
    """The first of the days that an office program declares, or ``""``.

    >>> made_day("", "2024-04-08T09:30:00Z"), made_day("2013-12-23T23:15:00Z")
    ('2024-04-08', '')
    """
    day = next((day for day in map(iso_date, declared) if day), "")
    return "" if day == _TEMPLATE_DATE else day


def author_as_publisher(author: str) -> str:
    """An author field if it can name a publisher, else ``""``.

    Office programs fill it with a login (``Administrator``) or with the typist's name of
    two or three hanzi; four hanzi and more are a house (重庆日报).

    >>> author_as_publisher("无锡市人民政府办公厅"), author_as_publisher("Administrator")
    ('无锡市人民政府办公厅', '')
    """
    name = author.strip()
    if len(_HANZI.findall(name)) < 4 or name.endswith(file_words().user):
        return ""
    return name


def printed_title(title: str) -> str:
    """A title field unless a program filled it with a file name, else ``""``.

    >>> printed_title("关于印发方案的通知"), printed_title("Microsoft Word - 附件1.doc")
    ('关于印发方案的通知', '')
    """
    name = " ".join(title.split())
    return "" if _FILE_NAME.search(name) else name
