"""Normalise punctuation and digits: Chinese marks and Latin digits, however it was set.

Some papers set 甲市,乙区(丙镇) and "甲计划" or 「甲计划」; others 甲市，乙区（丙镇） and
“甲计划”. Some set ２０２３年, others 2023年; some end a sentence with ．, others with 。. The
stations read the second form of marks and of digits; as every character keeps its place, what
is quoted is still the document's own text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology.lexicon.texts import LayoutWords

WIDE = str.maketrans(",;:?!", "，；：？！")
HAN = "[\\u4e00-\\u9fff、。，；：？！”’》】）%]"
# Between Chinese; not between digits (3,000), in a time (8:30) or an address (http://).
MARK = re.compile(f"(?<={HAN})[,;:?!](?!//)|(?<!\\s)[,;?!](?=[\\u4e00-\\u9fff“‘《])")
BRACKETS = re.compile(r"\(([^()\n]*(?:\n[^()\n]*)?)\)")
# Straight quotation marks come in pairs, a column's line break between them at most; inch signs
# (15") do not.
QUOTED = re.compile('"([^"\n]{1,60}|[^"\n]{1,30}\n[^"\n]{1,30})"')
CORNERS = str.maketrans("「」『』｢｣", "“”‘’“”")
# <甲办法>: book marks of a keyboard that has none; no tag of a page and no comparison.
BOOK = re.compile("<([\\u4e00-\\u9fff“][^<>\n/=]{2,60}[\\u4e00-\\u9fff）”])>")
WIDE_SIGNS = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), 0xFF05)}
WIDE_SIGNS |= {c: c - 0xFEE0 for c in range(0xFF41, 0xFF5B)}  # ０-９Ａ-Ｚ％ａ-ｚ
WIDE_SIGN = re.compile("[０-９Ａ-Ｚａ-ｚ％]")
# Within a number: ３．８５亿元, ３，０００家.
WIDE_POINT = re.compile(r"(?<=\d)．(?=\d)")
WIDE_COMMA = re.compile("(?<![０-９])([０-９]{1,3})，(?=[０-９]{3}(?![０-９]))")
CHINESE = re.compile("[\\u4e00-\\u9fff]")
HALF = str.maketrans("｡､", "。、")


@lru_cache(maxsize=1)  # each station asks for the text that is on its way
def normalised(text: str, vocabulary: LayoutWords) -> str:
    r"""A text with Chinese marks in place of Latin ones between Chinese words.

    >>> from kg.ontology import load
    >>> words = load().lexicon.layout
    >>> normalised("甲市,乙区(AI)有3,000人;见http://a.cn,f(x)", words)
    '甲市，乙区（AI）有3,000人；见http://a.cn,f(x)'
    >>> normalised("总投资３．８５亿元，１．云桥工程", words)
    '总投资3.85亿元，1．云桥工程'
    >>> normalised("加快「甲芯」项目．\n印发<甲市办法>．", words)
    '加快“甲芯”项目。\n印发《甲市办法》。'
    """
    if WIDE_SIGN.search(text):
        text = WIDE_COMMA.sub(r"\1,", text).translate(WIDE_SIGNS)
    if "．" in text:
        text = WIDE_POINT.sub(".", text)
    if any(c in text for c in "「『｢｡､<"):
        text = BOOK.sub(r"《\1》", text.translate(CORNERS | HALF))
    if "。" not in text:
        text = vocabulary.stop.sub("。", text)
    if '"' in text:
        text = QUOTED.sub(_paired, text)
    if not any(c in text for c in ",;:?!("):
        return text
    text = MARK.sub(lambda m: m[0].translate(WIDE), text)
    return BRACKETS.sub(_bracketed, text)


def _paired(match: re.Match[str]) -> str:
    return f"“{match[1]}”" if CHINESE.search(match[1]) else match[0]


def _bracketed(match: re.Match[str]) -> str:
    around = match.string[match.start() - 1 : match.start()] + match[1]
    return f"（{match[1]}）" if CHINESE.search(around) else match[0]
