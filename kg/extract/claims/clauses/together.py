"""Rules of kind ``together``: a relation between the agents that 与, 和, 联合 join.

It holds between each of one group and each of another, and within a list only when the text
says that they act together (由甲、乙共建).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.extract.claims.clauses.verbs import Verb, VerbReader
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.mention import Mention

FEW = 4  # in a list of more not each acts with each


class Together(VerbReader):
    """The relation between agents that are joined, each of one group with each of another."""

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """A statement for each two that act together."""
        places_done: set[tuple[int, tuple[int, ...]]] = set()
        for verb in self.occurrences(context):
            places, text = verb.agents.places, verb.text
            place_key = verb.parse.sentence.span.start, places
            groups = self._joined(verb)
            if len(groups) < 2 or place_key in places_done:
                continue
            begin, end = verb.parse.clause(verb.start), verb.stop(verb.end)
            if self.unless.search(text[min(begin, places[0]) : end]):  # 由甲、乙主办，共签订…
                continue
            places_done.add(place_key)
            for a, b in _across(groups, verb.apiece):
                same = a.type == b.type or not self.options.get("same_class")
                if same and (a.type, a.name) != (b.type, b.name):
                    yield self.state_verb(verb, a, b, text[begin:end])

    def _joined(self, verb: Verb) -> list[list[Mention]]:
        """The groups of agents, each of whom acts with each of another group."""
        parse, words, at, text = verb.parse, self.words, verb.start, verb.text
        places = verb.agents.places
        groups = [g for g in self._sides(verb) if g]
        if len(groups) > 1 and words.listed_many.search(text, places[0], at):
            return []  # 甲、乙以及丙等企业签约: with whom is not said
        if places and parse.before(self.grammar.joined, places[0]):
            topic = self.topic_body(verb, places[0])  # 公司将与丙合作
            return [topic, *groups] if topic else groups
        near = max(places[-1], at - 3) if places else at
        acts = verb.original(near, at + 1)
        apiece = words.apiece in text[parse.clause(at) : at + 2]
        # 甲与乙、丙三方签署
        if not apiece and words.each_with_each.search(verb.context.text, acts.start, acts.end):
            return [[m] for g in groups for m in g]
        if len(groups) != 1 or not 2 <= len(groups[0]) <= FEW:
            return groups
        partners = text.startswith(words.partners, at)  # a noun, no act
        jointly = not partners and self.grammar.jointly.search(text, near, at + 2)
        with_others = words.apiece + words.joining.pattern
        if re.search(with_others, verb.text[parse.clause(verb.start) : verb.start]):
            return groups  # 甲、乙分别与某村签署
        mentions = parse.sentence.groups[places[0]].mentions
        two_names = len(mentions) == len(groups[0]) == 2
        between = verb.context.text[mentions[0].end : mentions[1].start] if two_names else "？"
        each_with_each = (
            (jointly and not apiece)
            or self._is_agreement(verb)
            or between.strip("”“") in words.pair
        )
        return [[m] for m in groups[0]] if each_with_each else groups

    def _sides(self, verb: Verb) -> Iterator[list[Mention]]:
        """The names on each side; an item that is no known name parts no list: 甲、某网、乙."""
        side: list[Mention] = []
        last = -1
        for p in verb.agents.places:
            if last >= 0 and not self.words.unknown_between.fullmatch(verb.text, last + 1, p):
                yield side
                side = []
            side = [*side, *verb.mentions_at((p,), self.subjects)]
            last = p
        yield side

    def _is_agreement(self, verb: Verb) -> bool:
        """Whether it is an agreement, titles that are masked included: 签署“…协议”."""
        span = verb.original(verb.start, verb.stop(verb.start))
        return self.agreed.search(verb.context.text, span.start, span.end) is not None


def _across(groups: Sequence[Sequence[Mention]], apiece: bool) -> Iterator[tuple[Mention, Mention]]:
    for left, right in combinations(groups, 2):
        if apiece and len(left) > 1 < len(right):  # of lists of other lengths it is not said
            yield from zip(left, right, strict=True) if len(left) == len(right) else ()
        else:
            yield from ((a, b) for a in left for b in right)
