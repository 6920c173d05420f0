"""A body's name in, the name without the post that it runs into out.

Heads of a name are read to the left, and so may take in a post and its holder: 市审计局局长
甲某向|市人大常委会; 联盟秘书长由|甲某科技.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.ontology import Ontology

MARKS = "《“「『"  # what stands in marks is one name
SHORTEST = 4  # characters of what is left of a name that was cut


class Holders:
    """Cuts posts and their holders off the names of other things.

    Args:
        ontology: For the words of posts that are taken (``words/persons.yaml``).
        role: An expression for a position.
        person: The class of persons.
    """

    def __init__(self, ontology: Ontology, role: str, person: str) -> None:
        words = ontology.words["persons"]
        self.person = person
        self.before = re.compile(rf"(?:{role})$")
        self.given = re.compile(rf"(?:.*(?:{role})(?:由|兼任?|及|和|与))")
        takes = "|".join(sorted(words["takes"], key=len, reverse=True))
        self.takes = re.compile(rf"(?:{takes})")
        self.linking = re.compile(rf"(?:{takes}|[{words['linking']}])?")

    def cut(self, mentions: Iterable[Mention], draft: Draft) -> Iterator[Mention]:
        """The mentions, those that run into a post without it."""
        found = list(mentions)
        holders = [m for m in found if m.type == self.person and self._holds(m, draft)]
        for m in found:
            marked = draft.text[m.start] in MARKS
            begin = m.start
            if not marked and m.type != self.person and m.end - m.start >= SHORTEST:
                begin = self._behind(m, holders, draft)
            if begin == m.start:
                yield m
            elif m.end - begin >= SHORTEST:
                yield m.moved(begin, m.end, draft.text)

    def _holds(self, person: Mention, draft: Draft) -> bool:
        """Whether a position stands right before a person, or is taken right behind."""
        before = draft.text[max(0, person.start - 12) : person.start]
        return bool(self.before.search(before) or self.takes.match(draft.text, person.end))

    def _behind(self, m: Mention, holders: Iterable[Mention], draft: Draft) -> int:
        """Where a name begins behind the last post or holder in it."""
        given = self.given.match(draft.text, m.start, m.end)
        ends = [h.end for h in holders if m.start < h.start and h.end < m.end]
        begin = max([given.end() if given else m.start, *ends])
        linking = self.linking.match(draft.text, begin) if begin > m.start else None
        return linking.end() if linking else begin
