"""The items of a list that a noun sums up, as names: 甲小镇、乙片区等5个文旅项目."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.draft import Draft
from kg.annotate.grammar import Reach
from kg.annotate.mention import Mention, clean
from kg.annotate.proper import COUNTED
from kg.annotate.tokens import coined
from kg.ontology import Ontology, Rule
from kg.sought import Sought

# 甲工程、乙工程|七大工程: how many they are.
SUMMED = re.compile("(?<=[程目动划地])[两三四五六七八九十]+大(?:工程|项目|行动|计划|基地)$")
# Before the last item, behind the brackets of the one before.
JOINT = re.compile("(?<=[）)])[和及与](?=[^，。；、]{4})")
# What stands behind an item in brackets.
ASIDE = re.compile(r"[（(][^（）()]*[）)]$")
# What the names of things that are built or founded end in.
BUILT = frozenset("厦程目园镇地心台站港厂馆城区线路桥道库院谷村街场湾岛廊楼塔坝网段铁速迁期店")
SEATS = ("总部", "大脑", "节点", "二期", "三期", "改造", "改建", "扩建", "新建", "重建", "迁建")
# 项目包括基础设施项目、民生项目: kinds of projects are shorter than names.
OWN = 6
LONG = 9  # characters of what is signed, and told at such length that it is one thing
BODIES = ("研究院", "研究所", "公司", "大学", "学院", "医院", "中学", "小学", "学校", "工作站")
PROPER = ("ns", "nz", "nt")  # tags of names
# Sums and counts, no things: 总投资100亿元, 年产5万吨某物, 5亿元以上项目3个.
SUMS = re.compile(r"总投资|年产|带动|其中|.*\d.*(?:亿元|万元|人|个|吨)|.*以上")
# What names of places end in that something to be built may end in, too.
PARK = re.compile("[园城谷港岛镇]区?$")
# Who invests how much in an item stands before its name: 甲公司投资30亿元的|乙项目.
PRICED = re.compile(r"[^、]{0,24}?(?:投资|斥资)(?:约|超|近)?[\d.]+[万亿]+元(?:建设)?的?(?!$)")
# Who goes to see it stands before it: 甲某率队考察了|乙项目、丙项目.
SEEN = re.compile("[^、]*(?:考察|调研|参观|走访|观摩|察看|视察)了?(?=.{4})")
# 甲线等一批重大项目和|乙基地、丙园区等: the sum of one list, right before the next.
BEHIND = re.compile("[^、，]{0,8}(?:项目|工程)[和及与](?=[^、]{4})")
# 甲与乙、丙签订了丁基地、戊中心等项目合作协议: what is signed are things, no sorts.
SIGNED = re.compile(".*签[约订署下][了的]?")
SOME = re.compile(r"\d(?:余|多)?个")
# 甲中心、乙基地等项目|也在现场签约: what happens to things, and to no sorts of them.
BEGUN = re.compile(
    r"(?:也|均|都|已|将|分别|相继|先后|陆续|集中|现场|成功|顺利|正式|同时|同步|当天|昨日|今日"
    r"|近来|近日|日前|近期|目前|年内|今年|明年|即将|计划"
    r"|[在于][^，。；、的在于]{2,12}?){0,4}"
    r"(?:签约|落户|开工|动工|奠基|揭牌|竣工|投产|投用|启用|封顶|亮相|落地)(?![仪活合])"
)


class SeriesFinder:
    """Finds the items of a list that a noun sums up: 甲小镇、乙片区等5个文旅项目.

    A list behind the noun (项目包括甲改造工程、乙建设项目) names what its items themselves end in.
    """

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        nouns = "|".join(sorted(map(re.escape, rule.options["nouns"]), key=len, reverse=True))
        item = r"(?:(?!等\s*[\d两二三四五六七八九十]|等一批|共计|大类)[^、，。；：！？\s“”]){3,40}"
        self.pattern = Sought(
            rf"(?P<items>{item}(?:、{item})+?)"
            rf"(?:等?\s*(?:这)?(?<![的\d])(?:\d+|[两二三四五六七八九十]+)(?:余|多)?[个大项]|等一批)"
            rf"[^、，。；：\d市县镇企单校]{{0,10}}?(?:{nouns})"
        )
        own = rf"[^、，。；：！？\s“”]{{{OWN},36}}?(?:{nouns})"
        self.behind = Sought(
            rf"(?:{nouns})(?:主要|分别|具体)?(?:包括|包含|涵盖|为|是|有)：?"
            rf"(?P<items>{own}(?:[、和]{own})+)(?=等|[，。；])"
        )
        # 签约的8个项目落户甲区，包括乙中心、丙项目: counted before, so its items are names.
        self.counted_behind = Sought(
            rf"(?:\d+|[两二三四五六七八九十]+)(?:余|多)?个[^，。；：！？\s“”]{{0,30}}?(?:{nouns})"
            rf"[^，。；：！？\s]{{0,14}}[，：]?(?:其中)?(?:主要|分别)*(?:包括|包含|涵盖|分别为|分别是)：?"
            rf"(?P<items>(?:[^、，。；：！？\s]{{3,40}}、)+[^、，。；：！？\s]{{3,40}}?(?:{nouns}))(?=等|[，。；])"
        )
        # 甲市纺纱+印花项目，乙市窑炉、坯体智造项目等5个项目: each between commas.
        clause = rf"[^，。；：！？\s“”]{{5,44}}(?:{nouns})"
        self.commas = Sought(
            rf"(?:(?<=[。；：！？\n])|^)(?P<items>{clause}(?:，{clause})+)等"
            rf"(?:\d+|[两二三四五六七八九十]+)(?:余|多)?个[^、，。；：]{{0,8}}?(?:{nouns})"
        )
        # 甲大道、乙大堤等工程: not counted, so every item must be a name of its own.
        summed = (
            rf"等(?!\d)[^、，。；：\d市县镇企单校]{{0,8}}?(?:{nouns})"
            rf"(?=[，。；、建开投落相陆竣合签达]|{BEGUN.pattern}|$)"
        )
        self.plain = Sought(rf"(?P<items>{item}(?:、{item})+?){summed}")
        # 签约项目8个，分别是甲数据中心、乙总部; 签约项目：丙基地（9亿元）、丁产业园.
        aside = r"[（(][^（）()\n]{0,30}[）)]"
        thing = rf"(?:[^、，。；：！？\s“”（()）]|{aside}){{3,40}}?"
        many, are = (
            r"(?:\d+|[两二三四五六七八九十]+)(?:余|多)?个",
            "(?:分别为|分别是|包括|包含|即)：?",
        )
        beside = r"(?:，[^，。；：！？\s“”]{0,16}){0,2}?[，：]?(?:其中)?"
        self.told = Sought(
            rf"(?:签约|开工|引进|落户|落地|竣工|投产|在建|签下)(?:的|了)?"
            rf"(?:[^，。；：！？\s“”]{{0,8}}?(?:{nouns})(?:(?:共|计|有)*{many}{beside}{are}"
            rf"|(?:分别|主要|具体)*(?:(?:有|为|是|包括)?：|包括|包含|涵盖))|{many}[^，。；：！？\s“”]{{0,8}}?(?:{nouns}){beside}{are})"
            rf"(?P<items>{thing}(?:、{thing})+?)(?=等|[，。；]|$)"
        )
        self.summed = Sought(summed)
        # What must stand at the end of the list; told without looking for the whole of it.
        self.counted = Sought(
            r"、[^、，。；：！？\s“”]{3,40}?等?\s*(?:这)?(?:\d+|[两二三四五六七八九十]+)(?:余|多)?[个大项]|、[^、，。；：！？\s“”]{3,40}?等一批"
        )
        self.reach = Reach(longest=36, digits=True, joins=True, quotes=True, works=True)
        self.sober = Reach(longest=36, digits=True, joins=True, quotes=True)

    @staticmethod
    def _one(draft: Draft, begin: int, end: int, plain: bool, strict: bool) -> bool:
        """Whether an item names one thing: by what it is built as, or by a name in it.

        ``plain``: the list is neither counted nor signed, so its noun may sum up sorts.
        """
        item = draft.text[begin:end]
        if item.endswith(BODIES) or (strict and SUMS.match(item)):
            return False  # 甲研究院、乙项目等一批项目: it is founded, and a body
        if not PARK.search(item) and any(
            (m.start, m.end) == (begin, end) and m.type in draft.solid for m in draft.found
        ):
            return False  # a place, where some of the works are
        if plain and item[-1] not in BUILT and not item.endswith(SEATS):
            return False
        named = any(not m.weak for m in draft.within(begin, end))
        built = (item[-1] in BUILT or item.endswith(SEATS)) and not plain
        if strict:  # neither counted nor summed up: only with a name of its own
            words = draft.words.between(begin, end)
            own = re.search(r"[A-Za-z]{2}", item) or coined(item)
            proper = named or bool(own) or any(w.tag in PROPER for w in words)
            return built and (proper or (len(item) >= LONG and "类" not in item))
        return built or named or re.search(r"\w", item, re.A) is not None or coined(item)

    @staticmethod
    def _past(draft: Draft, begin: int, end: int) -> int:
        """Past verbs and adverbs that stand before the place a name begins with: 保障|甲新区."""
        places = [m.start for m in draft.within(begin, end) if m.type in draft.solid]
        words = draft.words.between(begin, min(places)) if places else ()
        doing = all(w.tag[0] in "vda" for w in words)
        return min(places) if places and doing else begin

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The items; the first one begins where no name goes on to the left."""
        if self.counted.search(draft.text):
            yield from self._listed(draft, self.pattern)
        yield from self._listed(draft, self.behind)
        yield from self._listed(draft, self.counted_behind)
        yield from self._listed(draft, self.told)
        yield from self._between_commas(draft)
        if self.summed.search(draft.text):
            yield from self._listed(draft, self.plain)

    def _between_commas(self, draft: Draft) -> Iterator[Mention]:
        for match in self.commas.finditer(draft.text):
            start = match.start("items")
            for item in match["items"].split("，"):
                end = start + len(item)
                name, rule = clean(item), self.rule
                if draft.begins.get(start) is not None or coined(name):
                    sort = str(rule.options.get("subtype", ""))
                    yield Mention(start, end, self.type, name, rule.rule, sort, rule.confidence)
                start = end + 1

    def _listed(self, draft: Draft, pattern: Sought) -> Iterator[Mention]:
        for match in pattern.finditer(draft.text):
            start = match.start("items")
            if pattern is self.plain and SOME.search(match["items"]):
                continue
            signed = SIGNED.search(match["items"]) if pattern is self.plain else None
            begun = BEGUN.match(draft.text, match.end()) if pattern is self.plain else None
            plain = pattern is self.plain and signed is None and begun is None
            strict = pattern is self.told or (begun is not None and signed is None)
            least = OWN if strict else 4
            start += signed.end() if signed else 0
            items = draft.text[start : match.end("items")]
            for number, item in enumerate(JOINT.sub("、", items).split("、")):
                end = after = start + len(item)
                summed = SUMMED.search(item)
                end -= len(summed[0]) if summed else 0
                if pattern is self.told and (aside := ASIDE.search(item)):
                    end -= len(aside[0])
                begin = start
                opens = number == 0 and pattern not in (self.behind, self.counted_behind, self.told)
                if opens and end - start > 4:
                    reach = self.sober if pattern is self.plain else self.reach
                    floor = max(draft.floor(end), start)
                    begin = draft.boundary.left(end - 2, floor, reach)
                    begin = self._past(draft, begin, end)
                behind = BEHIND.match(draft.text, begin, end) if number == 0 else None
                begin = behind.end() if behind else begin
                priced = PRICED.match(draft.text, start, end)
                begin = max(begin, priced.end()) if priced else begin
                seen = SEEN.match(draft.text, start, end)
                begin = max(begin, seen.end()) if seen else begin
                name = clean(draft.text[begin:end])
                if (
                    least <= len(name) <= 36
                    and not COUNTED.match(name)
                    and self._one(draft, begin, end, plain, strict)
                ):
                    yield Mention(
                        begin,
                        end,
                        self.type,
                        name,
                        self.rule.rule,
                        str(self.rule.options.get("subtype", "")),
                        self.rule.confidence,
                    )
                start = after + 1
