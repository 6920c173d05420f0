"""Rules of kind ``pattern``: a masked sentence in, statements out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.base.records import Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.status.denial import Denial
from kg.extract.coreference.mask import Masked
from kg.extract.mentions.mention import Mention
from kg.extract.values.values import FoundValue
from kg.ontology import Rule
from kg.ontology.lexicon.claims import ClauseWords
from kg.ontology.places import Places


@dataclass(frozen=True, slots=True)
class Matcher:
    """A rule of kind ``pattern``, compiled, with the page's classes."""

    predicate: str
    rule: Rule
    pattern: re.Pattern[str]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    block: re.Pattern[str] | None
    denial: Denial
    symmetric: bool = False
    same_class: bool = False
    places: Places | None = None  # the table that can say that no place of a pair holds the other

    def match(self, context: ArticleContext, sentence: Masked) -> Iterator[Statement]:
        """The statements that a sentence makes by this rule."""
        for found in self.pattern.finditer(sentence.text):
            if self.block is not None and self.block.search(_clause(sentence.text, found)):
                continue
            subjects = self._end(context, sentence, found, "s", "subject", self.domain)
            if not subjects:
                continue
            if "v" in self.pattern.groupindex:
                yield from self._values(context, sentence, found, subjects)
            else:
                objects = self._end(context, sentence, found, "o", "object", self.range)
                yield from self._pairs(context, sentence, found, subjects, objects)

    def _end(
        self,
        context: ArticleContext,
        sentence: Masked,
        found: re.Match[str],
        group: str,
        option: str,
        types: Sequence[str],
    ) -> list[Mention]:
        """The mentions at one end of a match: those it names, or those the context gives."""
        if group in self.pattern.groupindex and found.group(group) is not None:
            return _named(context, sentence, found.span(group), types)
        wanted = self.rule.options.get(option)
        named = self.rule.options.get(f"{option}_class")
        types = (named,) if isinstance(named, str) else tuple(named) if named else types
        at = sentence.original(*found.span()).start
        if wanted == "main":
            return [context.main] if context.main is not None and context.main.type in types else []
        if wanted == "home":
            home = context.speaker()
            return [home] if home is not None and home.type in types else []
        ends = self.rule.options.get(f"{option}_ends")
        if wanted == "near" and ends:
            far = int(self.rule.options["reach"]) if "reach" in self.rule.options else None
            return list(context.named(at, types, re.compile(f"(?:{ends})$"), far))
        if wanted == "near" and int(self.rule.options.get("reach", 2)) == 0:
            start = max(sentence.text.rfind(c, 0, found.start()) for c in "；;") + 1
            floor = sentence.original(start, start + 1).start
            last = [m for m in context.last(at, types, reach=0) if m.start >= floor]
            return last or _meant(context, sentence, range(start, found.start()), types)
        if wanted == "near":
            return list(context.last(at, types, reach=int(self.rule.options.get("reach", 2))))
        if wanted == "topic":
            return list(context.topic(at, types, reach=int(self.rule.options.get("reach", 2))))
        return []

    def _pairs(
        self,
        context: ArticleContext,
        sentence: Masked,
        found: re.Match[str],
        subjects: Sequence[Mention],
        objects: Sequence[Mention],
    ) -> Iterator[Statement]:
        if self.rule.options.get("first"):
            objects = objects[:1]
        if self.rule.options.get("last"):
            objects = objects[-1:]
        pairs = [(s, o) for s in subjects for o in objects]
        if (
            context.draft.lexicon.clauses.apiece in _clause(sentence.text, found)
            and len(subjects) == len(objects) > 1
        ):
            pairs = list(zip(subjects, objects, strict=True))
        elif len(subjects) > 1 < len(objects) and self.rule.options.get("alone"):
            return  # 甲项目、乙基地签约丙区、丁区: which with which is not said
        for s, o in pairs:
            if (s.name == o.name and s.type == o.type) or (self.same_class and s.type != o.type):
                continue
            if self.places is not None and self._apart(self.places, s, o):
                continue
            yield self._state(context, sentence, found, s, o, None)

    @staticmethod
    def _apart(places: Places, inner: Mention, outer: Mention) -> bool:
        """Whether a place cannot lie in another one, as the table or its kind says."""
        return inner.subtype in ("country", "area") or places.holds(outer.name, inner.name) is False

    def _values(
        self,
        context: ArticleContext,
        sentence: Masked,
        found: re.Match[str],
        subjects: Sequence[Mention],
    ) -> Iterator[Statement]:
        group = sentence.groups[found.start("v")]
        if group.value is None:
            return
        several = (
            _row(sentence, found.start("v"), context.draft.lexicon.clauses)
            if len(subjects) > 1
            else []
        )
        if len(several) == len(subjects) > 1:
            for s, v in zip(subjects, several, strict=True):
                yield self._state(context, sentence, found, s, None, v.value)
        elif len(subjects) == 1 or self.rule.options.get("each"):
            for s in subjects:
                yield self._state(context, sentence, found, s, None, group.value.value)

    def _state(
        self,
        context: ArticleContext,
        sentence: Masked,
        found: re.Match[str],
        subject: Mention,
        obj: Mention | None,
        value: Value | None,
    ) -> Statement:
        start, end = _clause_span(sentence.text, found)
        clause = sentence.text[start:end]
        denied = self.denial.of(clause, found.start() - start, found.end() - start)
        return Statement(
            subject=subject,
            predicate=self.predicate,
            object=obj,
            value=value,
            span=sentence.span,
            rule=self.rule.rule,
            confidence=self.rule.confidence,
            status=self.rule.status,
            trigger=sentence.original(*found.span()),
            denied=denied,
        )


def _meant(
    context: ArticleContext, sentence: Masked, places: range, types: Sequence[str]
) -> list[Mention]:
    """What the last name or reference at some places of a sentence means: 项目|达产后，…."""
    for p in reversed(places):
        found = _named(context, sentence, (p, p + 1), types)
        if found:
            return found
    return []


def _named(
    context: ArticleContext, sentence: Masked, span: tuple[int, int], types: Sequence[str]
) -> list[Mention]:
    named: list[Mention] = []
    for position in range(*span):
        group = sentence.groups.get(position)
        if group is None:
            continue
        for m in group.mentions:
            if m.type in types:
                named += [r for r in context.refer(m) if r.type in types]
    return list(dict.fromkeys(named))


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


def _clause_span(text: str, found: re.Match[str]) -> tuple[int, int]:
    start = max(text.rfind(c, 0, found.start()) for c in "，；。") + 1
    ends = [e for e in (text.find(c, found.end()) for c in "，；。") if e >= 0]
    return start, min(ends, default=len(text))


def _clause(text: str, found: re.Match[str]) -> str:
    start, end = _clause_span(text, found)
    return text[start:end]
