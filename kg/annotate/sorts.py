"""A head noun with what stands before it in, whether the words around make it a sort out.

A sort is no thing: what is counted (示范基地8处), a rank that is given (获评某省智能工厂), a term
of a sum of words (基金+基地+智库).
"""

from __future__ import annotations

import re

from kg.annotate.heads import Candidate
from kg.annotate.tokens import common

# 储能电站项目6个, 供热管网约35公里: a head noun with a count behind it.
COUNT = (
    r"[”]?(?:共|达|超|近|约)?(?:\d[\d.]*|[一二两三四五六七八九十百]+)(?:余|多)?"
    r"(?:个|项|家|条|座|处|所|片|公里)"
)
MANY = re.compile(rf"{COUNT}|等(?:领域|方面|一批)")
# So is one with a name in it, if nothing but the count follows: 某市“云山”基地13个，….
MANY_OF = re.compile(rf"{COUNT}(?=[，、。；])")
# 获评某市智能工厂, 某省工业旅游示范基地称号: a rank that is given, no work.
AWARDED = re.compile(
    "(?:获批(?=[省市国]家?级)|获评|荣获|评为|评选为|认定为|命名为|被授予|获颁|授予|荣膺|跻身)了?[^，。；！？\n]{0,16}$"
)
# A zone that is one by such a rank: 某市云湖标杆示范园区.
CONFERRED = re.compile("(?:示范|标杆|试验|先行|先导|样板|特色)(?:园区|产业园|区|城)$")
TITLE = re.compile("[”]?等?(?:多项|多个)?(?:荣誉|称号|资质|牌匾|认定|奖项)")
# 是全国首个某示范项目: what a named one is, told by its kind.
FIRST = re.compile(
    "(?:是|为|成为|作为)[^，。；！？\n]{0,14}(?:首个|首座|首条|首家|第一个|第一座|最大)[^，。；！？\n]{0,24}$"
)
PLUS = ("+", "＋")
# 重大文旅项目, 云澜市重点工程: the grade of one of many.
GRADE = re.compile("重大|重点|优质|标志性|高端|骨干")
# What a sum is spent on is one thing, whatever its grade: 投资18亿元建设|高端覆铜板项目.
PRICED = re.compile(
    r"\d[\d.,]*[多余]?[万亿]+元?(?:人民币)?(?:的|，?(?:在[^，。；]{2,14})?(?:投资|规划)?(?:建设|新建|打造|兴建))$"
)
# Between a place and the grade: a zone in brackets, a year.
ASIDE = re.compile(r"(?:[（(][^（）()]*[）)]|[）)])?(?:(?:19|20)\d\d年度?)?")
# 某高速公路控制性工程: what one part of a work is to the whole.
PART = ("控制性", "标志性", "配套", "附属")
# 是某某示范区的先导区, 为国家重大能源工程，: what a thing named before is besides.
ROLE = re.compile("(?:(?<![图名称认定])(?:是|为|成为|作为))(?:我[国省市区县]|全[国省市区县])?[“]?$")
BESIDES = re.compile(
    "[”]?(?:之一|的(?:先导|重要|核心|组成|门户|代表|龙头|骨干|关键|标志|延伸)|[，。；])"
)
# 某水库|上游流域, 某数据中心|集群: but the beginning of a longer name or of a place beside it.
LONGER = re.compile(
    "集群|上游|下游|流域|沿线|周边|附近|孵化(?!器)|示范点|前处理|[东西南北]站|国际及|投资(?:同比|增)"
)


# 某项目总投资8亿元，主要建设甲研发中心和乙生产线: what a project that the sentence is about
# consists of. The clause begins with the building: nobody else does it there.
SUBJECT = re.compile(
    "(?:^|[；：，])[^，。；：]{0,40}?(?:项目|工程|基地|产业园|园区|(?<!公司)(?<!集团)总部|中心)"
    "(?:[一二三]期)?[”]?(?=(?:计划|预计|协议)?(?:总投资|投资[约超近]?\\d)|，(?:计划|预计|协议)?总投资|，?占地|，?(?:将)?分[期两二三]|，?位于|，?选址|，?规划"
    "|，?用地|，?(?:将)?(?:主要|重点)|全面?建成|，?由[^，。；]{2,30}(?:建|投资)|将落户|落户)"
)
CONTENT = re.compile(
    "，(?:项目|其中|一期|二期|三期|将|拟|计划|规划|主要|重点|分别|同步|配套|并|还|投资)*"
    "(?:建设|新建|建成|扩建|打造|建)(?:内容)?(?:为|包括|有|：)?[^，。；：]{0,40}$"
)
STOP = re.compile("[。！？；\\n]")
# 投资甲亿元建设乙基地，打造国内首条某生产线: what the first is to be.
AIM = re.compile(
    "(?:建设|新建)[^，。；]{4,30}(?:项目|基地|园|中心|工厂)，(?:努力|全力|着力|将)*打造成?为?"
    "(?:全球|世界|亚洲|国内|全国|国家级|全省|全市|区域|[东西南北中]部|[华西东][东南北中])[^，。；]{0,24}$"
)
# In the clause of such a project: it is built there, by who may build the next thing, too.
BUILT = re.compile("(?:建设|打造|新建|推进|建成)[^的，。；]*$")


