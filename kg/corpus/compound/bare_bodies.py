"""Bodies that somebody works for and has no title of in, the title behind each name out.

A role that a text tells of several bodies (甲支行行长、乙支行行长) is found at one of them. At the
others its words stand behind the name as well; where none do, the body has no title.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from kg.corpus.compound.annotated_source import NOWHERE, PostMention
from kg.corpus.compound.others import NEAR, another, held_behind
from kg.corpus.compound.titles import title_of, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.base.records import Fact
    from kg.corpus.compound.annotated_source import AnnotatedSource, Place


class BareBodies:
    """What one document says of where somebody works without a title that is told apart.

    Args:
        iri: The person.
        roles: What the person is told to be.
        others: Where titles stand that are those of others.
        document: The document.
    """

    def __init__(
        self, iri: str, roles: Sequence[Fact], others: Collection[Place], document: AnnotatedSource
    ) -> None:
        self.iri, self.document, self.own = iri, document, document.of.get(iri, [])
        self.roles = sorted(roles, key=lambda f: (-len(words_of(f)), f.start, f.id))
        self.others = sorted(at[0] for at in others)

    def posts(
        self, works: Mapping[str, Sequence[Fact]], known: Collection[Place]
    ) -> list[PostMention]:
        """A post at each body that is not but told of others.

        Args:
            works: The bodies, each with what says that the person works there.
            known: Where titles stand that are told already.
        """
        own = {body: facts for body, facts in works.items() if not self._of_others(body, facts)}
        return [self._post(body, facts, known) for body, facts in own.items()]

    def _post(self, body: str, facts: Sequence[Fact], known: Collection[Place]) -> PostMention:
        for at in self.document.of.get(body, ()):
            fact = next((f for f in facts if f.start <= at[0] < f.end), None)
            role = self._role_behind(at[1]) if fact else None
            if fact and role and role[1] not in known:
                claims = (role[0].id, fact.id)
                return PostMention(title_of(role[0]), role[1], role[1], claims, body, at)
        one, signed = facts[0], self._signs(body, facts)
        return PostMention("", NOWHERE, (one.start, one.end), (one.id,), body, signed=signed)

    def _signs(self, body: str, facts: Sequence[Fact]) -> bool:
        """Whether all that is told of somebody and a body is that he signs an article of it."""
        low, high = min(f.start for f in facts), max(f.end for f in facts)
        between = [
            (at, name)
            for at in self.document.of.get(body, ())
            for name in self.own
            if low <= at[0] and at[1] <= name[0] and name[1] <= high
        ]
        return bool(between) and all(self._in_byline(at, name) for at, name in between)

    def _in_byline(self, body: Place, name: Place) -> bool:
        """Whether a paper and a name stand in a dateline, or alone in brackets: （甲网 乙某）."""
        text, patterns = self.document.text, self.document.grammar.titles
        if patterns.dateline.fullmatch(text, body[1], name[0]):
            return True
        opened = patterns.bracket.match(text, max(0, body[0] - 1), body[0])
        return opened is not None and not text[body[1] : name[0]].strip()

    def _role_behind(self, end: int) -> tuple[Fact, Place] | None:
        """The role whose words stand right behind a place, if they are nobody else's there."""
        tenure = self.document.grammar.titles.before.match(self.document.text, end)
        at = tenure.end() if tenure else end
        for role in self.roles:
            title = at, at + len(words_of(role))
            if self.document.text.startswith(words_of(role), at) and role.start <= at < role.end:
                theirs = another(title, self.own, self.iri, self.document) or self.document.part(
                    title
                )
                low, high = (bisect_left(self.own, (at, 0)) for at in self.document.sentence(at))
                owned = any(self.document.owned(title, name) for name in self.own[low:high])
                return None if theirs or owned else (role, title)
        return None

    def _of_others(self, body: str, facts: Sequence[Fact]) -> bool:
        """Whether a body stands nowhere but before titles of somebody else."""
        low, high = min(f.start for f in facts), max(f.end for f in facts)
        places = [at for at in self.document.of.get(body, ()) if low <= at[0] < high]
        return bool(places) and all(
            bisect_left(self.others, at[1]) < bisect_right(self.others, at[1] + NEAR)
            or held_behind(at, self.own, self.iri, self.document)
            or self.document.grammar.titles.kinds.fullmatch(self.document.text, *at)
            for at in places
        )
