"""Rules of kinds ``frame`` and ``together``: a verb with its doers and what it is done to.

A ``frame`` states its relation between each doer and each object; with ``through`` the object
may stand in a clause after it (甲与乙签署协议，将共建某项目). ``together`` states its relation
between the doers that 与, 和, 联合 join, never between the members of one list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Relation, Rule, load
from kg.records import Span
from kg.relate.clause import Doers, Grammar, Parse, grammar
from kg.relate.mask import ANY_MENTION, Masked, Masks
from kg.relate.scene import Scene, Stated
from kg.relate.status import Statuses


# Between what a passive is about and 由: nothing else has come up.
CLOSE = re.compile("^，?(?:是|将|则|拟|主要)*由?$")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a rule needs at hand, compiled once."""

    grammar: Grammar
    statuses: Statuses
    verbs: re.Pattern[str]
    through: re.Pattern[str] | None
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    wanted: re.Pattern[str]
    block: re.Pattern[str] | None
    agreed: re.Pattern[str] | None


@lru_cache(maxsize=256)
def _tools(folder: str, predicate: str, number: int) -> Tools:
    ontology = load(folder)
    page: Relation = ontology.relations[predicate]
    rule = page.rules[number]
    words = grammar(folder)
    through = rule.options.get("through")
    block, agreed = rule.options.get("unless"), rule.options.get("agreed")
    objects = _classes(rule, "object_class", page.range)
    return Tools(
        grammar=words,
        statuses=Statuses(ontology),
        verbs=words.verbs(*rule.options["verbs"]),
        through=words.verbs(*through) if through else None,
        subjects=_classes(rule, "subject_class", page.domain),
        objects=objects,
        wanted=re.compile(f"[{Masks(list(ontology.classes)).characters(objects)}]"),
        block=re.compile(str(block)) if block else None,
        agreed=re.compile(str(agreed)) if agreed else None,
    )


def _classes(rule: Rule, option: str, default: tuple[str, ...]) -> tuple[str, ...]:
    named = rule.options.get(option)
    return (named,) if isinstance(named, str) else tuple(named) if named else default


def tools(rule: Rule, predicate: str, ontology: Ontology) -> Tools:
    """The compiled parts of a rule."""
    number = [r.rule for r in ontology.relations[predicate].rules].index(rule.rule)
    return _tools(str(ontology.folder), predicate, number)


def named(
    scene: Scene, sentence: Masked, places: Sequence[int], types: Sequence[str]
) -> list[Mention]:
    """The things that groups name, references resolved."""
    found: list[Mention] = []
    for p in places:
        for m in sentence.groups[p].mentions:
            if m.type in types or m.refers:
                found += [r for r in scene.refer(m) if r.type in types]
    return list(dict.fromkeys(found))


def occurrences(parse: Parse, tool: Tools) -> Iterator[re.Match[str]]:
    """Where the verbs of a rule stand as verbs, not inside a noun (建设单位)."""
    for found in tool.verbs.finditer(parse.text):
        signs = found.group() in tool.grammar.signs  # 签署协议: the paper is what is signed
        if not signs and tool.grammar.nominal.match(parse.text, found.end()):
            continue
        yield found


