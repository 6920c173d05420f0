"""Rules of kind ``frame``: the relation of a verb between each doer and each object."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule
from kg.relate import after
from kg.relate.clause import Doers, Parse
from kg.relate.objects import ahead, apposed, in_row, passive, short, through
from kg.relate.scene import RULERS, Scene, Stated
from kg.relate.verb import Tools, named, occurrences, state, tools

# How many sentences back a subject carries over, and where it may stand in its clause.
TOPIC_REACH, TOPIC_LEAD = 2, 4
# 甲、乙分别与丙签约: the party of all stands last.
EACH_WITH = re.compile("分别[与和同]")
SIGNS = "signs"  # both parties of a signing sign
RELATIVE = 8  # characters from a verb to the 的 that tells a thing by it, at the most
# What somebody says of what is to come is said for the body behind them.
SAID = re.compile("(?:表示|介绍|透露|指出|强调|宣布|称|说)(?=，)")


def frame(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The relation of a verb between its doers and its objects."""
    tool = tools(rule, predicate, ontology)
    for sentence in scene.sentences:
        if not sentence.groups or tool.signs.isdisjoint(sentence.held):
            continue
        parse = scene.parse(sentence, tool.grammar)
        for found in occurrences(parse, tool):
            doers = parse.doers(found.start())
            if doers.how == "none":
                doers = parse.relative(found.start(), found.end())
            objects = _objects(scene, rule, parse, found, doers, tool)
            things = named(scene, sentence, objects, tool.objects)
            if not things and rule.options.get("passive"):
                things = short(scene, parse, doers, tool, str(rule.options.get("short", "")))
            ends = rule.options.get("object_ends")
            if ends:
                things = [t for t in things if re.search(f"(?:{ends})$", t.name)]
            subjects = named(scene, sentence, doers.places, tool.subjects)
            if things and doers.places:  # 公司与某大学联合开发的某平台
                subjects = [*itself(scene, parse, doers.places[0], tool), *subjects]
            if things and doers.how == "none":
                subjects = _unsaid(scene, rule, parse, found.start(), tool)
                things = [t for t in things if not t.weak] if rule.options.get("sure") else things
                if not subjects and rule.options.get("home"):
                    subjects = _home(scene, parse, found.start(), tool)
                    things = things if _heads(scene, parse) else [t for t in things if not t.weak]
            at = objects[-1] if objects else found.end()
            yield from _pairs(scene, rule, predicate, parse, found, subjects, things, at, tool)


# What stands before the first word of a point of a notice: （一） is left out of the masked text.
MARKER = re.compile(r"\W*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])?\s*")
HEADING = 30  # characters of a heading at the most


def _home(scene: Scene, parse: Parse, at: int, tool: Tools) -> list[Mention]:
    """What a notice says is to be done, with nobody named, is done by the place that speaks."""
    home = scene.speaker() if scene.part.kind == "notice" else None
    if home is None or home.type not in tool.subjects:
        return []
    start = parse.clause(at)
    lead = MARKER.match(parse.text, start, at)
    return [home] if parse._light(lead.end() if lead else start, at) else []


def _heads(scene: Scene, parse: Parse) -> bool:
    """Whether a sentence is the heading of a section: short, marked, without a full stop."""
    span = parse.sentence.span
    text = scene.text[span.start : span.end].strip()
    return (
        len(text) <= HEADING
        and text[0] in "（(一二三四五六七八九十0123456789"
        and text[-1] not in "。；"
    )


def _objects(
    scene: Scene, rule: Rule, parse: Parse, found: re.Match[str], doers: Doers, tool: Tools
) -> tuple[int, ...]:
    """The places of what a verb is done to: after it, else where its doers let it stand."""
    end = found.end()
    objects = apposed(parse, end, tool)
    objects = objects or after.objects(parse, end, tool.wanted, bool(rule.options.get("far")))
    if tool.then is not None:  # 推进某大通道|建设
        then = objects and tool.then.match(parse.text, objects[-1] + 1)
        return objects if then else ()
    if not objects and tool.through is not None:
        objects = through(parse, end, tool)
    if not objects and rule.options.get("passive") and doers.places:
        objects = passive(
            scene, parse, doers, tool, end,
            bool(rule.options.get("close")), bool(rule.options.get("trailing")),
        )  # fmt: skip
    if not objects and (doers.how == "by" or in_row(parse, end, tool)):
        objects = ahead(parse, end, tool)
    return objects


def _unsaid(scene: Scene, rule: Rule, parse: Parse, at: int, tool: Tools) -> list[Mention]:
    """Who does what a verb without a doer says: 公司, or the place that the text goes on about."""
    own = itself(scene, parse, at, tool) or _spoken(scene, parse, at, tool)
    return own or (_topic(scene, parse, at, tool) if rule.options.get("carries") else [])


def _spoken(scene: Scene, parse: Parse, at: int, tool: Tools) -> list[Mention]:
    """甲局局长王某表示，下一步将出台…: the body that somebody speaks for does it."""
    start = parse.clause(at)
    if not parse._light(start, at):
        return []
    lead = parse.text[parse.segment(at) : start]
    said = SAID.search(lead)
    bodies = list(tool.grammar.agent.finditer(lead, 0, said.start() if said else 0))
    if said is None or not tool.grammar.will.search(lead[said.end() :] + parse.text[start:at]):
        return []
    if not bodies or not tool.grammar.person.match(lead, bodies[-1].end(), said.start() + 1):
        return []
    place = parse.segment(at) + bodies[-1].start()
    return named(scene, parse.sentence, (place,), tool.subjects)


