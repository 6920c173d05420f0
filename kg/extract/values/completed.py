"""Days that leave something out in, the same completed out, and in words what completed them.

What the day of an article does not complete (``kg.extract.values.days``) is of the year in the name
of
its event (``title``) or in the number of its paper (``number``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.values.written import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import LocalClaim, LocalEntity, Value
    from kg.ontology.lexicon.texts import ValueWords

TITLE, NUMBER = "title", "number"
# What the sources of a date are called in a sentence, in English and in Chinese.
CALLED = {
    "dateline": ("the dateline", "电头"),
    "header": ("the head of the page", "页面日期"),
    "metadata": ("what the file declares", "文件元数据"),
    "name": ("the name of the file", "文件名"),
    "text": ("other dates of the text", "文中其他日期"),
    TITLE: ("the name of the event", "活动名称"),
    NUMBER: ("the number of the document", "发文字号"),
}
YEAR, MONTH, DAY = "year", "month", "day"
_NUMBER = re.compile(r"[〔\[［（(]((?:19|20)\d\d)[〕\]］）)]")
MONTHS = {TITLE: range(1, 12), NUMBER: range(2, 13)}


def by_name(
    claims: Iterable[LocalClaim], entities: Sequence[LocalEntity], words: ValueWords
) -> Iterator[LocalClaim]:
    """Claims, days without a year with that of the name or number of what they are of.

    A month of a year that nobody tells is no value, and is left out.

    Args:
        claims: The claims of a document.
        entities: Its things.
        words: Tells which classes have the year of their days in their names (``editions``), and
            what the number of a paper is called.
    """
    told = list(claims)
    years: defaultdict[int, set[str]] = defaultdict(set)
    for claim in told:
        if claim.predicate == words.numbers and claim.value:
            years[claim.subject].update(_NUMBER.findall(claim.value.lexical))
    for claim in told:
        entity, value = entities[claim.subject], claim.value
        if value is None or value.datatype not in ("gMonthDay", "gMonth"):
            yield claim
            continue
        names = (entity.name, *entity.aliases) if entity.type in words.editions else ()
        editions = {m[1] for name in names for m in words.edition.finditer(name)}
        sources = {TITLE: editions, NUMBER: years[claim.subject]}
        whole = next((v for of in sources.items() if (v := _of_year(value, *of, words))), value)
        if whole.datatype != "gMonth":
            yield replace(claim, value=whole)


def _of_year(value: Value, source: str, years: set[str], words: ValueWords) -> Value | None:
    """A day or month with its year, if there is one."""
    day = parsed(value.lexical, source)
    sure = day.month in MONTHS[source] or words.year in value.printed  # 去年12月
    if len(years) != 1 or not sure:
        return None
    (year,) = years
    whole = replace(day, year=int(year))
    if day.day and whole.date is None:
        return None
    kind = "date" if day.day else "gYearMonth"
    return replace(value, lexical=str(whole), datatype=kind, anchor=year, source=source)


def lacking(value: Value) -> str:
    """What the words of a completed date leave out: ``year``, ``month`` (and year) or ``day``.

    ``day`` is also what words say that are counted from a day (昨日); ``""`` of any other value.

    >>> from kg.base.records import Value
    >>> lacking(Value("2023-08-08", "date", "8月8日", anchor="2023-08-09"))
    'year'
    """
    if not value.anchor:
        return ""
    words = value.printed
    if re.search(r"\d\s*月|季度|半年", words) or value.datatype == "gYear":
        return YEAR
    return MONTH if re.search(r"\d\s*[日号]$", words) or value.datatype != "date" else DAY


def told(value: Value) -> str:
    """A completed date in words: what it became, and what told what it leaves out.

    >>> from kg.base.records import Value
    >>> told(Value("2023-08-08", "date", "8月8日", anchor="2023-08-09", source="dateline header"))
    '8月8日 → 2023-08-08 (year from the head of the page; 年份据页面日期)'
    """
    end = f"/{value.high}" if value.high else ""
    return f"{value.printed} → {value.lexical}{end} ({_english(value)}; {_chinese(value)})"


def _english(value: Value) -> str:
    first, last = (CALLED.get(source, (source, ""))[0] for source in _ends(value))
    lacks = lacking(value)
    if lacks == YEAR:
        return f"year from {last}"
    rest = "" if first == last else f", its year from {last}"
    if lacks == MONTH:
        return f"month from {first}{rest}"
    return f"counted from {value.anchor}, the day in {first}{rest}"


def _chinese(value: Value) -> str:
    first, last = (CALLED.get(source, ("", source))[1] for source in _ends(value))
    lacks = lacking(value)
    if lacks == YEAR:
        return f"年份据{last}"
    rest = "" if first == last else f"，其年份据{last}"
    if lacks == MONTH:
        return f"月份据{first}{rest}"
    return f"自{value.anchor}推算，据{first}{rest}"


def _ends(value: Value) -> tuple[str, str]:
    """What tells the day of the article, and what tells its year."""
    sources = value.source.split() or [""]
    return sources[0], sources[-1]
