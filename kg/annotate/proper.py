"""A head noun with what stands before it in, whether it is a name out: sure, weak or none.

``nameless`` asks every check of ``CHECKS``; what passes them is a name, and a weak one, which
counts only with a claim, when its rule says so and nothing in it is a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import rjieba

from kg.annotate.begin import UNITS
from kg.annotate.heads import Candidate
from kg.annotate.mention import clean
from kg.annotate.sorts import (
    content,
    described,
    first,
    grade,
    many,
    piece,
    rank,
    role,
    slogan,
    whose,
)
from kg.annotate.sure import NAMES, OPENED, SURE, about, proper
from kg.annotate.tokens import common

# 12个项目, 三大工程: a count is no name.
COUNTED = re.compile(
    r"(?:近|约|超|逾)?(?:\d+|[一二两三四五六七八九十百数多几]+)(?:多|余)?(?:个|家|项|大|类|批|座|条|所|款|处|名|场|套|次)"
)
COUNT = re.compile(rf"(?:\d|[二两三四五六七八九十百])(?:余|多)?[{UNITS}]$")
SEVERAL = re.compile(rf"(?:\d\d|[2-9两二三四五六七八九十百])(?:余|多)?[{UNITS}]$")
# 各类学校, 某区某公司, 省级局, 综合性集团: which one is not said.
ANY = re.compile(
    r"各|知名|著名|[甲乙丙丁]方$|[区市县镇村省地园]某|^(?:国家|省|市|区|县|各)级|^(?!区域)[\u4e00-\u9fff]{2}[型性](?!显示|材料)|[\u4e00-\u9fff]\+[\u4e00-\u9fff]"
)
# 1.2万平方米|铁路: a measure and a noun.
MEASURED = re.compile(
    r"\d[\d.,]*[万亿余多]*(?:平方米|平米|公里|千米|米|吨|元|亩|套|座|条|千瓦|兆瓦|级)[\u4e00-\u9fff]{0,2}"
)
# 6|大农业基地, 建设8条生产线, 500强企业: a count that a name begins after, or has inside.
SHARE = re.compile(r"[\d一二两三四五六七八九十百]$")
SOME = re.compile(
    r"(?:[\d十百]\d|[2-9两二三四五六七八九十百])(?:余|多)?(?:个|家|座|条|处|所|批|项)(?:左右)?$"
)
UNIT = re.compile(r"(?:大|家|户|个|座|条|处|所|艘|台|套|批|项|片|强|左右|余|多)(?!道)")
# 一总部两|基地: how many of each there are.
KINDS = re.compile("[两三四五六七八九十]\n(?:基地|总部|中心|平台|园区?)")
INSIDE = re.compile(
    r"(?:工程|项目|行动|计划|基地|平台)[两三四五六七八九十]大$|十[大佳]|\d(?:家|户|个|座|条|处|所|批|项|强)[\u4e00-\u9fff]"
)
AREAS = ("country", "region", "province", "prefecture", "county", "town")
YEARLY = re.compile(r"(?:19|20)\d\d年?")
TALLY = re.compile(r"(?:\d+|[一二两三四五六七八九十百数多几])(?:个|大|项|批)$")
NUMBERED = re.compile(r"[\u4e00-\u9fff]{0,6}[〔\[［]\d{4}")
DISTINCT = re.compile(r"\d|第[一二三四五六七八九十]+届|首届|“|全国|国际|世界")
# What is built is no place yet: 甲公司投资建设的|某产业园.
LOCATIVE = re.compile(
    r"(?:落户|入驻|位于|进驻|地处|在|就|到|(?<!建设)(?<!打造)(?<!投资)(?<!签约)(?<![新兴投]建)(?<!建成)(?<![万亿]元)的)$|、$"
)
# Before a thing that is being made, the first of a list or a later one: 筹建甲中心、|乙基地.
# What a place is to become (打造成某示范区) is a wish.
MAKING = re.compile(
    r"(?:打造|建设|建成|创建|筹建|争创|构建|新建|兴建|布局|谋划|推进|推动|加快|建起|落成|启用|改造)(?![成为])(?:[了出好]|(?<=建成)的)?"
    r"(?:[^，。；：！？、\n]{2,24}、)*(?:[^，。；：！？、\n]{2,24}[和及])?(?:一批|一个|一座|首个|全国首个|全省首个|全市首个)?[“]?$"
)
# 附属医院, 实验学校: what one of a place is called for short; 国际展览协会: there is but one.
PARTS = ("附属", "实验", "外国语", "国际", "世界")
WORLD = ("国际", "世界")  # 国际学校 is a kind again
# After one: 推进某大通道|建设.
BEING = re.compile(
    r"[”]?(?:项目)?(?:的?(?:规划|开工|全面|高质量)?建设"
    r"|，?(?:将|拟)?由[^，。；]{2,24}(?:投资|承建|投建|建设|修建|打造)(?=[，。；]|$))"
)
LEVELS = "省市区县镇乡村"
JOINTS = ("与", "和", "及")
# What is done in a work, with what it is done with before it.
DONE = re.compile("[\u4e00-\u9fff]{3}(?:研发|研制|制造|加工|测试|检测|设计|组装|展示|中试|孵化)$")
SHORT = 4  # characters of the first of two sorts that are joined
# Head nouns before which a place alone tells no body.
UNPLACED = ("中心", "院", "部", "处", "科")
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
    sure = any(told(c) for told in SURE)
    found = bool(c.option("weak")) and not sure
    found = found or (bool(c.option("distinct")) and not sure and not DISTINCT.search(c.name))
    everyday = c.option("everyday") is not None and not c.inside
    return found or (everyday and _everyday(c))


def _short(c: Candidate) -> bool:
    short = len(c.body) < int(c.option("min", 1))
    if short and (c.option("works") or c.option("distinct")) and _named(c):
        return False  # 澜江|产业园, 太湖|论坛
    return short or bool(c.heads.generic.fullmatch(c.body))


def _named(c: Candidate) -> bool:
    """Whether but one word of two characters stands before it, and that a name's own."""
    word = c.draft.words.at(c.begin)
    if word.tag not in NAMES or (word.start, word.end) != (c.begin, c.head):
        return False
    if c.option("distinct"):  # 上海|展览 is any of many
        return not c.inside
    return not rjieba.has_word(word.text)