def itself(scene: Scene, parse: Parse, at: int, tool: Tools) -> list[Mention]:
    """公司将投资…: the body that the sentences before are about."""
    start = parse.clause(at)
    while parse._light(start, at) and start > parse.segment(at):
        at = start - 1  # 公司计划投资10亿元，|建设甲项目
        start = parse.clause(at)
    own = tool.grammar.self.match(parse.text, start, at) or _inside(scene, parse, start, at, tool)
    if own is None or not parse._light(own.end(), at):
        return []
    place = parse.sentence.original(own.start(), own.end()).start
    if own.group() in parse.grammar.words["firm"]:
        last = scene.last(place, tool.subjects[:1], reach=2)
        return [m for m in last if m.subtype not in RULERS][-1:]
    return list(scene.ending(place, tool.subjects[:1], own.group()))


def _inside(scene: Scene, parse: Parse, start: int, at: int, tool: Tools) -> re.Match[str] | None:
    """正在演示|公司|自主研发的…: the body that a verb or a preposition stands before."""
    if "的" not in parse.text[at : at + RELATIVE]:
        return None
    for own in tool.grammar.self.finditer(parse.text, start, at):
        place = parse.sentence.original(own.start(), own.end()).start
        before = scene.draft.words.at(place - 1)
        if own.group() == "企业" or tool.grammar.agent.search(parse.text, own.end(), at):
            continue
        if before is not None and before.end == place and before.tag[0] in "vp":
            return own
    return None


def _topic(scene: Scene, parse: Parse, at: int, tool: Tools) -> list[Mention]:
    """甲市开拓通道。同时，建设乙工程: a sentence that begins with a verb goes on about a place."""
    lead = parse.text[: parse.clause(at)]
    first = scene.draft.words.at(parse.sentence.span.start)
    verb = first.tag[0] in "vdpc" and not first.text.startswith("据")
    light = tool.grammar.light.match(parse.text)
    goes_on = verb or (light is not None and light.end() > 0)
    if not goes_on or tool.grammar.agent.search(lead) or not parse._light(parse.clause(at), at):
        return []
    if any(_has_subject(scene, parse, m.end()) for m in re.finditer("，", lead[:-1])):
        return []
    here = scene.sentences.index(parse.sentence)
    for earlier in reversed(scene.sentences[max(0, here - TOPIC_REACH) : here]):
        said = scene.parse(earlier, tool.grammar)
        if "\n" in scene.text[earlier.span.end : parse.sentence.span.start]:
            return []
        begins = [0, *(m.end() for m in re.finditer("[，：]", said.text))]
        for begin, end in zip(begins, [*begins[1:], len(said.text)], strict=True):
            doers = said._doers(begin, end)
            if doers.places:
                acts = doers.how == "plain" and doers.at - begin <= TOPIC_LEAD
                found = named(scene, earlier, doers.places, tool.subjects)
                place = all(m.rule.startswith("district.") for m in found)
                return found if acts and place and len(found) == 1 else []
    return []


def _has_subject(scene: Scene, parse: Parse, start: int) -> bool:
    """Whether a clause begins with a noun: somebody else acts in it, known or not."""
    word = scene.draft.words.at(parse.sentence.original(start, start + 1).start)
    return word.tag[0] in "nrj" or word.tag == "x"


def _pairs(
    scene: Scene,
    rule: Rule,
    predicate: str,
    parse: Parse,
    found: re.Match[str],
    subjects: Sequence[Mention],
    objects: Sequence[Mention],
    at: int,
    tool: Tools,
) -> Iterator[Stated]:
    if not subjects or not objects:
        return
    clause = parse.clause(found.start())
    stop = parse.text.find("，", max(at, found.end()))
    clause_text = parse.text[clause : stop if stop >= 0 else len(parse.text)]
    if tool.block is not None and tool.block.search(clause_text):
        return
    pairs = _apiece(parse, found, predicate, subjects, objects) if len(objects) > 1 else []
    for s, o in pairs or [(s, o) for s in subjects for o in objects]:
        # A notice has a body that issues it; 我市制定本办法 names the place beside it.
        own = scene.main is not None and o.name in scene.main.name
        if own and rule.options.get("own") and s.rule.startswith("district."):
            continue
        yield state(scene, rule, predicate, parse, found, s, o, clause_text, tool)


def _apiece(
    parse: Parse,
    found: re.Match[str],
    predicate: str,
    subjects: Sequence[Mention],
    objects: Sequence[Mention],
) -> list[tuple[Mention, Mention]]:
    """Each with its own (甲、乙分别签约丙、丁); one party more is that of all.

    It is the first (甲分别与乙、丙…), or the last (甲、乙分别与丙…). Nothing where 分别 is not
    said, or not who has which.
    """
    each = parse.text.rfind("分别", parse.segment(found.start()), found.end())
    if each < 0:
        return []
    size, at = len(objects), parse.sentence.original(each, each + 1).start
    before = sum(s.start < at for s in subjects)
    sorts = {s.type for s in subjects}
    if predicate == SIGNS and len(subjects) == size and len(sorts) > 1:
        return [(subjects[0], o) for o in objects]  # 甲市与乙公司等分别签约丙、丁: of 丁 not all
    if len(subjects) % size == 0:
        return list(zip(subjects, list(objects) * (len(subjects) // size), strict=True))
    if len(subjects) != size + 1:
        return []
    last = before > 1 and EACH_WITH.match(parse.text, each) is not None
    shared, own = (subjects[-1], subjects[:-1]) if last else (subjects[0], subjects[1:])
    return [*((shared, o) for o in objects), *zip(own, objects, strict=True)]
