"""A head noun with what stands before it in, whether it makes a name that is sure by itself out.

A name counts without a claim when it holds something of its own (a place, a coined word, a
measure), or when what it names is opened, begun or used, so that it is one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import rjieba

from kg.annotate.heads import Candidate
from kg.annotate.tokens import coined

# 2×350兆瓦: a measure that only one work has.
MEASURE = re.compile(r"\d(?:[万亿]?(?:千瓦|兆瓦|吨|千伏|公里|立方米)|[万亿]?吨级)")
MARKED = re.compile(r"[A-Za-z]{2,}|[“”]|(?:19|20)\d\d年(?!底|高速|末|普通)")
# 云农732|平台: a number that a platform is called by, which counts nothing.
CALLED = re.compile(r"(?<![\d.第近约超共逾达])[1-9]\d{2,3}$")
# Lines are called by the places at their ends: 某甲铁路.
LINES = re.compile(r"(?:铁路|高铁|高速公路|高速)(?:建设)?(?:项目|工程)?$")
# After a thing that is there, or begins to be: 某产业园|正式开园.
OPENED = re.compile(
    r"[”]?(?:[一二三四]期)?(?:项目)?(?:今日|昨日|当日|日前|近日|正式|顺利|成功|全面|隆重|主体|如期|已|将|建成"
    r"|提前|率先|相继|陆续|有望|按期|按计划|稳步|有序|加速|全线)*"
    r"(?:(?:在|于)[^，。；]{2,12}?(?:正式|隆重|顺利|成功)?)?"
    r"(?:开园|揭牌|启用|投用|投入使用|投入运营|开工|动工|奠基|竣工|封顶|落成|开建|投产|投料|试车|试生产|并网|达产|满产|获得成功|(?:通过|获)[^，。；]{0,10}?(?:论证|验收|评审|核准|鉴定|批复)|开通|获批|上线|发布|试运行|首发运营|通车|贯通|全线铺轨|完工|建成|启动联调联试|联调联试)"
    r"(?!仪式|暨|活动|大会|典礼|会|推进|[\d一二两三四五六七八九十])"
)
# What is told of one thing that is there or being made, right behind its name.
ABOUT = re.compile(
    r"[”]?(?:[一二三四]期)?(?:(?:计划|预计|规划|项目)*总投资|(?:计划|总|规划|预计)?(?:占地|用地|建筑面积)|总?面积[约达为]?\d|全长|位于|坐落|选址"
    r"|包含|采用|主要(?:建设|生产|从事|研发)|主体|成功(?:在[^，。；]{2,12})?(?:实施|落地|应用|运行)"
    r"|(?:目前|现|已经?|正在?|仍)+(?:[^，。；的]{0,6}?)(?:施工|安装|调试|收尾|封顶|竣工|投产|投用|试运[行营]|建成|完工|进场)"
    r"|(?:将于|预计|力争|计划|有望|定于)[^，。；的]{0,10}?(?:建成|完工|竣工|投产|投用|交付|[开动]工|通车)"
    r"|(?:全面|全部|整体)?(?:达产|投产|建成|投用|竣工)(?:投产|达产|投用)?后"
    r"|(?:施工|建设)?现场[，。]|(?:项目)?(?:总?负责人|总工程师|项目经理|施工负责人)[\u4e00-\u9fff]{2,4}(?:说|介绍|告诉|表示|在))"
)
# Where it begins a clause, or is gone to.
BEGINS = re.compile(r"(?:^|[，。；：！？、”\s]|走进|来到|位于|(?<![现存])在|据)[“]?$")
# Kinds of works, told by what each of them costs or makes.
KINDS = re.compile(
    "以上|以下|[级类]|[各两双多]|[一二三]产|老旧小区|高标准农田|在建|重点|重大|签约|(?:产业|行业|领域|物流|示范|公路建设|直播基地|振兴[\u4e00-\u9fff]{0,4})$"
)
# Before a thing that is at work or being made, a long name of which tells one from all others;
# before what somebody else is to make, there is none yet: 支持企业建设某平台.
USED = re.compile(
    r"(?<!服务)(?:实施|建设|共建|新建|打造|设立|搭建|建立|建成|上线|发布|推出|依托|通过|优化|升级|开发|利用|接入|登录|借助|启用|运用|建好|用好|完善|应用)[了“]?$"
)
# 依托甲平台、|乙平台: what is at work already is named, be it the second of a list or short.
RUN = re.compile("(?:依托|借助|接入|登录)[了“]?(?:[^，。；、]{2,16}(?:平台|系统)[”]?[、和及与])?$")
SHORT = 6
INSIDE = "内外"  # 大范围内|高速: no name ends so
CORE = 4  # characters of a short name of its own
NAMES = ("ns", "nr", "nrt", "nz")  # tags of what is a name to a segmenter
WISHED = re.compile(r"(?:支持|鼓励|引导|各地|企业|一批|多个|若干|各类)[^，。；]{0,8}$")
GRAND = ("世界级", "国家级", "省级", "国际性", "一流", "高能级")  # what it is to be, not what it is


def proper(c: Candidate) -> bool:
    """Whether a name holds something of its own: a place, a body, a mark, Latin letters."""
    body = c.draft.text[c.begin : c.head]
    if MARKED.search(body) or (c.option("used") and CALLED.search(body, 1)):
        return True
    return bool(c.inside)


def _own(c: Candidate) -> bool:
    """Whether a name holds a coined word or a measure: 大某路…工程, 某某2×350兆瓦…工程."""
    least = int(c.option("coined", 0))
    if not least or len(c.name) < least:
        return False
    body = c.draft.text[c.begin : c.head]
    words = c.draft.words.between(c.begin, c.head)
    named = any(w.tag in ("nr", "nrt", "ns") and len(w.text) > 1 for w in words)
    return named or bool(MEASURE.search(body)) or coined(body)


def _line(c: Candidate) -> bool:
    """Whether it is a line between two places that its first two characters stand for."""
    ends = c.body[:2]
    told = c.option("works") and LINES.search(c.name) and 2 <= len(c.body) <= 6
    if (
        not told
        or len(ends) < 2
        or c.body[-1] in INSIDE
        or re.search("[\\d通速综合客货城重]", ends)
    ):
        return False
    word = c.draft.words.at(c.begin)
    return word.tag in ("j", "ns", "nr") or not rjieba.has_word(ends)


def _opened(c: Candidate) -> bool:
    """Whether it is opened, begun or done, so that it is one thing: 某智慧产业园|隆重开园."""
    least = int(c.option("opened", 0))
    longer = c.draft.text.startswith("项目", c.end)
    if not least or longer or OPENED.match(c.draft.text, c.end) is None:
        return False
    return (len(c.name) >= least and c.body[-1] not in INSIDE) or _called(c)


def _called(c: Candidate) -> bool:
    """Whether but a name of its own stands before the head noun, be it short: 云澜|大桥."""
    words, works = list(c.draft.words.between(c.begin, c.head)), c.draft.grammar.works
    while words and words[-1].text in works:
        words.pop()  # 云澜|引水|工程
    core = "".join(w.text for w in words)
    if not 2 <= len(core) <= CORE or core[-1] in INSIDE or any(work in core for work in works):
        return False  # 提质改造|项目
    name = len(words) == 1 and words[0].tag in NAMES and not rjieba.has_word(core)
    return name or (coined(core) and all(w.tag not in ("f", "d", "a", "m") for w in words))


def about(c: Candidate) -> bool:
    """Whether its clause is about it: 高端医疗器械产业化项目|占地100亩."""
    least = int(c.option("opened", 0))
    if not least or not c.option("works") or KINDS.search(c.body):
        return False
    if len(c.name) < least and not _called(c):
        return False
    before = c.draft.text[max(0, c.begin - 4) : c.begin]
    return bool(BEGINS.search(before) and ABOUT.match(c.draft.text, c.end))


def _used(c: Candidate) -> bool:
    """Whether it is told at length what it is, and it is being made or used."""
    least = int(c.option("used", 0))
    before = c.draft.text[max(0, c.begin - 24) : c.begin]
    longer = c.draft.text.startswith(("项目", "工程", "建设项目", "示范"), c.end)
    run = RUN.search(before)
    told = len(c.name) >= (SHORT if run else least) and not c.body.startswith(GRAND)
    used = (run or USED.search(before)) if least and told and not longer else None
    return used is not None and not WISHED.search(before[: used.start()])


# What makes a name sure by itself, so that it counts without a claim.
SURE: tuple[Callable[[Candidate], bool], ...] = (proper, _own, _line, _opened, about, _used)
