"""A person behind a post in, the body that the post is of out, though nothing in it tells.

No list holds the nouns of all units that have a head (某支队二大队, 某厂开发院), and companies go
by coined names: 云澜速运董事长王某. But what stands between the beginning of a clause and the post
of a person is a body, if it is more than common words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.draft import Draft
from kg.annotate.grammar import Reach
from kg.annotate.mention import Mention
from kg.annotate.people import role_pattern
from kg.annotate.tokens import STOPS, coined, common
from kg.ontology import Ontology, Rule
from kg.signs import either

POST = 24  # characters before a person in which the person's posts stand
SHORTEST, LONGEST = 4, 18  # characters of such a name
ORDINAL = re.compile(r"第[一二三四五六七八九十]+|\d|[一二三四五六七八九十]+(?:大队|中队|支队)")


class EmployerFinder:
    """Finds bodies right before the posts of persons."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        role = role_pattern(ontology)
        self.person = str(rule.options["person"])
        self.posts = re.compile(rf"(?:{role})(?:[、兼和](?:{role}))*[ 　:：]?$")
        self.units = re.compile(rf"(?:{either(rule.options['units'])})$")
        self.company = re.compile(rf"(?:{either(rule.options['posts'])})")
        self.unit = re.compile(either(ontology.words["persons"]["employers"]["units"]))
        self.never = re.compile(str(rule.options["never"]))
        self.reach = Reach(longest=LONGEST, digits=True)

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The bodies before the posts of the persons of an article."""
        for m in draft.found:
            if m.type == self.person:
                yield from self._employers(draft, m.start)

    def _employers(self, draft: Draft, end: int) -> Iterator[Mention]:
        """The bodies of one person's posts, from the last to the first: 甲总经理、乙社长王某."""
        floor = draft.floor(end)
        while post := self.posts.search(draft.text, max(floor, end - POST), end):
            head = post.start()
            if self.unit.match(post.group()):  # 甲园|管委会主任
                return
            known = draft.ends.get(head)
            start = known.start if known else draft.boundary.left(head, floor, self.reach)
            if self._opens(draft, start) and self._is_body(draft, start, head, post.group()):
                name = draft.text[start:head]
                firm = self.company.match(post.group()) and not self.units.search(name)
                yield Mention(
                    start, head, self.type, name, self.rule.rule, "company" if firm else "",
                    self.rule.confidence,
                )  # fmt: skip
            elif known is None or known.type != self.type:
                return
            if draft.text[start - 1 : start] != "、":
                return
            end = start - 1

    @staticmethod
    def _opens(draft: Draft, start: int) -> bool:
        """Whether a name may begin here: at a sign, or behind a word of grammar or a person."""
        before = draft.words.at(start - 1) if start else None
        ends = start in draft.ends
        return before is None or ends or before.text[-1] in STOPS or before.tag in ("p", "c", "v")

    def _is_body(self, draft: Draft, start: int, end: int, post: str) -> bool:
        """Whether a stretch before a post names a body: by its unit's noun or a coined name."""
        name = draft.text[start:end]
        if not SHORTEST <= len(name) <= LONGEST or self.never.search(name):
            return False
        inside = draft.within(start, end)
        if any(m.end == end or m.type == self.person for m in inside):
            return False
        if any(m.start < start < m.end or m.start < end < m.end for m in draft.found):
            return False
        words = list(draft.words.between(start, end))
        if common(words):
            return False
        if self.units.search(name):
            led = max((m.end for m in inside if m.start == start), default=start)
            if self.units.fullmatch(draft.text[led:end]):  # 甲公司|车间
                return False
            return led > start or coined(name) or ORDINAL.search(name) is not None
        bodies = any(m.type == self.type for m in inside)  # 甲公司东北亚|总经理
        return self.company.match(post) is not None and not bodies and coined(name)
