"""Rules of kind ``settled``: where a project, a body or a system is (落户, 位于, 选址).

What lies there stands before the verb; where the clause has nothing of its own, the stretch of
clauses is about its first thing (某院，由甲牵头，落户某区); 上述三个项目均落户 means all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule, load
from kg.relate.clause import Parse
from kg.relate.grammar import grammar
from kg.relate.mask import ANY_MENTION, Masked, Masks
from kg.relate.scene import Scene, Stated
from kg.relate.status import Statuses
from kg.relate.verb import named

LEAD = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:也|均|都|则|已|将|拟|现|全部|最终|正式|总部|选址)*$")
# When or on which occasion it settles, and how (也在今天的会上正式|落户): nothing lies there.
OCCASION = re.compile(
    f"(?:也|还|均|都|则|已|将|拟|又)*[在于][^，。；、的]{{0,14}}?"
    f"(?:[上中时]|期间|之际|现场|当天|[{ANY_MENTION}]上?)(?:正式|成功|顺利|签约|集中|先后|相继|也|将|均|都|已)*$"
)
# What a noun that points back begins with: 该|专用铁路位于.
POINTS = "该本此这"
# Before the one of several things that a sentence goes on about.
AMONG = "其中"
# After the place: what follows are the things that were only counted before.
LISTS = re.compile("[：:]|，(?:包括|分别是|分别为|它们是)")
# What ends another name between a thing and the verb: 甲集团|某某慈善赛|首次落户; no count
# (两个项目落户).
OTHER = re.compile(
    "(?![一两二三四五六七八九十几多余]{1,3}[个项])[\u4e00-\u9fff]{2}(?:赛|展|节|店|论坛|大会|分公司|子公司|项目|基地|产品)[首将已也正再]?"
)


OWNED = re.compile("旗下|麾下|下属|所属")  # 甲集团|旗下多家企业落户: not the group
# 位于甲地的乙集团|某海上风电场: the site, and not the group.
SITE = re.compile(
    f"[{ANY_MENTION}]?[^，。；、的{ANY_MENTION}]{{0,10}}?(?:电站|电场|电厂|矿区?|工地|门店|工厂|车间|基地|项目|产线)"
)
# 甲集团将把总部|落户某地, 将西部总部|设在某地; but 把握机遇.
TAKES = re.compile("把(?![握脉关控好])|将(?=(?:[东西南北中华]{1,2}部?|区域|亚太|第二)+(?:总部|$))")
# 位于甲区、乙区|交界处: in neither.
BORDER = re.compile("交界|之间|接壤|毗邻|交汇")
# Between the things of a list and the noun that sums them up: 甲总部、乙基地|等3个重点|项目.
SUMMED = re.compile(
    "[”]?等?(?:这)?(?:\\d+|[一二两三四五六七八九十几多]+)(?:余|多)?[个大][^，。；、]{0,6}"
)


@lru_cache(maxsize=16)
def _wanted(folder: str, types: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"[{Masks(list(load(folder).classes)).characters(types)}]")


@lru_cache(maxsize=4)
def _statuses(folder: str) -> Statuses:
    return Statuses(load(folder))


def settled(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Each thing with the place that a verb of settling puts it in."""
    folder = str(ontology.folder)
    words = grammar(folder)
    page = ontology.relations[predicate]
    things = tuple(rule.options.get("subject_class", page.domain))
    verbs = words.verbs(*rule.options["verbs"])
    where = _wanted(folder, page.range).pattern
    place = re.compile(
        f"[就也均都]?(?:设|位)?(?:于|在|至|到|为|是)?(?:{where}下?辖的?)?(?P<o>{where})"
    )
    for i, sentence in enumerate(scene.sentences):
        if not sentence.groups:
            continue
        parse = scene.parse(sentence, words)
        for found in verbs.finditer(sentence.text):
            put = place.match(sentence.text, found.end())
            if put is None:
                continue
            there = named(scene, sentence, (put.start("o"),), page.range)
            subjects = _things(scene, parse, i, found, put.end(), things, folder)
            clause = sentence.text[parse.clause(found.start()) : put.end()]
            begin = parse.clause(found.start())
            verdict = _statuses(folder).judge(clause, found.start() - begin, found.end() - begin)
            each = len(subjects) == len(there) > 1 and "分别" in clause
            several = len(subjects) > 1 and len(there) > 1 and not re.search("[均都]", clause)
            if (several and not each) or BORDER.match(sentence.text, put.end()):
                continue  # which of them lies where is not said
            for n, s in enumerate(subjects):
                for o in there[n : n + 1] if each else there:
                    yield Stated(
                        s, predicate, o, None, sentence.span, rule.rule, rule.confidence,
                        rule.status or verdict.status, sentence.original(found.start(), put.end()),
                        verdict.denied,
                    )  # fmt: skip


