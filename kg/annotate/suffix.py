"""Names found by their head noun: 公司, 局, 高新区, 项目, 大会 …, read to the left."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import rjieba

from kg.annotate.boundary import Reach
from kg.annotate.draft import Draft
from kg.annotate.mention import Mention, clean
from kg.annotate.titled import Titles
from kg.annotate.tokens import coined
from kg.ontology import Rule
from kg.signs import ahead, either

# Tags of words that by themselves make no name: nouns, verbs, adjectives and the like.
COMMON = frozenset(("n", "v", "vn", "a", "ad", "an", "b", "d", "f", "l", "i", "t", "s", "z"))
# 12个项目, 三大工程: a count is no name.
COUNTED = re.compile(
    r"(?:\d+|[一二两三四五六七八九十百数多几]+)(?:多|余)?(?:个|家|项|大|类|批|座|条|所|款|处|名|场|套|次)"
)
# 各市、州人民政府: bodies that a notice is addressed to as a class are no names.
ADDRESSED = re.compile(r"(?:各|有关|相关)[^，。；：\n]{0,16}$")
# 各类学校, 某区某公司, 省级局: which one is not said.
ANY = re.compile(r"各|[区市县镇村省地园]某|^(?:国家|省|市|区|县|各)级")
# 1.2万平方米|铁路: a measure and a noun.
MEASURED = re.compile(
    r"\d[\d.,]*[万亿余多]*(?:平方米|平米|公里|千米|米|吨|元|亩|套|座|条|千瓦|兆瓦|级)[\u4e00-\u9fff]{0,2}"
)
YEAR = re.compile(r"(?:(?:19|20)\d\d年?[-—至]?)+[由在的]?")
# What names of towns end in, and how many characters stand before.
TOWNS, TOWN = ("镇", "乡"), 5
# 甲区委|区政府: two bodies in one breath.
BOTH = re.compile("[省市区县州]委(?=[省市区县州](?:人民)?政府)")
TALLY = re.compile(r"(?:\d+|[一二两三四五六七八九十百数多几])(?:个|大|项|批)$")
# 光伏发电项目13个: a head noun with a count behind it names a kind, not a thing.
MANY = re.compile(
    r"(?:共|达|超)?(?:\d+|[一二两三四五六七八九十百]+)(?:余|多)?(?:个|项|家|条|座|处|所|片)|等(?:领域|方面|一批)"
)
# 某节上，某展开幕: a segmenter makes one word of the head noun's end and 上, 开.
THERE = re.compile("[开闭启]幕|[上中](?=[，。、：；“的])")
GLOSS = re.compile(r"[（(]([\u4e00-\u9fff]{1,8})[）)]")
REGIONS = (
    "中国",
    "全国",
    "国家",
    "华东",
    "华北",
    "华中",
    "华南",
    "西南",
    "西北",
    "东北",
    "西部",
    "东部",
    "中部",
)
# Tags of words that are somebody's or some place's own name.
OWN = ("ns", "nr", "nz", "nt", "j")
# Words that names of places are made of: 观音|桥, 金融|岛, 西部, 未来.
LAND = re.compile("[桥湖山岛河江湾岭街路洲坪坝谷]$|^[东南西北中]部$|未来|航空港|大学城|临空|西海岸")
COMPASS = ("华东", "华北", "华中", "华南", "西南", "西北", "东北", "中国", "国际")


@dataclass(frozen=True, slots=True)
class Heads:
    """A rule of head nouns, ready to use: what names of it may contain, what makes none."""

    type: str
    rule: Rule
    reach: Reach
    generic: re.Pattern[str]
    prefixes: tuple[str, ...]
    yields: re.Pattern[str] | None
    unless: re.Pattern[str]
    options: dict[str, Any]
    titles: Titles | None = None

    def word_at(self, text: str, head: int) -> str:
        """The head noun of this rule that stands at a position, the longest."""
        words = sorted(self.rule.options["words"], key=len, reverse=True)
        return next((w for w in words if text.startswith(w, head)), "")

    @classmethod
    def of(cls, type_: str, rule: Rule) -> Heads:
        o = rule.options
        words = sorted(map(re.escape, o.get("generic", ())), key=len, reverse=True)
        return cls(
            type=type_,
            rule=rule,
            reach=Reach(
                longest=int(o.get("longest", 26)),
                digits=bool(o.get("digits")),
                joins=bool(o.get("joins")),
                quotes=bool(o.get("quotes")),
                names=bool(o.get("names")),
                loose=bool(o.get("short")),
                works=bool(o.get("works")),
                halves=bool(o.get("halves")),
                cut=frozenset(o.get("cut", ())),
                keep=frozenset(o.get("keep", ())),
            ),
            generic=re.compile(f"(?:{'|'.join(words)})+" if words else r"(?!)"),
            prefixes=tuple(o.get("prefixes", ())),
            yields=re.compile(f"(?:{o['yields']})") if o.get("yields") else None,
            unless=re.compile(str(o.get("unless", r"(?!)"))),
            options=o,
            titles=Titles.of(o),
        )


def _common(draft: Draft, begin: int, end: int) -> bool:
    """Whether a stretch is made of common words only: 生物制药 in 一家生物制药公司."""
    words = list(draft.words.between(begin, end))
    return bool(words) and all(
        len(w.text) > 1 and w.tag in COMMON and rjieba.has_word(w.text) for w in words
    )


class SuffixFinder:
    """Finds the names of all rules of head nouns in one pass over a text."""

    def __init__(self, rules: list[tuple[str, Rule]], role: re.Pattern[str]) -> None:
        self.role = role  # a position may follow a body's name: 科技局|局长
        self.heads: dict[str, list[Heads]] = {}
        for type_, rule in rules:
            ready = Heads.of(type_, rule)
            for word in rule.options["words"]:
                self.heads.setdefault(word, []).append(ready)
        self.types = {type_ for type_, _ in rules}
        # Legal forms end a name whatever word a segmenter makes of their last character.
        self.closing = {w for _, rule in rules for w in rule.options.get("closes", ())}
        found = f"{ahead(self.heads)}(?=({either(self.heads)}))"
        self.pattern = re.compile(found) if self.heads else None

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The names of a text that end in a head noun, nested ones included."""
        anchors = list(self._anchors(draft))
        known = {type_: set(draft.ends) for type_ in self.types}
        for _, end, word in anchors:
            for heads in self.heads[word]:
                # A company's legal form ends a name whatever comes after it.
                for type_ in self.types if heads.reach.loose else (heads.type,):
                    known[type_].add(end)
        for start, end, word in anchors:
            for heads in self.heads[word]:
                draft.boundary.ends = known[heads.type]
                mention = self._name(draft, start, end, heads)
                if mention is not None:
                    titles = heads.titles
                    yield titles.settle(draft, mention, start) if titles else mention
                    break
        draft.boundary.ends = draft.ends

    def _anchors(self, draft: Draft) -> Iterator[tuple[int, int, str]]:
        """Head nouns of the text: the longest at each end, where a word may end."""
        if self.pattern is None:
            return
        best: dict[int, tuple[int, int, str]] = {}
        for match in self.pattern.finditer(draft.text):
            start, word = match.start(), match[1]
            end = start + len(word)
            if len(word) == 1 and not self._noun(draft, start):
                continue
            closed = (
                word in self.closing
                or draft.closes(end)
                or self.role.match(draft.text, end) is not None
                or THERE.match(draft.text, end) is not None
            )
            if (end not in best or start < best[end][0]) and closed:
                best[end] = (start, end, word)
        yield from sorted(best.values())

    @staticmethod
    def _noun(draft: Draft, position: int) -> bool:
        """Whether a single character is a head noun, and not the end of a verb (签署, 主办)."""
        if THERE.match(draft.text, position + 1):
            return True
        word = draft.words.at(position)
        whole = draft.text[word.start : word.end]
        if whole in draft.grammar.verbs or whole in draft.grammar.cut:
            return False
        return not (
            word.start < position and word.tag in ("v", "vn", "b", "d", "a") and len(whole) == 2
        ) and whole not in ("部署", "布局", "常委", "政委")

    def _name(self, draft: Draft, start: int, end: int, heads: Heads) -> Mention | None:
        if heads.unless.match(draft.text, end):  # 园区规划|面积8平方公里: a verb
            return None
        begin = draft.boundary.left(start, draft.floor(start), heads.reach)
        begin = self._anchored(draft, self._lead(draft, begin, start), start, heads)
        if begin < 0 or draft.text.startswith(tuple(heads.options.get("not_before", ())), end):
            return None
        if heads.options.get("named"):
            both = BOTH.search(draft.text, begin, end)
            begin = self._abroad(draft, both.end() if both else begin, start)
            year = YEAR.match(draft.text, begin, start)
            begin = year.end() if year else begin
        body = clean(draft.text[begin:start])
        if len(body) < int(heads.options.get("min", 1)) or heads.generic.fullmatch(body):
            return None
        if (
            body[0] in "某（("
            or (heads.options.get("named") and ANY.search(body))
            or COUNTED.match(body)
            or MEASURED.fullmatch(body)
            or TALLY.search(body)
            or self._compound(draft, start, end, heads)
        ):
            return None
        tail = re.split("[与和及]", body)[-1]
        if not tail or (tail != body and heads.generic.fullmatch(tail)):
            return None
        end = self._gloss(draft, end)
        name = clean(draft.text[begin:end])
        proper = self._proper(draft, begin, start, name)
        if heads.yields and heads.yields.search(
            f"{draft.text[max(0, begin - 14) : begin]}\n{draft.text[end : end + 20]}"
        ):
            return None
        if not self._stands(draft, begin, start, heads):
            return None
        where = heads.options.get("locative")
        if where is not None and bool(where) != self._locative(draft, begin):
            return None
        word = draft.text[start:end]
        if not proper and self._kind(draft, begin, start, word, heads):
            return None
        least = int(heads.options.get("coined", 0))
        if least and len(name) >= least and not proper and not MANY.match(draft.text, end):
            proper = self._own(draft, begin, start)
        weak = bool(heads.options.get("weak")) and not proper
        if weak and MANY.match(draft.text, end):
            return None
        weak = weak or (bool(heads.options.get("distinct")) and not self._distinct(name, proper))
        everyday = heads.options.get("everyday")
        if everyday is not None and not draft.within(begin, start):
            weak = weak or self._everyday(draft, begin, start, everyday)
        return Mention(
            start=begin,
            end=end,
            type=heads.type,
            name=name,
            rule=heads.rule.rule,
            subtype=str(heads.options.get("subtype", "")),
            score=heads.rule.confidence,
            weak=weak,
            also=(clean(re.sub(r"[（(][^（）()]*[）)]$", "", name)),) if name[-1] in "）)" else (),
        )

    def _stands(self, draft: Draft, begin: int, head: int, heads: Heads) -> bool:
        """Whether a name begins as its rule asks: with a place, a table's place, a body."""
        placed = heads.options.get("placed")
        if placed == "known":
            known = draft.begins.get(begin)
            return known is not None and known.end <= head and not known.weak
        if placed and not self._placed(draft, begin, head):
            return False
        return not heads.options.get("after") or self._after_body(draft, begin, head)

    @staticmethod
    def _kind(draft: Draft, begin: int, start: int, word: str, heads: Heads) -> bool:
        """Whether a head noun and what stands before it say what kind of body, not which."""
        grammar = draft.grammar
        if word in heads.options.get("trade", ()):
            return all(
                w.text in grammar.industry or w.text in grammar.inner or w.text in grammar.doing
                for w in draft.words.between(begin, start)
            )
        return word in heads.options.get("own", ()) and _common(draft, begin, start)

    @staticmethod
    def _compound(draft: Draft, start: int, end: int, heads: Heads) -> bool:
        """Whether the head noun is but the end of another word (部 in 干部), or of a number."""
        words = heads.options.get("compounds", ())
        if any(draft.text.endswith(w, 0, end) for w in words if len(w) > end - start):
            return True
        return bool(re.match(r"[\u4e00-\u9fff]{0,6}[〔\[［]\d{4}", draft.text[end : end + 12]))

    @staticmethod
    def _lead(draft: Draft, begin: int, head: int) -> int:
        """Past words of doing that stand before the first place or body of a name."""
        inside = [m for m in draft.within(begin + 1, head) if not m.weak]
        if not inside:
            return begin
        first = min(m.start for m in inside)
        doing = draft.grammar.doing
        words = list(draft.words.between(begin, first))
        if (
            words
            and words[0].start == begin
            and words[-1].end == first
            and all(w.text in doing for w in words)
        ):
            return first
        return begin

    @staticmethod
    def _abroad(draft: Draft, begin: int, head: int) -> int:
        """Past common words before a country: 病毒|美国甲某大学. A body before it stays."""
        countries = [m.start for m in draft.within(begin + 1, head) if m.subtype == "country"]
        if not countries or any(e in draft.ends for e in range(begin, countries[0])):
            return begin
        return countries[0] if _common(draft, begin, countries[0]) else begin

    @staticmethod
    def _gloss(draft: Draft, end: int) -> int:
        """Past a bracket that belongs to the name: 石油大学（华东）, 理工大学（暂名）."""
        match = GLOSS.match(draft.text, end)
        if not match:
            return end
        inside = draft.begins.get(match.start(1))
        if (
            match[1] in ("暂名", "筹", "核心区", "试行")
            or (inside and inside.end == match.end(1))
            or match[1] in COMPASS
        ):
            return match.end()
        return end

    @staticmethod
    def _anchored(draft: Draft, begin: int, head: int, heads: Heads) -> int:
        """Where a body that must name its place begins, or -1: 重庆市科技局, 市科技局, 区政府."""
        if not heads.options.get("anchored"):
            return begin
        first = draft.words.at(begin)
        if first.tag == "nt" and first.start == begin and first.end <= head:
            return begin  # 某市海关|缉私局: the segmenter knows the body
        for position in range(begin, head + 1):
            known = draft.begins.get(position)
            if known is not None and known.end <= head and (known.end < head or position == begin):
                bracketed = draft.text[position - 1 : position] in ("（", "(")
                return begin if bracketed and position > begin else position
            for prefix in heads.prefixes:
                if not draft.text.startswith(prefix, position) or position + len(prefix) > head:
                    continue
                single = bool(heads.options.get("single"))
                whole = prefix + heads.word_at(draft.text, head) in heads.options.get("whole", ())
                if position + len(prefix) == head and single and not whole:
                    continue
                before = draft.text[max(0, position - 18) : position]
                at_start = (
                    position == begin
                    or draft.words.at(position).start == position
                    or before[-1:] in draft.grammar.cut
                )
                if position > begin and prefix in TOWNS and position - begin <= TOWN:
                    return begin  # 甲里|镇政府: the town's own name stands before
                if at_start and not ADDRESSED.search(before):
                    return position
        return -1

    @staticmethod
    def _proper(draft: Draft, begin: int, head: int, name: str) -> bool:
        """Whether a name holds something of its own: a place, a body, a mark, Latin letters."""
        if re.search(
            r"[A-Za-z]{2,}|[“”]|(?:19|20)\d\d年(?!底|高速|末|普通)", draft.text[begin:head]
        ):
            return True
        return bool(draft.within(begin, head))

    @staticmethod
    def _placed(draft: Draft, begin: int, head: int) -> bool:
        known = draft.begins.get(begin)
        if draft.text[begin] in "市省区县州" and head - begin >= 3:
            return True
        return (known is not None and known.end <= head) or draft.text.startswith(REGIONS, begin)

    @staticmethod
    def _after_body(draft: Draft, begin: int, head: int) -> bool:
        return any(m.start == begin and m.end <= head for m in draft.found) or any(
            begin < e <= head for e in draft.boundary.ends
        )

    @staticmethod
    def _own(draft: Draft, begin: int, head: int) -> bool:
        """Whether a name holds a coined word or a measure: 大某路…工程, 某某2×350兆瓦…工程."""
        if re.search(
            r"\d(?:[万亿]?(?:千瓦|兆瓦|吨|千伏|公里|立方米)|[万亿]?吨级)", draft.text[begin:head]
        ):
            return True
        words = list(draft.words.between(begin, head))
        if any(w.tag in ("nr", "nrt", "ns") and len(w.text) > 1 for w in words):
            return True
        return coined(draft.text[begin:head])

    @staticmethod
    def _everyday(draft: Draft, begin: int, head: int, words: Collection[str]) -> bool:
        """Whether a name holds nothing but words of every day (现有园区), no name of its own."""
        position = begin
        while position < head:
            word = draft.words.at(position)
            own = word.tag[:2] in OWN or not rjieba.has_word(word.text) or LAND.search(word.text)
            if own and word.text not in words:
                return False
            position = word.end
        return True

    @staticmethod
    def _distinct(name: str, proper: bool) -> bool:
        return proper or bool(
            re.search(r"\d|第[一二三四五六七八九十]+届|首届|“|全国|国际|世界", name)
        )

    @staticmethod
    def _locative(draft: Draft, begin: int) -> bool:
        """Whether the words before a name make it a place (落户…, 位于…, 在…)."""
        before = draft.text[max(0, begin - 6) : begin]
        return bool(re.search(r"(?:落户|入驻|位于|进驻|地处|在|就|到|的)$|、$", before))
