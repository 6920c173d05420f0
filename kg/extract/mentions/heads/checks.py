"""A head noun with what stands before it in, whether it is a name out: sure, weak or none.

``nameless`` asks every check of ``CHECKS``; what passes them is a name, and a weak one, which
counts only with a claim, when its rule says so and nothing in it is a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.mentions.heads.heads import Candidate

# 12个项目, 三大工程: a count is no name.
COUNTED = re.compile(
    r"(?:近|约|超|逾)?(?:\d+|[一二两三四五六七八九十百数多几]+)(?:多|余)?(?:个|家|项|大|类|批|座|条|所|款|处|名|场|套|次)"
)
TALLY = re.compile(r"(?:\d+|[一二三四五六七八九十百数多几])(?:个|大|项|批)$")
NUMBERED = re.compile(r"[\u4e00-\u9fff]{0,6}[〔\[［]\d{4}")
DISTINCT = re.compile(r"\d|第[一二三四五六七八九十]+届|首届|“|全国|国际|世界")
# A mark of its own: Latin letters, quotation marks, a year.
MARKED = re.compile(r"[A-Za-z]{2,}|[“”]|(?:19|20)\d\d年(?!底|高速|末|普通)")
# A name of so many characters is one thing if it is being made or used, or begins to be there.
TOLD = 8
USED = re.compile(
    "(?<!服务)(?:实施|建设|共建|新建|打造|设立|搭建|建立|建成|上线|发布|推出|依托|通过|优化|升级|开发|利用"
    "|接入|登录|借助|启用|运用)[了“]?$"
)
OPENED = re.compile(
    "[”]?(?:正式|顺利|成功|全面|今日|昨日|日前|近日|如期|已|将|主体)*(?:开园|揭牌|启用|投用|投入使用"
    "|开工|动工|奠基|竣工|封顶|落成|开建|投产|并网|达产|开通|获批|上线|发布|通车|贯通|完工|建成)(?!仪式|暨|活动|大会)"
)
# What is built is no place yet: 甲公司投资建设的|某产业园.
LOCATIVE = re.compile(
    r"(?:落户|入驻|位于|进驻|地处|在|就|到|(?<!建设)(?<!打造)(?<!投资)(?<!签约)(?<![新兴投]建)(?<!建成)(?<![万亿]元)的)$|、$"
)
LEVELS = "市省区县州"
REGIONS = (
    "中国", "全国", "国家", "华东", "华北", "华中", "华南", "西南", "西北", "东北", "西部",
    "东部", "中部",
)  # fmt: skip


def nameless(c: Candidate) -> bool:
    """Whether what stands before a head noun makes no name of it."""
    return any(check(c) for check in CHECKS)


def weak(c: Candidate) -> bool:
    """Whether a name counts only with a claim: nothing in it is a name of its own."""
    if c.inside or MARKED.search(c.draft.text, c.begin, c.head):
        return False
    if c.option("distinct") and not DISTINCT.search(c.name):
        return True
    text = c.draft.text
    told = USED.search(text, max(0, c.begin - 5), c.begin) or OPENED.match(text, c.end)
    return bool(c.option("weak")) and not (told and len(c.name) >= TOLD)


def _short(c: Candidate) -> bool:
    return len(c.body) < int(c.option("min", 1)) or bool(c.heads.generic.fullmatch(c.body))


def _vague(c: Candidate) -> bool:
    """Whether it is not said which one is meant: 某公司, 12个项目."""
    told = c.body[0] not in "某（(性型级"
    return not told or bool(COUNTED.match(c.body) or TALLY.search(c.body))


def _compound(c: Candidate) -> bool:
    """Whether the head noun is but the end of another word (部 in 干部), or of a number."""
    text, longer = c.draft.text, c.heads.compounds[c.end - c.head]
    return text.endswith(longer, 0, c.end) or NUMBERED.match(text, c.end, c.end + 12) is not None


def _yields(c: Candidate) -> bool:
    """Whether the words around make it a thing of another class: 建设某中心."""
    yields, needs = c.heads.yields, c.heads.needs
    around = f"{c.draft.text[max(0, c.begin - 14) : c.begin]}\n{c.draft.text[c.end : c.end + 36]}"
    if needs is not None and not needs.search(around):
        return True
    return yields is not None and yields.search(around) is not None


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
    if c.draft.text[c.begin] in LEVELS and c.head - c.begin >= 3:
        return True
    return (known is not None and known.end <= c.head) or c.draft.text.startswith(REGIONS, c.begin)


def _after_body(c: Candidate) -> bool:
    if c.option("after") == "body":  # a name of four characters at the least, no bare 分公司
        return any(c.begin + 4 <= e <= c.head for e in c.draft.boundary.ends)
    return any(m.start == c.begin and m.end <= c.head for m in c.draft.found) or any(
        c.begin < e <= c.head for e in c.draft.boundary.ends
    )


CHECKS: tuple[Callable[[Candidate], bool], ...] = (
    _short,
    _vague,
    _compound,
    _yields,
    _misplaced,
)
