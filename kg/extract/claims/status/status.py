"""How far a fact is: proposed, planned, signed, started, completed or cancelled, as a text says.

A fact is said by a trigger, and how far it is often by other words of the sentence: what stands
before the trigger makes it one to come (拟签订, 未来两年建成), what follows tells what it came to
(…项目，已于昨日开工). Clauses that name something else are not looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.base.records import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.extract.claims.context import ArticleContext, Statement
    from kg.extract.mentions.mention import Mention
    from kg.ontology import Ontology, Status

CLAUSE = re.compile(r"[^，；。：！？\n]+[，；。：！？\n]*")
CLAUSE_ENDS = re.compile("[，；。：！？]")
NEVER = "(?!)"
BLANK = "\u3000"
# So many characters before a word may say that it is still to come.
AHEAD = 24
# A word of what is only meant stands so near before what is meant, figures not counted.
NEAR = 12
FIGURE = re.compile(r"[0-9.,]+")
# So far from a sign the word stands that says what is to come: 将于下月15日|上市.
COMES = 14
# So far behind a thing stands what is said of it, what it is meant to become, and how far it is.
SAID_OF, BEHIND, FAR = 8, 30, 60

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sign:
    """Where a text shows a rung of the ladder."""

    start: int
    end: int
    rung: str


class StatusReader:
    """Reads how far a fact is, by the words of ``ontology.yaml``."""

    def __init__(self, ontology: Ontology) -> None:
        ladder = list(ontology.statuses.values())
        self.signs = [(status.name, _sign_pattern(status)) for status in ladder]
        self.ahead = [
            (status.name, re.compile(status.ahead), re.compile(status.fresh or NEVER))
            for status in ladder
            if status.ahead
        ]
        words = ontology.lexicon.denial
        self.after, self.more = words.after, words.goes_on
        self.done, self.comes, self.attributive = words.done, words.comes, words.attributive
        self.oblique, self.listed, self.of_it = words.oblique, words.listed, words.of_it
        self.ends_clause, self.governs = words.ends_clause, words.governs
        self.dated = words.dated
        placed = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
        staged = (r for r in ontology.relations.values() if r.stages)
        self.kinds = frozenset(name for r in staged for name in r.range) - placed
        self.order = {status.name: n for n, status in enumerate(ladder)}
        self.last = ladder[-1].name if ladder else ""  # it ends others, and nothing ends it
        # Up to which rung a fact is only meant.
        self.soft = max((self.order[name] for name, *_ in self.ahead), default=-1)

    def of(
        self,
        text: str,
        trigger: Stretch,
        ends: Sequence[Stretch],
        others: Sequence[int] = (),
        default: str = "",
        rungs: Collection[str] = (),
        worded: bool = True,
        made: bool = True,
        lasting: bool = False,
    ) -> str:
        """The rung that a sentence shows of a fact; ``default`` where it shows none.

        Args:
            text: The sentence.
            trigger: Where the words stand that say the fact, half-open.
            ends: Where its subject and object stand.
            others: Where other things begin that are named.
            default: What the trigger itself says.
            rungs: Those that such a fact may have; by default any.
            worded: Whether the trigger says such facts, and is not only what the network leans on.
            made: Whether the object is made or built, and may be what a verb before it governs.
            lasting: Whether the fact holds of what has come further since, as a sum does.

        >>> from kg.ontology import load
        >>> stages = StatusReader(load())
        >>> stages.of("甲公司拟与乙区签订协议", (6, 8), [(0, 3), (5, 7)], default="signed")
        'planned'
        >>> stages.of("甲公司建设的乙园，已于昨日开工。", (3, 5), [(0, 3), (6, 8)])
        'started'
        """
        rungs = rungs or self.order
        if made and not worded and (verb := self._governing(text, ends[-1])):
            trigger, worded = verb, True
        clauses = [hit.span() for hit in CLAUSE.finditer(text)]
        starts = [at for at, _ in (trigger, *ends)]
        fact_clauses = [n for n, clause in enumerate(clauses) if _holds(clause, starts)]
        if not fact_clauses:
            return default
        first, last = fact_clauses[0], fact_clauses[-1]
        while last + 1 < len(clauses) and self._goes_on(text, clauses[last + 1], others):
            last += 1
        start, end = clauses[first][0], clauses[last][1]
        clause_end = clauses[fact_clauses[-1]][1]
        final = max((trigger, *ends), key=lambda place: place[1])
        # What a verb only describes (与某局合作的课题) has its own way, and tells nothing of it.
        if final[1] <= trigger[1] and self.attributive.match(text, trigger[1]):
            end = trigger[1]
        before = first and not _holds(clauses[first - 1], [*others, *starts])
        low = clauses[first - 1][0] if before else start
        signs = [
            self._coming(text, low, sign)
            for sign in self._signs(text, start, end)
            if sign.rung in rungs
            and self._tells(text, sign, trigger, final, clause_end, worded=worded)
        ]
        if any(sign.rung == self.last for sign in signs):
            return self.last
        nearest = self._nearest(signs, trigger, clauses)
        own = self._of_trigger(text, low, trigger, default) if worded else default
        rung = nearest.rung if nearest else own
        if lasting and nearest and self.order[rung] > self.soft:
            rung = self._furthest(text, nearest, signs, clauses)
        return rung if rung in rungs else default

    def _tells(
        self,
        text: str,
        sign: Sign,
        trigger: Stretch,
        last: Stretch,
        clause_end: int,
        *,
        worded: bool,
    ) -> bool:
        """Whether a sign tells of the fact that a trigger says."""
        if self.order[sign.rung] > self.soft:
            return sign.start - last[1] <= FAR and (worded or self._of_object(text, sign, last))
        leads = self._leads(text, sign, trigger, last, clause_end)
        return leads and (worded or self._comes(text, sign, clause_end))

    def _governing(self, text: str, last: Stretch) -> Stretch | None:
        """The verb whose object a name is, or the list that the name stands in, if it is near.

        ``将推出四款机型，包括甲、乙`` has 推出 for 乙.
        """
        verb = self.governs.search(text, 0, self._list_start(text, last[0]))
        return None if verb is None else verb.span("verb")

    def _furthest(
        self, text: str, nearest: Sign, signs: Sequence[Sign], clauses: Sequence[Stretch]
    ) -> str:
        """The furthest rung of a sign and of those behind it that tell what it came to."""
        behind = (sign for sign in signs if sign.start > nearest.start)
        rungs = [sign.rung for sign in behind if self._is_dated(text, sign, clauses)]
        return max([nearest.rung, *rungs], key=self.order.__getitem__)

    def _is_dated(self, text: str, sign: Sign, clauses: Sequence[Stretch]) -> bool:
        """Whether a clause has nothing but a day before a sign, and nothing goes on behind it."""
        start = next((a for a, b in clauses if a <= sign.start < b), sign.start)
        end = sign.end
        for other in self._signs(text, end, end + NEAR):
            end = other.end if other.start == end else end  # 建成|投用
        dated = self.dated.fullmatch(text, start, sign.start)
        return dated is not None and CLAUSE_ENDS.match(text, end) is not None

    def _goes_on(self, text: str, clause: Stretch, others: Sequence[int]) -> bool:
        """Whether a clause goes on about what the one before it names: it has no subject."""
        return not _holds(clause, others) and bool(self.more.match(text, *clause))

    def _leads(
        self, text: str, sign: Sign, trigger: Stretch, last: Stretch, clause_end: int
    ) -> bool:
        """Whether what is only meant is the fact: 拟|签订, 计划|投资, or 某办法|即将出台.

        What stands before a list is meant of each of its members, and what has 了 is done.
        """
        if sign.start >= clause_end:
            return False
        if trigger[0] <= sign.start < trigger[1]:
            return True
        if sign.start < trigger[0] and self.done.match(text, trigger[1]):
            return False
        if _near(text, sign.end, trigger[0]):
            # 倡议 and the like in a clause before say nothing of the next one.
            between = text[sign.end : trigger[0]]
            return self.order[sign.rung] > 0 or not CLAUSE_ENDS.search(between)
        if last[1] <= sign.start:
            if sign.start - last[1] > BEHIND:
                return False
            if not any(words.match(text, sign.start) for _, words, _ in self.ahead):
                # 洽谈 and the like are what happens, but where they are how something else is done.
                return self.ends_clause.match(text, sign.end) is not None
            return self._comes(text, sign, clause_end)
        start = self._list_start(text, last[0])
        return not self.oblique.search(text, 0, start) and _near(text, sign.end, start)

    def _comes(self, text: str, sign: Sign, clause_end: int) -> bool:
        """Whether what is to come is that something is made, signed or held, or money spent."""
        end = min(clause_end, sign.end + COMES)
        later = (one.rung for one in self._signs(text, sign.end, end))
        return any(self.order[rung] > self.soft for rung in later) or bool(
            self.comes.search(text, sign.start, end)
        )

    def _of_object(self, text: str, sign: Sign, last: Stretch) -> bool:
        """Whether what has come is said of what is named last, and of nothing that it has."""
        if sign.start < last[1]:
            return True
        near = sign.start - last[1] <= SAID_OF
        return near and not self.of_it.match(text, last[1])

    def _list_start(self, text: str, at: int) -> int:
        """Where the list begins that a name continues; where the name begins if there is none."""
        before = self.listed.search(text, 0, at)
        return before.start() if before else at

    def _of_trigger(self, text: str, start: int, trigger: Stretch, default: str) -> str:
        """What a trigger says by itself, or that it is still to come."""
        return self._coming(text, start, Sign(*trigger, default)).rung

    def _signs(self, text: str, start: int, end: int) -> Iterator[Sign]:
        """All that shows a rung in a stretch."""
        for rung, words in self.signs:
            for hit in words.finditer(text, start, end):
                if not self.after.match(text, hit.end()):
                    yield Sign(hit.start(), hit.end(), rung)

    def _coming(self, text: str, start: int, sign: Sign) -> Sign:
        """A sign as it is, or of an earlier rung where that is said to be still to come."""
        if sign.rung == self.last:
            return sign
        low, best = max(start, sign.start - AHEAD), (-1, sign.rung)
        for rung, words, fresh in self.ahead:
            if sign.rung and self.order[sign.rung] <= self.order[rung]:
                continue
            ends = [hit.end() for hit in words.finditer(text, low, sign.start + 1)]
            if not self.order[rung]:  # 倡议 in a clause before says nothing of the next one
                ends = [end for end in ends if not CLAUSE_ENDS.search(text, end, sign.start)]
            if ends and not fresh.search(text, ends[-1], sign.end):
                best = max(best, (ends[-1], rung))
        return Sign(sign.start, sign.end, best[1])

    def _nearest(
        self, signs: Sequence[Sign], trigger: Stretch, clauses: Sequence[Stretch]
    ) -> Sign | None:
        """The sign that tells of a trigger: within it, in its clause, behind it, before it."""

        def place(at: int) -> int:
            return next((n for n, (a, b) in enumerate(clauses) if a <= at < b), len(clauses))

        trigger_clause = place(trigger[0])

        def far(sign: Sign) -> tuple[int, int]:
            clause = place(sign.start) - trigger_clause
            rank = 2 * clause - 1 if clause > 0 else -2 * clause
            return rank, max(sign.start - trigger[1], trigger[0] - sign.end, 0)

        return min(signs, key=far, default=None)


def with_status(
    context: ArticleContext,
    statement: Statement,
    stages: StatusReader,
    rungs: Collection[str],
    *,
    worded: bool = True,
) -> Statement:
    """A statement with the rung that its sentence shows of it, one of some rungs.

    Args:
        context: The article.
        statement: What stands of it.
        stages: What reads the rungs.
        rungs: Those that such a fact may have.
        worded: Whether its trigger is a word that says such facts.
    """
    object_, trigger_span = statement.object, statement.trigger
    sentence = context.sentence(trigger_span.start)
    if not worded and object_ is not None and not sentence.start <= object_.start < sentence.end:
        # Its ends stand in two sentences: that of the object tells how far it is.
        sentence, trigger_span = context.sentence(object_.start), Span(object_.start, object_.start)
    ends = [m for m in (statement.subject, statement.object) if m is not None]
    names, kinds = {m.name for m in ends}, stages.kinds | {statement.subject.type}
    inside = [m for m in context.mentions if sentence.start <= m.start and m.end <= sentence.end]
    others = [
        m.start - sentence.start
        for m in inside
        if m.type in kinds and m.name not in names and not m.reference
    ]
    places = [
        (m.start - sentence.start, m.end - sentence.start)
        for m in ends
        if m.start >= sentence.start
    ]
    trigger = trigger_span.start - sentence.start, trigger_span.end - sentence.start
    text = _plain(context.text, sentence, inside)
    made = object_ is not None and object_.type != statement.subject.type
    rung = stages.of(
        text, trigger, places, others, statement.status, rungs, worded, made, object_ is None
    )
    return replace(statement, status=rung) if rung != statement.status else statement


def _near(text: str, end: int, start: int) -> bool:
    """Whether little stands between two places; figures are not counted."""
    return end <= start + 1 and len(FIGURE.sub("", text[end:start])) <= NEAR


def _plain(text: str, sentence: Span, inside: Sequence[Mention]) -> str:
    """A sentence without the words of its names: 某规划 plans nothing."""
    letters = list(text[sentence.start : sentence.end])
    for m in inside:
        if not m.reference:
            start, end = m.start - sentence.start, m.end - sentence.start
            letters[start:end] = BLANK * (end - start)
    return "".join(letters)


def _sign_pattern(status: Status) -> re.Pattern[str]:
    """What shows a rung of the ladder, the longest words first."""
    words = sorted(map(re.escape, status.words), key=lambda word: (-len(word), word))
    return re.compile("|".join([*status.shows, *words]) or NEVER)


def _holds(clause: Stretch, places: Sequence[int]) -> bool:
    return any(clause[0] <= at < clause[1] for at in places)
