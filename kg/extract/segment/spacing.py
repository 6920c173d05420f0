"""Find the spaces that the setting of a text puts between Chinese and Latin characters.

Some sites and offices set a space wherever the script changes (``7 月 31 日``, ``无锡 GPU 产业
项目``). It is no part of a name or a number, and the same words stand elsewhere without it. What
else has spaces keeps them: numbers and codes in rows, English between Chinese names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology.lexicon.texts import LayoutWords

HAN, LATIN = "[\\u4e00-\\u9fff]", "[A-Za-z0-9]"
GAP = re.compile(f"(?<={HAN}) (?={LATIN})|(?<=[A-Za-z0-9%+]) (?={HAN})")
CLOSE = re.compile(f"{HAN}(?={LATIN})|[A-Za-z0-9%+](?={HAN})")
# So many show that it is how a text is set, if they are more than the changes without a space.
LEAST = 4
# Any other number in a sentence: 200 强, 《2023 某报告》, 占 100% 的; at the head of a line a year.
FIGURE = re.compile(
    "(?:(?<=[\\u4e00-\\u9fff《“（、，—])|(?<![^\\n])(?=20\\d\\d ))"
    "(?P<before> ?)\\d{1,4}(?:\\.\\d+)?%?\\+?"
    f"(?:(?P<after> ?)(?={HAN})|(?=[，。、；）”]))"
)
LINE = 3
# A word between Chinese ones that is an abbreviation or a model: GPU, 5G, V3, AWS; no English.
WORD = re.compile(
    f"(?<=[\\u4e00-\\u9fff”》])(?P<before> ?)(?=[A-Za-z0-9.+-]{{0,11}}[A-Z0-9])"
    # A1, 2, GR2024001: of rows. Twelve characters are the longest word, and it shows there.
    "(?![A-Za-z]\\d{0,2} )(?!\\d{1,12} )(?!\\S{0,11}\\d{4})"
    f"[A-Za-z0-9][A-Za-z0-9.+-]{{0,11}}(?:(?P<after> ?)(?={HAN})|(?=[，。、；：）”]))"
)


def spaced(text: str) -> bool:
    """Whether a text is set with spaces where the script changes.

    >>> spaced("8 月 8 日，签约 5G 工厂项目。"), spaced("8月8日，甲项目 5亿元 乙项目 6亿元。")
    (True, False)
    """
    gaps = sum(1 for _ in GAP.finditer(text))
    return gaps >= LEAST and gaps > sum(1 for _ in CLOSE.finditer(text))


def kept_positions(text: str, vocabulary: LayoutWords) -> list[int]:
    """The positions of the characters that stay without these spaces.

    >>> from kg.ontology import load
    >>> words = load().lexicon.layout
    >>> text = "签约 5G 工厂，投资 50 亿元；1 甲公司"
    >>> "".join(text[i] for i in kept_positions(text, words))
    '签约5G工厂，投资50亿元；1 甲公司'
    """
    gaps = set(_gaps(text, vocabulary))
    return [i for i in range(len(text)) if i not in gaps]


def unspaced(text: str, vocabulary: LayoutWords) -> str:
    """A text without these spaces.

    >>> from kg.ontology import load
    >>> unspaced("无锡 GPU 项目于 7 月 31 日签约 张三", load().lexicon.layout)
    '无锡GPU项目于7月31日签约 张三'
    """
    return "".join(text[i] for i in kept_positions(text, vocabulary))


def _gaps(text: str, vocabulary: LayoutWords) -> Iterator[int]:
    for pattern in (
        (vocabulary.number, WORD)
        if _has_numbered_rows(text, vocabulary)
        else (vocabulary.number, FIGURE, WORD)
    ):
        for match in pattern.finditer(text):
            for side in ("before", "after"):
                start = match.start(side)
                han = start == 0 or side == "after" or 0x4E00 <= ord(text[start - 1]) <= 0x9FFF
                if match.groupdict().get(side) and han:
                    yield start


def _has_numbered_rows(text: str, vocabulary: LayoutWords) -> bool:
    """Whether rows are numbered: numbers by themselves stand before what is listed."""
    for line in re.split("[，。；]", text):
        if len(vocabulary.number_of_row.findall(line)) >= LINE:
            return True
    numbers = [int(number) for number in vocabulary.number_of_row.findall(text)]
    return any(after == before + 1 for before, after in pairwise(numbers))
