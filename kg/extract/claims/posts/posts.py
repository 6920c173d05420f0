"""Positions of persons: 甲局局长王某, 由副市长李某任组长, 王某任乙局科长、处长.

A post without a body has that of the post before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.base.records import Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.posts.post_patterns import post_matches, post_patterns
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.coreference.mask import Masked
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

# Parks and zones are places that have general managers.
PARKS = ("zone", "park")


class PostReader(RuleReader):
    """Posts of persons: a statement for each post, of its body or of its title as a value."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        super().__init__(rule, predicate, ontology)
        self.bodies, self.places = self.classes("bodies"), self.classes("places")
        folder = str(ontology.folder)
        self.grammar = post_patterns(folder, self.type, self.bodies, self.places)
        self.words = ontology.lexicon.offices
        self.valued = predicate in rule.options.get("value", ())
        self.no_body, self.no_place = self.pattern("no_body"), self.pattern("no_place")
        self.no_value, self.no_unit = self.pattern("no_value"), self.pattern("no_unit")

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """The posts that an article tells of the persons in it."""
        for sentence in context.sentences:
            if self.grammar.someone.search(sentence.text):
                yield from self._in_sentence(context, sentence)

    def _in_sentence(self, context: ArticleContext, sentence: Masked) -> Iterator[Statement]:
        """The posts that a sentence tells of the persons in it."""
        text, (takes, before) = sentence.text, post_matches(self.grammar, sentence.text)
        taken_until = 0  # what one person takes on is not the next one's: 甲任局长，乙局长丙出席
        for match in takes:
            taken_until = max(taken_until, match.end("posts"))
            yield from self._posts(context, sentence, match.span("who"), match.span("posts"))
        for match in before:
            start, end = match.span("posts")
            start = max(start, taken_until) if start < taken_until < end else start
            if self.words.made_other.search(text, max(0, start - 6), start):
                start = text.find("，", start, end) + 1 or start
            yield from self._posts(context, sentence, match.span("who"), (start, end))

    def _posts(
        self, context: ArticleContext, sentence: Masked, who: tuple[int, int], span: tuple[int, int]
    ) -> Iterator[Statement]:
        """A statement for each post in a stretch, of each of the persons named in another."""
        people = context.named_in(sentence, range(*who), (self.type,))
        for place, role, bodies in self._offices(context, sentence, span):
            first, last = min(place[0], who[0], span[0]), max(place[1], who[1], span[1])
            trigger, value = sentence.original(first, last), Value(role, "string", role)
            for person in people:
                if self.valued and not self.no_value.search(role):
                    yield self.state(person, None, value, sentence.span, trigger)
                for body in () if self.valued else self._employing(bodies, role):
                    yield self.state(person, body, None, sentence.span, trigger)

    def _offices(
        self, context: ArticleContext, sentence: Masked, span: tuple[int, int]
    ) -> Iterator[tuple[tuple[int, int], str, Sequence[Mention]]]:
        """Each post in a stretch with its body; one without a body has that of the last."""
        bodies: Sequence[Mention] = ()
        words = self.words
        for post in self.grammar.post.finditer(sentence.text, *span):
            role, fill = post["role"], post["fill"]
            if post["body"]:
                bodies = context.named_in(sentence, (post.start(),), self.bodies)
                if self.no_unit.search(fill):  # 甲区|某委副主任: a body that is not known, no place
                    bodies = [m for m in bodies if m.type not in self.places]
                if bodies and words.chief.fullmatch(role):
                    role = f"{role[:-1]}{bodies[0].name[-1]}{words.chief_sign}"
            elif self.grammar.unknown.fullmatch(fill.removeprefix(words.also).lstrip(words.and_)):
                bodies = ()
            yield post.span(), role, bodies

    def _employing(self, bodies: Sequence[Mention], role: str) -> Iterator[Mention]:
        """Those of some bodies that have such a post."""
        placeless = self.no_place.search(role)
        for body in bodies if not self.no_body.search(role) else ():
            place = body.type in self.places and body.subtype not in PARKS
            if not (placeless and place):
                yield body
