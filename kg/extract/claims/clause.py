"""Parse a masked sentence into clauses, and find the agents of a verb.

Chinese marks the agent by its place (before the verb) or by 由; agents are joined by 与, 和,
联合; a clause without an agent has the one of the clause before. What stands after 在, 从, 对 or
before 的 does nothing. The words for all of this stand in ``words/triggers.yaml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.claims.clause_grammar import ClauseGrammar
from kg.extract.coreference.mask import Masked
from kg.ontology.lexicon.section import ANY_MENTION

MENTION = re.compile(f"[{ANY_MENTION}]")
FAR = 18  # characters between a body and its verb, and between two that are joined


@dataclass(frozen=True, slots=True)
class Agents:
    """The agents of a verb: the places of their groups, and what marks them as agents.

    ``how`` is ``by`` (由), ``plain`` (before the verb), ``before`` (of the clause before) or
    ``none``; ``at`` is where the first of them stands.
    """

    places: tuple[int, ...] = ()
    how: str = "none"
    at: int = -1


class ClauseParse:
    """One sentence as clauses. Positions are those of the masked text."""

    def __init__(self, sentence: Masked, grammar: ClauseGrammar) -> None:
        self.sentence, self.text, self.grammar = sentence, sentence.text, grammar
        self.vocabulary = grammar.lexicon.clauses
        cuts = [m.start() for m in self.vocabulary.segment.finditer(self.text)]
        self._segments = [0, *(c + 1 for c in cuts), len(self.text) + 1]
        self._agents_at: dict[int, Agents] = {}

    def segment(self, at: int) -> int:
        """Where the stretch begins in which an agent carries over from clause to clause."""
        return self._segments[bisect_right(self._segments, at) - 1]

    def stop(self, at: int) -> int:
        """Where the stretch of a position ends."""
        after = self._segments[bisect_right(self._segments, at) :]
        return after[0] if after else len(self.text)

    def clause(self, at: int) -> int:
        """Where the clause of a position begins; 、 after a verb ends one too (甲主办、乙承办)."""
        begin = max(self.segment(at), self.text.rfind("，", 0, at) + 1)
        listed = self.text.rfind("、", begin, at)
        acts = listed > begin and self.grammar.verb_end.search(
            self.text[max(0, listed - 4) : listed]
        )
        another = listed > begin and self.vocabulary.with_.match(self.text, listed + 1)
        return listed + 1 if acts or another else begin

    def agents(self, at: int) -> Agents:
        """Who does what the verb at a position says; found once, however many rules ask."""
        if at not in self._agents_at:
            self._agents_at[at] = self._find_agents(at)
        return self._agents_at[at]

    def _find_agents(self, at: int) -> Agents:
        start, floor = self.clause(at), self.segment(at)
        agents = self.agents_between(start, at)
        if agents.places:
            if self.only_light_words(agents.places[-1] + 1, at):
                return agents
            if nearer := self._nearer(agents, at):
                return nearer
            return agents if agents.how == "by" or self._is_near_body(agents, at) else Agents()
        some = self.vocabulary.some.match(self.text, start, at)
        if not self.only_light_words(some.end() if some else start, at):
            return Agents()
        joined = tuple(
            p for p in self._agent_places(start, at) if self.before(self.grammar.joined, p)
        )
        while start > floor:
            end = max(floor, start - 1)
            start = self.clause(end)
            if self.vocabulary.purpose.match(self.text, start):
                continue
            agents = self.agents_between(start, end)
            if not agents.places:
                allies = [
                    p
                    for p in self._agent_places(start, end)
                    if self.before(self.vocabulary.allied, p)
                ]
                joined = (*allies, *joined)
                continue
            bodies = () if joined else tuple(p for p in agents.places if self.holds_body(p))
            alone = (bodies or agents.places)[:1]
            places = agents.places if self._act_jointly(agents, at) else alone
            return Agents(places + joined, "by" if agents.how == "by" else "before", agents.at)
        return Agents(joined, "plain", joined[0]) if joined else Agents()

    def _nearer(self, agents: Agents, at: int) -> Agents | None:
        """A body right before the verb of a noun: 甲投资的|乙公司|推出的丙."""
        if not self.vocabulary.attributive.match(self.text, at + 2):
            return None
        for p in reversed([*self._agent_places(agents.places[-1] + 1, at)]):
            marked = self.before(self.grammar.joined, p) or self.before(self.grammar.oblique, p)
            if not marked and self.holds_body(p) and self.only_light_words(p + 1, at):
                return Agents((p,), "plain", p)
        return None

    def _act_jointly(self, agents: Agents, at: int) -> bool:
        """甲与乙签约，将投资…: 甲 alone does, or the company of the two; 将共建…: both build."""
        together = self.grammar.jointly
        if together.search(self.text, self.clause(at), at + 2):
            return True
        last = agents.places[-1]
        if together.match(self.text, last + 1, last + 4):
            return True
        return not self.vocabulary.joining.search(self.text[agents.places[0] : last])

    def only_light_words(self, start: int, end: int) -> bool:
        """Whether nothing stands between two positions but adverbs, sums and places."""
        match = self.grammar.light.match(self.text, start, end)
        return match is not None and end - match.end() <= 0

    def _is_near_body(self, agents: Agents, at: int) -> bool:
        """Whether the last agent is a body near its verb; a place there often only modifies."""
        last = agents.places[-1]
        between = self.vocabulary.means.sub("", self.text[last + 1 : at])
        near = len(between) <= FAR and not self.grammar.between.search(between)
        mentions = self.sentence.groups[last].mentions
        return near and all(m.rule not in self.grammar.placing for m in mentions)

    def holds_body(self, at: int) -> bool:
        """Whether a group holds a body, not places only; 全市 and the like are places."""
        places = self.grammar.words["places"]
        return any(
            m.rule not in self.grammar.placing and not (m.reference and m.type in places)
            for m in self.sentence.groups[at].mentions
        )

    def _agent_places(self, start: int, end: int) -> Iterator[int]:
        for match in self.grammar.agent.finditer(self.text, start, max(start, end)):
            yield match.start()

    def before(self, pattern: re.Pattern[str], at: int) -> bool:
        """Whether an expression stands right before a group, or before the list that it is in."""
        if pattern is self.grammar.joined and self.text[at - 1 : at] == "、":
            lead = self.vocabulary.listed.search(self.text, max(0, at - 60), at)
            at = lead.start() + 1 if lead else at  # 与甲、某某、乙共建: 乙 too
        return pattern.search(self.text[max(0, at - 10) : at]) is not None

    def agents_between(self, start: int, end: int) -> Agents:
        """Who acts in a clause."""
        agents = list(self._agent_places(start, end))
        by = [p for p in agents if self.before(self.grammar.by, p)]
        if by:
            chain = self._chain(by[-1], agents, end)
            opens = self.grammar.opens.match(self.text, by[-1] + 1) and not self.holds_body(by[-1])
            return Agents(chain[1:] if opens else chain, "by", by[-1])
        listed = False  # 拜会甲使馆、乙部: what is listed after a visit is visited, too
        for p in agents:
            listed = self.before(self.grammar.oblique, p) or (listed and self.text[p - 1] == "、")
            if listed or self.before(self.grammar.joined, p):
                continue
            if self.grammar.owner.match(self.text, p + 1) or self.grammar.person.match(
                self.text, p + 1, end
            ):
                continue
            if self.grammar.modifies.match(self.text, p + 1) and not self.holds_body(p):
                continue
            heads = [q for q in agents if q > p and self.text[q - 1] == self.vocabulary.of]
            first = heads[-1] if heads else p  # 甲与乙共建的丙: 丙 acts
            return Agents(self._chain(first, agents, end), "plain", first)
        return Agents()

    def _chain(self, first: int, agents: Sequence[int], end: int) -> tuple[int, ...]:
        """An agent and those that 与, 和, 联合 join to it."""
        chain = [first]
        for p in agents:
            if p <= chain[-1] or p >= end:
                continue
            owned = self.grammar.owner.match(self.text, chain[-1] + 1) and len(chain) == 1
            if owned and p - chain[-1] < 8:
                chain[-1] = p  # 甲集团旗下的乙公司: the last one acts
            elif self.grammar.modifies.match(self.text, p + 1) and not self.holds_body(p):
                continue
            elif self._are_joined(chain[-1], p):
                chain.append(p)
        return tuple(chain)

    def _are_joined(self, a: int, b: int) -> bool:
        """Whether 与, 和, 联合 … join two agents, with at most adverbs between them."""
        if b - a >= FAR:
            return False
        if self.vocabulary.unknown_items.fullmatch(self.text, a + 1, b):
            return True
        match = self.grammar.joined.search(self.text[a + 1 : b])
        if match is None:
            return False
        end = a + 1 + match.start()
        between = self.text[a + 1 : end].strip("，")
        return self.only_light_words(end - len(between), end) or len(between) <= 1
