"""An article with its mentions, as the rules of relations see it: masked sentences, topics."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.records import Span, Value
from kg.relate.clause import Parse
from kg.relate.grammar import Grammar
from kg.relate.headed import heads_of
from kg.relate.mask import Group, Masked, Masks

SORTS = {"展会": "博览会$|交易会$|展览会$|展销会$|展$", "赛事": "赛$", "比赛": "赛$"}
# What a work is called that a noun means, and what may stand behind it: 某产业园|二期项目.
MADE = {
    "园区": "园区?",
    "产业园": "产业园区?",
    "生产线": "产线",
    "新厂区": "厂区",
    "新校区": "校区",
    "线路": "(?:铁路|公路|高速|高铁|专线|干线|管道|管线|航道|号线|环线|复线)",
    "铁路": "(?:铁路|高铁|线)",
    "公路": "(?:公路|高速)",
    "高速": "高速(?:公路)?",
    "大桥": "桥",
    "机场": "(?<!升)机场",
    "新院区": "院区",
}
STAGE = (
    "(?:[一二三四五六]期)?(?:建设|工程)?(?:项目)?(?:[（(]?[一二三四五六]期(?:工程|项目)?[）)]?)?"
)
EDITION = re.compile(r"第[一二三四五六七八九十百\d]+届|首届|(?:19|20)\d\d")
WORKS = 5  # how many sentences back a work is meant by its noun alone (该线路)
EVENT_REACH = 14  # how many sentences an article speaks of an event
CLAUSE_END = "，；。！？\n"
OPENING = 60  # characters at either end of a text in which it names whose it is
AGENTS = ("Organisation", "District")
LEVELS = ("市", "县", "省")
WORK = "Project"
WHOLE = ("该校", "我校", "该大学")  # a university, not a school of it
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
# After a place that is a party to something: a sign, or a word that begins what it does.
PARTY = re.compile("[^\u4e00-\u9fff]|[、与和及同将签双共在等已于就也还联携两的]|$|人民政府|政府")
MORE = re.compile("等(?:\\d+|[一二三四五六七八九十百数多几]+)[多余]?[家个所名]")
COUNTS = "份项部一"
PAPERS = ("文件", "政策", "法规")  # what any title may be called
DEMONSTRATIVES = "该本此这上述前以其两"
OBLIQUE = ("在", "由", "于", "与", "被", "向")
THERE = ("上", "现场")  # 会上: at the event, whatever stands before
# Several works in a sentence, so far before 项目 that it means all of them.
COUNTED = re.compile(
    r"(?:[2-9两三四五六七八九]|[\d十百]\d|十)余?个[^，。；、]{0,10}项目(?!之一)"
    r"|项目(?:共|达|超)?(?:[2-9]|\d\d+)余?个"
)
COUNTED_IN = 60
# Behind a work that an article does not go on about: the last of a list, one of a kind, a
# purpose (道路、停车场等施工; 某保供项目之一; 建设某集聚区的目标).
ASIDE = re.compile(
    r"(?:建设|施工)?等(?!项目|工程|\d)|之一|(?:建设)?的(?:目标|战略|定位)"
    r"|[、和与及][^，。；]{2,12}等(?!项目|工程|\d)"
)
ANY = re.compile("")
# Beside an event that takes place, and is not only spoken of.
HOLDING = re.compile("(?:举行|举办|召开|主办|承办)[了的]?[“]?$")
HELD = re.compile(
    "[”]?[^，。；]{0,20}?(?:，[^，。；]{0,16}?)?"
    "(?:举行|举办|召开|开幕|启幕|闭幕|落幕|启动|开赛|拉开)"
)


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
        self.main: Mention | None = None
        masked = [
            masks.mask(self.text, s, self._inside(s), draft.values) for s in self.part.sentences
        ]
        self.sentences: list[Masked] = heads_of(tuple(masks.bits)).read(masked, self.text)
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
            self._parses[at] = Parse(sentence, grammar, self.draft.words)
        return self._parses[at]

    def _inside(self, span: Span) -> list[Mention]:
        return [m for m in self.mentions if span.start <= m.start and m.end <= span.end]

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
            ending = f".{MADE.get(noun, re.escape(noun))}{STAGE if work else ''}$"
            reach = WORKS if work else None
            return self.named(mention.start, (mention.type,), re.compile(ending), reach)
        if mention.refers == "policy":
            return self._title(mention)
        if mention.refers == "pair":
            return self._pair(mention)
        if mention.refers == "own":
            return self._own(mention)
        if mention.refers == "event":
            found = self._event(mention)
            return self._told_of(mention, found) or found
        found = self.last(mention.start, (mention.type,), mention.refers)
        if mention.name.endswith(WHOLE):
            found = tuple(self._university(m) for m in found)
        found = self._occasion_of(mention, found) or found
        return found or self._sorted(mention)

    def _sorted(self, mention: Mention) -> tuple[Mention, ...]:
        """The body named last, if it can be called so: no company is 我校, no bureau 该公司."""
        found = self.last(mention.start, (mention.type,))
        if ends := SORTED.get(mention.refers):
            return tuple(m for m in found if m.name.endswith(ends))
        return tuple(m for m in found if m.subtype not in RULERS)

    def _university(self, school: Mention) -> Mention:
        """甲大学乙学院…，该校: the university whose school it is."""
        inner = [m for m in self.mentions if m.inner and m.start == school.start]
        return next((m for m in inner if m.name.endswith("大学")), school)

    def _told_of(self, mention: Mention, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """甲博览会通气会…，该展会…: the fair that a press conference is about."""
        noun = mention.name[-2:]
        sort = re.compile(SORTS.get(noun, f".{noun}$"))
        floor = found[-1].start if found else self.part.sentence_at(mention.start).start
        inner = [
            m
            for m in self.mentions
            if m.inner and m.type == mention.type and floor <= m.start < mention.start
            if mention.name[0] in DEMONSTRATIVES and sort.search(m.name)
        ]
        return tuple(inner[-1:])

    def _occasion_of(self, mention: Mention, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """甲项目开工仪式举行，项目…: what an occasion is held for; for 该项目 one sentence back."""
        sentences = self.part.sentences
        index = sentences.index(self.part.sentence_at(mention.start))
        back = min(index, 1) if mention.name[0] in DEMONSTRATIVES else 0
        floor = max([sentences[index - back].start, *(m.end for m in found)])
        held = [
            m
            for m in self.mentions
            if m.inner and m.type == mention.type != AGENTS[1]
            if floor <= m.start and m.end <= mention.start
        ]
        return tuple(held[-1:])

    def speaker(self) -> Mention | None:
        """The place that an article speaks for: that of its publisher or its issuer."""
        return next((m for key, m in self.home.items() if len(key) == 1), None)

    def _generic(self, mention: Mention) -> bool:
        """Whether a bare noun means things in general (签约项目21个), not one named before."""
        if mention.refers not in self.bare or mention.name[0] in DEMONSTRATIVES:
            return False
        if mention.name.endswith(THERE):
            return False
        lead = self.text[max(0, mention.start - COUNTED_IN) : mention.start]
        if COUNTED.search(lead.rpartition("。")[2]):
            return True  # 签约12个项目，项目涵盖…: all of them
        before = self.text[: mention.start].rstrip("“”")[-1:]
        return before not in ("", *CLAUSE_END, "、", "）", ")", "·", "●", "　", " ", "期") or bool(
            re.match(
                r"\d|[一二两三四五六七八九十]+[个项家]|示范|申报|招引|招商|建设用地",
                self.text[mention.end :][:6],
            )
        )

    def _event(self, mention: Mention) -> tuple[Mention, ...]:
        """The event that 本届论坛, 大会, 会上 mean: the last one named so, else the last one.

        论坛 alone means a forum only; 大会 and 会上 may mean a fair. 本届 is said of an event
        that has editions.
        """
        last = self.last(mention.start, (mention.type,), "", EVENT_REACH)
        if not last or mention.name.endswith(THERE):
            return last
        noun = mention.name[-2:]
        sort = re.compile(SORTS.get(noun, f".{noun}$"))
        same = self._held(mention, sort) or self.named(mention.start, (mention.type,), sort)
        if not same and mention.name.startswith(("本届", "此届")):
            same = self.named(mention.start, (mention.type,), EDITION)
        said = mention.name[0] in DEMONSTRATIVES and noun not in SORTS
        loose = said or noun == "大会"
        return same or ((self._held(mention, ANY) or last) if loose else ())

    def _held(self, mention: Mention, sort: re.Pattern[str]) -> tuple[Mention, ...]:
        """The last event of a sort before a reference that is told to be held: 此次活动, 论坛."""
        for group in self._before(mention.start, len(self._groups)):
            for m in group.mentions:
                told = m.type == mention.type and not m.refers and sort.search(m.name)
                before = self.text[max(0, m.start - 6) : m.start]
                if told and (HELD.match(self.text, m.end) or HOLDING.search(before)):
                    return (m,)
        return ()

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
        places = mention.name.endswith(LEVELS)
        types = AGENTS[1:] if places else AGENTS
        seen: list[Mention] = []
        index = self.part.sentences.index(self.part.sentence_at(mention.start))
        floor = self.part.sentences[max(0, index - 2)].start
        for group in self._before(mention.start):
            if group.start < floor:
                break
            made = NO_PARTY.search(self.text, max(0, group.start - 6), group.start)
            acts = made and "的" in made[0] and self.text.startswith(("与", "和", "同"), group.end)
            more = MORE.match(self.text, group.end)  # 甲、乙等3家企业…，双方: two of several
            if more or (made and not acts):  # 甲组建的乙联盟|与丙签署…，双方: one of the two
                continue
            for m in (p for x in reversed(group.mentions) for p in self._acting(x, places)):
                if m.type in types and m not in seen:
                    seen.append(m)
            if len(seen) >= wanted:
                return tuple(reversed(seen[:wanted]))
        return ()

    def _acting(self, m: Mention, places: bool) -> tuple[Mention, ...]:
        """A mention that acts; for two places, whose meeting it is: 甲市与乙市|联席会议."""
        if m.type in AGENTS or not places:
            acts = m.type in AGENTS and not m.refers and self._party(m)
            return (m,) if acts else ()
        inside = [p for p in self.draft.within(m.start, m.end) if p.type in AGENTS]
        opening = (p for p in inside if p.start == m.start)
        first = next((p for p in opening if self.text.startswith(("与", "和"), p.end)), None)
        second = [p for p in inside if first and (p.start, p.type) == (first.end + 1, first.type)]
        return (second[-1], first) if first is not None and second else ()

    def _party(self, m: Mention) -> bool:
        """Whether a place acts itself, and does not open a name not known (甲市某某之家)."""
        return m.type != AGENTS[1] or PARTY.match(self.text, m.end) is not None

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
        aside: tuple[Mention, ...] = ()
        for group in self._before(position):
            if group.start < floor:
                break
            found = tuple(
                m
                for m in group.mentions
                if m.type in types and not m.refers and (not subtype or m.subtype == subtype)
            )
            if found and not (WORK in types and ASIDE.match(self.text, group.end)):
                return found
            aside = aside or found
        return aside

    def doer(self, position: int, types: Sequence[str]) -> tuple[Mention, ...]:
        """The nearest mentions in the sentence before a position that no 在 or 由 governs."""
        floor = self.part.sentence_at(position).start
        for group in self._before(position):
            if group.start < floor:
                break
            found = tuple(m for m in group.mentions if m.type in types and not m.refers)
            if found and not self.text.endswith(OBLIQUE, 0, group.start):
                return found
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
        sentence = self.part.sentence_at(position)
        index = self.part.sentences.index(sentence)
        for back in range(reach + 1):
            if index - back < 0:
                break
            span = self.part.sentences[index - back]
            if back and "\n" in self.text[span.end : sentence.start] and back > 1:
                break
            for group in (
                g for g in self._groups if span.start <= g.start < min(span.end, position)
            ):
                found = tuple(
                    r for m in group.mentions for r in self.refer_lightly(m) if r.type in types
                )
                if found:
                    return found
        return ()

    def refer_lightly(self, mention: Mention) -> tuple[Mention, ...]:
        """Like ``refer``, for references that need no topic themselves."""
        return self.refer(mention) if mention.refers else (mention,)
