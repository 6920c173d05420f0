"""What the rules of every relation and attribute state of an article, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from kg.base.errors import OntologyError, did_you_mean
from kg.base.records import Span
from kg.extract.claims.clauses.cancelled import Cancellations
from kg.extract.claims.clauses.frame import Frame
from kg.extract.claims.clauses.location import Settled
from kg.extract.claims.clauses.together import Together
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.notices.goals import Goals
from kg.extract.claims.notices.notice import Grounds, Issued, Issuer
from kg.extract.claims.notices.numbered import Numbers
from kg.extract.claims.parts import Chain, Nested, Unit
from kg.extract.claims.patterns.match import Matcher
from kg.extract.claims.patterns.pattern import Compiler
from kg.extract.claims.posts.correspondents import Correspondents
from kg.extract.claims.posts.plausible import Posts
from kg.extract.claims.posts.posts import PostReader
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.claims.status.status import StatusReader, with_status
from kg.extract.claims.sums.sum_resolver import SumResolver
from kg.extract.claims.table_cells import Row
from kg.extract.coreference.mask import BRACKET, Masked
from kg.extract.mentions.mention import Mention
from kg.extract.search import PatternSieve
from kg.ontology import Attribute, Ontology, Relation, Rule, load

KINDS: dict[str, type[RuleReader]] = {
    "nested": Nested,
    "unit": Unit,
    "chain": Chain,
    "posts": PostReader,
    "byline": Correspondents,
    "issuer": Issuer,
    "issued": Issued,
    "number": Numbers,
    "row": Row,
    "grounds": Grounds,
    "goals": Goals,
    "frame": Frame,
    "together": Together,
    "settled": Settled,
}


# Characters behind the ends of a statement that may say that it is another one.
BEHIND = 16


class Relater:
    """All rules of an ontology's relations and attributes, compiled once."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.compiler = Compiler(ontology)
        self.stages, self.sums = StatusReader(ontology), SumResolver(ontology)
        self.posts = Posts(ontology)
        self.lasting = {r.name for r in ontology.relations.values() if r.lasting}
        relations = ontology.relations.values()
        self.never = {r.name: _compiled(r, r.never, "never") for r in relations if r.never}
        self.needs = {r.name: _compiled(r, r.needs, "needs") for r in relations if r.needs}
        rules = [rule for relation in relations for rule in relation.rules]
        self.ruling = {rule.rule for rule in rules}
        # That two are named in one breath is not yet what they need.
        self.listing = {rule.rule for rule in rules if rule.kind == "together"}
        self.timeless = {rule.rule for rule in rules if rule.options.get("timeless")}
        self.cancellations = Cancellations(ontology)
        self.rungs = {r.name: r.stages for r in ontology.relations.values()}
        self.rungs |= {a.name: a.stages for a in ontology.attributes.values()}
        self.matchers: list[Matcher] = []
        self.readers: list[RuleReader] = []
        pages: list[Relation | Attribute] = [*ontology.relations.values()]
        for page in [*pages, *ontology.attributes.values()]:
            for rule in page.rules:
                self._add(rule, page)
        self.sieve = PatternSieve(matcher.expression for matcher in self.matchers)

    def _add(self, rule: Rule, page: Relation | Attribute) -> None:
        self._check_lists(rule)
        if (kind := KINDS.get(rule.kind)) is not None:
            self.readers.append(rule.compiled(partial(kind, rule, page.name, self.ontology)))
        elif rule.kind == "pattern":
            self.matchers.append(rule.compiled(partial(Matcher, rule, page, self.compiler)))
        else:
            hint = did_you_mean(rule.kind, [*KINDS, "pattern"])
            raise rule.refused(f"{rule.kind} is no kind of rule; {hint}")

    def _check_lists(self, rule: Rule) -> None:
        """Refuse a rule that names a list of verbs that words/triggers.yaml has not."""
        for name in rule.options.get("verbs", ()):
            self.compiler.words_of(name, rule)

    def relate(self, context: ArticleContext) -> Iterator[Statement]:
        """The statements of an article, in the order of the text; the surest rule speaks first."""
        for statement in self.cancellations.mark(
            context, sorted(self._rule_statements(context), key=_sort_key)
        ):
            lasts = statement.predicate in self.lasting and statement.status
            yield replace(statement, status="") if lasts else statement

    def with_status(
        self, context: ArticleContext, statements: Iterable[Statement]
    ) -> Iterator[Statement]:
        """Statements with the attributes that fit their sums, and with their status.

        Args:
            context: The article.
            statements: What stands of it, whoever stated it.
        """
        for one in self.posts.allowed(context, self.sums.settle(context, statements)):
            if self._states_another(context, one) or _is_reflexive(one):
                continue
            rungs = self.rungs.get(one.predicate, ())
            ended = (
                one.denied or one.status == self.cancellations.status or one.rule in self.timeless
            )
            staged = rungs and not ended
            worded = one.rule in self.ruling or one.object is None
            yield (with_status(context, one, self.stages, rungs, worded=worded) if staged else one)

    def _states_another(self, context: ArticleContext, statement: Statement) -> bool:
        """Whether the words between the ends, or right behind them, state another relation."""
        never = self.never.get(statement.predicate)
        ruled = statement.rule in self.ruling
        needs = (
            None
            if ruled and statement.rule not in self.listing
            else self.needs.get(statement.predicate)
        )
        ends = [m for m in (statement.subject, statement.object) if m]
        if never is not None and never.search(_between(context.text, statement.span, ends)):
            return True
        # 联合 in the name of a bank says nothing of what it does.
        quoted = _without(context.text, statement.span, ends) if needs else ""
        return needs is not None and not needs.search(quoted)

    def _rule_statements(self, context: ArticleContext) -> Iterator[Statement]:
        for reader in self.readers:
            yield from reader.read(context)
        by_matcher: list[list[Masked]] = [[] for _ in self.matchers]
        for sentence in context.sentences:
            for number in self.sieve.passing(sentence.characters) if sentence.groups else ():
                by_matcher[number].append(sentence)
        for matcher, sentences in zip(self.matchers, by_matcher, strict=True):
            for sentence in sentences:
                yield from matcher.match(context, sentence)


