"""Rules of kind ``together``: a relation between the doers that 与, 和, 联合 join.

It holds between each of one group and each of another, and within a list only when the text
says that they act together (由甲、乙共建).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule
from kg.relate.clause import Doers, Parse
from kg.relate.frame import itself
from kg.relate.mask import ANY_MENTION
from kg.relate.scene import Scene, Stated
from kg.relate.verb import Tools, named, occurrences, state, tools

# All of those named, each with each.
ROUND = re.compile("([三四五])方(?:共同|联合|正式|现场)*(?=.$)")
# 甲、乙等企业负责人|分别与丙、丁签约: each with one of those, none among themselves.
TITLED = 4  # characters between those and the verb, who stand for them left out
UNKNOWN = re.compile("、[^，。；、与和同及]{2,12}、")
EACH_WITH = re.compile("分别[与和同]")
# A list of many, none of them the other party of the rest.
LISTED = re.compile(f"(?<!与)(?:以及|及)[{ANY_MENTION}]等")


def together(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The relation between doers that are joined, each of one group with each of another."""
    tool = tools(rule, predicate, ontology)
    for sentence in scene.sentences:
        if not sentence.groups or tool.signs.isdisjoint(sentence.held):
            continue
        parse = scene.parse(sentence, tool.grammar)
        seen: set[tuple[int, ...]] = set()
        for found in occurrences(parse, tool):
            doers = parse.doers(found.start())
            groups = _joined(scene, parse, doers, found.start(), tool)
            if len(groups) < 2 or doers.places in seen:
                continue
            stop = parse.text.find("，", found.end())
            end = stop if stop >= 0 else len(parse.text)
            begin = parse.clause(found.start())
            clause = parse.text[begin:end]
            acted = parse.text[min(begin, doers.places[0]) : end]  # 由甲、乙主办，共签订…
            if tool.block is not None and tool.block.search(acted):
                continue
            seen.add(doers.places)
            across = _crossed(parse, doers, groups) or _across(
                groups, "分别" in parse.text[: found.end()]
            )
            for a, b in across:
                same = a.type == b.type or not rule.options.get("same_class")
                if same and (a.type, a.name) != (b.type, b.name):
                    yield state(scene, rule, predicate, parse, found, a, b, clause, tool)


def _joined(scene: Scene, parse: Parse, doers: Doers, at: int, tool: Tools) -> list[list[Mention]]:
    groups = [g for g in _sides(scene, parse, doers, tool) if g]
    if len(groups) > 1 and LISTED.search(parse.text, doers.places[0], at):
        return []  # 甲、乙以及丙等企业签约: with whom is not said
    if doers.places and parse.before(parse.grammar.joined, doers.places[0]):
        own = itself(scene, parse, doers.places[0], tool)  # 公司将与丙合作
        groups = [own, *groups] if own else groups
        return groups if len(groups) > 1 else []  # whom they act with is not said
    each = EACH_WITH.search(parse.text, doers.places[-1], at) if len(groups) == 1 else None
    if each:
        beside = [p for p in (each.end(),) if p in parse.sentence.groups]
        others = named(scene, parse.sentence, beside, tool.subjects)
        close = at - each.end() <= TITLED and len(others) in (1, len(groups[0]))
        return [*groups, others] if close and _agreed(scene, parse, at, tool) else []
    near = max(doers.places[-1], at - 3) if doers.places else at
    jointly = parse.grammar.jointly.search(parse.text, near, at + 2) is not None
    jointly = jointly and not parse.text.startswith("合作伙伴", at)  # a noun, no act
    jointly = jointly and "分别" not in parse.text[near : at + 2]
    acts = parse.sentence.original(near, at + 1)
    parties = ROUND.search(scene.text, acts.start, acts.end)
    if parties and "分别" not in parse.text[parse.clause(at) : at]:  # 甲与乙、丙三方签署
        all_ = [[m] for g in groups for m in g]
        return all_ if len(all_) == "三四五".index(parties[1]) + 3 else groups
    if len(groups) == 1 and not jointly and _led(scene, parse, doers):
        return [groups[0][:1], groups[0][1:]]
    few = len(groups) == 1 and 2 <= len(groups[0]) <= 4
    if few and (jointly or _agreed(scene, parse, at, tool)):
        return [[m] for m in groups[0]]
    if len(groups) == 1 and len(groups[0]) == 2:
        group = parse.sentence.groups[doers.places[0]]
        if len(group.mentions) == 2:
            between = scene.text[group.mentions[0].end : group.mentions[1].start]
            if between.strip("”“") in ("和", "与"):
                return [[m] for m in groups[0]]
    return groups


def _sides(scene: Scene, parse: Parse, doers: Doers, tool: Tools) -> Iterator[list[Mention]]:
    """The names on each side; an item that is no known name parts no list: 甲、某网、乙."""
    side: list[Mention] = []
    last = -1
    for p in doers.places:
        if last >= 0 and not UNKNOWN.fullmatch(parse.text, last + 1, p):
            yield side
            side = []
        side = [*side, *named(scene, parse.sentence, (p,), tool.subjects)]
        last = p
    yield side


def _agreed(scene: Scene, parse: Parse, at: int, tool: Tools) -> bool:
    """Whether it is an agreement, titles that are masked included: 签署“…协议”."""
    stop = parse.text.find("，", at)
    span = parse.sentence.original(at, stop if stop >= 0 else len(parse.text))
    said = scene.text[span.start : span.end]
    return tool.agreed is not None and tool.agreed.search(said) is not None


def _led(scene: Scene, parse: Parse, doers: Doers) -> bool:
    """甲和乙、丙、丁签约: a conjunction before the first item sets the one apart from the list."""
    found = parse.sentence.groups[doers.places[0]].mentions
    between = (scene.text[a.end : b.start].strip("”“ ") for a, b in pairwise(found))
    first, *rest = [gap for gap in between if gap] or [""]  # nothing stands between 甲省 and 乙县
    listed = all(gap.startswith("、") for gap in rest)  # 、浙江省|桐庐县
    return bool(rest) and listed and first in ("和", "与", "同")


def _crossed(
    parse: Parse, doers: Doers, groups: Sequence[Sequence[Mention]]
) -> list[tuple[Mention, Mention]]:
    """甲与乙、丙与丁签署: of three groups the middle one holds the end of a pair and a begin."""
    if len(groups) != 3 or len(groups[1]) != 2 or len(doers.places) != 3:
        return []
    first, middle, last = doers.places
    if parse.text[first + 1 : middle] != "与" or parse.text[middle + 1 : last] != "与":
        return []
    left, right = groups[1]
    return [(a, left) for a in groups[0]] + [(right, b) for b in groups[2]]


def _across(groups: Sequence[Sequence[Mention]], apiece: bool) -> Iterator[tuple[Mention, Mention]]:
    for i, left in enumerate(groups):
        for right in groups[i + 1 :]:
            if apiece and len(left) == len(right) > 1:
                yield from zip(left, right, strict=True)
            else:
                yield from ((a, b) for a in left for b in right)