def many(c: Candidate, own: bool) -> bool:
    """Whether a count behind it makes it a kind of things; ``own``: it holds a name."""
    counted = MANY_OF if own else MANY
    return bool(c.option("weak")) and bool(counted.match(c.draft.text, c.end))


def first(c: Candidate, own: bool) -> bool:
    """Whether it tells of a named one which it is the first of: 是全国首个光伏示范项目."""
    before = c.draft.text[max(0, c.begin - 44) : c.begin]
    return bool(c.option("weak")) and not own and FIRST.search(before) is not None


def rank(c: Candidate) -> bool:
    """Whether it is a rank that somebody is given: 获评某省智能工厂, 入选某市标杆示范园区."""
    if not c.option("works") and not CONFERRED.search(c.draft.text, c.begin, c.end):
        return False
    before = c.draft.text[max(0, c.begin - 24) : c.begin]
    return AWARDED.search(before) is not None or TITLE.match(c.draft.text, c.end) is not None


def slogan(c: Candidate) -> bool:
    """Whether it is a term of a sum of words: 基金+基地+智库."""
    around = (c.draft.text[c.head - 1 : c.head], c.draft.text[c.end : c.end + 1])
    told = c.option("weak") or c.heads.type in c.draft.solid
    return bool(told) and any(sign in PLUS for sign in around)


def grade(c: Candidate, own: bool) -> bool:
    """Whether it is told but by its grade, and perhaps by its place: 云澜市重点民生工程."""
    if not c.option("works"):
        return False
    if c.body.endswith(PART):
        return True
    if PRICED.search(c.draft.text, max(0, c.begin - 36), c.begin):
        return False
    places = [m for m in c.inside if m.type in c.draft.solid]
    lead = max((m.end for m in places), default=c.begin)
    aside = ASIDE.match(c.draft.text, lead, c.head)
    lead = aside.end() if aside else lead
    told = GRADE.match(c.draft.text, lead, c.head)
    if told is None:
        return False
    return not own or told.end() == c.head or common(c.draft.words.between(told.end(), c.head))


def content(c: Candidate) -> bool:
    """Whether it is a part of the project that its sentence is about: 主要建设某研发中心."""
    if not c.option("works") or c.inside:
        return False
    before = STOP.split(c.draft.text[max(0, c.begin - 160) : c.begin])[-1]
    built = CONTENT.search(before)
    subject = SUBJECT.search(before, 0, built.start() + 1) if built else None
    told = subject is not None and not BUILT.search(subject.group())
    return told or AIM.search(before) is not None


def role(c: Candidate) -> bool:
    """Whether it is what a thing named before is besides: 某区是某示范区的先导区."""
    before = c.draft.text[max(0, c.begin - 6) : c.begin]
    told = c.option("works") and c.option("used") and ROLE.search(before)
    return bool(told) and BESIDES.match(c.draft.text, c.end) is not None


def piece(c: Candidate) -> bool:
    """Whether the words behind it make it the beginning of a longer name: 某水库|上游流域."""
    return bool(c.option("works")) and LONGER.match(c.draft.text, c.end) is not None


def described(c: Candidate) -> bool:
    """Whether it but describes what is named behind a dash: 某区首发|项目——云桥数智中心."""
    dash = c.draft.text.startswith(("——", "—"), c.end)
    return dash and bool(c.option("works")) and c.body.endswith(("首发", "首批", "首个", "龙头"))


def whose(c: Candidate) -> bool:
    """Whether it is but said whose it is: 甲某联合会|系统, 中国|母港."""
    if c.option("works"):
        return c.body == "中国"  # the country that speaks; 甲国体验中心 is one of many
    bodies = (m for m in c.inside if m.type not in c.draft.solid)
    return bool(c.option("used")) and any((m.start, m.end) == (c.begin, c.head) for m in bodies)
