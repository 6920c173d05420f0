"""Roles and employers that a document gives to one person in, those that are one post together.

A title is of the body that stands before it in its sentence, the nearest one; if another body
stands between, which the person is not said to work for, it is nobody's that is known. One title
is of several bodies only where these are coordinated (甲局、乙局局长).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.corpus.compound.annotated_source import (
    NOWHERE,
    REACH,
    Place,
    PostMention,
    gap,
    occurrences,
    within,
)
from kg.corpus.compound.bare_bodies import BareBodies
from kg.corpus.compound.others import (
    PARTS,
    announced,
    another,
    apart,
    belongs_to_other,
    calling,
    learned,
    left_open,
    of_many_titles,
    taken_on,
)
from kg.corpus.compound.titles import beside_office, title_of, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.base.records import Fact
    from kg.corpus.compound.annotated_source import AnnotatedSource

ROLE, WORKS_FOR, PLACE = "role", "worksFor", "place"
# A body that stands so near before a title has it: 甲局|党组|书记.
NEAR = 4
# Characters of a title at most.
LONGEST = 40

_start = attrgetter("start")


class PersonPosts:
    """What one document says of where somebody works and as what.

    Args:
        iri: The person.
        facts: Roles and employers, in the order of the text.
        document: The document.
    """

    def __init__(self, iri: str, facts: Sequence[Fact], document: AnnotatedSource) -> None:
        self.iri, self.document = iri, document
        self.grammar, self.text = document.grammar, document.text
        self.roles = [f for f in facts if f.predicate == ROLE and f.value is not None]
        self.works: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.predicate == WORKS_FOR:
                self.works[fact.object].append(fact)
        self.confirmed = {fact.id for fact in facts if fact.review}  # somebody has looked at them
        self.own: list[Place] = document.of.get(iri, [])
        self.titles: list[Place] = []
        self.others: set[Place] = set()
        self.denied: set[str] = set()
        self.employers = sorted((at, b) for b in self.works for at in document.of.get(b, ()))

    def post_mentions(self) -> list[PostMention]:
        """The posts, titles with their bodies first, then what stays without one."""
        titles = list(self._roles())
        self.titles = sorted(at for _, at in titles)
        tied = {(role, at): self._tied(role, at) for role, at in titles}
        bodies = {
            (self.document.sentence(at[0]), e[1]) for (_, at), es in tied.items() for e in es or ()
        }
        loose = {key: self._loose(*key, bodies) for key, ends in tied.items() if ends is None}
        listed = of_many_titles(loose, self.document)
        mentions: list[PostMention] = []
        for role, at in titles:
            alone = PostMention(title_of(role), at, (role.start, role.end), (role.id,))
            ends = tied[role, at] or loose.get((role, at), [])
            ends = [end for end in ends if (at, end[1]) not in listed]
            mentions += [self._of(alone, body, where) for where, body in ends] or [alone]
        whole = {mention.words for mention in mentions if mention.body}
        mentions = [mention for mention in mentions if mention.body or mention.words not in whole]
        titled = {mention.body for mention in mentions}
        titled |= self.denied | {b for b in self.works if self.grammar.kind(b) == PLACE}
        bare = (b for b in self.works if b not in titled)
        return mentions + BareBodies(self.iri, self.roles, self.others, self.document).posts(
            {body: self.works[body] for body in bare}, {mention.title for mention in mentions}
        )

    def scope(self, at: int) -> int:
        """Where the words begin that tell of a post at a place: behind whoever stands before.

        Of one who is named behind it, the clause: 甲某不再任局长，|丙局副局长乙某任局长.
        """
        begin = self.document.sentence(at)[0]
        before = [last for last, iri in self.document.named(begin, at) if iri != self.iri]
        if not before:
            return begin
        own = bisect_left(self.own, (begin, 0))
        if any(last <= at for _, last in self.own[own : own + 1]):
            return max(before)
        clauses = self.grammar.titles.clauses.finditer(self.text, max(before), at)
        return max([*before, *(match.end() for match in clauses)])

    def list_scope(self, at: int) -> int:
        """The same, in a list of posts from its beginning: 历任甲局处长；乙局|副局长."""
        begin = self.scope(at)
        while begin and self.text[begin - 1] == "；":
            earlier = self.document.sentence(begin - 1)[0]
            if any(self.document.named(earlier, begin)):
                break
            begin = earlier
        return begin

    # Titles

    def _roles(self) -> Iterator[tuple[Fact, Place]]:
        """Where each role stands; one that only stands within a longer one is that one."""
        longer: list[Fact] = []
        used: set[Place] = set()
        ordered = sorted(
            self.roles, key=lambda f: (-len(words_of(f)), words_of(f), f.start, f.end, f.id)
        )
        for words, group in groupby(ordered, key=words_of):
            for role in group:
                every = occurrences(self.text, words, role.start, role.end)
                if not every:
                    yield role, NOWHERE
                    continue
                every = self._own(every)
                whole = [at for one in longer for at in self._holding(one, words)]
                places = [at for at in every if not within(at, whole)]
                # What is said twice of one place is told once, not of another place as well.
                if places and (first := min(places, key=self._distance)) not in used:
                    chosen = [first, *(at for at in places if at != first and self._again(at))]
                    used.update(chosen)
                    yield from ((role, at) for at in chosen)
            longer += [role for role in self.roles if words_of(role) == words]

    def _own(self, every: Sequence[Place]) -> list[Place]:
        """The places of a title that are this person's; those within 副局长 only without others."""
        whole = [at for at in every if not self._longer(at)]
        own = [at for at in whole if not another(at, self.own, self.iri, self.document)]
        self.others.update(at for at in whole if at not in own)
        deputy = self.grammar.titles.deputy
        return [at for at in own if not deputy.match(self.text, at[0] - 1, at[0])] or own

    def _longer(self, at: Place) -> bool:
        """Whether a title is but a part of a name, or of another title: 总统|气候特使."""
        near = self._near(at)
        return self.document.part(at) or (near is not None and self.document.owned(at, near))

    def _holding(self, role: Fact, part: str) -> list[Place]:
        """Where a role stands in its quotation, if its words hold others."""
        words = words_of(role)
        return occurrences(self.text, words, role.start, role.end) if part in words else []

    def _distance(self, title: Place) -> tuple[int, int]:
        """How far a title is from where the person is named."""
        near, (begin, end) = self._near(title), self.document.sentence(title[0])
        if near is None:
            return 0, title[0]
        return gap(title, near) + REACH * (not begin <= near[0] < end), title[0]

    def _near(self, title: Place) -> Place | None:
        """Where the person is named that is nearest to a title."""
        at = bisect_left(self.own, title)
        return min(self.own[max(0, at - 2) : at + 2], key=lambda o: gap(title, o), default=None)

    def _again(self, title: Place) -> bool:
        """Whether the same title stands a second time, of another employer: 甲董事长、乙董事长."""
        near, (begin, until) = self._near(title), self.document.sentence(title[0])
        if near is None or not begin <= near[0] < until:
            return False
        if all(end != title[0] for (_, end), _ in self._before(title)):
            return False
        return not self._crossed(min(near[1], title[1]), max(near[0], title[0]))

    # Bodies

    def _tied(self, role: Fact, title: Place) -> list[tuple[Place, str]] | None:
        """The bodies that a title stands behind; none of a body that is no employer's.

        None where no body stands so near, which leaves the title open.
        """
        if title == NOWHERE:
            return None
        if (other := self.document.of_next(title)) is not None:  # 担任|合伙人|的乙企业
            return [other] if other[1] in self.works else []
        begin = self.document.sentence(title[0])[0]
        here = [
            e
            for e in self._before(title)
            if self.grammar.fits(title_of(role), e[1], self._name(e))
            and not learned(e[0], self.document)
        ]
        near = self._nearest(title_of(role), here)
        start = near[0][1] if near else max(begin, title[0] - NEAR)
        beside = near is not None and beside_office(near[0], title, self.document)
        if beside or self._sealed(start, title[0]):
            return []
        if near is None or not self._joined(near[0], title):
            return None
        open_ = left_open(near[0], title, self.document) or self._unit_of(near[0], here)
        if open_ or calling(near[0], title, self.document):
            return []
        return list(self._row(near, here))

    def _nearest(self, title: str, here: Sequence[tuple[Place, str]]) -> tuple[Place, str] | None:
        """The body that ends last before a title, the longest of those."""
        fit = [e for e in here if not self.grammar.doubtful(title, self._name(e))] or here
        return max(fit, key=lambda e: (e[0][1], -e[0][0]), default=None)

    def _before(self, title: Place) -> list[tuple[Place, str]]:
        """Where employers stand in the sentence of a title, before its end."""
        begin = self.document.sentence(title[0])[0]
        low = bisect_left(self.employers, ((begin, begin), ""))
        high = bisect_left(self.employers, ((title[1], 0), ""))
        return [e for e in self.employers[low:high] if e[0][1] <= title[1]]

    def _sealed(self, body: int, title: int) -> bool:
        """Whether a body that is no employer ends nearer before a title, or a place at it."""
        still = self.grammar.titles.still.search(self.text, body, title)
        title = still.start() if still else title
        return any(
            iri not in self.works
            and (end == title or self.grammar.kind(iri) == "body")
            and not PARTS.search(self.text, end, title)
            for end, iri in self.document.ending(body, title)
        )

    def _crossed(self, low: int, high: int) -> bool:
        """Whether somebody else is named in a stretch."""
        return any(iri != self.iri for _, iri in self.document.named(low, high))

    def _joined(self, body: Place, title: Place) -> bool:
        """Whether a body and a title are parted by nothing but other titles."""
        low, high = body[1], title[0]
        if any(self.document.named(low, high)):
            return False
        between, separator = self.text[low:high], PARTS.search(self.text, low, high)
        if not separator and not taken_on(body, title, self.iri, self.document):
            return True
        for start, end in self._titled(low, high):
            between = between.replace(self.text[start:end], "")
        return not self.grammar.between_titles.sub("", between)

    def _unit_of(self, body: Place, here: Sequence[tuple[Place, str]]) -> bool:
        """Whether a bare kind of body stands behind another: 甲公司总监、|研究院|院长."""
        patterns = self.grammar.titles
        before = any(at[1] < body[0] for at, _ in here)
        return before and patterns.kinds.fullmatch(self.text, *body) is not None

    def _row(
        self, near: tuple[Place, str], here: Sequence[tuple[Place, str]]
    ) -> Iterator[tuple[Place, str]]:
        """The body nearest to a title, and those that are coordinated with it."""
        seen, row = set[str](), [near]
        between = self.grammar.coordinated
        while row:
            (start, end), body = row.pop()
            if body not in seen:
                seen.add(body)
                yield (start, end), body
                kind = self.grammar.kind(body)  # 甲府、乙国总统: no place beside a body
                same = (e for e in here if self.grammar.kind(e[1]) == kind)
                row += [e for e in same if between.fullmatch(self.text, e[0][1], start)]

    def _loose(
        self, role: Fact, title: Place, titled: Collection[tuple[Place, str]]
    ) -> list[tuple[Place, str]]:
        """The body of a title that stands apart: that of the claim which says least beside it.

        Args:
            role: What says the title.
            title: Where it stands.
            titled: The bodies that have a title of their own, by the sentence of it.
        """
        if title == NOWHERE:
            return []
        sentence, candidates = self.document.sentence(title[0]), list[tuple[int, int, Place, str]]()
        for body, facts in self.works.items():
            low = bisect_left(facts, title[0] - REACH, key=_start)
            near = facts[low : bisect_right(facts, title[0], key=_start)]
            around = [f for f in near if title[1] <= f.end]
            size = min((f.end - f.start for f in around), default=len(self.text))
            begin = min([sentence[0], *(f.start for f in around)])
            until = max([title[1], *(f.end for f in around)])
            every = self.document.of.get(body, [])
            places = every[bisect_left(every, (begin, 0)) : bisect_left(every, (until, 0))]
            before = [at for at in places if at[1] <= title[0]]
            at = max(before, key=lambda one: one[1], default=NOWHERE)
            inside = [f for f in around if any(f.start <= s and e <= f.end for s, e in places)]
            if (sentence, body) in titled or (not before and (not around or inside)):
                continue
            behind = before and announced(title, self.own, self.document)
            if behind and belongs_to_other(at, title, self.document):
                self.denied.add(body)
                continue
            if apart(at, title, self.own, self.iri, self.document):
                continue
            if before and self._taken_on(at, title):
                continue
            name = self._name((at, body)) if before else ""
            if self.grammar.fits(title_of(role), body, name):
                candidates.append((size, -at[1], at, body))
        candidates.sort()
        tie = len(candidates) > 1 and candidates[1][0] == candidates[0][0]
        if not candidates or (candidates[0][2] == NOWHERE and tie):
            return []
        return [(candidates[0][2], candidates[0][3])]

    def _taken_on(self, body: Place, title: Place) -> bool:
        """Whether a body has another title before the person's name: 甲市副市长王某|任组长."""
        own = self.own[bisect_left(self.own, body) : bisect_left(self.own, title)]
        return any(self._titled(body[1], start) for start, end in own if end <= title[0])

    def _titled(self, low: int, high: int) -> list[Place]:
        """The titles of the person that stand in a stretch."""
        first, last = (bisect_left(self.titles, (at, 0)) for at in (low, high))
        return [at for at in self.titles[first:last] if at[1] <= high]

    def _of(self, alone: PostMention, body: str, at: Place) -> PostMention:
        """A title as that of a body, which stands somewhere."""
        facts, start = self.works[body], alone.title[0]
        fact = next((f for f in facts if f.start <= start < f.end), facts[0])
        return replace(alone, body=body, at=at, claims=(*alone.claims, fact.id))

    def _name(self, employer: tuple[Place, str]) -> str:
        (start, end), _ = employer
        return "".join(self.text[start:end].split())
