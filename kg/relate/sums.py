"""Statements of sums in, the same out, each as what it is a sum of: settle what sums are said of.

A sum belongs to the thing that it is said of. One of several things together, one that is lent,
granted, raised, earned or spent, and one in another currency than yuan become values of other
attributes (``others`` of ``words/deals.yaml``), whether a rule or the network stated them; a
sum of the whole is no value of its part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.annotate.values import MONEY
from kg.records import Span
from kg.relate.amounts import NEVER, PAGE, SUM, YUAN, Kinds, lead, tail, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from kg.annotate.mention import Mention
    from kg.annotate.values import Found
    from kg.ontology import Ontology
    from kg.records import Value
    from kg.relate.scene import Scene, Stated

OWN, JOINT, PART = "own", "joint", "part"
STOPS = re.compile("[，。；（(\n]")


@dataclass(frozen=True, slots=True)
class _Sum:
    """A statement of a sum, with where the sum and the name of its subject stand.

    ``name`` is None where the subject is not named in the sentence of the sum, or a reference
    stands for it.
    """

    stated: Stated
    found: Found
    name: Span | None
    role: str = OWN


class Joint:
    """Tells the sum of one thing from that of several, and from that of a whole it is part of."""

    def __init__(self, page: Mapping[str, Any]) -> None:
        def words(said: Mapping[str, Any], name: str) -> re.Pattern[str]:
            return re.compile(str(said.get(name, NEVER)))

        joint, part = page.get("joint", {}), page.get("part", {})
        self.behind, self.before = words(joint, "behind"), words(joint, "before")
        self.counted, self.named = words(joint, "counted"), words(joint, "named")
        self.each = words(joint, "each")
        self.between, self.closes = words(part, "between"), words(part, "closes")
        self.opens = words(part, "before")
        self.modifies, self.stage = words(page, "modifies"), words(page, "stage")
        self.rival = words(page, "rival")

    def role(self, scene: Scene, found: Found, name: Span | None, subject: Mention) -> str:
        """What a sum is to a thing: its own, of several, of what it is part of; ``""`` for none.

        Args:
            scene: The article.
            found: The sum.
            name: Where the thing is named in its sentence.
            subject: The thing.
        """
        text, sentence = scene.text, scene.sentence(found.start)
        if self.named.match(subject.name):
            return JOINT
        before = lead(text, found.start, sentence.start)
        if name is None:
            return JOINT if self.counted.search(before) else OWN
        if name.start >= found.end:
            return self._follows(scene, found, name)
        between = text[name.end : found.start]
        if self.modifies.match(between) or self._other_stage(subject.name, between):
            return ""
        if self.opens.search(text[sentence.start : name.start]) and self.closes.match(between):
            return PART
        if self.each.search(between):
            return OWN
        counted = self.counted.search(text[name.end : found.start + 1][-len(before) - 2 : -1])
        return JOINT if counted or self._listed(scene, sentence, name, found) else OWN

    def _follows(self, scene: Scene, found: Found, name: Span) -> str:
        """The role of a sum that stands before the name."""
        between = scene.text[found.end : name.start]
        if self.between.search(between):
            return PART
        if any(self._rivals(scene, one) for one in _sums(scene, found.end, name.start)):
            return ""
        if self.each.search(between):
            return OWN
        listed = self._listed(scene, scene.sentence(found.start), name, found)
        return JOINT if listed else OWN

    def _listed(self, scene: Scene, sentence: Span, name: Span, found: Found) -> bool:
        """Whether a name is one of a list that has the sum in common."""
        text = scene.text
        stop = STOPS.search(text, name.end, sentence.end)
        end = stop.start() if stop else sentence.end
        others = (one for one in _sums(scene, name.end, end) if one is not found)
        if self.behind.match(text[name.end : end]) and not any(others):
            return True
        return self.before.search(text, max(sentence.start, name.start - 12), name.start) is not None

    def _rivals(self, scene: Scene, other: Found) -> bool:
        """Whether another sum is what is invested in the thing that follows it."""
        words = lead(scene.text, other.start), tail(scene.text, other.end, len(scene.text))
        return self.rival.search(SUM.join(words)) is not None

    def _other_stage(self, name: str, between: str) -> bool:
        """Whether the sum behind the name of a stage is that of another one."""
        own, told = set(self.stage.findall(name)), self.stage.findall(between)
        return bool(own and told and told[-1] not in own)


class Sums:
    """Settles what the sums of articles are said of, by the page of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        page = ontology.words.get(PAGE, {})
        self.kinds, self.joint = Kinds.read(page), Joint(page)
        self.attributes = ontology.attributes
        others = page.get("others", {})
        self.others = {
            role: name for role, name in others.items() if name in ontology.attributes
        }
        plain = (a for a in ontology.attributes.values() if a.unit and "decimal" in a.datatypes)
        self.money = {a.name for a in plain} | set(self.others.values())

    def settled(self, scene: Scene, statements: Iterable[Stated]) -> Iterator[Stated]:
        """The statements of an article, those of sums with the attribute that fits the sum.

        Args:
            scene: The article.
            statements: What stands of all that rules and network say of it.
        """
        told = list(statements)
        sums = [self._placed(scene, one) for one in told]
        owned = {one.found.start for one in sums if one and one.role == OWN}
        seen: set[tuple[object, ...]] = set()
        for stated, one in zip(told, sums, strict=True):
            for new in self._told(scene, stated, one, owned):
                key = new.subject.type, new.subject.name, new.predicate, new.value, new.span
                if new is stated or key not in seen:
                    yield new
                seen.add(key)

    def _placed(self, scene: Scene, stated: Stated) -> _Sum | None:
        """Where the sum of a statement stands, and what it is to the subject."""
        if stated.predicate not in self.money or stated.value is None:
            return None
        found = _found(scene, stated)
        if found is None:
            return None
        name = _named(scene, stated.subject, found)
        if any(stated.subject.type == kind.about for kind in self.kinds.each):
            return _Sum(stated, found, name)
        role = self.joint.role(scene, found, name, stated.subject)
        if stated.predicate == self.others.get(JOINT) and role != JOINT:
            role = ""
        return _Sum(stated, found, name, role)

    def _told(
        self, scene: Scene, stated: Stated, one: _Sum | None, owned: set[int]
    ) -> Iterator[Stated]:
        """What a statement comes to."""
        value = stated.value
        if one is None:
            foreign = value is not None and value.datatype == MONEY
            if value is None or not foreign:
                yield stated
            else:
                yield from self._as(OWN, stated, value, self.kinds.each[-1].name)
            return
        role = one.role
        if role == PART:
            role = "" if one.found.start in owned else JOINT
        assert value is not None
        if role == JOINT:
            kind = self._kind(scene, one)
            together = kind if self._never(kind) else self._together()
            for each in self._members(scene, one):
                yield from self._as(JOINT, each, value, together)
        elif role == OWN:
            yield from self._own(stated, value, self._kind(scene, one))

    def _own(self, stated: Stated, value: Value, name: str) -> Iterator[Stated]:
        """A sum of one thing: as it was stated, or by the attribute that fits it."""
        kind = self.kinds[name]
        if kind and kind.of in self.attributes and kind.of != stated.predicate:
            stated = replace(stated, predicate=kind.of)
            if stated.subject.type not in self.attributes[kind.of].domain:
                return
        if value.datatype == MONEY or (kind and stated.predicate in kind.never):
            yield from self._as(OWN, stated, value, name)
        else:
            yield stated

    def _as(self, role: str, stated: Stated, value: Value, kind: str) -> Iterator[Stated]:
        """A statement by the attribute of sums of another sort; none where there is none."""
        attribute = self.attributes.get(self.others.get(role, ""))
        if attribute is not None and stated.subject.type in attribute.domain:
            number, _, currency = value.lexical.partition(" ")
            text = written(number, currency or YUAN, kind)
            said = replace(value, lexical=text, datatype="string")
            yield replace(stated, predicate=attribute.name, value=said)

    def _kind(self, scene: Scene, one: _Sum) -> str:
        """What the words around a sum say that it is the sum of."""
        found, sentence = one.found, scene.sentence(one.found.start)
        own = one.name.end if one.name and one.name.end <= found.start else 0
        before = lead(scene.text, found.start, max(own, sentence.start))
        stop = one.name.start if one.name and one.name.start >= found.end else sentence.end
        behind = tail(scene.text, found.end, stop)
        stated = one.stated
        return self.kinds.of(stated.predicate, stated.subject.type, before, behind)

    def _never(self, kind: str) -> bool:
        found = self.kinds[kind]
        return bool(found and found.never)

    def _together(self) -> str:
        """What a sum of several things is called."""
        return next((kind.name for kind in self.kinds.each if kind.about), "")

    def _members(self, scene: Scene, one: _Sum) -> Iterator[Stated]:
        """A statement for each of the list that a sum is of."""
        group = scene.group_at(one.name.start) if one.name else None
        subject = one.stated.subject
        others = [
            m for m in (group.mentions if group else ()) if m.type == subject.type and not m.refers
        ]
        for m in others if subject in others else [subject]:
            yield replace(one.stated, subject=m)


def _sums(scene: Scene, start: int, end: int) -> Iterator[Found]:
    """The sums that stand in a stretch of an article."""
    for value in scene.draft.values:
        if value.kind == MONEY and start <= value.start and value.end <= end:
            yield value


def _found(scene: Scene, stated: Stated) -> Found | None:
    """The sum that a statement means: in its quotation, the nearest to its trigger."""
    same = [
        one
        for one in _sums(scene, stated.span.start, stated.span.end)
        if stated.value is not None and one.value.lexical == stated.value.lexical
    ]
    at = stated.trigger.start
    return min(same, key=lambda one: abs(one.start - at), default=None)


def _named(scene: Scene, subject: Mention, found: Found) -> Span | None:
    """Where a subject is named in the sentence of a sum, nearest to it."""
    sentence = scene.sentence(found.start)
    inside = _inside(scene.mentions, sentence)
    same = [m for m in inside if (m.type, m.name) == (subject.type, subject.name) or m is subject]
    near = min(same, key=lambda m: max(m.start - found.end, found.start - m.end), default=None)
    return Span(near.start, near.end) if near else None


def _inside(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    return [m for m in mentions if span.start <= m.start and m.end <= span.end]
