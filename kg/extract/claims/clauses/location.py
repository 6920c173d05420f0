"""Rules of kind ``settled``: what lies where, by a verb that puts it there (落户, 选址, 坐落)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.claims.clauses.verbs import Verb, VerbReader
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.coreference.mask import Masks
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule


class Settled(VerbReader):
    """Each thing with the place that a verb of settling puts it in."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        super().__init__(rule, predicate, ontology)
        masks, words = Masks(ontology), self.words
        where, things = (f"[{masks.characters(of)}]" for of in (self.objects, self.subjects))
        self.thing = re.compile(things)
        self.place = re.compile(f"{words.put_at}(?:{where}{words.under})?(?P<o>{where})")
        self.behind = re.compile(f"{words.of_it}(?P<s>{things})")

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """A statement for each thing that is put in a place."""
        for verb in self.occurrences(context):
            settling = self.place.match(verb.text, verb.end)
            if settling is None or self.words.border.match(verb.text, settling.end()):
                continue
            places = verb.mentions_at((settling.start("o"),), self.objects)
            after = self.behind.match(verb.text, settling.end())
            at = (after.start("s"),) if after else self._before(verb)
            begin = verb.parse.clause(verb.start)
            clause = verb.text[begin : settling.end()]
            denied = self.denial.of(clause, verb.start - begin, verb.end - begin)
            trigger = verb.original(verb.start, settling.end())
            for s, o in self._pairs(verb.mentions_at(at, self.subjects), places, clause):
                yield self.state(s, o, None, verb.parse.sentence.span, trigger, denied)

    def _pairs(
        self, subjects: Sequence[Mention], places: Sequence[Mention], clause: str
    ) -> list[tuple[Mention, Mention]]:
        """Which lies in which place: all in one, each in its own (分别), else it is not said."""
        if len(subjects) > 1 and len(places) > 1:
            each = self.words.apiece in clause and len(subjects) == len(places)
            return list(zip(subjects, places, strict=True)) if each else []
        return [(s, o) for s in subjects for o in places]

    def _before(self, verb: Verb) -> tuple[int, ...]:
        """The last thing before a verb that no preposition governs, in its clause or one before."""
        parse, grammar = verb.parse, self.grammar
        start, around = parse.clause(verb.start), (grammar.by, grammar.joined, grammar.oblique)
        for begin, end in ((start, verb.start), (parse.segment(verb.start), start)):
            for match in reversed(list(self.thing.finditer(parse.text, begin, end))):
                at = match.start()
                owner = grammar.owner.match(parse.text, at + 1)
                if not owner and not any(parse.before(pattern, at) for pattern in around):
                    return (at,)
            if grammar.agent.search(parse.text, start, verb.start):
                break
        return ()