def _vague(c: Candidate) -> bool:
    """Whether it is not said which one is meant: 某公司, 各类学校, 12个项目."""
    place = c.draft.ends.get(c.head - 1)  # 云澜市|某公司
    told = c.body[0] not in "某（(性型级" and not (place and c.body[-1] == "某")
    told = told and not (c.option("named") and ANY.search(c.body))
    return not told or bool(
        COUNTED.match(c.body) or MEASURED.fullmatch(c.body) or TALLY.search(c.body)
    )


def _counted(c: Candidate) -> bool:
    """Whether a count stands before it and no place is in it: 10个|市级检测中心, 40|家企业总部."""
    before = c.draft.text[max(0, c.begin - 4) : c.begin]
    owns = c.draft.text.startswith("的", c.end)  # 3家|甲医院的分院
    several = SEVERAL.search(before) is not None and c.option("named") and not owns
    return several or (bool(COUNT.search(before)) and not c.inside)


def _shared(c: Candidate) -> bool:
    """Whether a count right before it, or in it, makes it some of a kind: 6|大产业基地."""
    if not c.option("works"):
        return False
    before = c.draft.text[max(0, c.begin - 8) : c.begin]
    counted = SOME.search(before) or (SHARE.search(before) and UNIT.match(c.body))
    counted = counted or KINDS.search(f"{c.body}\n{c.draft.text[c.head : c.end]}")
    return bool(counted) or INSIDE.search(c.body) is not None


def _compound(c: Candidate) -> bool:
    """Whether the head noun is but the end of another word (部 in 干部), or of a number."""
    text, longer = c.draft.text, c.heads.compounds[c.end - c.head]
    return text.endswith(longer, 0, c.end) or NUMBERED.match(text, c.end, c.end + 12) is not None


