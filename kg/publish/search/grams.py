"""Tokenize for a full-text index: pairs of Chinese characters, and other words as they are.

Chinese is written without spaces. Each pair of neighbouring characters is a word of the index, and
the last of a row by itself: what is looked for is found wherever it stands, from one character on.
Words of Latin letters and numbers are found by their beginning.
"""

from __future__ import annotations

import re
from unicodedata import normalize

HAN = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
# Line ends within Chinese are layout.
_LAYOUT = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
# A word between two names, so that nothing is found across them; in no text (private use).
BETWEEN = "\ue000"


def fold(text: str) -> str:
    r"""A text without regard to case and width, and without the layout of Chinese.

    >>> fold("ＡＢ 宝\n安")
    'ab 宝安'
    """
    return _LAYOUT.sub("", normalize("NFKC", text).casefold())


def words(text: str) -> str:
    """The words of a text as the index holds them, apart by spaces.

    >>> words("比亚迪5G。"), words("a-1")
    ('比亚 亚迪 迪 5g', 'a 1')
    """
    grams: list[str] = []
    for run in _RUN.findall(fold(text)):
        if re.match(f"[{HAN}]", run):
            grams += [run[i : i + 2] for i in range(len(run))]
        else:
            grams.append(run)
    return " ".join(grams)


def phrase(text: str) -> str:
    """What finds a text in such an index (FTS5), ``""`` for one that holds no word.

    >>> phrase("总投资"), phrase("园"), phrase("byd"), phrase("—")
    ('"总投 投资"', '"园" *', '"byd" *', '')
    """
    grams = words(text).split(" ")
    last = grams[-1]
    if len(grams) > 1 and len(last) == 1 and re.match(f"[{HAN}]", last):
        before = grams[-2]
        if len(before) == 2 and before[1] == last:
            return f'"{" ".join(grams[:-1])}"'
    return f'"{" ".join(grams)}" *' if last else ""


def folded(text: str) -> tuple[str, list[int]]:
    r"""A text as ``fold`` has it, and where each of its characters stands in the text.

    >>> folded("Ａ宝\n安")
    ('a宝安', [0, 1, 3])
    """
    characters: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        for one in normalize("NFKC", sign).casefold():
            characters.append(one)
            places.append(at)
    whole = "".join(characters)
    dropped = {at for match in _LAYOUT.finditer(whole) for at in range(*match.span())}
    positions = [at for at in range(len(whole)) if at not in dropped]
    return "".join(whole[at] for at in positions), [places[at] for at in positions]


def sounds(reading: str) -> list[str]:
    """What of a reading in pinyin is typed: from each syllable on, whole and by initials.

    >>> sounds("YinHang")
    ['yinhang', 'hang', 'yh', 'h']
    """
    syllables = re.findall(r"[A-Z0-9][a-z]*", reading)
    whole = ["".join(syllables[i:]).lower() for i in range(len(syllables))]
    initials = ["".join(s[0] for s in syllables[i:]).lower() for i in range(len(syllables))]
    return list(dict.fromkeys([*whole, *initials]))
