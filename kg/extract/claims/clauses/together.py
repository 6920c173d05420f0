"""Rules of kind ``together``: a relation between the doers that 与, 和, 联合 join.

It holds between each of one group and each of another, and within a list only when the text
says that they act together (由甲、乙共建).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.extract.claims.clause import Doers, Parse
from kg.extract.claims.clauses.frame import itself
from kg.extract.claims.clauses.verb import Tools, named, occurrences, state, tools
from kg.extract.claims.context import Scene, Stated
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

FEW = 4  # in a list of more not each acts with each


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
            acted = parse.text[min(begin, doers.places[0]) : end]  # 由甲、乙主办，共签订…
            if tool.block is not None and tool.block.search(acted):
                continue
            seen.add(doers.places)
            for a, b in _across(
                groups, scene.draft.lexicon.clauses.apiece in parse.text[: found.end()]
            ):
                same = a.type == b.type or not rule.options.get("same_class")
                if same and (a.type, a.name) != (b.type, b.name):
                    clause = parse.text[begin:end]
                    yield state(scene, rule, predicate, parse, found, a, b, clause, tool)


def _joined(scene: Scene, parse: Parse, doers: Doers, at: int, tool: Tools) -> list[list[Mention]]:
    """The groups of doers, each of whom acts with each of another group."""
    clauses = scene.draft.lexicon.clauses
    groups = [g for g in _sides(scene, parse, doers, tool) if g]
    if len(groups) > 1 and clauses.listed_many.search(parse.text, doers.places[0], at):
        return []  # 甲、乙以及丙等企业签约: with whom is not said
    if doers.places and parse.before(parse.grammar.joined, doers.places[0]):
        own = itself(scene, parse, doers.places[0], tool)  # 公司将与丙合作
        return [own, *groups] if own else groups
    near = max(doers.places[-1], at - 3) if doers.places else at
    jointly = parse.grammar.jointly.search(parse.text, near, at + 2) is not None
    jointly = jointly and not parse.text.startswith(clauses.partners, at)  # a noun, no act
    acts = parse.sentence.original(near, at + 1)
    apiece = clauses.apiece in parse.text[parse.clause(at) : at + 2]
    if not apiece and clauses.each_with_each.search(
        scene.text, acts.start, acts.end
    ):  # 甲与乙、丙三方签署
        return [[m] for g in groups for m in g]
    if len(groups) != 1 or not 2 <= len(groups[0]) <= FEW:
        return groups
    each = (jointly and not apiece) or _agreed(scene, parse, at, tool)
    found = parse.sentence.groups[doers.places[0]].mentions
    two = len(found) == len(groups[0]) == 2
    pair = two and scene.text[found[0].end : found[1].start].strip("”“") in clauses.pair
    return [[m] for m in groups[0]] if each or pair else groups


def _sides(scene: Scene, parse: Parse, doers: Doers, tool: Tools) -> Iterator[list[Mention]]:
    """The names on each side; an item that is no known name parts no list: 甲、某网、乙."""
    side: list[Mention] = []
    last = -1
    for p in doers.places:
        if last >= 0 and not scene.draft.lexicon.clauses.unknown_between.fullmatch(
            parse.text, last + 1, p
        ):
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


def _across(groups: Sequence[Sequence[Mention]], apiece: bool) -> Iterator[tuple[Mention, Mention]]:
    for left, right in combinations(groups, 2):
        if apiece and len(left) == len(right) > 1:
            yield from zip(left, right, strict=True)
        else:
            yield from ((a, b) for a in left for b in right)
