"""A decoded text in, how much it looks like Chinese out."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.ontology.lexicon.files import file_words

_WORD = re.compile(r"[^\x00-\x7f]")
_BROKEN_COSTS = 10.0  # one broken character in ten outweighs any plausibility


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Characters that make up most of any Chinese text."""
    return frozenset("".join(file_words().frequent))


def plausibility(text: str) -> float:
    """How much a text looks like Chinese: 0 for none, about 0.6 for news, below 0 if broken.

    >>> plausibility("合计投资30亿元") > 0.8 > 0.1 > plausibility("锟斤拷烫烫烫")
    True
    """
    high = _WORD.findall(text)
    if not high:
        return 0.0
    often, broken = common(), text.count("\ufffd") / len(text)
    return sum(char in often for char in high) / len(high) - _BROKEN_COSTS * broken
