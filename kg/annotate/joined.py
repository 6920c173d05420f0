"""A conjunction in, whether it joins two words of one name (农业与农村局) or two names out."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.annotate.grammar import Grammar, Reach
from kg.annotate.tokens import STOPS, Word, Words, coined

# How far from the head noun a conjunction may stand: in names of bodies, and of works.
NEAR, FAR = 12, 18
BRAND = 4  # characters of a brand
# Conjunctions that make one project of two parts, and what its first part ends in.
WHOLE = ("及", "暨")
SEAT = re.compile("(?:总部|基地|中心|产业园|平台|工厂|生产线)$")
HOUSES = ("总部", "中心", "基地")
PROJECT = re.compile("[\u4e00-\u9fff]{0,4}项目")
CONJUNCTIONS = ("与", "和", "及", "暨")
# What 暨 joins to a second one of its sort.
OCCASION = re.compile("(?:会|仪式|典礼|论坛|活动|峰会|[^季]节)$")
# Branches of business that firms of the state are called by, and what is named with them.
BRANCHES = frozenset({"石油", "石化", "化工", "建材", "轻工", "机械", "纺织", "有色"})
TRADE = re.compile("(?:化工|化学|天然气|石化|机械|冶金|轻工|建材|电力)(?:工业|行业|产业|装备|设备)")
# Whose offices and what sorts a conjunction sets beside a body: 院长及|学院, 各部门与|公司.
TITLE = re.compile(
    "[院校会市县区局处厅部司所科行社馆台]长$|主任$|书记$|总裁$|经理$|主席$|秘书长$|董事$"
)
# Whom a conjunction sets beside a body: 代表团和|甲公司.
PEOPLE = re.compile(
    "(?:们|团队|代表团|考察团|人员|领导|嘉宾|大家|员工|职工|师生|居民|村民|群众|记者|专家|学者|客商|市民"
    "|游客|企业家|负责人)$"
)
# What the short names of firms end in, and no half of a longer one.
FIRMS = frozenset({"股份", "控股", "银行", "证券", "药业", "实业", "置业", "电气", "重工", "光电"})
SORTS = frozenset(
    {"项目", "部门", "单位", "企业", "公司", "学校", "地区", "机构", "高校", "双方", "各方"}
)
# Tags of words that cannot stand before a conjunction inside a name, and of words that
# cannot stand after one: places, persons, pronouns, numbers, adverbs, prepositions.
NO_NAME_BEFORE = ("nr", "nt", "r", "m", "d", "p", "ns", "ad", "t", "f")
NO_NAME_AFTER = ("ns", "nr", "nt", "r", "m")


class Joined:
    """Tells what the conjunctions of one text join.

    Args:
        words: The words of the text.
        grammar: The word lists.
        ends: Positions where another name ends: a conjunction after one joins two names.
        begins: Positions where another name begins: a conjunction before one does, too.
    """

    def __init__(
        self, words: Words, grammar: Grammar, ends: Collection[int], begins: Collection[int]
    ) -> None:
        self.text, self.words, self.grammar = words.text, words, grammar
        self.ends, self.begins = ends, begins
        self.ends_of: dict[int, int] = {}  # places, where they begin by where they end
        self.bodies: dict[int, int] = {}  # listed bodies, the same

    def _branch(self, start: int, position: int) -> bool:
        """Whether what reads as a listed firm is a branch of business here: 中国石油|和化工行业."""
        begin = self.bodies.get(start)
        if begin is None or not self.text.startswith("中国", begin):
            return False
        branch = self.text[begin + 2 : start] in BRANCHES
        return branch and TRADE.match(self.text, position) is not None

    def _two(self, before: Word, start: int, position: int, head: int, reach: Reach) -> bool:
        """Whether the word before a conjunction and the name behind it are two things for sure."""
        if TITLE.search(before.text) or before.text in SORTS or PEOPLE.search(before.text):
            return True  # 院长及|材料学院, 各部门与|甲某公司, 代表团和|乙某公司
        opens = before.start == 0 or self.text[before.start - 1] in STOPS
        if reach.loose and opens and len(before.text) > 1 and coined(self.text[position:head]):
            return True  # 苹果和|某海集团: a brand that is a word, and a name of its own
        if reach.loose and before.text in FIRMS:
            return True  # 甲某股份与|乙集团
        if reach.loose and coined(self.text[position:head]) and self._firm(before):
            return True  # 云某科技与|澜某集团
        # 某发布会暨|甲平台上线仪式: it joins two occasions, no platform to one
        return self.text[start:position] == "暨" and OCCASION.search(before.text) is not None

    def _firm(self, before: Word) -> bool:
        """Whether the word before a conjunction is the trade of a coined name: 云某|科技."""
        if before.text not in self.grammar.industry:
            return False
        start = before.start
        while start and before.start - start < BRAND and self.text[start - 1] not in STOPS:
            start -= 1
        opens = start == 0 or self.text[start - 1] in STOPS
        return opens and start < before.start and coined(self.text[start : before.start])

    def _joined(self, start: int, position: int, head: int, reach: Reach) -> bool:
        """Whether a conjunction joins two words of one name (农业与农村局), not two names."""
        if self._branch(start, position):
            return True
        text, works = self.text, reach.works
        far = FAR if works else NEAR
        if start == 0 or position in self.begins or head - position > far:
            return False
        if start in self.ends:  # 甲总部及|乙基地项目: one project
            both = works and text[start:position] in WHOLE and SEAT.search(text, 0, start)
            return bool(both) and PROJECT.match(text, head) is not None
        if text[start - 1] in STOPS or text[position] in "市省区县州国":
            return False
        before, after = self.words.at(start - 1), self.words.at(position)
        if self._two(before, start, position, head, reach):
            return False
        if not works and before.text in HOUSES:
            return False  # 研发中心及|检测平台
        craft = works and after.text in self.grammar.inner  # 养殖及|屠宰加工项目
        if not craft and (after.tag in NO_NAME_AFTER or after.text in self.grammar.cut):
            return False
        if works and (before.text in self.grammar.works or before.text in self.grammar.inner):
            return True
        if before.text.endswith(self.grammar.fields):
            return True
        if before.text in self.grammar.inner:
            return True  # 养老|和某某中心, which a segmenter takes for a person
        return before.tag not in NO_NAME_BEFORE and before.text not in self.grammar.cut
