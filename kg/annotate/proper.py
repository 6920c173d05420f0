"""A head noun with what stands before it in, whether it is a name out: sure, weak or none.

``nameless`` asks every check of ``CHECKS``; what passes them is a name, and a weak one, which
counts only with a claim, when its rule says so and nothing in it is a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import rjieba

from kg.annotate.heads import Candidate
from kg.annotate.tokens import coined, common

# 12个项目, 三大工程: a count is no name.
COUNTED = re.compile(
    r"(?:\d+|[一二两三四五六七八九十百数多几]+)(?:多|余)?(?:个|家|项|大|类|批|座|条|所|款|处|名|场|套|次)"
)
# 各类学校, 某区某公司, 省级局, 综合性集团: which one is not said.
ANY = re.compile(
    r"各|[区市县镇村省地园]某|^(?:国家|省|市|区|县|各)级|^(?!区域)[\u4e00-\u9fff]{2}[型性](?!显示|材料)|[\u4e00-\u9fff]\+[\u4e00-\u9fff]"
)
# 4家|县区工商联: several of a kind, none of them by name.
SEVERAL = re.compile(r"(?:\d|[二两三四五六七八九十百数多几])[多余]?[家个]$")
# 1.2万平方米|铁路: a measure and a noun.
MEASURED = re.compile(
    r"\d[\d.,]*[万亿余多]*(?:平方米|平米|公里|千米|米|吨|元|亩|套|座|条|千瓦|兆瓦|级)[\u4e00-\u9fff]{0,2}"
)
# 2×350兆瓦: a measure that only one work has.
MEASURE = re.compile(r"\d(?:[万亿]?(?:千瓦|兆瓦|吨|千伏|公里|立方米)|[万亿]?吨级)")
TALLY = re.compile(r"(?:\d+|[一二两三四五六七八九十百数多几])(?:个|大|项|批)$")
# 光伏发电项目13个: a head noun with a count behind it names a kind, not a thing.
MANY = re.compile(
    r"(?:共|达|超)?(?:\d+|[一二两三四五六七八九十百]+)(?:余|多)?(?:个|项|家|条|座|处|所|片)|等(?:领域|方面|一批)"
)
NUMBERED = re.compile(r"[\u4e00-\u9fff]{0,6}[〔\[［]\d{4}")
MARKED = re.compile(r"[A-Za-z]{2,}|[“”]|(?:19|20)\d\d年(?!底|高速|末|普通)")
DISTINCT = re.compile(r"\d|第[一二三四五六七八九十]+届|首届|“|全国|国际|世界")
LOCATIVE = re.compile(r"(?:落户|入驻|位于|进驻|地处|在|就|到|的)$|、$")
REGIONS = (
    "中国", "全国", "国家", "华东", "华北", "华中", "华南", "西南", "西北", "东北", "西部",
    "东部", "中部",
)  # fmt: skip
# Tags of words that are somebody's or some place's own name.
OWN = ("ns", "nr", "nz", "nt", "j")
# Words that names of places are made of: 观音|桥, 金融|岛, 西部, 未来.
LAND = re.compile("[桥湖山岛河江湾岭街路洲坪坝谷]$|^[东南西北中]部$|未来|航空港|大学城|临空|西海岸")


def nameless(c: Candidate) -> bool:
    """Whether what stands before a head noun makes no name of it."""
    return any(check(c) for check in CHECKS)


def weak(c: Candidate) -> bool:
    """Whether a name counts only with a claim: nothing in it is a name of its own."""
    sure = proper(c) or _own(c)
    found = bool(c.option("weak")) and not sure
    found = found or (bool(c.option("distinct")) and not sure and not DISTINCT.search(c.name))
    everyday = c.option("everyday") is not None and not c.draft.within(c.begin, c.head)
    return found or (everyday and _everyday(c))


def proper(c: Candidate) -> bool:
    """Whether a name holds something of its own: a place, a body, a mark, Latin letters."""
    if MARKED.search(c.draft.text[c.begin : c.head]):
        return True
    return bool(c.draft.within(c.begin, c.head))


def _short(c: Candidate) -> bool:
    return len(c.body) < int(c.option("min", 1)) or bool(c.heads.generic.fullmatch(c.body))


def _vague(c: Candidate) -> bool:
    """Whether it is not said which one is meant: 某公司, 各类学校, 12个项目."""
    named = c.option("named")
    told = c.body[0] not in "某（(" and not (named and ANY.search(c.body))
    told = told and not (named and SEVERAL.search(c.draft.text, max(0, c.begin - 5), c.begin))
    return not told or bool(
        COUNTED.match(c.body) or MEASURED.fullmatch(c.body) or TALLY.search(c.body)
    )


def _compound(c: Candidate) -> bool:
    """Whether the head noun is but the end of another word (部 in 干部), or of a number."""
    text, words = c.draft.text, c.option("compounds", ())
    if any(text.endswith(w, 0, c.end) for w in words if len(w) > c.end - c.head):
        return True
    return bool(NUMBERED.match(text[c.end : c.end + 12]))


def _half(c: Candidate) -> bool:
    """Whether nothing, or a common noun, stands between a conjunction and the head noun."""
    tail = re.split("[与和及]", c.body)[-1]
    return not tail or (tail != c.body and bool(c.heads.generic.fullmatch(tail)))


def _yields(c: Candidate) -> bool:
    """Whether the words around make it a thing of another class: 建设某中心."""
    if c.heads.yields is None:
        return False
    text = c.draft.text
    around = f"{text[max(0, c.begin - 14) : c.begin]}\n{text[c.end : c.end + 20]}"
    return c.heads.yields.search(around) is not None


def _misplaced(c: Candidate) -> bool:
    """Whether a name lacks what its rule asks for: a place at its head, a body, words of place."""
    placed = c.option("placed")
    if placed == "known":
        known = c.draft.begins.get(c.begin)
        return known is None or known.end > c.head or known.weak
    if placed and not _placed(c):
        return True
    if c.option("after") and not _after_body(c):
        return True
    where = c.option("locative")
    before = c.draft.text[max(0, c.begin - 6) : c.begin]
    return where is not None and bool(where) != bool(LOCATIVE.search(before))


def _placed(c: Candidate) -> bool:
    known = c.draft.begins.get(c.begin)
    if c.draft.text[c.begin] in "市省区县州" and c.head - c.begin >= 3:
        return True
    return (known is not None and known.end <= c.head) or c.draft.text.startswith(REGIONS, c.begin)


def _after_body(c: Candidate) -> bool:
    if c.option("after") == "body":  # a name of four characters at the least, no bare 分公司
        return any(c.begin + 4 <= e <= c.head for e in c.draft.boundary.ends)
    return any(m.start == c.begin and m.end <= c.head for m in c.draft.found) or any(
        c.begin < e <= c.head for e in c.draft.boundary.ends
    )


def _kind(c: Candidate) -> bool:
    """Whether a head noun and what stands before it say what kind of body, not which."""
    word, grammar = c.draft.text[c.head : c.end], c.draft.grammar
    place = c.draft.begins.get(c.begin)
    if c.option("bare") and place is not None and common(c.draft.words.between(place.end, c.head)):
        return True  # 甲省先进|钢铁: a trade of a place, no company
    if proper(c):
        return False
    words = list(c.draft.words.between(c.begin, c.head))
    whole = c.draft.words.at(c.begin)
    if word in c.option("own", ()) and (whole.start, whole.end, whole.tag) == (c.begin, c.end, "n"):
        return rjieba.has_word(whole.text)  # 航运公司: a word of the dictionary
    if word in c.option("trade", ()):
        return bool(words) and all(
            w.text in grammar.industry or w.text in grammar.inner or w.text in grammar.doing
            for w in words
        )
    return word in c.option("own", ()) and common(words)


def _many(c: Candidate) -> bool:
    """Whether a count behind it makes it a kind of things: 光伏发电项目13个."""
    return bool(c.option("weak")) and not proper(c) and bool(MANY.match(c.draft.text, c.end))


def _own(c: Candidate) -> bool:
    """Whether a name holds a coined word or a measure: 大某路…工程, 某某2×350兆瓦…工程."""
    least = int(c.option("coined", 0))
    if not least or len(c.name) < least:
        return False
    body = c.draft.text[c.begin : c.head]
    words = c.draft.words.between(c.begin, c.head)
    named = any(w.tag in ("nr", "nrt", "ns") and len(w.text) > 1 for w in words)
    return named or bool(MEASURE.search(body)) or coined(body)


def _everyday(c: Candidate) -> bool:
    """Whether a name holds nothing but words of every day (现有园区), no name of its own."""
    position = c.begin
    while position < c.head:
        word = c.draft.words.at(position)
        own = word.tag[:2] in OWN or not rjieba.has_word(word.text) or LAND.search(word.text)
        if own and word.text not in c.option("everyday"):
            return False
        position = word.end
    return True


CHECKS: tuple[Callable[[Candidate], bool], ...] = (
    _short,
    _vague,
    _compound,
    _half,
    _yields,
    _misplaced,
    _kind,
    _many,
)
