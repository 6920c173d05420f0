"""Statements of an article in, those about what later came to nothing marked so.

甲与乙签约建设某项目。…该项目后因故终止。 What was signed stays a fact with its quotation; its
status is the last rung of the ladder. The words stand in ``words/denial.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.claims.clauses.verb import named
from kg.extract.claims.context import Scene, Stated
from kg.extract.coreference.mask import Masks
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology

Key = tuple[str, str]  # class and name


class Ended:
    """Finds what an article says has ended, and marks what it said of it before.

    Args:
        ontology: Its words of ending, and the classes of things that can end.
        masks: The alphabet of the masked sentences.
    """

    def __init__(self, ontology: Ontology, masks: Masks) -> None:
        raw = ontology.lexicon.denial.ended
        self.status = str(raw["status"])
        self.things = tuple(raw["things"])
        thing = f"(?P<thing>[{masks.characters(self.things)}])"
        self.pattern = re.compile(str(raw["pattern"]).replace("<thing>", thing))

    def mark(self, scene: Scene, statements: Iterable[Stated]) -> Iterator[Stated]:
        """The statements, those about ended things with the status of what has ended."""
        ended = self._ended(scene)
        for stated in statements:
            ends = (stated.subject, stated.object)
            at = max((ended.get((m.type, m.name), -1) for m in ends if m is not None), default=-1)
            yield replace(stated, status=self.status) if stated.span.start < at else stated

    def _ended(self, scene: Scene) -> dict[Key, int]:
        """What has ended, with where the article says so."""
        found: dict[Key, int] = {}
        for sentence in scene.sentences:
            for match in self.pattern.finditer(sentence.text):
                at = sentence.original(match.start(), match.end()).start
                if match["thing"]:
                    things = named(scene, sentence, (match.start("thing"),), self.things)
                else:
                    things = list(scene.last(at, self.things, reach=2)[-1:])
                found.update({_key(thing): at for thing in things})
        return found


def _key(mention: Mention) -> Key:
    return mention.type, mention.name
