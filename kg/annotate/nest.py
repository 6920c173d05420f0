"""A body's name and a longer one that begins with it in, whether the two are two bodies out.

``甲大学机械学院`` names a school and its university, ``甲银行乙市分行`` a branch and its bank;
``甲集团有限公司`` is one company, ``甲市政府新闻办`` one office.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.annotate.mention import Mention
from kg.ontology import Rule

# Parts of any body whatever stands between: they are never whole by themselves.
BRANCH = re.compile(
    "第[一二三四五六七八九十]+[^，。；、]{0,8}公司$|^(?:[东西华][北南东]|华中|中国|海外|亚太)公司$|(?:分公司|子公司|分行|支行|分局|分院|分校|分部|分社|分会|支队|大队|派出所|工作委员会|代表处|办事处|法庭|党委|党组)$"
)
# What turns a company's name into its legal one (甲集团|有限公司), or a body's into another's.
WHOLE = re.compile(
    "集团|控股|股份|有限|责任|总公司|公司|[^，]*监督管理委员会$|全资|社?全媒体|报业|交易所|[与和]"
)
# The seats of power name their offices in one breath: 省政府新闻办, 国务院国资委.
SEAT = re.compile("(?:政府|国务院|组委会)$")
# A post outside is named after where it is and who sent it (甲驻乙), a mission is whole.
POSTED = re.compile("驻(?!.*(?:大使馆|领事馆|总领馆|[办处室])$)")
# Party committees of a place, whose departments are named without meaning them: 市委宣传部.
COMMITTEES = ("省委", "市委", "区委", "县委", "州委")
# Listed bodies inside names that are no parts of them: 中国银行 in 中国银行保险监督管理委员会,
# 甲合作组织 in 甲合作组织商学院; by the subtypes of both.
UNRELATED = frozenset(
    [("company", "government"), ("company", "alliance")]
    + [("alliance", outer) for outer in ("university", "institute", "government")]
)
# Whose signing it is stands by itself: 甲市与乙公司战略合作签约仪式.
SIGNING = re.compile("[与和、].*(?:签约|签字|签署|签订)")
PARTIES = re.compile("[与和、]")
ABOUT = re.compile("全面|深化|战略|合作|框架|产业|项目|投资|共建|签")  # what follows the last one
# What is done to a work or a body in the name of an occasion: 甲项目|开工仪式, 乙协会|成立大会.
UNDERTAKEN = re.compile(
    "(?:[^，。；]{0,4}?(?:开工|奠基|动工|竣工|投产|投用|开园|落成|封顶|通车|揭牌|挂牌|成立|签约|启动|推进|落地|上线|首发|发布))"
    "[^，。；、与和暨]{0,4}(?:仪式|大会|会|活动)$"
)
# What tells of a fair or a contest before it is held: 甲博览会|新闻发布会.
BRIEFING = re.compile("(?:新闻发布会|新闻通气会|媒体通气会|媒体见面会)")
# Works that an occasion is held for all together have no name: 重点项目|动工仪式.
SORTS = re.compile(
    "点$|(?:重[大点]|优质|签约|招商|产业|投资|民生|合作|集中)(?:产业|建设|工程|合作)*项目$"
)
OWN_NAME = 6  # characters of a work or a body that such an occasion is held for
FOUNDED, OWN_FOUNDED = re.compile("成立|揭牌"), 4  # a body's, whose name is told by its own noun
SUBORDINATE = ("党委", "党组", "分院", "分校", "分会", "分社")  # the shortest names of parts
LEAST = 3  # characters of any other part's own name


def nests(m: Mention, outer: Mention, rules: dict[str, Rule], places: Collection[int]) -> bool:
    """Whether a name inside another one is a thing of its own: a school's university.

    Args:
        m: The inner name.
        outer: The name that holds it.
        rules: The rules of names by their name.
        places: Where the names of known places start: what goes on with a place is a body of
            its own kind (中国科学院沈阳自动化研究所), unless it is a branch, or the whole a group.
    """
    rule, mine = rules.get(outer.rule), rules.get(m.rule)
    if rule is not None and "dashed" in rule.options:
        return _of_occasion(m, outer)
    if m.type != outer.type or m.start != outer.start or m.end == outer.end:
        return False
    if rule is None or mine is None or mine.kind not in ("suffix", "list", "trade"):
        return False
    rest = outer.name[len(m.name) :]
    if WHOLE.match(rest) or POSTED.search(m.name):
        return False
    if m.name.endswith(COMMITTEES):
        return False
    if mine.kind == "list" and (m.subtype, outer.subtype) in UNRELATED:
        return False
    if len(rest) < LEAST + m.name.endswith("委") and rest not in SUBORDINATE:
        return False
    if BRANCH.search(rest) or (m.name.endswith("集团") and m.end in places):
        return True
    if SEAT.search(m.name):
        return False
    if m.end in places and outer.subtype != "company" and m.subtype != "university":
        return m.name.endswith("总局")  # 某总局|甲市某局: its own office there
    clinic = rule.kind == "list" and m.subtype == "university"  # a listed hospital of it
    return clinic or bool(rule.options.get("nested"))


def _of_occasion(m: Mention, outer: Mention) -> bool:
    """Whether an occasion's name names what it is held for, who signs at it, or another one."""
    rest = outer.name.removeprefix(m.name)
    if m.type == outer.type:
        return m.start == outer.start and BRIEFING.fullmatch(rest) is not None
    # 暨 joins two occasions, each held for something of its own: 甲项目推进|暨乙签约会.
    for half in outer.name.replace("暨", "会暨").split("暨"):
        held = half.startswith(m.name) and half.removeprefix(m.name)
        least = OWN_FOUNDED if held and FOUNDED.match(held) else OWN_NAME
        if held and m.end - m.start >= least and UNDERTAKEN.match(held):
            return SORTS.search(m.name) is None
    return SIGNING.search(outer.name) is not None and any(
        p.removeprefix(m.name) == "" or ABOUT.match(p.removeprefix(m.name))
        for p in PARTIES.split(outer.name)
        if p.startswith(m.name)
    )
