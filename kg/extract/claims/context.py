"""An article with its mentions, as the rules of relations see it: masked sentences, topics."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.base.records import Span, Value
from kg.extract.claims.clause import Parse
from kg.extract.claims.grammar import Grammar
from kg.extract.claims.mask import Group, Masked, Masks
from kg.extract.mentions.draft import Draft
from kg.extract.mentions.mention import Mention
from kg.extract.values.days import Found

EVENT_REACH = 14  # how many sentences an article speaks of an event
WORKS = 5  # how many sentences back a work is meant by its noun alone (该线路)
# What may stand behind the noun that a work is called by: 某产业园|二期项目.
STAGE = "(?:[一二三四五六]期)?(?:建设|工程)?(?:项目)?(?:[一二三四五六]期)?"
CLAUSE_END = "，；。！？\n"
OPENING = 60  # characters at either end of a text in which it names whose it is
AGENTS = ("Organisation", "District")
# What bodies end in that 该校, 该院, 该联盟, 该局 may mean; those that 该公司 never does.
SORTED = {
    "university": tuple("学院校"),
    "institute": tuple("院所心室站"),
    "alliance": tuple("会盟体"),
    "government": tuple("局委厅会部"),
}
RULERS = ("government", "party")
# Before where two parties meet, and before what they make: 甲携手乙共建|丙实验室，双方….
NO_PARTY = re.compile("(?:[在于]|(?:共建|建设|打造|成立|组建|设立|创建|搭建|筹建)[了的]?“?)$")
MORE = re.compile("等(?:\\d+|[一二三四五六七八九十百数多几]+)[多余]?[家个所名]")
LEVELS = ("市", "县", "省")
COUNTS = "份项部一"
PAPERS = ("文件", "政策", "法规")  # what any title may be called
DEMONSTRATIVES = "该本此这上述前以其两"
THERE = ("上", "现场")  # 会上: at the event, whatever stands before
# A noun that means things in general stands before a count of them, or a word of a sort.
KINDS = re.compile(r"\d|[一二两三四五六七八九十]+[个项家]|示范|申报|招引|招商|建设用地")


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement between two mentions, or of a value, with the words that license it.

    ``span`` is the quotation and ``trigger`` the licensing stretch, both in the article's text.
    """

    subject: Mention
    predicate: str
    object: Mention | None
    value: Value | None
    span: Span
    rule: str
    confidence: float
    status: str = ""
    trigger: Span = Span(0, 0)  # noqa: RUF009 - frozen
    denied: bool = False


def clause_of(text: str, quote: Span, trigger: Span) -> Span:
    """The clause of a quotation that a trigger stands in: what another denies is not denied."""
    start = max(text.rfind(mark, quote.start, trigger.start) for mark in CLAUSE_END) + 1
    ends = (text.find(mark, trigger.end, quote.end) for mark in CLAUSE_END)
    end = min((at for at in ends if at >= 0), default=quote.end)
    return Span(max(start, quote.start), end)