def _things(
    scene: Scene,
    parse: Parse,
    i: int,
    found: re.Match[str],
    end: int,
    types: Sequence[str],
    folder: str,
) -> list[Mention]:
    """What lies in the place."""
    text, wanted = parse.text, _wanted(folder, tuple(types))
    after = re.compile(
        rf"[^，。；：的{ANY_MENTION}]{{0,4}}的[^，。；]{{0,26}}?(?P<s>{wanted.pattern})"
    ).match(text, end)
    if after:
        site = SITE.match(text, after.end())
        return [] if site else named(scene, parse.sentence, (after.start("s"),), types)
    if text[end : end + 1] == "的" and text[end + 1 : end + 2] not in ("，", "。"):
        return []
    start = parse.clause(found.start())
    own = _own(parse, wanted, start, found.start())
    if own is None:
        return []
    if own:
        several = _several(scene, parse, i, own[-1], end, types)
        return several or named(scene, parse.sentence, (*_alike(parse, start), own[-1]), types)
    if parse.grammar.agent.search(text, start, found.start()):
        return []
    lead = LEAD.search(text, start, found.start())
    apart = OCCASION.match(text, start, found.start()) or parse._light(start, found.start())
    if lead and not apart:
        position = parse.sentence.original(start, start + 1).start
        return list(scene.ending(position, types, lead[1].lstrip(POINTS)))
    segment = parse.segment(found.start())
    among = text.rfind(AMONG, segment, start)  # 签约项目共9个，其中某项目投资5亿元，将落户…
    before = list(wanted.finditer(text, segment if among < 0 else among, start))
    built = _wanted(folder, tuple(types[:2]))
    for match in sorted(before, key=lambda m: not built.match(m.group())):
        p = match.start()
        if parse.grammar.owner.match(text, p + 1):
            continue
        by = parse._before(parse.grammar.by, p) or parse._before(parse.grammar.joined, p)
        if by or parse._before(parse.grammar.oblique, p):
            continue
        if there := named(scene, parse.sentence, (p,), types):  # none: 签约项目中, all of them
            return there
    return []


def _own(parse: Parse, wanted: re.Pattern[str], start: int, end: int) -> list[int] | None:
    """The things that a clause names before its verb; None where something else settles."""
    text = parse.text
    own = [m.start() for m in wanted.finditer(text, start, end)]
    own = [p for p in own if not parse._before(parse.grammar.oblique, p)]
    noun = len(own) > 1 and _refers(parse, own[-1])
    # 某某工程|项目位于: it only says what the name is; 甲总部、乙基地|两个项目: it sums up.
    if noun and (own[-1] == own[-2] + 1 or SUMMED.fullmatch(text, own[-2] + 1, own[-1])):
        own.pop()
    # 甲集团|某某慈善赛|首次落户; 甲集团将把西部总部|落户某地.
    other = own and (
        OTHER.search(text, own[-1], end)
        or TAKES.search(text, own[-1], end)
        or OWNED.match(text, own[-1] + 1)
    )
    return None if other else own


def _alike(parse: Parse, start: int) -> list[int]:
    """The things of the acts before, in parallel: 甲投资的|乙项目|、丙投资的丁项目落户某区."""
    found: list[int] = []
    while start > 1 and parse.text[start - 1] == "、" and parse.parallel(start - 1):
        found.insert(0, start - 2)
        start = parse.clause(start - 2)
    return found


def _refers(parse: Parse, at: int) -> bool:
    return all(m.refers for m in parse.sentence.groups[at].mentions)


def _several(
    scene: Scene, parse: Parse, i: int, at: int, end: int, types: Sequence[str]
) -> list[Mention]:
    """上述三个项目均落户: the things of the sentences before; 三个项目落户：…: those after."""
    group = parse.sentence.groups[at]
    if not group.mentions or not group.mentions[0].refers:
        return []
    lead, tail = parse.text[max(0, at - 5) : at], parse.text[at + 1 : at + 4]
    if re.search("上述|以上|这[两三四五六]|两期|前述", lead):
        return _within(scene, scene.sentences[max(0, i - 2) : i], (group.mentions[0].type,))[
            -_count(lead) :
        ]
    if LISTS.match(parse.text, end):
        rest = [g for p, g in sorted(parse.sentence.groups.items()) if p > end]
        kind = group.mentions[0].type
        found = [
            m for g in rest for m in g.mentions if m.type in (kind, *types[:2]) and not m.refers
        ]
        return list(dict.fromkeys(m for m in found if m.type in types[:2]))
    if re.search("[均都]|全部", tail):
        after = [s for s in scene.sentences[i + 1 : i + 3] if re.match("其中|——|●", s.text)]
        return _within(scene, after, (group.mentions[0].type,))
    return []


def _count(lead: str) -> int:
    """How many things a phrase speaks of (上述三个); many when it does not say."""
    found = re.search(r"[两二三四五六七八九]|\d", lead)
    return {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}.get(found[0], 9) if found else 9


def _within(scene: Scene, sentences: Sequence[Masked], types: Sequence[str]) -> list[Mention]:
    found = [
        m
        for s in sentences
        for _, g in sorted(s.groups.items())
        for m in g.mentions
        if m.type in types and not m.refers
    ]
    return list(dict.fromkeys(found))