def frame(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The relation of a verb between its doers and its objects."""
    tool = tools(rule, predicate, ontology)
    for sentence in scene.sentences:
        if not sentence.groups:
            continue
        parse = scene.parse(sentence, tool.grammar)
        for found in occurrences(parse, tool):
            doers = parse.doers(found.start())
            objects = parse.objects(found.end(), tool.wanted, bool(rule.options.get("far")))
            if not objects and tool.through is not None:
                objects = _through(parse, found.end(), tool)
            if not objects and rule.options.get("passive") and doers.places:
                objects = _passive(
                    scene, parse, doers, tool, found.end(),
                    bool(rule.options.get("close")), bool(rule.options.get("trailing")),
                )  # fmt: skip
            if not objects and doers.how == "by":
                objects = _ahead(parse, found.end(), tool)
            subjects = named(scene, sentence, doers.places, tool.subjects)
            if doers.how == "none":
                subjects = _self(scene, parse, found.start(), tool)
            things = named(scene, sentence, objects, tool.objects)
            if not things and rule.options.get("passive"):
                things = _short(scene, parse, doers, tool, str(rule.options.get("short", "")))
            ends = rule.options.get("object_ends")
            if ends:
                things = [t for t in things if re.search(f"(?:{ends})$", t.name)]
            at = objects[-1] if objects else found.end()
            yield from _pairs(scene, rule, predicate, parse, found, subjects, things, at, tool)


def _self(scene: Scene, parse: Parse, at: int, tool: Tools) -> list[Mention]:
    """公司将投资…: the body that the sentences before are about."""
    start = parse.clause(at)
    own = tool.grammar.self.match(parse.text, start, at)
    if own is None or not parse._light(own.end(), at):
        return []
    place = parse.sentence.original(start, start + 1).start
    if own.group() in parse.grammar.words["self"][:4]:
        return list(scene.last(place, tool.subjects[:1], reach=2)[-1:])
    return list(scene.ending(place, tool.subjects[:1], own.group()))


def _through(parse: Parse, end: int, tool: Tools) -> tuple[int, ...]:
    """The objects of a verb of making in the clauses after, when no new doer comes up."""
    assert tool.through is not None
    stop = (
        next(
            (m.start() for m in re.finditer("[；;。！？]", parse.text[end:])), len(parse.text) - end
        )
        + end
    )
    comma = parse.text.find("，", end, stop)
    if comma < 0:
        return ()
    for found in tool.through.finditer(parse.text, comma, stop):
        clause = parse.clause(found.start())
        lead = parse.text[clause : found.start()]
        if (
            parse._light(clause, found.start())
            or re.match(r"[^，]{0,2}\S{0,2}$", lead)
            or _pair(parse, clause)
        ):
            objects = parse.objects(found.end(), tool.wanted)
            if objects:
                return objects
        else:
            return ()
    return ()


def _pair(parse: Parse, at: int) -> bool:
    group = parse.sentence.groups.get(at)
    return group is not None and any(m.refers == "pair" for m in group.mentions)


def _topic(scene: Scene, parse: Parse, at: int, tool: Tools) -> int | None:
    """The nearest thing before a position, generic nouns (重点项目) passed over."""
    p = parse.topic(at, tool.wanted)
    while p is not None and not named(scene, parse.sentence, (p,), tool.objects):
        p = parse.topic(p, tool.wanted)
    return p


def _ahead(parse: Parse, end: int, tool: Tools) -> tuple[int, ...]:
    """由甲主办，乙承办的某大会: the thing after the last verb is the object of the first too."""
    stop = next(
        (m.start() for m in re.finditer("[；;。！？]", parse.text[end:])), len(parse.text) - end
    )
    for found in tool.verbs.finditer(parse.text, end, end + stop):
        if parse.text.startswith("的", found.end()):
            return parse.objects(found.end(), tool.wanted)
    return ()


def _passive(
    scene: Scene, parse: Parse, doers: Doers, tool: Tools, end: int, close: bool, trailing: bool
) -> tuple[int, ...]:
    """某平台由甲开发、乙运营: what stands before 由 is built."""
    start = parse.segment(doers.at)
    by = [m.end() for m in parse.grammar.agent.finditer(parse.text, start, doers.at + 1)]
    first = next((e - 1 for e in by if parse._before(parse.grammar.by, e - 1)), None)
    if first is None:
        ends = parse.text[end : end + 1] in ("，", "。", "；", "")
        plain = trailing and ends and doers.how == "plain"
        p = _topic(scene, parse, doers.at, tool) if plain else None
        return (p,) if p is not None and start <= p < parse.clause(doers.at) else ()
    for before in (first, doers.at):
        p = _topic(scene, parse, before, tool)
        if p is not None and p >= start:
            if close and not CLOSE.search(parse.text[p + 1 : before]):
                return ()
            return (p,)
    return ()


def _short(scene: Scene, parse: Parse, doers: Doers, tool: Tools, words: str) -> list[Mention]:
    """活动由甲主办, 研究院由乙组建: a common noun before 由 that ends a name of the text before."""
    start = parse.segment(doers.at) if doers.at >= 0 else 0
    found = re.search(
        rf"(?:^|[，；：。▲●—])(?:该|本|此次|本次|本届|这一)?([\u4e00-\u9fff]{{2,6}}?)(?:主要|则|将)?由[\u4e00-\u9fff]{{0,6}}?(?=[{ANY_MENTION}])",
        parse.text[start:],
    )
    if found is None or start + found.end() > doers.at + 1:
        return []
    place = parse.sentence.original(start + found.start(1), start + found.end(1)).start
    if words and re.fullmatch(words, found[1]):
        return list(scene.last(place, tool.objects, reach=4)[-1:])
    return list(scene.ending(place, tool.objects, found[1]))


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
    pairs = [(s, o) for s in subjects for o in objects]
    size = len(objects)
    if "分别" in parse.text[: found.end()] and size > 1 and len(subjects) % size == 0:
        pairs = list(zip(subjects, list(objects) * (len(subjects) // size), strict=True))
    for s, o in pairs:
        # A notice has a body that issues it; 我市制定本办法 names the place beside it.
        own = scene.main is not None and o.name in scene.main.name
        if own and rule.options.get("own") and s.rule.startswith("district."):
            continue
        yield state(scene, rule, predicate, parse, found, s, o, clause_text, tool)


def state(
    scene: Scene,
    rule: Rule,
    predicate: str,
    parse: Parse,
    found: re.Match[str],
    s: Mention,
    o: Mention,
    clause: str,
    tool: Tools,
) -> Stated:
    """A statement that a verb licenses; denied when the words of its clause deny it."""
    begin = parse.clause(found.start())
    verdict = tool.statuses.judge(clause, found.start() - begin, found.end() - begin, rule.status)
    return Stated(
        subject=s,
        predicate=predicate,
        object=o,
        value=None,
        span=parse.sentence.span,
        rule=rule.rule,
        confidence=rule.confidence,
        status=rule.status or verdict.status,
        trigger=parse.sentence.original(*found.span()),
        denied=verdict.denied,
    )


def together(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The relation between doers that are joined, each of one group with each of another."""
    tool = tools(rule, predicate, ontology)
    for sentence in scene.sentences:
        if not sentence.groups:
            continue
        parse = scene.parse(sentence, tool.grammar)
        seen: set[tuple[int, ...]] = set()
        for found in occurrences(parse, tool):
            doers = parse.doers(found.start())
            groups = _joined(scene, parse, doers, found.start(), tool)
            if len(groups) < 2 or doers.places in seen:
                continue
            stop = parse.text.find("，", found.end())
            clause = parse.text[
                parse.clause(found.start()) : stop if stop >= 0 else len(parse.text)
            ]
            if tool.block is not None and tool.block.search(clause):
                continue
            seen.add(doers.places)
            for a, b in _across(groups, "分别" in parse.text[: found.end()]):
                same = a.type == b.type or not rule.options.get("same_class")
                if same and (a.type, a.name) != (b.type, b.name):
                    yield state(scene, rule, predicate, parse, found, a, b, clause, tool)


def _joined(scene: Scene, parse: Parse, doers: Doers, at: int, tool: Tools) -> list[list[Mention]]:
    groups = [named(scene, parse.sentence, (p,), tool.subjects) for p in doers.places]
    groups = [g for g in groups if g]
    if doers.places and parse._before(parse.grammar.joined, doers.places[0]):
        return groups if len(groups) > 1 else []  # whom they act with is not said
    if len(groups) == 1 and 2 <= len(groups[0]) <= 4:
        stop = parse.text.find("，", at)
        clause = parse.text[at : stop if stop >= 0 else len(parse.text)]
        agreed = tool.agreed is not None and tool.agreed.search(clause)
        if agreed or parse.grammar.jointly.search(
            parse.text, max(doers.places[-1], at - 3), at + 2
        ):
            return [[m] for m in groups[0]]
    if len(groups) == 1 and len(groups[0]) == 2:
        group = parse.sentence.groups[doers.places[0]]
        if len(group.mentions) == 2:
            between = scene.text[group.mentions[0].end : group.mentions[1].start]
            if between.strip("”“") in ("和", "与"):
                return [[m] for m in groups[0]]
    return groups


def _across(groups: Sequence[Sequence[Mention]], apiece: bool) -> Iterator[tuple[Mention, Mention]]:
    for i, left in enumerate(groups):
        for right in groups[i + 1 :]:
            if apiece and len(left) == len(right) > 1:
                yield from zip(left, right, strict=True)
            else:
                yield from ((a, b) for a in left for b in right)
