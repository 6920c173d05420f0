"""Text in, words with their tags out: a segmenter's view, used as a hint about boundaries.

Names are never taken from a segmenter, since it breaks long Chinese names; but a head noun
that ends inside a word (部 in 部署) is none, and a verb between two nouns ends a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate, pairwise
from typing import NamedTuple

# Signs that no name goes on over.
STOPS = set(
    "，。；！？：…“”‘’《》〈〉「」『』【】〔〕[]{}、/\\|\n\t ,;:!?\"'<>=~^@#%&*　"
    "—□■◆●▲△▼▽◇★☆▶►※◎()（）丨"
)
# What the segmenter takes for a word that no dictionary has: 农业农村|局和澜江|大学.
_GLUED = re.compile("([局委部厅办院处会])([和与及对同])(.*)")
_JOINS = frozenset("和与及对同由系经暨向跟")
# 渔业局|及省|投资集团, 经市|发改委: a word that joins or leads, and a level of government.
# 发布会|暨云青|平台上线仪式: 暨 stands between two occasions, and in no name but a school's.
_LED = re.compile("([和与及同])([省市区县州])|(经)([省市县])|(暨)(.+)")
# 甲集团|已与岚谷|大学: an adverb and a preposition before a brand.
_ADVERBIAL = re.compile("([已将还又也曾拟正便即并再仍都均就])([与和同跟对向由])(.{2,})")
# 活动|由云山|村委会: a preposition and a name; 8|日由云|澜公司: with the day before it.
_BY = re.compile("(日?由|与)(.{2,})|(日由)(.)")
# 无人|船由云山|集团, 无人|船是云山|集团: the end of a noun, too.
_MADE_BY = re.compile("([^自理事缘来因经任])([由是])(.{2,})")
# 该公司|系云澜|有限公司: what says that it is one, and a name.
_IS = re.compile("(系)([^列统数友].*)")


class Word(NamedTuple):
    """A word of the segmenter: half-open offsets into the text, the word, its tag."""

    start: int
    end: int
    text: str
    tag: str


_WORD = partial(tuple.__new__, Word)  # of a row of fields, in a third of the time


def _unglued(whole: str, tag: str) -> list[tuple[str, str]]:
    """A word in its pieces, where the segmenter made it up."""
    import rjieba

    if rjieba.has_word(whole):
        return [(whole, tag)]
    led = _LED.fullmatch(whole)
    if led is not None:
        return [(led[1] or led[3] or led[5], "c"), (led[2] or led[4] or led[6], "n")]
    adverb = _ADVERBIAL.fullmatch(whole)
    if adverb is not None:
        return [(adverb[1], "d"), (adverb[2], "p"), (adverb[3], tag)]
    if len(whole) > 2 and (whole[0] == "及" or (tag == "nr" and whole[0] == "和")):
        return [(whole[0], "c"), (whole[1:], tag)]  # 苹果|和|某海|集团: more often than a surname
    by = _BY.fullmatch(whole)
    if by is not None:
        pieces = [("日", "m")] * (whole[0] == "日")
        return [*pieces, ("与" if whole[0] == "与" else "由", "p"), (by[2] or by[4], tag)]
    made = _MADE_BY.fullmatch(whole)
    if made is not None:
        return [(made[1], "n"), (made[2], "v" if made[2] == "是" else "p"), (made[3], tag)]
    told = _IS.fullmatch(whole)
    if told is not None:
        return [(told[1], "v"), (told[2], tag)]
    glued = _GLUED.fullmatch(whole)
    if glued is None:
        return [(whole, tag)]
    pieces = [(glued[1], "n"), (glued[2], "c"), (glued[3], tag)]
    return [(word, tag_) for word, tag_ in pieces if word]


class Words:
    """The words of a text, found by position.

    >>> words = Words("市科技局印发通知")
    >>> words.at(0).start, words.ends(4)
    (0, True)
    """

    def __init__(self, text: str) -> None:
        import rjieba

        self.text = text
        pieces: list[tuple[str, str]] = []
        for piece in rjieba.tag(text):
            if _JOINS.isdisjoint(piece[0][:2]):
                pieces.append(piece)
            else:
                pieces += _unglued(*piece)
        ends = list(accumulate([len(word) for word, _ in pieces]))
        if (ends[-1] if ends else 0) != len(text):
            raise AssertionError("the segmenter lost characters of the text")
        self._starts = [0, *ends[:-1]] if ends else []
        self._ends = set(ends)
        columns = zip(self._starts, ends, *zip(*pieces, strict=True), strict=True)
        self.words: list[Word] = list(map(_WORD, columns)) if pieces else []

    def at(self, position: int) -> Word:
        """The word that covers a position."""
        return self.words[bisect_right(self._starts, position) - 1]

    def begins(self, position: int) -> bool:
        """Whether a word begins at a position of the text."""
        return not position or position in self._ends

    def ends(self, position: int) -> bool:
        """Whether a word ends right before a position."""
        return position in self._ends

    def between(self, start: int, end: int) -> Iterator[Word]:
        """The words that lie wholly within a stretch."""
        i = bisect_right(self._starts, start - 1)
        while i < len(self.words) and self.words[i].end <= end:
            yield self.words[i]
            i += 1


# Characters that stand by themselves in common phrases, and coin no word with their neighbour.
MINOR = frozenset(
    "的和与及等其除好成织制性延补教研产供建新大小高低多双中内外上下省市县区国全总副级型类化式"
    "站港城路段线+×0123456789.-—"
)


def coined(text: str) -> bool:
    """Whether a text holds two characters side by side that no dictionary joins: a name's own.

    >>> coined("益某堂智能设备"), coined("智能设备")
    (True, False)
    """
    import rjieba

    pieces = rjieba.cut(text, False)
    return any(len(a) == len(b) == 1 and not {a, b} & MINOR for a, b in pairwise(pieces))


# Tags of words that by themselves make no name: nouns, verbs, adjectives and the like.
COMMON = frozenset(("n", "v", "vn", "a", "ad", "an", "b", "d", "f", "l", "i", "t", "s", "z"))


def common(words: Iterable[Word]) -> bool:
    """Whether there are words, all of them common ones: 生物|制药 in 一家生物制药公司."""
    import rjieba

    listed = list(words)
    return bool(listed) and all(
        len(w.text) > 1 and w.tag in COMMON and rjieba.has_word(w.text) for w in listed
    )