def _without(text: str, span: Span, ends: Sequence[Mention]) -> str:
    """A quotation without the names of the ends of a statement."""
    letters = list(text[span.start : span.end])
    for m in sorted(ends, key=lambda m: -m.start):
        if span.start <= m.start and m.end <= span.end:
            letters[m.start - span.start : m.end - span.start] = []
    return "".join(letters)


def _between(text: str, span: Span, ends: Sequence[Mention]) -> str:
    """What stands between the ends of a statement and right behind them: <a>…<b>…."""
    first, *others = sorted(ends, key=lambda m: (m.start, -m.end))
    last = others[-1] if others else first
    behind = BRACKET.sub("", text[last.end : max(last.end, span.end)])[:BEHIND]
    between = text[max(span.start, first.end) : last.start] if others else ""
    return f"<a>{between}<b>{behind}" if others else f"<a>{behind}"


def _is_reflexive(statement: Statement) -> bool:
    """Whether both ends have one name: a park that is a project and a place lies not in itself."""
    return statement.object is not None and statement.object.name == statement.subject.name


def _sort_key(s: Statement) -> tuple[object, ...]:
    """The key that statements are sorted by: the order of rules on a page changes nothing."""
    ends = [(m.start, m.end, m.type, m.name) for m in (s.subject, s.object) if m is not None]
    value = s.value.lexical if s.value else ""
    trigger = s.trigger.start, s.trigger.end
    return s.span.start, s.span.end, ends, s.predicate, value, -s.confidence, s.rule, trigger


def _compiled(relation: Relation, words: Sequence[str], field: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(words))
    except re.error as error:
        where = f"{relation.file}: {field}"
        raise OntologyError(f"{where}: the pattern is wrong: {error}") from error


@lru_cache(maxsize=4)
def relater(folder: str) -> Relater:
    """The compiled rules of the ontology in a folder; one for a process."""
    return Relater(load(folder))
