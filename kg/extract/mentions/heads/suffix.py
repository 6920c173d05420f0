"""Names found by their head noun: 公司, 局, 高新区, 项目, 大会 …, read to the left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from kg.extract.literals import ahead, either
from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.heads.bounds import bounds, gloss
from kg.extract.mentions.heads.checks import nameless, needs_claim
from kg.extract.mentions.heads.event_start import event_start as staged
from kg.extract.mentions.heads.heads import Candidate, Heads
from kg.extract.mentions.mention import Mention, clean, of_rule
from kg.ontology import Lexicon, Rule


class SuffixFinder:
    """Finds the names of all rules of head nouns in one pass over a text."""

    def __init__(
        self, rules: list[tuple[str, Rule]], role: re.Pattern[str], lexicon: Lexicon
    ) -> None:
        self.role = role  # a position may follow a body's name: 科技局|局长
        self.heads: dict[str, list[Heads]] = {}
        for type_, rule in rules:
            ready = rule.compiled(partial(Heads.of, type_, rule, lexicon))
            for word in rule.options["words"]:
                self.heads.setdefault(word, []).append(ready)
        for same_word in self.heads.values():
            same_word.sort(key=lambda heads: (-heads.rule.confidence, heads.rule.rule))
        self.types = {type_ for type_, _ in rules}
        # Legal forms end a name whatever word a segmenter makes of their last character.
        self.closing = {w for _, rule in rules for w in rule.options.get("closes", ())}
        signs = f"{ahead(self.heads)}(?=({either(self.heads)}))"
        self.pattern = re.compile(signs) if self.heads else None

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The names of a text that end in a head noun, nested ones included."""
        anchors = list(self._anchors(draft))
        ends_by_type = {type_: set(draft.ends) for type_ in self.types}
        for _, end, word in anchors:
            for heads in self.heads[word]:
                # A company's legal form ends a name whatever comes after it.
                for type_ in self.types if heads.limits.loose else (heads.type,):
                    ends_by_type[type_].add(end)
        previous: Mention | None = None  # the last name found: a unit's may begin with it
        for start, end, word in anchors:
            for heads in self.heads[word]:
                draft.boundary.ends = ends_by_type[heads.type]
                mention = self._name(draft, start, end, heads, previous)
                if mention is not None and heads.titles:
                    mention = heads.titles.settle(draft, mention)
                if mention is not None:
                    previous = mention
                    yield mention
                    break
        draft.boundary.ends = draft.ends

    def _anchors(self, draft: ArticleDraft) -> Iterator[tuple[int, int, str]]:
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
                or draft.may_end(end)
                or self.role.match(draft.text, end) is not None
                or draft.lexicon.heads.follows_head.match(draft.text, end) is not None
            )
            if closed and (end not in best or start < best[end][0]):
                best[end] = (start, end, word)
        yield from sorted(best.values())

    @staticmethod
    def _noun(draft: ArticleDraft, position: int) -> bool:
        """Whether a single character is a head noun, and not the end of a verb (签署, 主办)."""
        word = draft.words.at(position)
        text = draft.text[word.start : word.end]
        if text in draft.grammar.verbs or text in draft.grammar.cut:
            return False
        verbal = word.start < position and word.tag in ("v", "vn", "b", "d", "a")
        return not (verbal and len(text) == 2) and text not in draft.lexicon.heads.no_nouns

    @staticmethod
    def _name(
        draft: ArticleDraft, start: int, end: int, heads: Heads, previous: Mention | None
    ) -> Mention | None:
        if heads.unless.match(draft.text, end) or draft.text.startswith(heads.follows, end):
            return None  # 园区规划|面积8平方公里: a verb
        at_end = draft.ends.get(end)
        if (
            at_end
            and at_end.start == start - 1
            and at_end.type == heads.type in draft.place_classes
        ):
            return None  # 绿|园区: no head noun, but the end of a place's own name
        listed = draft.boundary.bodies.get(end)
        if listed in draft.boundary.bodies:
            return None  # 中共中央|国务院: two listed bodies, one right after the other
        left = draft.boundary.left(start, draft.sentence_start(start), heads.limits)
        if heads.options.get("after") and previous and previous.start < left < previous.end:
            left = previous.start  # 发展和|改革委员会某产业推进处
        if heads.titles:
            left = staged(draft, left, gloss(draft, end), heads.titles.behind)
        candidate = bounds(Candidate(draft, heads, left, start, end))
        if candidate is None or nameless(candidate):
            return None
        end = gloss(draft, end)
        name = clean(draft.text[candidate.begin : end])
        without_gloss = re.sub(r"[（(][^（）()]*[）)]$", "", name)
        return of_rule(
            heads.rule,
            heads.type,
            candidate.begin,
            end,
            name,
            needs_claim=needs_claim(candidate),
            other_names=(clean(without_gloss),) if without_gloss != name else (),
        )
