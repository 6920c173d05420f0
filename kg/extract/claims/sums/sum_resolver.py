"""Settle what each sum is said of, and what it is the sum of.

A sum belongs to the thing that it is said of. One of several things together, one that is lent,
granted, raised, earned or spent, and one in another currency than yuan become values of other
attributes (``others`` of ``words/deals.yaml``), whether a rule or the network stated them; a
sum of the whole is no value of its part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.base.records import Span
from kg.extract.claims.sums.joint_sums import JOINT, OWN, PART, JointSums, sums_in
from kg.extract.claims.sums.name_edges import NameEdges
from kg.extract.coreference.discourse import SERVES
from kg.extract.values.sum_kinds import PAGE, SUM, YUAN, SumKinds, format_sum, lead, tail
from kg.extract.values.values import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import Value
    from kg.extract.claims.context import ArticleContext, Statement
    from kg.extract.mentions.mention import Mention
    from kg.extract.values.values import FoundValue
    from kg.ontology import Ontology

# Characters before a sum that tell that it is how large a fund is.
FUND = 16


@dataclass(frozen=True, slots=True)
class _Sum:
    """A statement of a sum, with where the sum and the name of its subject stand.

    ``name`` is None where the subject is not named in the sentence of the sum, or a reference
    stands for it.
    """

    statement: Statement
    amount: FoundValue
    name: Span | None
    role: str = OWN


class SumResolver:
    """Settles what the sums of articles are said of, by the page of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        page = ontology.words.get(PAGE, {})
        self.kinds, self.joint = SumKinds.read(page), JointSums(page)
        works = {k.name for k in ontology.classes.values() if k.identified_by == "name"}
        self.edges = NameEdges(page.get("edges", {}), works)
        self.attributes = ontology.attributes
        others = page.get("others", {})
        self.others = {role: name for role, name in others.items() if name in ontology.attributes}
        self.ruling = {one.rule for a in self.attributes.values() for one in a.rules}
        plain = (a for a in ontology.attributes.values() if a.unit and "decimal" in a.datatypes)
        self.money = {a.name for a in plain} | set(self.others.values())

    def settle(
        self, context: ArticleContext, statements: Iterable[Statement]
    ) -> Iterator[Statement]:
        """The statements of an article, those of sums with the attribute that fits the sum.

        Args:
            context: The article.
            statements: What stands of all that rules and network say of it.
        """
        all_statements = list(statements)
        sums = [self._located_sum(context, one) for one in all_statements]
        keys: set[tuple[object, ...]] = set()
        for statement, one in zip(all_statements, sums, strict=True):
            for new in self._sum_of(context, statement, one, [s for s in sums if s]):
                key = new.subject.type, new.subject.name, new.predicate, new.value, new.span
                if new is statement or key not in keys:
                    yield new
                keys.add(key)

    def _located_sum(self, context: ArticleContext, statement: Statement) -> _Sum | None:
        """Where the sum of a statement stands, and what it is to the subject."""
        if statement.predicate not in self.money or statement.value is None:
            return None
        amount = _amount_of(context, statement)
        if amount is None:
            return None
        named = _named(context, statement.subject, amount)
        name = Span(named.start, named.end) if named else None
        if self._is_none(context, statement.subject, named, amount) or self._unsaid(
            context, _Sum(statement, amount, name)
        ):
            return _Sum(statement, amount, name, "")
        if any(statement.subject.type == kind.about for kind in self.kinds.each):
            fund = self.joint.fund.search(context.text, max(0, amount.start - FUND), amount.start)
            alone = self.joint.is_of_one_work(context, amount)
            return _Sum(statement, amount, name, "" if fund or alone else OWN)
        role = self.joint.role(context, amount, name, statement.subject)
        if role == OWN and self.edges.is_one_of_more(context, named or statement.subject):
            role = ""
        if statement.predicate in self.others.values() and role == OWN:
            kind = self._kind(context, _Sum(statement, amount, name))
            role = OWN if self._has_own_attribute(kind) else ""
        return _Sum(statement, amount, name, role)

    def _is_none(
        self, context: ArticleContext, subject: Mention, named: Mention | None, amount: FoundValue
    ) -> bool:
        """Whether what stands as a sum or as the name of its subject is but a part of a name."""
        near = context.inside(context.sentence(amount.start))
        if any(m.start < amount.end and amount.start < m.end for m in near):
            return True  # 三元 is a word of a name
        if named and any(_holds(m, named) for m in near):
            return True
        serves = context.draft.lexicon.references.serves
        if named and serves.search(context.text, max(0, named.start - SERVES), named.start):
            return True
        since, body = context.sentence(amount.start).start, subject.type not in self.edges.works
        if named and body and self.joint.source.search(context.text, since, named.start):
            return True
        return self.edges.cut_off(context, named or subject)

    def _unsaid(self, context: ArticleContext, one: _Sum) -> bool:
        """Whether only the network takes a sum for what is invested, and no word says so."""
        if one.statement.rule in self.ruling or one.statement.predicate in self.others.values():
            return False
        kind = self.kinds[self._kind(context, one)]
        plain = kind is not None and not kind.never and not kind.of
        return plain and not self._invested(context, one.amount)

    def _invested(self, context: ArticleContext, amount: FoundValue) -> bool:
        """Whether the words around a sum speak of money that is put into something."""
        text, sentence = context.text, context.sentence(amount.start)
        words = lead(text, amount.start, sentence.start), tail(text, amount.end, sentence.end)
        around = SUM.join(words)
        return bool(self.joint.invested.search(around)) and not self.joint.given.search(around)

    def _sum_of(
        self, context: ArticleContext, statement: Statement, one: _Sum | None, sums: Sequence[_Sum]
    ) -> Iterator[Statement]:
        """The statements that a statement of a sum becomes."""
        value = statement.value
        if one is None:
            foreign = value is not None and value.datatype == MONEY
            if value is None or not foreign:
                yield statement
            else:
                yield from self._by_other_attribute(OWN, statement, value, self.kinds.each[-1].name)
            return
        role = one.role
        if role == PART:
            owned = any(
                s.role == OWN and (s.amount.start == one.amount.start or s.name == one.name)
                for s in sums
            )
            role = "" if owned else JOINT
        assert value is not None
        if role == JOINT:
            kind = self._kind(context, one)
            sum_kind = self.kinds[kind]
            together = kind if sum_kind and (sum_kind.never or sum_kind.of) else self._joint_kind()
            for each in self._members(context, one, sums):
                yield from self._by_other_attribute(JOINT, each, value, together)
        elif role == OWN:
            kind = self._kind(context, one)
            yield from self._own_sum(statement, value, kind)
            for same in self._glossed(context, one.amount):
                yield from self._own_sum(replace(statement, value=same), same, kind)

    def _own_sum(self, statement: Statement, value: Value, name: str) -> Iterator[Statement]:
        """A sum of one thing: as it was stated, or by the attribute that fits it."""
        kind = self.kinds[name]
        if statement.predicate in self.others.values():
            yield from self._by_other_attribute(OWN, statement, value, name)
            return
        if kind and kind.of in self.attributes and kind.of != statement.predicate:
            statement = replace(statement, predicate=kind.of)
            if statement.subject.type not in self.attributes[kind.of].domain:
                return
        if value.datatype == MONEY or (kind and statement.predicate in kind.never):
            yield from self._by_other_attribute(OWN, statement, value, name)
        else:
            yield statement

    def _glossed(self, context: ArticleContext, amount: FoundValue) -> Iterator[Value]:
        """The same sum in yuan, in brackets behind one in another currency."""
        if amount.value.datatype == MONEY:
            for one in sums_in(context, amount.end, context.sentence(amount.start).end):
                if self.joint.gloss.match(context.text[amount.end : one.start]):
                    yield one.value

    def _by_other_attribute(
        self, role: str, statement: Statement, value: Value, kind: str
    ) -> Iterator[Statement]:
        """A statement by the attribute of sums of another sort; none where there is none."""
        attribute = self.attributes.get(self.others.get(role, ""))
        if attribute is not None and statement.subject.type in attribute.domain:
            number, _, currency = value.lexical.partition(" ")
            text = format_sum(number, currency or YUAN, kind)
            text_value = replace(value, lexical=text, datatype="string")
            yield replace(statement, predicate=attribute.name, value=text_value)

    def _kind(self, context: ArticleContext, one: _Sum) -> str:
        """What the words around a sum say that it is the sum of."""
        amount, sentence = one.amount, context.sentence(one.amount.start)
        own = one.name.end if one.name and one.name.end <= amount.start else 0
        before = lead(context.text, amount.start, max(own, sentence.start))
        stop = one.name.start if one.name and one.name.start >= amount.end else sentence.end
        behind = tail(context.text, amount.end, stop)
        statement, joint = one.statement, self.joint
        since = sentence.start
        if joint.of_these.match(context.text, since):
            since = context.sentence(since - 1).start
        if joint.raised.search(context.text, since, amount.start) and (
            joint.proceeds[0].search(before) or joint.proceeds[1].match(behind)
        ):
            return joint.raised_kind
        if one.name and stop == one.name.start:
            staged = joint.staged.match(context.text, one.name.end)
            before = f"{staged.group()}{before}" if staged else before
        return self.kinds.of(statement.predicate, statement.subject.type, before, behind)

    def _has_own_attribute(self, kind: str) -> bool:
        sum_kind = self.kinds[kind]
        return bool(sum_kind and sum_kind.never)

    def _joint_kind(self) -> str:
        """What a sum of several things is called."""
        return next((kind.name for kind in self.kinds.each if kind.about), "")

    def _members(
        self, context: ArticleContext, one: _Sum, sums: Sequence[_Sum]
    ) -> Iterator[Statement]:
        """A statement for each that a sum is of: all of a list, or all that have a part of it."""
        subject, sentence = one.statement.subject, context.sentence(one.amount.start)
        group = context.group_at(one.name.start) if one.name else None
        listed = [m for m in (group.mentions if group else ()) if m.type == subject.type]
        members = listed if subject in listed else [subject]
        if one.role == PART:
            members += [
                other.statement.subject
                for other in sums
                if other.role == OWN and one.amount.end < other.amount.start < sentence.end
            ]
        for m in dict.fromkeys(m for m in members if not m.reference and m.type == subject.type):
            yield replace(one.statement, subject=m)


def _amount_of(context: ArticleContext, statement: Statement) -> FoundValue | None:
    """The sum that a statement means: in its quotation, the nearest to its trigger."""
    same = [
        one
        for one in sums_in(context, statement.span.start, statement.span.end)
        if statement.value is not None and one.value.lexical == statement.value.lexical
    ]
    at = statement.trigger.start
    return min(same, key=lambda one: abs(one.start - at), default=None)


def _named(context: ArticleContext, subject: Mention, amount: FoundValue) -> Mention | None:
    """Where a subject is named in the sentence of a sum, nearest to it."""
    inside = context.inside(context.sentence(amount.start))
    same = [m for m in inside if (m.type, m.name) == (subject.type, subject.name) or m is subject]
    return min(same, key=lambda m: max(m.start - amount.end, amount.start - m.end), default=None)


def _holds(outer: Mention, inner: Mention) -> bool:
    """Whether a name of the same class is a part of another one."""
    within = outer.start <= inner.start and inner.end <= outer.end
    return within and outer.type == inner.type and len(outer.name) > len(inner.name)
