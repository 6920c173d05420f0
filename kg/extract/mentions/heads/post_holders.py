"""Cut off the post and its holder that a body's name runs into.

Heads of a name are read to the left, and so may take in a post and its holder: 市审计局局长
甲某向|市人大常委会; 联盟秘书长由|甲某科技. And the party committee of a company is no employer of
its own when its secretary is named: 甲集团|党委书记.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology

MARKS = "《“「『"  # what stands in marks is one name
SHORTEST = 4  # characters of what is left of a name that was cut


class Holders:
    """Cuts posts and their holders off the names of other things.

    Args:
        ontology: For the words of parties (``words/persons.yaml``).
        role: An expression for a position.
        person: The class of persons.
    """

    def __init__(self, ontology: Ontology, role: str, person: str) -> None:
        self.person, words = person, ontology.lexicon.persons
        self.role = re.compile(role)
        self.before = re.compile(rf"(?:{role})$")
        party = "|".join(words.party)
        self.party = re.compile(rf"{words.before_party}(?:{party})$")
        self.member = re.compile(rf"(?:{'|'.join(words.member)})")
        lead, holds = "|".join(words.lead), words.holds
        sure = "|".join(w for w in holds if len(w) > 1)
        took_post = rf"(?:(?:{lead})+(?:{'|'.join(holds)})|{sure})"  # 曾任|某研究所, not 任某区
        self.post_lead = re.compile(rf"^(?:.*(?:{role}){words.to_another}|{took_post})")
        takes = "|".join(sorted(words.takes, key=len, reverse=True))
        self.takes = re.compile(rf"(?:{takes})")
        self.linking = re.compile(rf"(?:{takes}|[{words.linking}])")

    def cut(self, mentions: Iterable[Mention], draft: ArticleDraft) -> Iterator[Mention]:
        """The mentions; a name that runs into a post is cut off behind it."""
        all_mentions = list(mentions)
        holders = [m for m in all_mentions if m.type == self.person and self._holds_post(m, draft)]
        for m in all_mentions:
            marked = draft.text[m.start] in MARKS
            if m.type == self.person or marked or m.end - m.start < SHORTEST:
                yield m
            else:
                yield from self._behind(self._employer(m, draft), holders, draft)

    def _employer(self, m: Mention, draft: ArticleDraft) -> Mention:
        """A body without its party committee, where a member of that is named behind it."""
        party = self.party.search(m.name) if self.member.match(draft.text, m.end) else None
        return m.moved(m.start, m.end - len(party.group()), draft.text) if party else m

    def _holds_post(self, person: Mention, draft: ArticleDraft) -> bool:
        """Whether a position stands right before a person, or a verb of taking one right behind."""
        before = draft.text[max(0, person.start - 12) : person.start]
        return bool(self.before.search(before) or self.takes.match(draft.text, person.end))

    def _behind(
        self, m: Mention, holders: Iterable[Mention], draft: ArticleDraft
    ) -> Iterator[Mention]:
        """A name from behind the last post or holder in it, if enough of it is left."""
        begin = m.start
        post = self.post_lead.match(draft.text[m.start : m.end])
        if post:
            begin += post.end()
        for holder in holders:
            acts = holder.start == m.start and self.linking.match(draft.text, holder.end)
            if holder.end < m.end and (m.start < holder.start or acts):
                begin = max(begin, holder.end)
        if begin == m.start:
            yield m
            return
        linking = self.linking.match(draft.text, begin)
        begin = linking.end() if linking else begin
        if m.end - begin >= SHORTEST:
            yield m.moved(begin, m.end, draft.text)
