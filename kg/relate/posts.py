"""Positions of persons: 甲局局长王某, 由副市长李某任组长, 联盟秘书长由赵某兼任.

Positions are read off the masked sentence, where bodies and persons are single characters, so
that a series of posts (乙公司董事长、丙协会副会长钱某) is one regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.annotate.mention import Mention
from kg.annotate.people import role_pattern
from kg.ontology import Ontology, Rule, load
from kg.records import Span, Value
from kg.relate.mask import Masked, Masks
from kg.relate.scene import Scene, Stated

FILL = r"[\u4e00-\u9fff]{0,6}?"
TAKES = "(?:任|担任|兼任|出任|当选为|当选|受聘为|共同担任|任命为|兼|为)"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The expressions for posts before a name, after it, and given to it."""

    someone: re.Pattern[str]
    before: re.Pattern[str]
    takes: re.Pattern[str]
    given: re.Pattern[str]
    post: re.Pattern[str]


@lru_cache(maxsize=4)
def _grammar(folder: str, person: str, bodies: tuple[str, ...]) -> Grammar:
    ontology = load(folder)
    masks = Masks(list(ontology.classes))
    who = f"[{masks.characters([person])}]"
    body = f"[{masks.characters(list(bodies))}]"
    role = role_pattern(ontology)
    one = rf"(?:{body})?(?:的|方|方面)?{FILL}(?:{role})"
    posts = rf"{one}(?:[、，兼/\s]{{1,2}}(?:兼任?)?{one}){{0,5}}"
    names = rf"{who}(?:[、和与\s]{{0,2}}{who}){{0,8}}"
    return Grammar(
        someone=re.compile(who),
        before=re.compile(rf"(?P<posts>{posts})[:：\s]?(?P<who>{names})"),
        takes=re.compile(
            rf"(?P<who>{names}){TAKES}(?P<posts>(?:{body})?(?:的)?{FILL}(?:{role})(?:[兼、](?:{body})?{FILL}(?:{role}))*)"
        ),
        given=re.compile(
            rf"(?P<posts>(?:{body})?(?:的)?(?:{role}))由(?:[^。；]{{0,30}}?)(?P<who>{who}){TAKES}"
        ),
        post=re.compile(rf"(?P<body>{body})?(?:的|方|方面)?(?P<fill>{FILL})(?P<role>{role})"),
    )


def posts(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Posts of persons: a statement for each post, of its body or of its title as a value."""
    grammar = _grammar(
        str(ontology.folder), str(rule.options["class"]), tuple(rule.options["bodies"])
    )
    reader = _Reader(scene, rule, predicate)
    for sentence in scene.sentences:
        if not grammar.someone.search(sentence.text):
            continue
        for found in grammar.before.finditer(sentence.text):
            yield from reader.read(sentence, found, grammar, ())
        for pattern in (grammar.takes, grammar.given):
            for found in pattern.finditer(sentence.text):
                topic = scene.last(
                    sentence.original(*found.span()).start, ("Organisation",), reach=2
                )
                yield from reader.read(sentence, found, grammar, topic[:1])


@dataclass(frozen=True, slots=True)
class _Reader:
    scene: Scene
    rule: Rule
    predicate: str

    def read(
        self,
        sentence: Masked,
        found: re.Match[str],
        grammar: Grammar,
        topic: Sequence[Mention],
    ) -> Iterator[Stated]:
        """The posts of one match; a post without a body has that of the post before it."""
        people = self._people(sentence, found.span("who"))
        bodies: Sequence[Mention] = topic
        for post in grammar.post.finditer(sentence.text, *found.span("posts")):
            if post["body"]:
                bodies = self._bodies(sentence, post.start())
            elif place := self._home(post["role"]):
                bodies = place
            start = min(post.start(), found.start("who"))
            span = sentence.original(start, max(post.end(), found.end("who")))
            for who in people:
                yield from self._state(who, bodies, post["role"], span, sentence)

    def _home(self, role: str) -> Sequence[Mention]:
        """副市长 without a place is that of the city that speaks."""
        level = re.match("(?:常务)?副?([市区县省州镇乡村])长", role)
        place = self.scene.home.get(level[1]) if level else None
        return (place,) if place else ()

    def _people(self, sentence: Masked, span: tuple[int, int]) -> list[Mention]:
        found: list[Mention] = []
        for at in range(*span):
            group = sentence.groups.get(at)
            found += (
                [m for m in group.mentions if m.type == self.rule.options["class"]] if group else []
            )
        return found

    def _bodies(self, sentence: Masked, at: int) -> list[Mention]:
        group = sentence.groups[at]
        return [r for m in group.mentions for r in self.scene.refer(m)]

    def _state(
        self, who: Mention, bodies: Sequence[Mention], role: str, span: Span, sentence: Masked
    ) -> Iterator[Stated]:
        quote = sentence.span
        if self.predicate in self.rule.options.get("value", ()):
            value = Value(role, "string", role)
            yield Stated(
                who,
                self.predicate,
                None,
                value,
                quote,
                self.rule.rule,
                self.rule.confidence,
                "",
                span,
            )
            return
        if re.search(str(self.rule.options.get("no_body", "(?!)")), role):
            return
        for body in bodies:
            if body.type in self.rule.options["bodies"]:
                yield Stated(
                    who,
                    self.predicate,
                    body,
                    None,
                    quote,
                    self.rule.rule,
                    self.rule.confidence,
                    "",
                    span,
                )
