"""Text in, the spaces that its setting puts between Chinese and Latin characters out.

Some sites and offices set a space wherever the script changes (``7 月 31 日``, ``无锡 GPU 产业
项目``). It is no part of a name or a number, and the same words stand elsewhere without it.
"""

from __future__ import annotations

import re

GAP = re.compile("(?<=[\u4e00-\u9fff]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9%+]) (?=[\u4e00-\u9fff])")
CLOSE = re.compile("[\u4e00-\u9fff](?=[A-Za-z0-9])|[A-Za-z0-9%+](?=[\u4e00-\u9fff])")
# So many show that it is how a text is set, if they are more than the changes without a space.
LEAST = 4


def spaced(text: str) -> bool:
    """Whether a text is set with spaces where the script changes.

    >>> spaced("8 月 8 日，签约 5G 工厂项目。"), spaced("8月8日，甲项目 5亿元 乙项目 6亿元。")
    (True, False)
    """
    gaps = sum(1 for _ in GAP.finditer(text))
    return gaps >= LEAST and gaps > sum(1 for _ in CLOSE.finditer(text))


def closed(text: str) -> str:
    """A text without these spaces.

    >>> closed("签约 5G 工厂项目 张三")
    '签约5G工厂项目 张三'
    """
    return GAP.sub("", text)


def kept(text: str) -> list[int]:
    """The positions of the characters that stay.

    >>> kept("签约 5G")
    [0, 1, 3, 4]
    """
    gaps = {match.start() for match in GAP.finditer(text)}
    return [i for i in range(len(text)) if i not in gaps]
