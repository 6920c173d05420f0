"""Positions of persons: 甲局局长王某, 由副市长李某任组长, 王某任乙局科长、处长.

A post without a body has that of the post before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.base.records import Span, Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.posts.employer import Employers, employers
from kg.extract.claims.posts.post_patterns import (
    HELD,
    TAKEN,
    PostPatterns,
    post_matches,
    post_patterns,
)
from kg.extract.coreference.mask import Masked
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

# Parks and zones are places that have general managers.
PARKS = ("zone", "park")


def posts(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """Posts of persons: a statement for each post, of its body or of its title as a value."""
    options = rule.options
    grammar = post_patterns(
        str(ontology.folder),
        str(options["class"]),
        tuple(options["bodies"]),
        tuple(options["places"]),
    )
    reader = _Reader(context, rule, predicate, grammar, employers(ontology.lexicon))
    for sentence in context.sentences:
        if grammar.someone.search(sentence.text):
            yield from reader.statements(sentence)


@dataclass(frozen=True, slots=True)
class _Reader:
    context: ArticleContext
    rule: Rule
    predicate: str
    grammar: PostPatterns
    employers: Employers

    def statements(self, sentence: Masked) -> Iterator[Statement]:
        """The posts that a sentence tells of the persons in it."""
        vocabulary = self.context.draft.lexicon.offices
        text, matches = sentence.text, post_matches(self.grammar, sentence.text)
        taken = 0  # what one person takes on is not the next one's: 甲任局长，乙局长丙出席
        for name in TAKEN:
            for found in matches.get(name, ()):
                taken = max(taken, found.end("posts"))
                plain = found.groupdict().get("verb") in vocabulary.says_what
                topic = () if plain else self._topic(sentence, found.start())
                yield from self.read(sentence, found.span("who"), found.span("posts"), topic)
        for name in HELD:
            for found in matches.get(name, ()):
                start, end = found.span("posts")
                start = max(start, taken) if start < taken < end else start
                if vocabulary.made_other.search(text, max(0, start - 6), start):
                    start = text.find("，", start, end) + 1 or start
                yield from self.read(sentence, found.span("who"), (start, end))

    def _topic(self, sentence: Masked, at: int) -> Sequence[Mention]:
        """The bodies that a post given in a sentence may be of, the likeliest first."""
        bodies, places = self.rule.options["bodies"], self.rule.options["places"]
        start = sentence.original(at, at).start
        types = tuple(name for name in bodies if name not in places)
        about = self.context.topic(start, types, reach=1)[:1]
        return (*about, *self.context.last(start, types, reach=2)[:1])

    def read(
        self,
        sentence: Masked,
        who: tuple[int, int],
        span: tuple[int, int],
        topic: Sequence[Mention] = (),
    ) -> Iterator[Statement]:
        """A statement for each post in a stretch, of each of the persons named in another."""
        groups = [sentence.groups[at] for at in range(*who) if at in sentence.groups]
        people = [m for g in groups for m in g.mentions if m.type == self.rule.options["class"]]
        for place, role, bodies in self.offices(sentence, span, topic):
            first, last = min(place[0], who[0], span[0]), max(place[1], who[1], span[1])
            for person in people:
                quoted = sentence.original(first, last)
                yield from self._state(person, bodies, role, quoted, sentence)

    def offices(
        self, sentence: Masked, span: tuple[int, int], topic: Sequence[Mention]
    ) -> Iterator[tuple[tuple[int, int], str, Sequence[Mention]]]:
        """Each post in a stretch with its body; one without a body has that of the last.

        The first has one of ``topic``, if such bodies have such posts.
        """
        bodies: Sequence[Mention] | None = None
        vocabulary = self.context.draft.lexicon.offices
        for post in self.grammar.post.finditer(sentence.text, *span):
            role, noun = (
                post["role"],
                post["fill"].removeprefix(vocabulary.also).lstrip(vocabulary.and_),
            )
            if post["body"]:
                unit = re.search(str(self.rule.options.get("no_unit", "(?!)")), post["fill"])
                bodies = self._bodies(sentence, post.start(), role)
                if unit:  # 甲区|某委副主任: a body that is not known, no place
                    bodies = [m for m in bodies if m.type not in self.rule.options["places"]]
                if bodies and vocabulary.chief.fullmatch(role):
                    role = f"{role[:-1]}{bodies[0].name[-1]}{vocabulary.chief_sign}"
            elif self.grammar.unknown.fullmatch(noun):
                bodies = ()
            elif self.employers.nouns.fullmatch(noun):
                bodies = self.employers.meant(
                    self.context, noun, sentence.places[post.start()], role
                )
            elif bodies is None:
                bodies = [m for m in topic if self.employers.fits(role, m)][:1]
            yield post.span(), role, bodies or ()

    def _bodies(self, sentence: Masked, at: int, role: str) -> list[Mention]:
        """What a body before a post names; 该公司 is the one that the text is about."""
        context, found = self.context, list[Mention]()
        for m in sentence.groups[at].mentions:
            meant = self.employers.meant(context, m.name, m.start, role) if m.reference else ()
            found += meant or context.refer(m)
        return found

    def _state(
        self, who: Mention, bodies: Sequence[Mention], role: str, span: Span, sentence: Masked
    ) -> Iterator[Statement]:
        options = self.rule.options
        if self.predicate in options.get("value", ()):
            if not re.search(str(options.get("no_value", "(?!)")), role):
                yield self._stated(who, None, Value(role, "string", role), sentence.span, span)
            return
        if re.search(str(options.get("no_body", "(?!)")), role):
            return
        placeless = re.search(str(options.get("no_place", "(?!)")), role)
        for body in bodies:
            place = body.type in options["places"] and body.subtype not in PARKS
            if body.type in options["bodies"] and not (placeless and place):
                yield self._stated(who, body, None, sentence.span, span)

    def _stated(
        self, who: Mention, body: Mention | None, value: Value | None, quote: Span, span: Span
    ) -> Statement:
        rule = self.rule
        return Statement(
            who, self.predicate, body, value, quote, rule.rule, rule.confidence, "", span
        )
