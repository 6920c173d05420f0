"""A head noun in, where its name begins and ends out: past what stands before names.

The boundary (``kg.annotate.boundary``) goes left to the last word that a name may hold; here
the start is set right where the rule asks for a place, and where two names ran into one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import rjieba

from kg.annotate.draft import Draft
from kg.annotate.heads import Candidate
from kg.annotate.tokens import STOPS, common, known

UNITS = "个家项座条所批处名号"
# 各市、州人民政府: bodies that a notice is addressed to as a class are no names.
ADDRESSED = re.compile(r"(?:各|有关|相关)[^，。；：\n]{0,16}$")
# 2022年|世界甲某联盟, 十多年来与|甲某大学.
YEAR = re.compile(
    r"(?:(?:19|20)\d\d年?[-—至]?)+[由在的]?|[\d一二两三四五六七八九十百几数]+[多余]?年来[与和同]?"
)
# What names of towns end in, and how many characters stand before.
TOWNS, TOWN = ("镇", "乡"), 5
# A city has no bodies of its own below itself: 甲县乙村|市工商联.
BELOW, ABOVE = ("county", "town"), "市省"
OFFICER = re.compile("(?:书记|主任|主席|[市县区校院局厅]长)[\u4e00-\u9fff]{2,3}[与和及]$")
# 甲区委|区政府: two bodies in one breath.
BOTH = re.compile("[省市区县州]委(?=[省市区县州](?:人民)?政府)")
FORMER = "原前兼"
ONCE = re.compile("（原(?![子油料材生木矿色状创点])")
# A place printed with its level: 云桥区, and not 华东.
LEVELLED = re.compile("..(?:[省市区县州旗镇乡村]|街道)$")
GLOSS = re.compile(r"[（(]([\u4e00-\u9fff]{1,8})[）)]")
# Which of several sessions it is: 某恳谈会（甲公司专场）, 某发布会（第二场）, 某发布会第二场.
SESSION = re.compile(
    r"[（(][^（）()，。；：\n]{1,12}(?:专场|场|站|赛区|赛段|期)[）)]|第(?:[一二三四五六七八九十]+|\d+)场(?![次馆景])"
)
# 甲核电项目|5、6号机组, 乙工程|一期: a part of a work that has a name of its own.
PART = re.compile(
    r"\d+(?:[、和]\d+)*号机组|[一二三四五六]期(?:工程|项目)?|[（(][一二三四五六]期[）)]"
)
# 甲乙铁路|丙至丁段: a stretch of a line.
STRETCH = re.compile(
    "(?<=铁路|高铁|高速)(?:[\u4e00-\u9fff]{1,6}至[\u4e00-\u9fff]{1,8}段|[\u4e00-\u9fff]{2,4}段)(?![时落])"
)
# Fairs that companies show at; no company is named after one.
FAIR = re.compile("[进农消服]博会|博览会|服贸会|广交会|高交会|投洽会")
GLOSSES = ("暂名", "筹", "核心区", "试行")
# A name that stands by itself follows one of these, and has so many characters.
SIGNS, PRINTED = "，。；：、（(“”\n 　", 4
CALLED = re.compile(
    "(?P<role>项目|牵头|承建|建设|运营|实施)?(?:企业|单位|厂商|机构|业主|主体|品牌|公司|总院)"
)
SORT = re.compile(
    "(?:本土|本地|当地|龙头|重点|骨干|知名|民营|国有|上市|高新技术|专精特新|外资|优质)*企业"
)
LEVELS = "省市区县州盟旗乡镇村"
TAKEN = ("年任", "月任")
# The number of an item of a list, and not the first half of one: 2.5万人的某大赛.
ITEM = re.compile(r"(?:\d{1,3}[.．]|[（(]\d{1,3}[)）])\s*(?=\D|(?:19|20)\d\d(?:年|\D))")
# A name with its legal form holds a word of its own; so far back its place may stand.
WHOLE, FAR = ("有限公司", "有限责任公司", "股份有限公司"), 12
# Tags of what no company's name holds: signs, pronouns, particles, prepositions, adverbs.
APART = ("x", "w", "r", "u", "p", "d", "c", "m")
JOINS = ("和", "与", "以", "同", "及")
COMPASS = ("华东", "华北", "华中", "华南", "西南", "西北", "东北", "中国", "国际")


# What is done with a work before it has a name, a list of works before the first: 规划建设|某基地,
# 动工新建|某电站, 签约项目有|某基地.
PLANNED = re.compile(
    "(?:项目|工程)(?:分别|主要|具体)?(?:有|为|是|包括)(?=.)|(?:.*(?:规划|动工|开工|新建|改建|续建)(?:建设|新建|改建)|(?:规划|动工|开工|新建|改建|续建|引育|现有|诸如)+)"
)

# 在|甲镇建设|某示范基地: a town that is known by nothing but this, and what is done there.
TOWN_BUILT = re.compile(
    "(?<=[在于])[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道|村)(?:投资|规划|共同|联合)?(?:建设|打造|兴建|新建|建成)了?"
)
# 甲某建设|集团有限公司|某市公园项目: the end of a company's name that is not known.
FORM = re.compile("(?:集团)?(?:股份)?有限(?:责任)?公司")

# 甲数字港|集总部、研发于一体: what a work brings together.
GATHERS = re.compile("集(?=[^，。；！？\n]{2,60}[于为]一体)")
# 总投资2亿元的|满都|户大桥工程: a name that a segmenter makes adverbs of begins after 的.
PRICED = re.compile("元的([\u4e00-\u9fff]{1,3})$")


def bounds(c: Candidate) -> Candidate | None:
    """The name from its true start on; None where a rule wants a place that is not there."""
    for step in _steps(bool(c.option("named")), bool(c.option("works"))):
        begin = step(c)
        if begin < 0:
            return None
        c = c.moved(begin)
    return c


# What stands before the items of a list, and in no name.
LISTING = frozenset({"包括", "包含", "涵盖"})


@cache
def _steps(named: bool, works: bool) -> tuple[Callable[[Candidate], int], ...]:
    """What sets the start right, in order: for all rules, for bodies, for works."""
    own = (_sibling, _planned) if works else ()
    return (_listed, _unit, _doing, _yearly, _anchored, *(NAMED if named else ()), *own, _taken)


def _listed(c: Candidate) -> int:
    """Past the number of an item: 1.|第四届某博览会, 2.|2024某大赛."""
    opened = c.begin == 0 or c.draft.text[c.begin - 1] in STOPS
    item = ITEM.match(c.draft.text, c.begin, c.head) if opened else None
    return item.end() if item else c.begin


def _taken(c: Candidate) -> int:
    """Past the verb of taking a post, behind the year: 2008年任|江海某公司总经理."""
    verb = c.draft.text.startswith(TAKEN, c.begin - 1)
    return c.begin + 1 if verb and c.begin + 1 < c.head else c.begin


def _unit(c: Candidate) -> int:
    """Past the measure word of a count: 3家|甲市医院, 10千伏|甲医院."""
    if not c.draft.text[c.begin - 1 : c.begin].isdigit():
        return c.begin
    word = c.draft.words.at(c.begin)
    if word.start == c.begin and word.tag == "q" and word.end < c.head:
        return word.end
    return c.begin + 1 if c.draft.text[c.begin] in UNITS else c.begin


def _doing(c: Candidate) -> int:
    """Past words of doing that stand before the first place or body of a name."""
    inside = [m for m in c.draft.within(c.begin + 1, c.head) if not m.weak]
    if not inside:
        return c.begin
    first = min(m.start for m in inside)
    words = list(c.draft.words.between(c.begin, first))
    whole = bool(words) and words[0].start == c.begin and words[-1].end == first
    return first if whole and all(w.text in c.draft.grammar.doing for w in words) else c.begin


def _yearly(c: Candidate) -> int:
    """From its year on, where what is done with an event stands before: 甲市启动|2024某大会."""
    year = YEAR.search(c.draft.text, c.begin + 2, c.head) if c.option("distinct") else None
    who = c.draft.begins.get(c.begin)
    if year is None or who is None or who.end >= year.start():
        return c.begin
    between = list(c.draft.words.between(who.end, year.start()))
    acts = all(w.tag[0] == "v" or w.text in c.draft.grammar.doing for w in between)
    return year.start() if between and acts else c.begin


def _sibling(c: Candidate) -> int:
    """Past a work of the same sort: 甲再造工程和|乙攻关工程."""
    noun = c.draft.text[c.head : c.end]
    joined = max(c.draft.text.rfind(noun + sign, c.begin, c.head) for sign in JOINS)
    return joined + len(noun) + 1 if joined > c.begin else c.begin


def _planned(c: Candidate) -> int:
    """Past what is done with a work, and the end of who does it: 规划建设|云澜基地."""
    form = FORM.match(c.draft.text, c.begin, c.head)
    gathers = GATHERS.search(c.draft.text, c.begin, c.end + 60)
    if gathers and gathers.start() < c.head:
        return -1
    built = TOWN_BUILT.match(c.draft.text, c.begin, c.head)
    c = c.moved(form.end() if form else built.end() if built else _priced(c))
    done = PLANNED.match(c.draft.text, c.begin, c.head)
    return done.end() if done and c.head - done.end() >= int(c.option("min", 1)) else c.begin


def _priced(c: Candidate) -> int:
    """From 的 behind a sum on, if but single characters are left out: 2亿元的|巴都云大桥."""
    left_out = PRICED.search(c.draft.text[max(0, c.begin - 5) : c.begin])
    begin = c.begin - len(left_out[1]) if left_out else c.begin
    single = all(w.end - w.start == 1 for w in c.draft.words.between(begin, c.begin))
    return begin if single else c.begin


def _anchored(c: Candidate) -> int:
    """Where a body that must name its place begins, or -1: 重庆市科技局, 市科技局, 区政府."""
    if not c.option("anchored"):
        return c.begin
    first = c.draft.words.at(c.begin)
    if first.tag == "nt" and first.start == c.begin:
        if first.end <= c.head:
            return c.begin  # 某市海关|缉私局: the segmenter knows the body
        if first.end == c.end and rjieba.tag(c.body)[:1] and rjieba.tag(c.body)[0][1] == "ns":
            return c.begin  # 某国政府: a word of it, with its place
    glued = rjieba.tag(c.draft.text[c.begin : first.end])  # 据国网, one word to the segmenter
    short = len(glued) == 1 and glued[0][1] in ("nz", "j")
    if short and first.end in c.draft.begins:
        return c.begin  # 国网|甲省供电分公司乙中心: a company's short name before its place
    higher = [p for p in range(c.begin + 1, c.head) if _above(c.draft, p)]
    for position in range(higher[-1] if higher else c.begin, c.head + 1):
        known = c.draft.begins.get(position)
        own = known is not None and known.end <= c.head
        if known is not None and own and (known.end < c.head or position == c.begin):
            bracketed = c.draft.text[position - 1 : position] in ("（", "(")
            return c.begin if bracketed and position > c.begin else position
        joint = c.draft.text.startswith(JOINS, position + 1)  # 商业街|区和|演艺中心
        opens = not joint and c.draft.text.startswith(c.heads.prefixes, position)
        for prefix in c.heads.prefixes if opens else ():
            if c.draft.text.startswith(prefix, position) and position + len(prefix) <= c.head:
                begin = _prefixed(c, position, prefix)
                if begin >= 0:
                    return begin
    return -1


def _above(draft: Draft, position: int) -> bool:
    """Whether a place ends here, and a body of what the place lies in begins.

    So does one behind a person of another body: 甲大学书记李一与|乙市市委.
    """
    place = draft.ends.get(position)
    if position in draft.begins and OFFICER.search(draft.text, 0, position):
        return True
    told = place is not None and place.subtype in BELOW and draft.text[position] in ABOVE
    return told and draft.words.at(position).end == position + 1


def _prefixed(c: Candidate, position: int, prefix: str) -> int:
    """Where a body begins whose place is only told by its level (市科技局), or -1."""
    text = c.draft.text
    whole = prefix + c.heads.word_at(text, c.head) in c.option("whole", ())
    if position + len(prefix) == c.head and c.option("single") and not whole:
        return -1
    if position > c.begin and prefix in TOWNS and position - c.begin <= TOWN:
        return c.begin  # 甲里|镇政府: the town's own name stands before
    before = text[max(0, position - 18) : position]
    opens = position == c.begin or c.draft.words.at(position).start == position
    opens = opens or before[-1:] in c.draft.grammar.cut
    return position if opens and not ADDRESSED.search(before) else -1


def _second(c: Candidate) -> int:
    """Of two bodies in one breath the second: 甲区委|区政府."""
    both = BOTH.search(c.draft.text, c.begin, c.end)
    return both.end() if both else c.begin


def _abroad(c: Candidate) -> int:
    """Past common words before a country: 病毒|美国甲某大学. A body before it stays."""
    countries = [m.start for m in c.draft.within(c.begin + 1, c.head) if m.subtype == "country"]
    if not countries or any(e in c.draft.ends for e in range(c.begin, countries[0])):
        return c.begin
    return countries[0] if common(c.draft.words.between(c.begin, countries[0])) else c.begin


def _dated(c: Candidate) -> int:
    """Past a year: 2022年|世界甲某联盟."""
    year = YEAR.match(c.draft.text, c.begin, c.head)
    return year.end() if year else c.begin


def _former(c: Candidate) -> int:
    """Past a word that says that it was so, or is so too: 原|中国甲某公司."""
    text, known = c.draft.text, c.begin in c.draft.begins or c.begin + 1 not in c.draft.begins
    once = ONCE.match(text, max(0, c.begin - 1)) is not None
    return c.begin + (text[c.begin] in FORMER and (once or not known))


def _calling(c: Candidate) -> int:
    """Past what a body is called before its name: 牵头企业|甲公司, 乙市本土企业|甲公司."""
    place = c.draft.begins.get(c.begin) if c.option("closes") else None
    own = SORT.match(c.draft.text, place.end, c.head) if place else None
    if own and c.draft.words.at(own.end() - 1).end == own.end() < c.head:
        return own.end()
    called = CALLED.match(c.draft.text, c.begin, c.head)
    if called is None or not (c.option("closes") or called["role"]):
        return c.begin
    whole = c.draft.words.at(called.end() - 1).end == called.end() < c.head
    return called.end() if whole else c.begin


def _legal(c: Candidate) -> int:
    """From its place on, where a legal name would hold but common words: 甲县开发|经营有限公司."""
    body = list(c.draft.words.between(c.begin, c.head))
    legal = c.draft.text.startswith(WHOLE, c.head)
    if not legal or c.head - c.begin > 4 or c.inside or not known(body):
        return c.begin
    begin, doing = c.begin, c.draft.grammar.doing - LISTING
    while begin > max(c.draft.floor(c.begin), c.begin - FAR):
        word = c.draft.words.at(begin - 1)
        place = c.draft.begins.get(word.start)
        if place is not None and place.type in c.draft.solid:
            acts = c.draft.words.at(place.end)  # 甲市|表彰|乙科技有限公司
            grammar = c.draft.grammar
            verb = acts.text in grammar.verbs or acts.text in grammar.cut
            trade = grammar.trades.fullmatch(acts.text) is not None
            return c.begin if verb and not trade and place.end < c.begin else word.start
        if word.tag.startswith(APART) or word.text in c.draft.grammar.cut - doing:
            break
        begin = word.start
    return c.begin


def _again(c: Candidate) -> int:
    """Past a place to a name that begins with it again: 合肥市高新区|合肥甲某学校."""
    for place in c.draft.within(c.begin + 1, c.head):
        follows = place.start in c.draft.ends and place.name[-1] not in LEVELS
        if follows and place.name[:2] in c.draft.text[c.begin : place.start]:
            return place.start
    return c.begin


def _alone(c: Candidate) -> int:
    """Past common words before a name that the text prints by itself: 电池制造商|云澜集团."""
    text = c.draft.text
    if text.count(text[c.begin : c.end]) > 1:
        return c.begin
    words = list(c.draft.words.between(c.begin, c.head))
    for place, word in enumerate(words):
        last = place and words[place - 1].text in JOINS
        if place and common(words[: place - bool(last)]) and _printed(c, word.start):
            return word.start
    return c.begin


def _printed(c: Candidate, begin: int) -> bool:
    """Whether the name from here on stands elsewhere after a sign, and is long enough for one."""
    text = c.draft.text
    if c.end - begin < PRINTED or begin in c.draft.boundary.ends:
        return False  # 甲某证券|云澜分公司: a part of the body that stands before
    if c.heads.generic.fullmatch(text, begin, c.head):
        return False
    return text.startswith(name := text[begin : c.end]) or any(s + name in text for s in SIGNS)


def _shown(c: Candidate) -> int:
    """Past the fair that somebody takes part in: 参展进博会|云澜有限公司."""
    fairs = list(FAIR.finditer(c.draft.text, c.begin, c.head))
    shown = bool(fairs) and bool(c.option("closes")) and c.end - fairs[-1].end() >= PRINTED
    return fairs[-1].end() if shown else c.begin


NAMED: tuple[Callable[[Candidate], int], ...] = (
    _second,
    _abroad,
    _dated,
    _former,
    _calling,
    _legal,
    _again,
    _alone,
    _shown,
)


def part(draft: Draft, end: int) -> int:
    """Past the phase or the units that a work is named with: 云澜核电项目|一期."""
    match = PART.match(draft.text, end) or STRETCH.match(draft.text, end)
    return match.end() if match else end


def gloss(draft: Draft, end: int) -> int:
    """Past a bracket that belongs to the name: 石油大学（华东）, 理工大学（暂名）.

    A place with its level tells where the thing is: 环湖快速路（云桥区）.
    """
    session = SESSION.match(draft.text, end)
    if session:
        return session.end()
    match = GLOSS.match(draft.text, end)
    if not match:
        return end
    inside = draft.begins.get(match.start(1))
    place = inside is not None and inside.end == match.end(1) and not LEVELLED.search(match[1])
    return match.end() if place or match[1] in (*GLOSSES, *COMPASS) else end
