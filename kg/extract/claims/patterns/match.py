"""Rules of kind ``pattern``: match them in masked sentences, and state what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.base.records import Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.patterns.pattern import Compiler
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.claims.status.denial import Denial
from kg.extract.coreference.mask import Masked
from kg.extract.mentions.mention import Mention
from kg.extract.values.values import FoundValue
from kg.ontology import Attribute, Relation, Rule
from kg.ontology.lexicon.claims import ClauseWords
from kg.ontology.places import Places

NEAR = 2  # how many sentences back an end may be named that a pattern leaves out


class Matcher(RuleReader):
    """Matches the pattern of a rule in sentences, with the classes of its page."""

    def __init__(self, rule: Rule, page: Relation | Attribute, compiler: Compiler) -> None:
        super().__init__(rule, page.name, compiler.ontology)
        relation = page if isinstance(page, Relation) else None
        self.same_class = relation is not None and relation.same_class
        self.domain, self.range = page.domain, relation.range if relation else ()
        kinds = ["money"] if isinstance(page, Attribute) and page.unit else ["date"]
        self.expression = compiler.compile(rule, self.domain, self.range, kinds)
        self.unless, self.denial = self.pattern("unless"), Denial(self.ontology)
        # The table that can say that no place of a pair holds the other.
        self.places = Places.load(self.ontology) if rule.options.get("table") else None

    def match(self, context: ArticleContext, sentence: Masked) -> Iterator[Statement]:
        """The statements that a sentence makes by this rule."""
        for match in self.expression.finditer(sentence.text):
            if self.unless.search(_clause(sentence.text, match)):
                continue
            subjects = self._end(context, sentence, match, "subject", self.domain)
            if not subjects:
                continue
            if "v" in self.expression.groupindex:
                yield from self._values(context, sentence, match, subjects)
            else:
                objects = self._end(context, sentence, match, "object", self.range)
                yield from self._pairs(context, sentence, match, subjects, objects)

    def _end(
        self,
        context: ArticleContext,
        sentence: Masked,
        match: re.Match[str],
        end: str,
        types: Sequence[str],
    ) -> Sequence[Mention]:
        """The mentions at one end of a match: those it names, or those the context gives."""
        group, source = end[0], self.options.get(end)
        if group in self.expression.groupindex and match.group(group) is not None:
            return context.named_in(sentence, range(*match.span(group)), types)
        types = self.classes(f"{end}_class", types)
        at = sentence.original(*match.span()).start
        reach = int(self.options.get("reach", NEAR))
        if source in ("main", "home"):
            mention = context.main if source == "main" else context.speaker()
            return [mention] if mention is not None and mention.type in types else []
        if source == "topic":
            return context.topic(at, types, reach)
        if source != "near":
            return []
        if ends := self.options.get(f"{end}_ends"):
            ending = re.compile(f"(?:{ends})$")
            return context.nearest_named(
                at, types, ending, reach if "reach" in self.options else None
            )
        if reach:
            return context.last(at, types, reach=reach)
        start = max(sentence.text.rfind(c, 0, match.start()) for c in "；;") + 1
        floor = sentence.original(start, start + 1).start
        if last := [m for m in context.last(at, types, reach=0) if m.start >= floor]:
            return last
        # What the last reference before it means: 项目|达产后，….
        before = reversed(range(start, match.start()))
        return next(filter(None, (context.named_in(sentence, (p,), types) for p in before)), [])

    def _pairs(
        self,
        context: ArticleContext,
        sentence: Masked,
        match: re.Match[str],
        subjects: Sequence[Mention],
        objects: Sequence[Mention],
    ) -> Iterator[Statement]:
        if self.options.get("first"):
            objects = objects[:1]
        if self.options.get("last"):
            objects = objects[-1:]
        pairs = [(s, o) for s in subjects for o in objects]
        apiece = self.lexicon.clauses.apiece in _clause(sentence.text, match)
        if apiece and len(subjects) == len(objects) > 1:
            pairs = list(zip(subjects, objects, strict=True))
        elif len(subjects) > 1 < len(objects) and self.options.get("alone"):
            return  # 甲项目、乙基地签约丙区、丁区: which with which is not said
        for s, o in pairs:
            if (s.name == o.name and s.type == o.type) or (self.same_class and s.type != o.type):
                continue
            if not self._apart(s, o):
                yield self._state(sentence, match, s, o, None)

    def _apart(self, inner: Mention, outer: Mention) -> bool:
        """Whether a place cannot lie in another one, as the table or its kind says."""
        if self.places is None:
            return False
        holds = self.places.holds(outer.name, inner.name)
        return holds is False or inner.subtype in ("country", "area")

    def _values(
        self,
        context: ArticleContext,
        sentence: Masked,
        match: re.Match[str],
        subjects: Sequence[Mention],
    ) -> Iterator[Statement]:
        group = sentence.groups[match.start("v")]
        if group.value is None:
            return
        row = _row(sentence, match.start("v"), self.lexicon.clauses) if len(subjects) > 1 else []
        if len(row) == len(subjects) > 1:
            for s, v in zip(subjects, row, strict=True):
                yield self._state(sentence, match, s, None, v.value)
        elif len(subjects) == 1 or self.options.get("each"):
            for s in subjects:
                yield self._state(sentence, match, s, None, group.value.value)

    def _state(
        self,
        sentence: Masked,
        match: re.Match[str],
        subject: Mention,
        obj: Mention | None,
        value: Value | None,
    ) -> Statement:
        start, end = _clause_span(sentence.text, match)
        clause = sentence.text[start:end]
        denied = self.denial.of(clause, match.start() - start, match.end() - start)
        trigger = sentence.original(*match.span())
        return self.state(subject, obj, value, sentence.span, trigger, denied)


def _row(sentence: Masked, position: int, vocabulary: ClauseWords) -> list[FoundValue]:
    """The values that stand in a row from a position on (1.8亿元和9500万元)."""
    row = []
    while position < len(sentence.text):
        group = sentence.groups.get(position)
        if group is not None and group.value is not None:
            row.append(group.value)
        elif sentence.text[position] not in vocabulary.in_row:
            break
        position += 1
    return row


def _clause_span(text: str, match: re.Match[str]) -> tuple[int, int]:
    start = max(text.rfind(c, 0, match.start()) for c in "，；。") + 1
    ends = [e for e in (text.find(c, match.end()) for c in "，；。") if e >= 0]
    return start, min(ends, default=len(text))


def _clause(text: str, match: re.Match[str]) -> str:
    start, end = _clause_span(text, match)
    return text[start:end]
