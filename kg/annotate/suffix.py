"""Names found by their head noun: 公司, 局, 高新区, 项目, 大会 …, read to the left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.annotate.boundary import Reach
from kg.annotate.draft import Draft
from kg.annotate.mention import Mention, clean
from kg.ontology import Rule

# 12个项目, 三大工程: a count is no name.
COUNTED = re.compile(r"(?:\d+|[一二两三四五六七八九十百数多几]+)(?:多|余)?(?:个|家|项|大|类|批|座|条|所|款|处|名|场|套|次)")
# 各市、州人民政府: bodies that a notice is addressed to as a class are no names.
ADDRESSED = re.compile(r"(?:各|有关|相关)[^，。；：\n]{0,16}$")
GLOSS = re.compile(r"[（(]([\u4e00-\u9fff]{1,8})[）)]")
COMPASS = ("华东", "华北", "华中", "华南", "西南", "西北", "东北", "中国", "国际")


@dataclass(frozen=True, slots=True)
class Heads:
    """A rule of head nouns, ready to use: what names of it may contain, what makes none."""

    type: str
    rule: Rule
    reach: Reach
    generic: re.Pattern[str]
    prefixes: tuple[str, ...]
    options: dict[str, Any]

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
                names=bool(o.get("short")),
                cut=frozenset(o.get("cut", ())),
                keep=frozenset(o.get("keep", ())),
            ),
            generic=re.compile(f"(?:{'|'.join(words)})+" if words else r"(?!)"),
            prefixes=tuple(o.get("prefixes", ())),
            options=o,
        )


class SuffixFinder:
    """Finds the names of all rules of head nouns in one pass over a text."""

    def __init__(self, rules: list[tuple[str, Rule]]) -> None:
        self.heads: dict[str, list[Heads]] = {}
        for type_, rule in rules:
            ready = Heads.of(type_, rule)
            for word in rule.options["words"]:
                self.heads.setdefault(word, []).append(ready)
        self.types = {type_ for type_, _ in rules}
        words = sorted(map(re.escape, self.heads), key=len, reverse=True)
        self.pattern = re.compile(f"(?=({'|'.join(words)}))") if words else None

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The names of a text that end in a head noun, nested ones included."""
        anchors = list(self._anchors(draft))
        known = {type_: set(draft.ends) for type_ in self.types}
        for start, end, word in anchors:
            for heads in self.heads[word]:
                if end - start >= 2:
                    known[heads.type].add(end)
        for start, end, word in anchors:
            for heads in self.heads[word]:
                draft.boundary.ends = known[heads.type]
                mention = self._name(draft, start, end, heads)
                if mention is not None:
                    yield mention
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
            if (end not in best or start < best[end][0]) and draft.closes(end):
                best[end] = (start, end, word)
        yield from sorted(best.values())

    @staticmethod
    def _noun(draft: Draft, position: int) -> bool:
        """Whether a single character is a head noun, and not the end of a verb (签署, 主办)."""
        word = draft.words.at(position)
        whole = draft.text[word.start : word.end]
        if whole in draft.grammar.verbs or whole in draft.grammar.cut:
            return False
        return not (word.start < position and word.tag in ("v", "vn", "b", "d", "a") and len(whole) == 2) and whole not in ("部署", "布局")

    def _name(self, draft: Draft, start: int, end: int, heads: Heads) -> Mention | None:
        begin = draft.boundary.left(start, draft.floor(start), heads.reach)
        begin = self._anchored(draft, begin, start, heads)
        if begin < 0:
            return None
        body = clean(draft.text[begin:start])
        if len(body) < int(heads.options.get("min", 1)) or heads.generic.fullmatch(body):
            return None
        if COUNTED.match(body):
            return None
        end = self._gloss(draft, end)
        name = clean(draft.text[begin:end])
        proper = self._proper(draft, begin, start, name)
        if (heads.options.get("placed") and not self._placed(draft, begin, start)) or (
            heads.options.get("after") and not self._after_body(draft, begin, start)
        ):
            return None
        if heads.options.get("locative") and not self._locative(draft, begin):
            return None
        weak = bool(heads.options.get("weak")) and not proper
        weak = weak or bool(heads.options.get("distinct")) and not self._distinct(name, proper)
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

    @staticmethod
    def _gloss(draft: Draft, end: int) -> int:
        """Past a bracket that belongs to the name: 石油大学（华东）, 理工大学（暂名）."""
        match = GLOSS.match(draft.text, end)
        if not match:
            return end
        inside = draft.begins.get(match.start(1))
        if match[1] in ("暂名", "筹", "核心区", "试行") or (inside and inside.end == match.end(1)) or match[1] in COMPASS:
            return match.end()
        return end

    @staticmethod
    def _anchored(draft: Draft, begin: int, head: int, heads: Heads) -> int:
        """Where a body that must name its place begins, or -1: 重庆市科技局, 市科技局, 区政府."""
        if not heads.options.get("anchored"):
            return begin
        for position in range(begin, head + 1):
            known = draft.begins.get(position)
            if known is not None and known.end <= head and (known.end < head or position == begin):
                return position
            for prefix in heads.prefixes:
                if not draft.text.startswith(prefix, position) or position + len(prefix) > head:
                    continue
                single = bool(heads.options.get("single"))
                if position + len(prefix) == head and single:
                    continue
                before = draft.text[max(0, position - 18) : position]
                at_start = (
                    position == begin
                    or draft.words.at(position).start == position
                    or before[-1:] in draft.grammar.cut
                )
                if at_start and not ADDRESSED.search(before):
                    return position
        return -1

    @staticmethod
    def _proper(draft: Draft, begin: int, head: int, name: str) -> bool:
        """Whether a name holds something of its own: a place, a body, a mark, Latin letters."""
        if re.search(r"[A-Za-z]{2,}|[“”]", draft.text[begin:head]):
            return True
        return any(begin <= m.start and m.end <= head for m in draft.found)

    @staticmethod
    def _placed(draft: Draft, begin: int, head: int) -> bool:
        known = draft.begins.get(begin)
        return (known is not None and known.end <= head) or draft.text.startswith(
            ("中国", "全国", "国家"), begin
        )

    @staticmethod
    def _after_body(draft: Draft, begin: int, head: int) -> bool:
        return any(m.start == begin and m.end <= head for m in draft.found) or any(
            begin < e <= head for e in draft.boundary.ends
        )

    @staticmethod
    def _distinct(name: str, proper: bool) -> bool:
        return proper or bool(re.search(r"\d|第[一二三四五六七八九十]+届|首届|“|全国|国际|世界", name))

    @staticmethod
    def _locative(draft: Draft, begin: int) -> bool:
        """Whether the words before a name make it a place (落户…, 位于…, 在…)."""
        before = draft.text[max(0, begin - 6) : begin]
        return bool(re.search(r"(?:落户|入驻|位于|进驻|地处|在|就|到|的)$|、$", before))
