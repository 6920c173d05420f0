"""Rules of kind ``frame``: the relation of a verb between each doer and each object."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.claims.clause import Doers, Parse
from kg.extract.claims.clauses import after
from kg.extract.claims.clauses.objects import passive, short, through
from kg.extract.claims.clauses.verb import Tools, named, occurrences, state, tools
from kg.extract.claims.context import Scene, Stated
from kg.extract.coreference.antecedents import RULERS
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule


def frame(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The relation of a verb between its doers and its objects."""
    tool = tools(rule, predicate, ontology)
    for sentence in scene.sentences:
        if not sentence.groups or tool.signs.isdisjoint(sentence.held):
            continue
        parse = scene.parse(sentence, tool.grammar)
        for found in occurrences(parse, tool):
            doers = parse.doers(found.start())
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
                subjects = itself(scene, parse, found.start(), tool)
                if not subjects and rule.options.get("home"):
                    subjects = _home(scene, parse, found.start(), tool)
            at = objects[-1] if objects else found.end()
            yield from _pairs(scene, rule, predicate, parse, found, subjects, things, at, tool)


def _home(scene: Scene, parse: Parse, at: int, tool: Tools) -> list[Mention]:
    """What a notice says is to be done, with nobody named, is done by the place that speaks."""
    home = scene.speaker() if scene.part.kind == "notice" else None
    if home is None or home.type not in tool.subjects:
        return []
    start = parse.clause(at)
    lead = scene.draft.lexicon.clauses.marker.match(parse.text, start, at)
    return [home] if parse.light(lead.end() if lead else start, at) else []


def _objects(
    scene: Scene, rule: Rule, parse: Parse, found: re.Match[str], doers: Doers, tool: Tools
) -> tuple[int, ...]:
    """The places of what a verb is done to: after it, else where its doers let it stand."""
    objects = after.objects(parse, found.end(), tool.wanted)
    if tool.then is not None:  # 推进某大通道|建设
        then = objects and tool.then.match(parse.text, objects[-1] + 1)
        return objects if then else ()
    if not objects and tool.through is not None:
        objects = through(parse, found.end(), tool)
    if not objects and rule.options.get("passive") and doers.places:
        trailing = bool(rule.options.get("trailing"))
        objects = passive(scene, parse, doers, tool, found.end(), trailing)
    return objects


def itself(scene: Scene, parse: Parse, at: int, tool: Tools) -> list[Mention]:
    """公司将投资…: the body that the sentences before are about."""
    start = parse.clause(at)
    while parse.light(start, at) and start > parse.segment(at):
        at = start - 1  # 公司计划投资10亿元，|建设甲项目
        start = parse.clause(at)
    own = tool.grammar.self.match(parse.text, start, at)
    if own is None or not parse.light(own.end(), at):
        return []
    place = parse.sentence.original(own.start(), own.end()).start
    if own.group() in parse.grammar.words["firm"]:
        last = scene.last(place, tool.subjects[:1], reach=2)
        return [m for m in last if m.subtype not in RULERS][-1:]
    return list(scene.ending(place, tool.subjects[:1], own.group()))


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
    apiece = (
        len(subjects) == len(objects) > 1
        and scene.draft.lexicon.clauses.apiece in parse.text[: found.end()]
    )
    each = list(zip(subjects, objects, strict=True)) if apiece else []
    for s, o in each or [(s, o) for s in subjects for o in objects]:
        # A notice has a body that issues it; 我市制定本办法 names the place beside it.
        own = scene.main is not None and o.name in scene.main.name
        if own and rule.options.get("own") and s.rule in parse.grammar.placing:
            continue
        yield state(scene, rule, predicate, parse, found, s, o, clause_text, tool)
