"""Text in, the spaces that its setting puts between Chinese and Latin characters out.

Some sites and offices set a space wherever the script changes (``7 月 31 日``, ``无锡 GPU 产业
项目``). It is no part of a name or a number, and the same words stand elsewhere without it. What
else has spaces keeps them: numbers and codes in rows, English between Chinese names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

HAN, LATIN = "[\u4e00-\u9fff]", "[A-Za-z0-9]"
GAP = re.compile(f"(?<={HAN}) (?={LATIN})|(?<=[A-Za-z0-9%+]) (?={HAN})")
CLOSE = re.compile(f"{HAN}(?={LATIN})|[A-Za-z0-9%+](?={HAN})")
# So many show that it is how a text is set, if they are more than the changes without a space.
LEAST = 4
# What is counted or dated: 7 月, 50 亿元, 30%的. A number before anything else may be one of a row.
UNIT = (
    "[年月日亿个家项届次款辆倍吨亩座条套件批艘架颗枚栋幢层笔份场]|万(?!科|达|里|华|州|宁)|元(?!朗)|余[个家项名]"
    "|多[个家项名]|公[里斤顷]|平方|兆瓦|千瓦|美元|欧元|小时|分钟|英[寸里]|[纳毫厘微]米|米|克|升"
    "|[名位人台岁周号期](?=[，。、；）的以左]|学|员|企|专|代表|设备|线|工程)"
)
NUMBER = re.compile(f"(?<![A-Za-z0-9.])(?P<before> ?)\\d[\\d.,]*%?\\+?(?P<after> ?)(?={UNIT})")
# Any other number in a sentence: 200 强, 《2023 某报告》, 占 100% 的; at the head of a line a year.
FIGURE = re.compile(
    "(?:(?<=[\u4e00-\u9fff《“（、，—])|(?<![^\\n])(?=20\\d\\d ))"
    "(?P<before> ?)\\d{1,4}(?:\\.\\d+)?%?\\+?"
    f"(?:(?P<after> ?)(?={HAN})|(?=[，。、；）”]))"
)
# Numbers by themselves that count on (1 甲 2 乙), or several in a line without a sign, are of rows.
ALONE = re.compile(f"(?:^|[：:，。；]|(?<={HAN}) ?)(\\d{{1,4}}) (?={HAN})(?!{UNIT})", re.M)
LINE = 3
# A word between Chinese ones that is an abbreviation or a model: GPU, 5G, V3, AWS; no English.
WORD = re.compile(
    f"(?<=[\u4e00-\u9fff”》])(?P<before> ?)(?=[A-Za-z0-9.+-]{{0,11}}[A-Z0-9])"
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


def kept(text: str) -> list[int]:
    """The positions of the characters that stay without these spaces.

    >>> text = "签约 5G 工厂，投资 50 亿元；1 甲公司"
    >>> "".join(text[i] for i in kept(text))
    '签约5G工厂，投资50亿元；1 甲公司'
    """
    gaps = set(_gaps(text))
    return [i for i in range(len(text)) if i not in gaps]


def closed(text: str) -> str:
    """A text without these spaces.

    >>> closed("无锡 GPU 项目于 7 月 31 日签约 张三")
    '无锡GPU项目于7月31日签约 张三'
    """
    return "".join(text[i] for i in kept(text))


def _gaps(text: str) -> Iterator[int]:
    for pattern in (NUMBER, WORD) if _rows(text) else (NUMBER, FIGURE, WORD):
        for match in pattern.finditer(text):
            for side in ("before", "after"):
                start = match.start(side)
                han = start == 0 or side == "after" or "\u4e00" <= text[start - 1] <= "\u9fff"
                if match.groupdict().get(side) and han:
                    yield start


def _rows(text: str) -> bool:
    """Whether numbers by themselves stand before what is listed."""
    for line in re.split("[，。；]", text):
        if len(ALONE.findall(line)) >= LINE:
            return True
    found = [int(number) for number in ALONE.findall(text)]
    return any(after == before + 1 for before, after in pairwise(found))
