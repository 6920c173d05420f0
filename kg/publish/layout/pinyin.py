"""How a name is read: pinyin without tones, for those who search by sound.

The phrase table of pypinyin knows that 重 is read chong in 重庆, and zhong in 重点.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LENGTH = 40  # code points of a name that are read; nobody types the sounds of more


def reading(name: str) -> str:
    """The syllables of a name, each with a capital; '' of a name without Chinese characters.

    Latin letters and digits stand for themselves, as capitals, and other signs are left out:
    the capitals and digits are what one types of the beginnings of the syllables.

    >>> reading("重庆5G银行"), reading("KG-7")
    ('ChongQing5GYinHang', '')
    """
    if not _HAN.search(name):
        return ""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(name[:LENGTH], errors=_alphanumeric)
    return "".join(syllable[:1].upper() + syllable[1:] for syllable in syllables)


def readings(names: Iterable[str]) -> str:
    """How several names are read, in their order, with a space between two."""
    return " ".join(map(reading, names))


def _alphanumeric(signs: str) -> str:
    return "".join(sign.upper() for sign in signs if sign.isascii() and sign.isalnum())
