"""Names found by their head noun: 公司, 局, 高新区, 项目, 大会 …, read to the left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.begin import bounds, gloss, part
from kg.annotate.draft import Draft
from kg.annotate.heads import Candidate, Heads
from kg.annotate.mention import Mention, clean
from kg.annotate.proper import nameless, weak
from kg.annotate.staged import whole as staged
from kg.ontology import Rule
from kg.signs import ahead, either

# One word to a segmenter, and a work with what is done to it: 某改扩建工程|建设.
BUILT = re.compile("工程建设(?=[，。；、]|$)")
# 某节上，某展开幕, 某会党组: a segmenter makes one word of the head noun's end and 上, 开, 党.
THERE = re.compile("[开闭启]幕|党[组委]|会员|会长单位|成员|理事|[上中](?=[，。、：；“的])")

# What a firm or body is in a deal, before its name: 主承销商|某银行, but 供应商管理有限公司.
PARTY = re.compile(
    "(?:承销商|承包商|供应商|服务商|运营商|开发商|代理商|制造商|建造商|投资方|建设方|承建方"
    "|承办方|合作方|业主方|发行方|运营方|保荐机构|保荐人|评级机构|托管行|牵头行|经办行|合作伙伴)"
    "(?=[\u4e00-\u9fff]{2})(?!管理|服务|联合|联盟|协会|大会)"
)

# 系 behind these is no faculty: 某工程系, but 某项目系….
NO_FACULTY = tuple(
    f"{what}系" for what in ("平台", "系统", "项目", "公司", "集团", "基地", "产品", "品牌", "大厦")
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
        for found in self.heads.values():
            found.sort(key=lambda heads: not heads.options.get("leads"))
        # Bare words of works that are being made, which other rules have as well: 中心.
        self.both = {
            word
            for word, found in self.heads.items()
            if len({bool(heads.options.get("leads")) for heads in found}) > 1
        }
        self.made = {w for _, r in rules if r.options.get("made") for w in r.options["words"]}
        self.types = {type_ for type_, _ in rules}
        # Legal forms end a name whatever word a segmenter makes of their last character.
        self.closing = {w for _, rule in rules for w in rule.options.get("closes", ())}
        signs = f"{ahead(self.heads)}(?=({either(self.heads)}))"
        self.pattern = re.compile(signs) if self.heads else None

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The names of a text that end in a head noun, nested ones included."""
        anchors = list(self._anchors(draft))
        known = {type_: set(draft.ends) for type_ in self.types}
        for _, end, word, _ in anchors:
            for heads in self.heads[word]:
                if heads.options.get("leads") or heads.options.get("owned"):
                    continue  # a bare word is no end that other names begin after
                # A company's legal form ends a name whatever comes after it.
                for type_ in self.types if heads.reach.loose else (heads.type,):
                    known[type_].add(end)
        built: set[int] = set()
        whole: Mention | None = None  # the last name found: a unit's may begin with it
        for start, end, word, made in anchors:
            for heads in self.heads[word]:
                if word in self.both and made != bool(heads.options.get("leads")):
                    continue
                draft.boundary.ends = known[heads.type]
                mention = None if end in built else self._name(draft, start, end, heads, whole)
                if mention is not None and heads.titles:
                    mention = heads.titles.settle(draft, mention, start)
                if mention is not None:
                    if made:
                        built.add(end)
                    whole = mention
                    yield mention
                    break
        draft.boundary.ends = draft.ends

    def _anchors(self, draft: Draft) -> Iterator[tuple[int, int, str, bool]]:
        """Head nouns of the text: the longest at each end, where a word may end."""
        if self.pattern is None:
            return
        best: dict[tuple[int, bool], tuple[int, int, str, bool]] = {}
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
                or BUILT.match(draft.text, start) is not None
            )
            # 某会展中心 is a work where it is built, and the seat of an event elsewhere.
            for made in (True, False) if word in self.both else (word in self.made,):
                if ((end, made) not in best or start < best[end, made][0]) and closed:
                    best[end, made] = (start, end, word, made)
        yield from sorted(best.values(), key=lambda anchor: (*anchor[:3], not anchor[3]))

    @staticmethod
    def _noun(draft: Draft, position: int) -> bool:
        """Whether a single character is a head noun, and not the end of a verb (签署, 主办)."""
        if draft.text.endswith(NO_FACULTY, 0, position + 1):
            return False  # 甲平台|系|乙公司研发: a verb
        if THERE.match(draft.text, position + 1):
            return True
        double = draft.words.at(position)
        if double.start == position and double.text == draft.text[position] * 2:
            return True  # 推进|处|处长, of which a segmenter makes 处处
        word = draft.words.at(position)
        whole = draft.text[word.start : word.end]
        if whole in draft.grammar.verbs or whole in draft.grammar.cut:
            return False
        return not (
            word.start < position and word.tag in ("v", "vn", "b", "d", "a") and len(whole) == 2
        ) and whole not in ("部署", "布局", "常委", "政委")

    @staticmethod
    def _name(
        draft: Draft, start: int, end: int, heads: Heads, whole: Mention | None
    ) -> Mention | None:
        if heads.unless.match(draft.text, end) or draft.text.startswith(heads.follows, end):
            return None  # 园区规划|面积8平方公里: a verb
        known = draft.ends.get(end)
        if known and known.start == start - 1 and known.type == heads.type in draft.solid:
            return None  # 绿|园区: no head noun, but the end of a place's own name
        listed = draft.boundary.bodies.get(end)
        if listed in draft.boundary.bodies:
            return None  # 中共中央|国务院: two listed bodies, one right after the other
        left = draft.boundary.left(start, draft.floor(start), heads.reach)
        # A verb may have stopped within the word: 牵头|行.
        for party in PARTY.finditer(draft.text, max(0, left - 3), start):
            left = max(left, party.end())
        owner = whole and left <= whole.start and whole.end <= start and whole.type != heads.type
        if owner and heads.options.get("owned"):
            return None  # 某大学|教学楼
        if heads.options.get("after") and whole and whole.start < left < whole.end:
            left = whole.start  # 发展和|改革委员会某产业推进处
        if heads.titles:
            left = staged(draft, left, start, gloss(draft, end), heads.titles.held)
        found = bounds(Candidate(draft, heads, left, start, end))
        if found is None or nameless(found):
            return None
        end = gloss(draft, end)
        end = part(draft, end) if heads.reach.works else end
        name = clean(draft.text[found.begin : end])
        return Mention(
            start=found.begin,
            end=end,
            type=heads.type,
            name=name,
            rule=heads.rule.rule,
            subtype=str(heads.options.get("subtype", "")),
            score=heads.rule.confidence,
            weak=weak(found),
            also=(clean(re.sub(r"[（(][^（）()]*[）)]$", "", name)),) if name[-1] in "）)" else (),
        )