class Scene:
    """One article ready for rules.

    Args:
        draft: The article with its values.
        mentions: Its mentions in reading order.
        masks: The alphabet of the masked sentences.
        home: For each level word (市, 区, 省 …) the place that 我市, 全区 mean here.
    """

    def __init__(
        self, draft: Draft, mentions: Sequence[Mention], masks: Masks, home: dict[str, Mention]
    ) -> None:
        self.draft, self.part, self.text = draft, draft.part, draft.text
        self.mentions, self.home = mentions, home
        self._begins = [m.start for m in mentions]
        self.main: Mention | None = None
        self.sentences: list[Masked] = [
            masks.mask(self.text, s, self.inside(s), draft.values) for s in self.part.sentences
        ]
        self._groups: list[Group] = [
            g for m in self.sentences for _, g in sorted(m.groups.items()) if g.mentions
        ]
        self._starts = [g.start for g in self._groups]
        self.bare = ("project", "system", "platform", "event")
        self._parses: dict[int, Parse] = {}

    def parse(self, sentence: Masked, grammar: Grammar) -> Parse:
        """A sentence as clauses; made once, however many rules ask."""
        at = sentence.span.start
        if at not in self._parses:
            self._parses[at] = Parse(sentence, grammar)
        return self._parses[at]

    def inside(self, span: Span) -> list[Mention]:
        """The mentions that lie in a stretch of the article, in reading order."""
        first, last = (bisect_left(self._begins, at) for at in (span.start, span.end))
        return [m for m in self.mentions[first:last] if m.end <= span.end]

    @cached_property
    def money(self) -> tuple[list[Found], list[int]]:
        """The sums of the article in reading order, and where each begins."""
        found = [value for value in self.draft.values if value.kind == "money"]
        return found, [value.start for value in found]

    def sentence(self, position: int) -> Span:
        """The sentence of a position, as a quotation."""
        return self.part.sentence_at(position)

    def group_at(self, position: int) -> Group | None:
        """The group of mentions that covers a position."""
        i = bisect_right(self._starts, position) - 1
        group = self._groups[i] if i >= 0 else None
        return group if group and group.end > position else None

    def refer(self, mention: Mention) -> tuple[Mention, ...]:
        """What a mention names: itself, or what a reference (该公司, 我市) stands for."""
        if not mention.refers:
            return (mention,)
        if self._generic(mention):
            return ()
        if mention.refers == "here":
            return self._place(mention)
        if mention.refers in ("zone", "work"):  # 新区, 该生产线: the last one named that is one
            noun = mention.name.lstrip(DEMONSTRATIVES)
            work = mention.refers == "work"
            ending = re.compile(f".{re.escape(noun)}{STAGE if work else ''}$")
            return self.named(mention.start, (mention.type,), ending, WORKS if work else None)
        if mention.refers == "policy":
            return self._title(mention)
        if mention.refers == "pair":
            return self._pair(mention)
        if mention.refers == "own":
            return self._own(mention)
        if mention.refers == "event":
            return self._event(mention)
        found = self.last(mention.start, (mention.type,), mention.refers)
        return found or self._sorted(mention)

    def _sorted(self, mention: Mention) -> tuple[Mention, ...]:
        """The body named last, if it can be called so: no company is 我校, no bureau 该公司."""
        found = self.last(mention.start, (mention.type,))
        if ends := SORTED.get(mention.refers):
            return tuple(m for m in found if m.name.endswith(ends))
        return tuple(m for m in found if m.subtype not in RULERS)

    def speaker(self) -> Mention | None:
        """The place that an article speaks for: that of its publisher or its issuer."""
        return next((m for key, m in self.home.items() if len(key) == 1), None)

    def _generic(self, mention: Mention) -> bool:
        """Whether a bare noun means things in general (签约项目21个), not one named before."""
        if mention.refers not in self.bare or mention.name[0] in DEMONSTRATIVES:
            return False
        if mention.name.endswith(THERE):
            return False
        before = self.text[: mention.start].rstrip("“”")[-1:]
        opens = before in ("", *CLAUSE_END, "、", "）", ")", "·", "●", "　", " ", "期")
        return not opens or KINDS.match(self.text, mention.end) is not None

    def _event(self, mention: Mention) -> tuple[Mention, ...]:
        """The event that 本届论坛, 大会, 会上 mean: the last one named so, else the last one."""
        last = self.last(mention.start, (mention.type,), "", EVENT_REACH)
        if not last or mention.name.endswith(THERE):
            return last
        noun = mention.name[-2:]
        same = self.named(mention.start, (mention.type,), re.compile(f".{noun}$"))
        loose = mention.name[0] in DEMONSTRATIVES or noun == "大会"
        return same or (last if loose else ())

    def _place(self, mention: Mention) -> tuple[Mention, ...]:
        if mention.name[0] == "该":
            level = mention.name[-1]
            for group in self._before(mention.start):
                for m in group.mentions:
                    if m.type == mention.type and not m.refers and m.name.endswith(level):
                        return (m,)
        found = self.home.get(mention.name[-1])
        return (found,) if found else ()

    def _title(self, mention: Mention) -> tuple[Mention, ...]:
        """该措施, 《方案》: what a notice is about, else the last title that ends so."""
        if self.main is not None:
            return (self.main,)
        noun = mention.name.strip("《》").lstrip(DEMONSTRATIVES).lstrip(COUNTS)
        ending = f"{re.escape(noun)}(?:[（(][^（）()]*[）)])*$" if noun not in PAPERS else ""
        return self.named(mention.start, (mention.type,), re.compile(ending))

    def _own(self, mention: Mention) -> tuple[Mention, ...]:
        """我局: the body of that kind that signs the text, else the only one that opens it."""
        kind = [
            m
            for m in self.mentions
            if m.type == mention.type and m.name.endswith(mention.name[1:]) and not m.refers
        ]
        signs = [m for m in kind if m.start > mention.end and self._alone(m)]
        heading = self.text.find("\n", len(self.text) - len(self.text.lstrip()))
        first = [m for m in kind if m.end <= min(heading, OPENING)]
        return tuple(signs[-1:] or first[: len({m.name for m in first}) == 1])

    def _alone(self, m: Mention) -> bool:
        """Whether a name has a line to itself, as who signs has."""
        begin, end = self.text.rfind("\n", 0, m.start) + 1, self.text.find("\n", m.end)
        line = self.text[begin : end if end >= 0 else None]
        return line.strip() == self.text[m.start : m.end]

    def _pair(self, mention: Mention) -> tuple[Mention, ...]:
        """双方 are the last two agents named before, 三方 the last three; not where they met.

        两市 are two places.
        """
        wanted = 3 if mention.name.startswith("三") else 2
        types = AGENTS[1:] if mention.name.endswith(LEVELS) else AGENTS
        seen: list[Mention] = []
        floor = self._floor(mention.start, 2)
        for group in self._before(mention.start):
            if group.start < floor:
                break
            made = NO_PARTY.search(self.text, max(0, group.start - 6), group.start)
            if made or MORE.match(self.text, group.end):  # 甲、乙等3家企业…，双方: two of several
                continue
            agents = (m for m in reversed(group.mentions) if m.type in types and not m.refers)
            seen += [m for m in agents if m not in seen]
            if len(seen) >= wanted:
                return tuple(reversed(seen[:wanted]))
        return ()

    def _before(self, position: int, reach: int = 40) -> Iterator[Group]:
        i = bisect_right(self._starts, position - 1) - 1
        for k in range(i, max(-1, i - reach), -1):
            if self._groups[k].end <= position:
                yield self._groups[k]

    def _floor(self, position: int, reach: int) -> int:
        """Where the sentence begins that stands so many before that of a position."""
        index = self.part.sentences.index(self.part.sentence_at(position))
        return self.part.sentences[max(0, index - reach)].start

    def last(
        self, position: int, types: Sequence[str], subtype: str = "", reach: int = 4
    ) -> tuple[Mention, ...]:
        """The nearest mentions of these classes before a position, ``reach`` sentences back."""
        floor = self._floor(position, reach)
        for group in self._before(position):
            if group.start < floor:
                break
            found = (m for m in group.mentions if m.type in types and not m.refers)
            if fitting := tuple(m for m in found if not subtype or m.subtype == subtype):
                return fitting
        return ()

    def ending(self, position: int, types: Sequence[str], noun: str) -> tuple[Mention, ...]:
        """The nearest mention before a position whose name ends in a common noun (学院, 实验室)."""
        return self.named(position, types, re.compile(f".{re.escape(noun)}$"))

    def named(
        self,
        position: int,
        types: Sequence[str],
        pattern: re.Pattern[str],
        reach: int | None = None,
    ) -> tuple[Mention, ...]:
        """The nearest mention before a position whose name a pattern finds.

        It stands ``reach`` sentences back at the most.
        """
        floor = 0 if reach is None else self._floor(position, reach)
        for group in self._before(position):
            if group.start < floor:
                break
            for m in group.mentions:
                if m.type in types and not m.refers and pattern.search(m.name):
                    return (m,)
        return ()

    def topic(self, position: int, types: Sequence[str], reach: int = 3) -> tuple[Mention, ...]:
        """Who the sentence of a position is about: its first agent, else that of one before."""
        index = self.part.sentences.index(self.part.sentence_at(position))
        for span in reversed(self.part.sentences[max(0, index - reach) : index + 1]):
            end = min(span.end, position)
            for group in (g for g in self._groups if span.start <= g.start < end):
                meant = (r for m in group.mentions for r in self.refer(m))
                if found := tuple(r for r in meant if r.type in types):
                    return found
        return ()
