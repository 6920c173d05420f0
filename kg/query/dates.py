"""A completed date in, what completed it out, in words for people: English and Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.values.completed_dates import MONTH, NUMBER, TITLE, YEAR, lacking

if TYPE_CHECKING:
    from kg.base.records import Value
    from kg.ontology.lexicon.texts import ValueWords

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


def completion_note(value: Value, words: ValueWords) -> str:
    """A completed date in words: what it became, and what told what it leaves out.

    >>> from kg.base.records import Value
    >>> from kg.ontology import load
    >>> day = Value("2023-08-08", "date", "8月8日", anchor="2023-08-09", source="dateline header")
    >>> completion_note(day, load().lexicon.values)
    '8月8日 → 2023-08-08 (year from the head of the page; 年份据页面日期)'
    """
    end = f"/{value.high}" if value.high else ""
    explanation = f"{_english(value, words)}; {_chinese(value, words)}"
    return f"{value.printed} → {value.lexical}{end} ({explanation})"


def _english(value: Value, words: ValueWords) -> str:
    first, last = (CALLED.get(source, (source, ""))[0] for source in _ends(value))
    lacks = lacking(value, words)
    if lacks == YEAR:
        return f"year from {last}"
    rest = "" if first == last else f", its year from {last}"
    if lacks == MONTH:
        return f"month from {first}{rest}"
    return f"counted from {value.anchor}, the day in {first}{rest}"


def _chinese(value: Value, words: ValueWords) -> str:
    first, last = (CALLED.get(source, ("", source))[1] for source in _ends(value))
    lacks = lacking(value, words)
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
