"""A body's name and a longer one that begins with it in, whether the two are two bodies out.

``甲大学机械学院`` names a school and its university, ``甲银行乙市分行`` a branch and its bank;
``甲集团有限公司`` is one company, ``甲市政府新闻办`` one office.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.extract.mentions.mention import Mention
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
    if m.type != outer.type or m.start != outer.start or m.end == outer.end:
        return False
    if rule is None or mine is None or mine.kind not in ("suffix", "list", "trade"):
        return False
    rest = outer.name[len(m.name) :]
    if WHOLE.match(rest) or POSTED.search(m.name):
        return False
    if m.name.endswith(COMMITTEES):
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
