"""Places written by their one-character sign where something is held: 在沪举行, 在汉签约."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule
from kg.places import Places
from kg.signs import either
from kg.sought import Sought


class SignFinder:
    """Finds the signs of places between 在 and a verb of holding.

    A sign names a place only in a text that has its name too: 宁 is 南京 or 宁夏.
    """

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        self.places = Places.load(ontology)
        self.pattern = Sought(
            f"在(?P<sign>[\\u4e00-\\u9fff])(?:{either(rule.options['filler'])})*"
            f"(?:{either(rule.options['verbs'])})"
        )

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The signs of a text, each with the name that the text has for its place."""
        for match in self.pattern.finditer(draft.text):
            meant = [p for p in self.places.sign(match["sign"]) if p.short in draft.text]
            if len(meant) == 1:
                start, end = match.span("sign")
                name, score = meant[0].short, self.rule.confidence
                yield Mention(
                    start, end, self.type, name, self.rule.rule, meant[0].level, score, weak=True
                )
