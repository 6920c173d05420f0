"""A masked sentence in, who does what in it out: its clauses, and the agents of a verb.

Chinese marks the doer by its place (before the verb) or by 由; doers are joined by 与, 和,
联合; a clause without a doer has the one of the clause before. What stands after 在, 从, 对 or
before 的 does nothing. The words for all of this stand in ``words/triggers.yaml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.tokens import Words
from kg.relate.grammar import Grammar
from kg.relate.mask import ANY_MENTION, ANY_VALUE, Masked

# 某项目：由甲公司建设，总投资…: a colon behind what the clauses go on about ends nothing.
SEGMENT = re.compile(
    f"[；;。！？!?]|(?<![{ANY_MENTION}）])[：:]"
    "|[：:](?!由|位于|选址|落户|(?:计划|协议)?总投资|占地)|—{2}(?=.)"
)
# Joined from a clause of its own: 联合某大学，研发…; 与某公司签约 is an act of its own.
ALLIED = re.compile("(?:联合|携手|会同|牵手|联手)$")
# Who acts with the doer, by their sort alone: 会同16个市级部门|联合印发.
SOME = re.compile(
    f"(?:会同|联合|携手|组织)[^，。；、{ANY_MENTION}{ANY_VALUE}]{{2,14}}?(?:部门|单位|企业|机构|高校|院校)"
)
# A doer that is no mention before 与: the one after it acts all the same.
UNNAMED = re.compile("^\\W{0,3}[\u4e00-\u9fff]{3,14}(?:与|和|联合|携手)$")
# After 、: another act of the same doer (与甲签署协议、与乙签署备忘录).
WITH = re.compile(f"[与和同][{ANY_MENTION}]")
# A list from its first item on, with items that are no known names: 与|甲、某某中心、.
LISTED = re.compile(
    f"[与和同](?:[{ANY_MENTION}]|[\u4e00-\u9fff]{{2,12}})(?:、(?:[{ANY_MENTION}]|[\u4e00-\u9fff]{{2,12}}))*、$"
)
# Before a doer: what follows is done for it, not by it.
FOR = re.compile("[为给替对向]$")
# Between two items of a list: items that are no known names.
UNKNOWN = re.compile("、(?:[\u4e00-\u9fff]{2,12}、)+")
MENTION = re.compile(f"[{ANY_MENTION}]")
# After a place: the rest of the name of a body that is not known (由某国|进口博览局).
BODY = re.compile(
    "[\u4e00-\u9fff]{1,14}?(?:政府|局|委|厅|部|院|会|公司|集团|中心|办|社|学校|大学)(?=[、，和与及等主承联共举协])"
)
# A verb in a relative clause: in 在甲主办的某大会上 甲 acts, though 在 stands before it.
RELATIVE = re.compile("(?:联合|共同|连续)?(?:主办|承办|协办|举办|举行|召开|发起)的")
HELD, THERE = re.compile("举[办行]|召开"), "there"
# Behind the verb of a relative clause: 甲承建|的…, 甲投资|30亿元的….
DONE = re.compile(f"[{ANY_VALUE}]?(?:建设|打造|兴建)?的")
# How somebody does something, or by what, before the verb: 甲公司|按照市委部署|建设….
MEANS = re.compile(
    "(?:通过|按照|依托|围绕|聚焦|根据|立足|借助|利用|采用|采取|坚持|结合|基于|瞄准|遵循)"
    f"[{ANY_MENTION}]?[^，。；、{ANY_MENTION}{ANY_VALUE}]{{0,12}}?"
    "(?:部署|要求|优势|主业|主线|模式|方式|机制|原则|战略|政策|规划|招商|引资|合作|实际|资源|技术|经济|产业|下)"
)
# Between who made something and the verb of what befalls it: 甲投资10亿元|的乙项目落户.
MADE = re.compile(f"的(?=[{ANY_MENTION}])")
BESIDE = 6  # characters between what a clause is about and by whom it was made
MAKES = 3  # characters from who made it to 的: a verb at the least
TAKES_PART = re.compile("参与")  # no conjunction
# Behind the verb of a maker, and between the two.
ATTRIBUTIVE = re.compile("[\u4e00-\u9fff]{2,4}的")
OWN_WORK = re.compile(
    "(?:自主|联合|共同|合作|独立|牵头|主导|最新|新近|成功|已经?|所|等[^，。；、]{0,6})*"
)
# What stands before a colon where a list tells of one after the other: 1.甲公司：….
LABEL = re.compile(
    f"\\W*(?:\\d{{1,2}}[.．、]|[一二三四五六七八九十]{{1,3}}、)?\\W*(?P<name>[{ANY_MENTION}])"
)
# 甲某建议，|加快建设某铁路: nobody does it yet.
WISH = re.compile("(?:建议|呼吁|提议|期盼|盼望)[，：]$")
# 根据甲某建议，|建设了某铁路: it is done.
HEEDED = re.compile("根据|按照|采纳|落实|针对|响应|回应|依据|结合|提出建议|征求|应")
# A clause that says what for: nobody in it does what the next one tells (为推进甲市发展，…).
PURPOSE = re.compile(
    "(?:旨在|意在|为了?)(?:进一步|切实|更好|深入|全面|加快|加强|推[动进]|促进|贯彻|落实|深化|提[升高]|优化|支持|助力|打造|确保|解决)"
)


# What is said of somebody, and whom a place brings in, who acts then.
VERBS = ("v", "vn", "vd")
SAYS = re.compile(
    "[称说悉道]$|表示|介绍|透露|宣布|消息|报道|显示|了解|证实|强调|指出|标志|获知|得知|公告|披露"
)
BRINGS = re.compile(
    "引进|引入|招引|吸引|签约|签下|引来|迎来|成立|设立|组建|注册|促成|委托|授权|邀请|联合|携手"
    "|会同|联手|牵手|组织"
)
# 引进甲大学|人才: not the university itself; 推动甲集团|投资10亿元，建设乙: the group, and in
# 支持甲集团，建设乙 as well.
GOODS = re.compile(
    "的?(?:高端|优秀|先进|优质)?(?:人才|技术|资金|资源|优势|力量|团队|成果|经验|设备|产品)"
)
INVESTS = re.compile("(?:在[^，。；]{1,8})?(?:追加|增加|新增)?(?:投资|出资|斥资)")


@dataclass(frozen=True, slots=True)
class Doers:
    """The agents of a verb: places of their groups, and how they came by their part.

    ``how`` is ``by`` (由), ``plain`` (before the verb), ``before`` (of the clause before),
    ``none``, or ``there`` where only a place is told; ``at`` is where the first of them stands.
    """

    places: tuple[int, ...] = ()
    how: str = "none"
    at: int = -1


class Parse:
    """One sentence as clauses. Positions are those of the masked text."""

    def __init__(self, sentence: Masked, grammar: Grammar, words: Words) -> None:
        self.sentence, self.text, self.grammar = sentence, sentence.text, grammar
        self.words = words
        cuts = [m.start() for m in SEGMENT.finditer(self.text)]
        self._segments = [0, *(c + 1 for c in cuts), len(self.text) + 1]
        self._known: dict[int, Doers] = {}

    def segment(self, at: int) -> int:
        """Where the stretch begins in which a doer carries over from clause to clause."""
        return self._segments[bisect_right(self._segments, at) - 1]

    def stop(self, at: int) -> int:
        """Where the stretch of a position ends."""
        after = self._segments[bisect_right(self._segments, at) :]
        return after[0] if after else len(self.text)

    def clause(self, at: int) -> int:
        """Where the clause of a position begins; 、 after a verb ends one too (甲主办、乙承办)."""
        begin = max(self.segment(at), self.text.rfind("，", 0, at) + 1)
        listed = self.text.rfind("、", begin, at)
        if listed > begin and (
            self.grammar.verb_end.search(self.text[max(0, listed - 4) : listed])
            or WITH.match(self.text, listed + 1)
            or self.parallel(listed)
        ):
            return listed + 1
        return begin

    def parallel(self, sign: int) -> bool:
        """Whether 、 stands between two acts: 甲投资的乙项目、丙投资的丁项目."""
        made = MENTION.match(self.text, sign - 1) and not self.grammar.agent.match(
            self.text, sign - 1
        )
        return bool(made) and self.grammar.acts.match(self.text, sign + 1) is not None

    def doers(self, at: int) -> Doers:
        """Who does what the verb at a position says; found once, however many rules ask."""
        if at not in self._known:
            self._known[at] = self._found(at)
        return self._known[at]

    def _found(self, at: int) -> Doers:
        start, end, floor = self.clause(at), at, self._floor(at)
        if self._wished(start, at):
            return Doers()
        found = self._organisers(start, at) or self._doers(start, end)
        if found.how == THERE:
            return found
        if found.places:
            light = self._light(found.places[-1] + 1, at)
            return found if light or found.how == "by" or self._body(found, at) else Doers()
        some = SOME.match(self.text, start, at)
        carried = self._light(some.end() if some else start, at)
        joined = tuple(p for p in self._agents(start, at) if self._before(self.grammar.joined, p))
        spare = Doers()  # who is moved to act: 支持甲扩产，建设乙 is done by 甲 if by nobody before
        while carried and start > floor:
            end = max(floor, start - 1)
            start = self.clause(end)
            if PURPOSE.match(self.text, start):
                continue
            found, moved = self._carried(start, end, at)
            if moved.places and not spare.places:
                spare = Doers(moved.places + joined, "by", moved.at)
            if not found.places:
                allies = [p for p in self._agents(start, end) if self._before(ALLIED, p)]
                joined = (*allies, *joined)
            else:
                how = "by" if found.how == "by" else "before"
                bodies = () if joined else tuple(p for p in found.places if self._bodies(p))
                first = (bodies or found.places)[:1]
                places = found.places if self._jointly(found, end, at) else first
                return Doers(places + joined, how, found.at)
        if spare.places:
            return spare
        label = self._label(self.segment(at)) if carried and not joined else None
        if label is not None:
            return Doers((label,), "before", label)
        alone = bool(joined) and start == floor  # 联合某学会办好某大会: who speaks acts with it
        return Doers((*self._again(start), *joined), "plain", joined[0]) if alone else Doers()

    def _carried(self, start: int, end: int, at: int) -> tuple[Doers, Doers]:
        """Who of an earlier clause acts on, and who was only moved to act in it."""
        found = self._doers(start, end, carried=True)
        together = self.grammar.jointly.search(self.text, self.clause(at), at + 2)
        moved = found if found.places and not together else self._doers(start, end)
        if moved.how == "by" and together:
            return moved, Doers()  # 支持甲与乙攻关，共同建设丙: those two do
        return found, moved if moved.how == "by" and not found.places else Doers()

    def _wished(self, start: int, at: int) -> bool:
        """Whether the clause before only proposes what the verb says, and nobody has done it."""
        before = re.split("[，：]", self.text[self.segment(at) : max(0, start - 1)])[-1]
        heeded = HEEDED.search(before) or "了" in self.text[at : at + 6]
        return WISH.search(self.text[max(0, start - 4) : start]) is not None and not heeded

    def _again(self, start: int) -> tuple[int, ...]:
        """Who is not said again of acts with one after the other: 甲与乙签订…；与丙签订…."""
        before = start
        while before > 1 and self.text[before - 1] in "；;" and WITH.match(self.text, before):
            before = self.segment(before - 2)
        if before == start:
            return ()
        end = self.text.find("，", before, start)
        found = self._doers(before, end if end >= 0 else start)
        between = self.text[found.places[0] + 1 : found.places[-1]] if found.places else ""
        return found.places[:1] if re.search("[与和同]", between) else ()

    def _label(self, start: int) -> int | None:
        """Whose name and a colon a stretch follows: 甲公司：投资建设…."""
        if self.text[start - 1 : start] not in ("：", ":"):
            return None
        opening = self.text.rfind("\n", 0, start - 1) + 1
        before = max((s for s in self._segments if s < start), default=0)
        found = LABEL.fullmatch(self.text, max(opening, before), start - 1)
        at = found.start("name") if found else 0
        return at if found and self.grammar.agent.match(self.text, at) else None

    def _organisers(self, start: int, at: int) -> Doers | None:
        """Who acts in a relative clause: the agents right before its verb."""
        agents, end = list(self._agents(start, at)), at
        if not agents or not RELATIVE.match(self.text, at):
            return None
        while len(agents) > 1 and self._light(agents[-1] + 1, end) and self._given(agents[-1]):
            end = agents.pop() - 1  # 甲|为乙|开发的
        if not self._light(agents[-1] + 1, end):
            return None
        first = len(agents) - 1
        while first and self._linked(agents[first - 1], agents[first]):
            first -= 1
        there = HELD.match(self.text, at) and self.text[agents[first] - 1] in "在于"
        if there and not any(map(self._bodies, agents[first:])):
            return Doers((), THERE)  # 在甲市|举行的乙大会: where, and not by whom
        return Doers(tuple(agents[first:]), "plain", agents[first])

    def _given(self, at: int) -> bool:
        """Whether an agent is only whom something is done for: 甲为|乙|开发的."""
        return self.text[at - 1 : at] in ("为", "给", "替")

    def relative(self, start: int, end: int) -> Doers:
        """Who did it, of a thing that a verb before 的 tells apart: 在|甲承建|的热源厂."""
        at = start - 1
        done = DONE.match(self.text, end) and self.grammar.agent.match(self.text, max(at, 0))
        if not done or self._before(FOR, at) or not self._bodies(at):
            return Doers()
        return Doers((at,), "plain", at)

    def _floor(self, at: int) -> int:
        """Where a doer may still stand: before a ； when nobody else acts after it."""
        floor = self.segment(at)
        while floor > 1 and self.text[floor - 1] in "；;" and not any(self._agents(floor, at)):
            if MENTION.match(self.text, floor):
                break  # 甲项目由乙承建；丙项目，总投资…: it is about something else
            floor = self.segment(floor - 2)
        return floor

    def _jointly(self, found: Doers, end: int, at: int) -> bool:
        """甲与乙签约，将投资…: 甲 alone does, or the company of the two; 将共建…: both build."""
        together = self.grammar.jointly
        if together.search(self.text, self.clause(at), at + 2):
            return True
        last = found.places[-1]
        if together.match(self.text, last + 1, last + 4):
            return True
        between = self.text[found.places[0] : found.places[-1]]
        return not re.search("[与和同跟]", between)

    def _light(self, start: int, end: int) -> bool:
        """Whether nothing stands between two positions but adverbs, sums and places."""
        found = self.grammar.light.match(self.text, start, end)
        return found is not None and end - found.end() <= 0

    def _body(self, found: Doers, at: int) -> bool:
        """A body may be further from its verb than a place, whose name often only modifies."""
        last = found.places[-1]
        between = self.text[last + 1 : at]
        group = self.sentence.groups[last]
        body = all(
            not m.rule.startswith("district.") for m in group.mentions
        )  # no place among them
        between = MEANS.sub("", between)
        return body and len(between) <= 18 and not self.grammar.between.search(between)

    def _bodies(self, at: int) -> bool:
        """Whether a group holds a body, not places only; 全市 and the like are places."""
        places = self.grammar.words["places"]
        return any(
            not m.rule.startswith("district.") and not (m.refers and m.type in places)
            for m in self.sentence.groups[at].mentions
        )

    def _agents(self, start: int, end: int) -> Iterator[int]:
        for match in self.grammar.agent.finditer(self.text, start, max(start, end)):
            if not self._remarked(match.start(), end):
                yield match.start()

    def _remarked(self, at: int, end: int) -> bool:
        """Whether a place stands in brackets that end before the verb: 某诊所（甲区店），举办."""
        opens = self.text.rfind("（", 0, at)
        closes = self.text.find("）", opens, end) if opens >= 0 else -1
        return closes > at and not self._bodies(at)

    def _before(self, pattern: re.Pattern[str], at: int) -> bool:
        if pattern is self.grammar.joined and self.text[at - 1 : at] == "、":
            lead = LISTED.search(self.text, max(0, at - 60), at)
            at = lead.start() + 1 if lead else at  # 与甲、某某、乙共建: 乙 too
        return pattern.search(self.text[max(0, at - 10) : at]) is not None

    def _whose(self, agents: Sequence[int], end: int) -> int | None:
        """Who made what somebody else uses or visits: 甲公司走访|乙大学|研发的某系统."""
        if not agents or ATTRIBUTIVE.match(self.text, end) is None:
            return None
        if OWN_WORK.fullmatch(self.text, agents[-1] + 1, end) is None:
            return None
        first, *before = reversed(agents)
        while (
            before and self._linked(before[0], first) and not TAKES_PART.match(self.text, first - 2)
        ):
            first, *before = before
        lead = self.text[before[0] + 1 if before else max(0, first - 8) : first]
        if self.grammar.used.search(lead):
            return first
        acts = len(lead) > 1 and self.grammar.beside.search(lead) is None
        return first if before and acts else None

    def _doers(self, start: int, end: int, carried: bool = False) -> Doers:
        """Who acts in a clause; ``carried``: and in the next one, which names nobody."""
        agents = list(self._agents(start, end))
        if (maker := self._whose(agents, end)) is not None:
            return Doers(self._chain(maker, agents, end), "plain", maker)
        by = [p for p in agents if self._before(self.grammar.by, p)]
        by = [p for p in by if not (carried and self._governed(p))]
        made = {p: self._maker(p, end) for p in by}
        by = [p for p in by if made[p] is None]
        theirs = [p for p in made.values() if p is not None and p >= 0]
        if not by and theirs:
            return Doers(self._chain(theirs[-1], agents, end), "by", theirs[-1])
        topic = agents[0] if carried and by and agents[0] < by[0] else None
        if topic is not None and by[0] - topic <= BESIDE and self._bodies(topic):
            return Doers((topic,), "plain", topic)  # 甲公司由乙集团控股，承办丙: 甲 does
        if by:
            chain = self._chain(by[-1], agents, end)
            own = [p for p in chain if self._bodies(p) or not BODY.match(self.text, p + 1)]
            opens = self.grammar.opens.match(self.text, by[-1] + 1) and not self._bodies(by[-1])
            return Doers(tuple(own[1:] if opens and own[:1] == [by[-1]] else own), "by", by[-1])
        listed = False  # 拜会甲使馆、乙部: what is listed after a visit is visited, too
        for p in agents:
            listed = self._before(self.grammar.oblique, p) or (listed and self.text[p - 1] == "、")
            if listed or self._before(self.grammar.joined, p):
                continue
            if carried and self._governed(p):
                listed = True
                continue
            if self.grammar.owner.match(self.text, p + 1) or self.grammar.person.match(
                self.text, p + 1, end
            ):
                continue
            if self.grammar.modifies.match(self.text, p + 1) and not self._bodies(p):
                continue
            heads = [q for q in agents if q > p and self.text[q - 1] == "的"]
            first = heads[-1] if heads else p  # 甲与乙共建的丙: 丙 acts
            return Doers(self._chain(first, agents, end), "plain", first)
        joined = [p for p in agents if self._before(self.grammar.joined, p)]
        if joined and UNNAMED.search(self.text[start : joined[0]]):
            return Doers(tuple(joined), "plain", joined[0])
        return Doers()

    def _governed(self, at: int) -> bool:
        """Whether an agent is what a verb of its clause is about: 甲区经济增长，位居乙省|前列.

        Whom a place brings in or sets up acts next: 甲区引进乙公司，建设丙项目.
        """
        start = self.sentence.original(at, at + 1).start
        verb = self.words.at(start - 1) if start else None
        if verb is None or verb.end != start or verb.tag not in VERBS or SAYS.search(verb.text):
            return False
        brings = BRINGS.search(verb.text) and not GOODS.match(self.text, at + 1)
        moved = self._before(self.grammar.by, at) and self.text[at + 1 : at + 2] == "，"
        acts = (brings or moved or INVESTS.match(self.text, at + 1)) and self._bodies(at)
        return len(verb.text) > 1 and not acts

    def _maker(self, agent: int, end: int) -> int | None:
        """Whether an agent only made what acts or what something befalls, and not this.

        由甲投资的乙项目|签约: nobody (-1). 由甲、乙共建的丙|启动: 丙, whose place it gives.
        None where the agent acts: 由甲大学的李某|研发.
        """
        made = MADE.search(self.text, agent + 1, end)
        if made is None or made.start() - agent < MAKES:
            return None
        return made.end() if self.grammar.agent.match(self.text, made.end()) else -1

    def _chain(self, first: int, agents: Sequence[int], end: int) -> tuple[int, ...]:
        """An agent and those that 与, 和, 联合 join to it."""
        chain = [first]
        for p in agents:
            if p <= chain[-1] or p >= end:
                continue
            if (
                self.grammar.owner.match(self.text, chain[-1] + 1)
                and len(chain) == 1
                and p - chain[-1] < 8
            ):
                chain[-1] = p  # 甲集团旗下的乙公司: the last one acts
            elif self.grammar.modifies.match(self.text, p + 1) and not self._bodies(p):
                continue
            elif self._linked(chain[-1], p):
                chain.append(p)
        return tuple(chain)

    def _linked(self, a: int, b: int) -> bool:
        """Whether 与, 和, 联合 … join two agents, with at most adverbs between them."""
        if b - a >= 18:
            return False
        if UNKNOWN.fullmatch(self.text, a + 1, b):
            return True
        found = self.grammar.joined.search(self.text[a + 1 : b])
        if found is None:
            return False
        end = a + 1 + found.start()
        body = BODY.match(self.text, a + 1)  # 全市|各区县人民政府及|乙新区
        if body is not None and body.end() == end and self._whole(a):
            return True
        between = self.text[a + 1 : end].strip("，")
        return self._light(end - len(between), end) or len(between) <= 1

    def _whole(self, at: int) -> bool:
        """Whether a group is 全市 or the like."""
        return all(m.refers for m in self.sentence.groups[at].mentions)