def _half(c: Candidate) -> bool:
    """Whether nothing, or a common noun, stands between a conjunction and the head noun."""
    joined = any(sign in c.body for sign in JOINTS)
    words = c.draft.words.between(c.begin, c.head) if joined else ()
    joint = next((w for w in reversed(list(words)) if w.text in JOINTS), None)
    if joint is None:
        return False
    before = c.draft.text[c.begin : joint.start]
    tail = clean(c.draft.text[joint.end : c.head])
    works = c.option("works") and before.endswith(tuple(c.draft.grammar.works))
    if not tail and c.option("works") and DONE.search(before):
        return False  # 某终端研发及|生产基地: both is done there
    if not tail:  # 学校和|医院; but 云和|医院, which is no two things
        sorts = list(c.draft.words.between(c.begin, joint.start))
        return len(before) > 3 or before in LEVELS or common(sorts)
    # A body, an event or a work, but no work of two: 金融中心和|创新中心.
    twice = before.endswith(c.draft.text[c.head : c.end][-2:])
    whole = c.option("named") or c.option("distinct") or (c.option("works") and not twice)
    sort = len(before) <= SHORT or c.heads.generic.fullmatch(before)
    told = whole and not sort  # 云澜低空产业与技术联盟
    return bool(not (works or told) and c.heads.generic.fullmatch(tail))


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


def _unmade(c: Candidate) -> bool:
    """Whether it is no work, since nothing tells that it is being made: 打造某产业带."""
    if not c.option("made"):
        return False
    before = c.draft.text[max(0, c.begin - 60) : c.begin]
    after = c.draft.text[c.end : c.end + 24]
    return not (MAKING.search(before) or BEING.match(after) or OPENED.match(after) or about(c))


def _unowned(c: Candidate) -> bool:
    """Whether nothing in it is a name of its own, where its rule asks for one: 地下|停车场.

    What a body owns is called by that (某大学|教学楼), and what is done is no part of it.
    """
    if not c.option("owned"):
        return False
    last, grammar = c.draft.words.at(c.head - 1).text, c.draft.grammar
    done = last in grammar.making or last in grammar.adjacent or last in grammar.cut
    bodies = any(m.start == c.begin and m.type not in c.draft.solid for m in c.inside)
    return done or bodies or not any(told(c) for told in SURE)


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
    if (
        c.option("common")
        and place is not None
        and common(c.draft.words.between(place.end, c.head))
    ):
        return True  # 甲省先进|钢铁: a trade of a place, no company
    if c.option("single") and word in UNPLACED and place is not None and place.end == c.head:
        return True  # 长三角|中心
    if proper(c) or (c.body.startswith(PARTS) and c.body not in WORLD):
        return False
    words = list(c.draft.words.between(c.begin, c.head))
    whole = c.draft.words.at(c.begin)
    if word in c.option("own", ()) and (whole.start, whole.end, whole.tag) == (c.begin, c.end, "n"):
        return rjieba.has_word(whole.text)  # 航运公司: a word of the dictionary
    if word in c.option("trade", ()):
        return bool(words) and all(
            w.text in grammar.industry
            or w.text in grammar.inner
            or w.text in grammar.doing
            or (w.tag == "ad" and len(w.text) > 1)
            for w in words
        )
    told = (w for w in words if w.text not in JOINTS and w.text != "新")  # 技术及新材料创新|公司
    return word in c.option("own", ()) and common(told)


def _bare(c: Candidate) -> bool:
    """Whether but a place or a rank stands before it: 内蒙古重大项目, 云澜市项目, 2024年公路."""
    if not c.option("works"):
        return False
    if YEARLY.fullmatch(c.body):
        return True
    inside = c.inside
    places = [m for m in inside if m.start == c.begin and m.subtype in AREAS]
    if not c.option("bare") or not places:
        return False
    rest = c.draft.text[max(m.end for m in places) : c.head]
    if not rest and c.heads.needs is not None:  # 某市母港|开工: what is begun is one thing
        return OPENED.match(c.draft.text, c.end) is None
    return not rest or c.heads.generic.fullmatch(rest) is not None


def _sort(c: Candidate) -> bool:
    """Whether the words around tell a sort: 储能电站项目6个, 获评某省智能工厂."""
    own = proper(c)
    kind = many(c, own) or first(c, own) or grade(c, own)
    told = rank(c) or slogan(c) or whose(c) or role(c) or piece(c) or described(c)
    return kind or told or content(c)


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
    _counted,
    _shared,
    _compound,
    _half,
    _yields,
    _misplaced,
    _unmade,
    _unowned,
    _kind,
    _bare,
    _sort,
)
