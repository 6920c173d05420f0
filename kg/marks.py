"""A text in, the same text with Chinese marks where Chinese is printed with Latin ones out.

Some papers set 甲市,乙区(丙镇); others 甲市，乙区（丙镇）. The stations read the second form; as
every character keeps its place, what is quoted is still the document's own text.
"""

from __future__ import annotations

import re

WIDE = str.maketrans(",;:?!", "，；：？！")
HAN = "[\u4e00-\u9fff、。，；：？！”’》】）%]"
# Between Chinese; not between digits (3,000), in a time (8:30) or an address (http://).
MARK = re.compile(f"(?<={HAN})[,;:?!](?!//)|(?<!\\s)[,;?!](?=[\u4e00-\u9fff“‘《])")
BRACKETS = re.compile(r"\(([^()\n]*(?:\n[^()\n]*)?)\)")
CHINESE = re.compile("[\u4e00-\u9fff]")


def chinese(text: str) -> str:
    r"""A text with Chinese marks in place of Latin ones between Chinese words.

    >>> chinese("甲市,乙区(AI)有3,000人;见http://a.cn,f(x)")
    '甲市，乙区（AI）有3,000人；见http://a.cn,f(x)'
    """
    if not any(c in text for c in ",;:?!("):
        return text
    text = MARK.sub(lambda m: m[0].translate(WIDE), text)
    return BRACKETS.sub(_bracketed, text)


def _bracketed(match: re.Match[str]) -> str:
    around = match.string[match.start() - 1 : match.start()] + match[1]
    return f"（{match[1]}）" if CHINESE.search(around) else match[0]
