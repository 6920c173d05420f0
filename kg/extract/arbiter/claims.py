"""Decide what an article states of its names.

The rules propose statements, the network scores pairs of names for every predicate. A proposal
is a predicate between two things, or of a thing and a value, however many rules and mentions
speak for it. Its features are what the network and the rules say, how far the two stand apart,
what else is said of either, and how sure the names themselves are.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extract.arbiter.coordination import coordinated
from kg.extract.arbiter.linear import UNIT, buckets
from kg.extract.arbiter.mentions import trimmed
from kg.extract.mentions.mention import clean
from kg.extract.model.pairs import Pair, PairEnd, Pairs, pairs_of
from kg.extract.model.tags import roles
from kg.extract.search import occurrences
from kg.extract.values.values import MONEY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.base.records import Value
    from kg.extract.claims.context import ArticleContext, Statement
    from kg.extract.mentions.finders.short import ShortForm
    from kg.extract.mentions.mention import Mention
    from kg.extract.model.network_output import NetworkOutput
    from kg.extract.model.pairs import Scorer
    from kg.extract.model.weights import Array
    from kg.extract.values.values import FoundValue

# Scores of the network, in units of log-odds, between which they are told apart.
EDGES = [int(edge * UNIT) for edge in (-6, -4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4, 6)]
BEHIND = [int(edge * UNIT) for edge in (-3, -1.5, -0.5, -0.01)]
SURE = [edge * UNIT for edge in (0, 1, 2, 3, 5, 8)]
# Scores below which a pair is no proposal of the network, and does not compete.
LEAST, COMPETES = -3 * UNIT, -4 * UNIT
NOT_SEEN = -99 * UNIT  # the score of a pair that the network was not asked about
DISTANCES = (2, 8, 26, 60, 160)
ALONE = 9  # where something is no member of a list
ROLE, DAY, AMOUNT = "role", "date", "money"
AMOUNTS = ("decimal", MONEY)  # datatypes of amounts, in yuan and in other currencies

Key = tuple[str, str]  # a class and a name, or a sort of value and the value


class Claim(NamedTuple):
    """A predicate of a thing, and of another thing or a value."""

    subject: Key
    predicate: str
    object: Key


class Proposed(NamedTuple):
    """A claim with the network's score, the pair that stands nearest, the rules, the features."""

    claim: Claim
    score: int
    pair: Pair | None
    rules: tuple[str, ...]
    features: tuple[str, ...]


class Names:
    """By which name the things of an article are known: short names are one with full ones."""

    def __init__(self, links: Iterable[ShortForm]) -> None:
        self.full = {(link.type, link.short): link.full for link in links}

    def key(self, type_: str, name: str) -> Key:
        """The class and the full name of a name.

        >>> Names([]).key("Organisation", "甲公司")
        ('Organisation', '甲公司')
        """
        names = {name}
        while (longer := self.full.get((type_, name))) is not None and longer not in names:
            names.add(longer)
            name = longer
        return type_, name


