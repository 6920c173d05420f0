"""What the frame of an official notice says: the policy it issues, by whom, on which day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.base.records import Span
from kg.extract.claims.clause_grammar import clause_grammar
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.coreference.notice_topic import HEAD, explained_title
from kg.extract.mentions.mention import Mention
from kg.extract.values.values import FoundValue
from kg.ontology import Ontology, Rule


def _own_policy(context: ArticleContext) -> Mention | None:
    """The policy of a notice; a page that explains one has days and bodies of its own."""
    notice = context.article.kind == "notice" and not explained_title(context.discourse)
    return context.main if notice else None


class Issuer(RuleReader):
    """The bodies whose names open the title of a notice, stand in its head, or sign it."""

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """A statement for each body that issues the notice."""
        if (main := _own_policy(context)) is None:
            return
        bodies, lines = self.mentions_of_class(context), list(_lines(context.text))
        by_line = [[m for m in bodies if a <= m.start and m.end <= b] for a, b in lines]
        rests = [
            _without(context.text, *line, inside)
            for line, inside in zip(lines, by_line, strict=True)
        ]
        for i, (line, inside) in enumerate(zip(lines, by_line, strict=True)):
            if not inside:
                continue
            # The next line that says more than names of bodies.
            more = (n for n in range(i + 1, len(lines)) if rests[n] or not by_line[n])
            following = next((context.text[slice(*lines[n])] for n in more), "")
            for m in self._issuing(context.text, line, inside, rests[i], following):
                yield self.state_at(context, m, Span(m.start, m.end), main)

    def _issuing(
        self, text: str, line: tuple[int, int], inside: Sequence[Mention], rest: str, following: str
    ) -> Sequence[Mention]:
        """Those of the bodies in a line that issue the notice."""
        words, (start, end) = self.lexicon.notices, line
        rest = words.and_others.sub("", rest)
        signed = (not rest and words.date_line.match(following)) or words.date_line.match(rest)
        if start < HEAD:
            if rest.startswith(words.about):
                return list(self._leading(text, inside))
            if not rest and following.startswith(words.about):
                return inside
            letterhead = rest in words.letterheads and len(inside) == 1
            field = words.issuer_field.match(text[start:end])
            below = words.origin.search(text[start:end].strip())
            return inside if signed or letterhead or field or below else ()
        return inside if signed else ()

    def _leading(self, text: str, inside: Sequence[Mention]) -> Iterator[Mention]:
        """The bodies that open a line together: 甲局 乙局、丙局关于印发…."""
        for last, m in zip([None, *inside], inside, strict=False):
            if last and text[last.end : m.start].strip(self.lexicon.notices.between_bodies):
                return
            yield m


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _without(text: str, start: int, end: int, bodies: Sequence[Mention]) -> str:
    """What a line says besides the names of bodies, without spaces and list marks."""
    rest, at = "", start
    for m in bodies:
        rest, at = rest + text[at : m.start], m.end
    return re.sub(r"[\s、，　]", "", rest + text[at:end])


class Issued(RuleReader):
    """The day under the signature of a notice, or in the fields of its head."""

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """The days; what a page was put online on counts only where there is no other."""
        if (main := _own_policy(context)) is None:
            return
        text, words = context.text, self.lexicon.notices
        dates = [v for v in context.draft.values if v.kind == "date"]
        days = (v for v in dates if v.value.datatype == "date")
        made_on = [v for v in days if self._alone(text, v) or _in_field(text, v, words.made_on)]
        for v in made_on or [v for v in dates if _in_field(text, v, words.put_on)]:
            yield self.state_at(context, main, Span(v.start, v.end), value=v.value)

    def _alone(self, text: str, v: FoundValue) -> bool:
        """Whether a day has its line to itself, or stands in the brackets below a title."""
        words = self.lexicon.notices
        line, end = text.rfind("\n", 0, v.start) + 1, text.find("\n", v.end)
        before, after = text[line : v.start].strip(), text[v.end : end].strip()
        if v.start >= HEAD or before[:1] not in ("（", "("):
            return not before and not after
        closed = after in ("）", ")") and len(before) > 1
        bare = words.numbered.sub("", before, count=1) in ("", "（", "(")
        return bare and (closed or words.origin.search(f"（{after}") is not None)


def _in_field(text: str, v: FoundValue, field: re.Pattern[str]) -> bool:
    """Whether a day is what a field of the head says."""
    return v.start < HEAD and field.search(text, max(0, v.start - 16), v.start) is not None


class Grounds(RuleReader):
    """The policies that a notice names as its grounds: 根据甲《…》和乙《…》，制定本办法."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        super().__init__(rule, predicate, ontology)
        self.verbs = clause_grammar(str(ontology.folder)).verbs(*rule.options["verbs"])
        self.ends = self.pattern("ends")

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """A statement for each policy that a sentence or a section of grounds names."""
        main, words = context.main, self.lexicon.notices
        if main is None:
            return
        others = [
            m
            for m in context.mentions
            if m.type == self.type and not m.reference and m.name != main.name
        ]
        for m in self._listed(context.text, others):
            yield self.state_at(context, main, Span(m.start, m.end), m)
        section = words.section.search(context.text)
        body = section.start() if section else HEAD
        for sentence in context.sentences:
            opens = self.verbs.search(sentence.text)
            if opens is None:
                continue
            closes = self.ends.search(sentence.text, opens.end())
            # A notice opens with its grounds, whatever it says behind them.
            first = context.article.kind == "notice" and sentence.span.start < body
            lead = words.before_grounds.fullmatch(sentence.text, 0, opens.start())
            if closes is None and not (first and lead):
                continue
            limit = closes.start() if closes else len(sentence.text)
            last = sentence.text.rfind("，", opens.end(), limit)
            for at, group in sorted(sentence.groups.items()):
                if opens.end() <= at < (last if last >= 0 else limit):
                    for m in group.mentions:
                        if m in others:
                            yield self.state_at(context, main, Span(group.start, group.end), m)

    def _listed(self, text: str, others: Sequence[Mention]) -> Iterator[Mention]:
        """The policies that open the lines of a section of grounds: 二、制定依据⏎1.《…》."""
        words = self.lexicon.notices
        headings = [m.end() for m in words.grounds.finditer(text)]
        ends = [m.start() for m in words.next_section.finditer(text)] if headings else []
        for m in others if headings else ():
            begun, closed = bisect_right(headings, m.start), bisect_right(ends, m.start)
            inside = begun and (not closed or ends[closed - 1] < headings[begun - 1])
            if inside and self._opens(text, text.rfind("\n", 0, m.start) + 1, m.start):
                yield m

    def _opens(self, text: str, line: int, at: int) -> bool:
        """Whether a title opens its line, alone or in a list that does."""
        words = self.lexicon.notices
        before = words.titles.sub("", text[line:at])
        alone = words.opens_line.fullmatch(text, line, at)
        return (alone or words.grounds_said.fullmatch(before)) is not None