class Claims:
    """All that is proposed of one article.

    Args:
        context: The article with its names.
        statements: What rules state of it.
        names: By which name its things are known.
        output: What the network sees in it.
        scorer: Scores pairs.
        allowed: For two kinds of ends and a predicate whether it may hold of them.
        sure: How sure the names are, by class and name.
        together: What stands before an amount that is the sum of several things (合计): no end.
        listed: What stands between two members of a list.
        proposed_by_llm: What a language model states of it.
    """

    def __init__(
        self,
        context: ArticleContext,
        statements: Sequence[Statement],
        names: Names,
        output: NetworkOutput,
        scorer: Scorer,
        allowed: Array,
        sure: Mapping[Key, int],
        together: Collection[str],
        listed: Collection[str],
        proposed_by_llm: Sequence[Statement] = (),
    ) -> None:
        self.together = together
        self.context, self.statements, self.names, self.output = context, statements, names, output
        self.scorer, self.sure = scorer, sure
        self.kinds = {name: i for i, name in enumerate(scorer.kinds)}
        self.numbers = {name: i for i, name in enumerate(scorer.predicates)}
        self.values: dict[Key, list[FoundValue]] = defaultdict(list)
        self.by_rule: dict[Claim, list[Statement]] = defaultdict(list)
        self.denied: set[Claim] = set()
        for one in statements:
            claim = self.claim(one)
            if claim and one.denied:
                self.denied.add(claim)
            elif claim:
                self.by_rule[claim].append(one)
        self.mentions: list[Mention | None] = []
        self.ends = self._ends()
        self.listed = coordinated(context.text, self.ends, listed)
        sentences = [s.start for s in context.article.sentences] or [0]
        self.pairs: Pairs = pairs_of(context.text, self.ends, sentences, allowed)
        self.keys: list[tuple[Key, Key]] = list(self.pairs)
        scores = scorer.score(output.states, self.ends, self.pairs).astype(np.int64)
        kinds = np.array([(self.kinds[a[0]], self.kinds[b[0]]) for a, b in self.keys], np.int64)
        scores[~allowed[*kinds.reshape(-1, 2).T]] = NOT_SEEN
        self.scores = scores
        self.row = {key: row for row, key in enumerate(self.keys)}
        self.best = np.sort(scores, axis=1)[:, :-3:-1].tolist()
        llm_claims = [(self._weighable(self.claim(one)), one) for one in proposed_by_llm]
        self.by_model = {claim: one for claim, one in reversed(llm_claims) if claim is not None}
        self.unweighed = [one for claim, one in llm_claims if claim is None]

    def _weighable(self, claim: Claim | None) -> Claim | None:
        """A claim, if rules state it or the network was asked about it."""
        scored = claim is not None and self._score(*claim) != NOT_SEEN
        return claim if scored or claim in self.by_rule else None

    def ends_in_order(self, pair: Pair) -> tuple[PairEnd, PairEnd]:
        """The two ends of a pair, in reading order."""
        first, last = sorted((self.ends[pair.subject], self.ends[pair.object]))
        return first, last

    def claim(self, statement: Statement) -> Claim | None:
        """The claim of a statement; None of what the network does not know."""
        if statement.predicate not in self.numbers or statement.subject.type not in self.kinds:
            return None
        if statement.object is not None:
            if statement.object.type not in self.kinds:
                return None
            other = self.names.key(statement.object.type, statement.object.name)
        elif statement.value is not None:
            other = value_key(statement.value)
        else:
            return None
        subject = self.names.key(statement.subject.type, statement.subject.name)
        return Claim(subject, statement.predicate, other)

    def _ends(self) -> list[PairEnd]:
        """Names, roles, days and amounts: what pairs are made of."""
        text, ends = self.context.text, list[PairEnd]()
        for m in self.context.mentions:
            at = trimmed(text, m.start, m.end)
            referent = self._referent(m)
            if at and referent is not None:
                thing = self.names.key(referent.type, referent.name)
                ends.append(PairEnd(*at, self.kinds[referent.type], thing, bool(m.reference)))
                self.mentions.append(referent)
        for start, end in sorted({*roles(self.output.role), *self._ruled_roles()}):
            if name := clean(text[start:end]):
                ends.append(PairEnd(start, end, self.kinds[ROLE], (ROLE, name)))
        for value in self.context.draft.values:
            key = key_of(value)
            if key and value.value.qualifier not in self.together:
                ends.append(PairEnd(value.start, value.end, self.kinds[key[0]], key))
                self.values[key].append(value)
        self.mentions += [None] * (len(ends) - len(self.mentions))
        return ends

    def _referent(self, mention: Mention) -> Mention | None:
        """Whom a mention names, of the classes that the network knows; 双方 names nobody alone."""
        referents = self.context.refer(mention)
        return referents[0] if len(referents) == 1 and referents[0].type in self.kinds else None

    def _ruled_roles(self) -> set[tuple[int, int]]:
        """Where the roles stand that rules state."""
        spans = set()
        for claim, statements in self.by_rule.items():
            for one in statements if claim.object[0] == ROLE else ():
                words = one.value.printed or one.value.lexical if one.value else ""
                starts = list(occurrences(self.context.text, words, one.span.start, one.span.end))
                if starts:
                    start = min(starts, key=lambda at: abs(at - one.subject.start))
                    spans.add((start, start + len(words)))
        return spans

    @cached_property
    def proposed(self) -> list[Proposed]:
        """The proposals of the network and of the rules, in order."""
        claims = []
        for row, number in np.argwhere(self.scores >= LEAST).tolist():
            one, other = self.keys[row]
            claims.append(Claim(one, self.scorer.predicates[number], other))
        claims = list(dict.fromkeys([*claims, *self.by_rule, *self.by_model]))
        self._compete()
        return [self._proposal(claim) for claim in claims]

    def _compete(self) -> None:
        """What the network says of either end with any other."""
        self.of: dict[tuple[str, Key, str], list[int]] = defaultdict(list)
        for row, number in np.argwhere(self.scores > COMPETES).tolist():
            (one, other), score = self.keys[row], int(self.scores[row, number])
            predicate = self.scorer.predicates[number]
            self.of["subject", one, predicate].append(score)
            self.of["object", other, predicate].append(score)
        self.ruled: dict[tuple[Key, Key], set[str]] = defaultdict(set)
        for claim in self.by_rule:
            self.ruled[claim.subject, claim.object].add(claim.predicate)

    def _score(self, one: Key, predicate: str, other: Key) -> int:
        row = self.row.get((one, other))
        return NOT_SEEN if row is None else int(self.scores[row, self.numbers[predicate]])

    def _proposal(self, claim: Claim) -> Proposed:
        one, predicate, other = claim
        score = self._score(*claim)
        near = self.pairs.get((one, other))
        pair = near[0] if near else None
        rules = tuple(sorted({statement.rule for statement in self.by_rule.get(claim, ())}))
        level, count = buckets(score, EDGES), min(len(rules), 2)
        features = [
            predicate,
            f"{predicate} level {level}",
            f"level {level}",
            f"{predicate} level {level // 2} rules {count}",
            f"{predicate} rules {count}",
            f"{predicate} ends {one[0]} {other[0]}",
            *self._trust_features(claim, level),
            *(f"rule {rule}" for rule in rules),
            *(f"rule {rule} level {level // 3}" for rule in rules),
        ]
        features += self._place_features(predicate, level, pair)
        features += self._rival_features(claim, score, level)
        features += self._list_features(claim, level)
        if claim in self.denied:
            features.append("denied")
        if self.context.draft.llm_proposals is not None:
            answer = "yes" if claim in self.by_model else "no"
            features += [f"llm {answer}", f"{predicate} llm {answer}"]
        return Proposed(claim, score, pair, rules, tuple(features))

    def _trust_features(self, claim: Claim, level: int) -> list[str]:
        """How sure the surest rule is, by its page."""
        statements = self.by_rule.get(claim)
        if not statements:
            return []
        surest = int(10 * max(statement.confidence for statement in statements))
        return [f"trusted {surest}", f"trusted {surest} level {level // 3}"]

    def _place_features(self, predicate: str, level: int, pair: Pair | None) -> list[str]:
        """How the two that stand nearest lie to each other."""
        if pair is None:
            return [f"{predicate} apart never"]
        subject, object_ = self.ends[pair.subject], self.ends[pair.object]
        order = "before" if subject.start <= object_.start else "behind"
        away = buckets(pair.distance, DISTANCES)
        return [
            f"{predicate} apart {pair.apart} {order}",
            f"{predicate} distance {away} {order}",
            f"{predicate} level {level // 2} apart {pair.apart}",
        ]

    def _rival_features(self, claim: Claim, score: int, level: int) -> list[str]:
        """Whether the network scores other pairs higher, and other predicates of this pair."""
        one, predicate, other = claim
        features = []
        for side, key in (("subject", one), ("object", other)):
            rivals = self.of.get((side, key, predicate), [])
            better = sum(rival > score for rival in rivals)
            behind = buckets(score - max(rivals), BEHIND) if rivals else 9
            features.append(f"{predicate} {side} rank {min(better, 3)}")
            features.append(f"{predicate} {side} {behind}")
            features.append(f"{predicate} {side} level {level // 2} rank {min(better, 2)}")
        if (other, one) in self.row:
            turned = buckets(self._score(other, predicate, one), EDGES)
            features.append(f"{predicate} turned {turned // 2}")
        row = self.row.get((one, other))
        if row is not None:
            first, second = self.best[row]
            rest = buckets(second if score == first else first, EDGES)
            features.append(f"{predicate} level {level // 3} rest {rest // 3}")
        also_ruled = sorted(self.ruled.get((one, other), set()) - {predicate})
        features += [f"{predicate} beside {also}" for also in also_ruled]
        sure = [buckets(self.sure.get(key, 0), SURE) for key in (one, other) if key in self.sure]
        features += [f"{predicate} sure {min(sure, default=9)}", f"subject sure {sure[:1]}"]
        return features

    def _list_features(self, claim: Claim, level: int) -> list[str]:
        """What the network says of those that stand beside either end in a list."""
        one, predicate, other = claim
        features = []
        for side, mine, rest in (("subject", one, other), ("object", other, one)):
            near = [key for key in self.listed.get(mine, ()) if key != rest]
            if not near:
                features.append(f"{predicate} {side} listed {ALONE}")
                continue
            if side == "subject":
                best = max(self._score(key, predicate, other) for key in near)
            else:
                best = max(self._score(one, predicate, key) for key in near)
            beside = buckets(best, EDGES) // 2
            features.append(f"{predicate} {side} listed {beside}")
            features.append(f"{side} listed {beside} level {level // 2}")
        return features


def value_key(value: Value) -> Key:
    """The key of the value of a statement.

    >>> from kg.base.records import Value
    >>> value_key(Value("市长")), value_key(Value("3000", "decimal"))
    (('role', '市长'), ('money', '3000'))
    """
    if value.datatype in AMOUNTS:
        return AMOUNT, value.lexical
    if value.datatype == "string":
        return ROLE, clean(value.printed or value.lexical)
    return DAY, value.lexical


def key_of(value: FoundValue) -> Key | None:
    """The key of an amount, which has its currency unless that is yuan, or of a date."""
    if value.value.datatype in AMOUNTS:
        return AMOUNT, value.value.lexical
    return (DAY, value.value.lexical) if value.kind == "date" else None
