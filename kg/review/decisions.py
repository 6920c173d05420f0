"""A line of a file of corrections in, a decision out, and back.

A decision names its thing by content (names, class, document, the quotation word by word),
never by a number of a build, so that it holds for every graph in which that content stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from kg.base.errors import ReadError, did_you_mean
from kg.base.records import Value
from kg.review.fields import Fields

# What each kind of decision must name.
KINDS: dict[str, tuple[str, ...]] = {
    "accept": ("claim",),
    "reject": ("claim",),
    "add": ("claim",),
    "merge": ("entity", "other"),
    "split": ("entity", "name"),
    "rename": ("entity", "name"),
    "retype": ("entity", "class"),
    "drop": (),  # an entity, or a name: this is none, in no document
    "undo": ("decision",),
}
OF_CLAIMS = ("accept", "reject", "add")


@dataclass(frozen=True, slots=True)
class EntityReference:
    """An entity as a decision names it; the IRI only tells apart things of one name."""

    name: str
    type: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A document as a decision names it: the id is its content, the name for those who read."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ClaimReference:
    """A claim as a decision names it; ``start`` (code points) only tells apart equal quotations.

    It has an ``object`` or a ``value``, never both.
    """

    predicate: str
    subject: EntityReference
    object: EntityReference | None
    value: Value | None
    document: DocumentReference
    quote: str
    start: int = 0
    status: str = ""

    def __str__(self) -> str:
        other = self.object.name if self.object else self.value.lexical if self.value else ""
        return f"{self.subject.name} — {self.predicate} → {other}"


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided about one thing at one moment.

    Attributes:
        do: One of ``KINDS``.
        by: Who decided.
        when: The moment, ISO 8601 in UTC, as ``2026-05-06T07:08:09.123456Z``.
        why: The reason in the words of who decided, or ``""``.
        claim: The claim that is accepted, rejected or added.
        entity: The entity that is renamed, retyped, split, dropped, or keeps its name in a merge.
        other: The entity that is merged into it.
        name: The new name of a renamed entity, the name that a split takes away, or the one
            that names nothing in any document.
        type: The new class of a retyped entity.
        document: Where alone a split holds.
        decision: The id of the decision that is undone.
        pattern: What those decided at once have in common, in words; ``""`` for one by itself.
    """

    do: str
    by: str
    when: str
    why: str = ""
    claim: ClaimReference | None = None
    entity: EntityReference | None = None
    other: EntityReference | None = None
    name: str = ""
    type: str = ""
    document: DocumentReference | None = None
    decision: str = ""
    pattern: str = ""

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits of its content."""
        return sha256(line(self).encode()).hexdigest()[:12]

    @property
    def order(self) -> tuple[str, str]:
        """Where it stands among others: by its moment, and by its content in one moment."""
        return self.when, self.id

    @property
    def about(self) -> tuple[object, ...]:
        """The thing that it is about: two decisions about one thing cannot both hold."""
        if self.claim is not None:
            c = self.claim
            other = (c.object.type, c.object.name) if c.object else (c.value and c.value.lexical,)
            return "claim", c.predicate, _bare(c.subject), other, c.document.id, c.quote
        if self.do == "merge":
            return "same", frozenset((_bare(self.entity), _bare(self.other))), ""
        if self.do == "split":
            assert self.entity is not None
            pair = frozenset((_bare(self.entity), (self.entity.type, self.name)))
            return "same", pair, self.document.id if self.document else ""
        if self.do in ("retype", "drop"):  # of which class it is, or that it is nothing
            return "class", _bare(self.entity), "" if self.entity else self.name
        return self.do, _bare(self.entity), self.decision

    @property
    def verdict(self) -> tuple[object, ...]:
        """What it says of that thing; an added claim is an accepted one."""
        accepted = self.claim is not None and self.do != "reject"
        return "accept" if accepted else self.do, self.name, self.type

    @property
    def note(self) -> str:
        """Who, when and why, in one line; the moment to the second.

        >>> Decision("undo", "王敏", "2026-05-06T07:08:09.123456Z", "看错了", decision="0").note
        'by 王敏, 2026-05-06T07:08:09Z: 看错了'
        """
        moment = self.when.partition(".")[0].removesuffix("Z") + "Z"
        return f"by {self.by}, {moment}" + (f": {self.why}" if self.why else "")

    def __str__(self) -> str:
        if self.claim is not None:
            return f"{self.do} {self.claim}"
        named = [self.do, self.entity.name if self.entity else self.decision]
        more = self.other.name if self.other else self.name or self.type
        where = f"in {self.document.name or self.document.id}" if self.document else ""
        if self.do == "drop" and not self.entity:
            where = "everywhere"
        return " ".join(part for part in (*named, more, where) if part)


def _bare(thing: EntityReference | None) -> tuple[str, str]:
    return (thing.type, thing.name) if thing else ("", "")


def line(decision: Decision) -> str:
    """A decision as its line, without the line end: JSON, with what is empty left out.

    >>> line(Decision("undo", "王敏", "2026-05-06T07:08:09Z", decision="0123456789ab"))
    '{"do":"undo","decision":"0123456789ab","by":"王敏","when":"2026-05-06T07:08:09Z"}'
    """
    d = decision
    fields = {
        "do": d.do,
        "claim": d.claim and _claim_fields(d.claim),
        "entity": d.entity and _thing(d.entity),
        "other": d.other and _thing(d.other),
        "name": d.name,
        "class": d.type,
        "document": d.document and _document_fields(d.document),
        "decision": d.decision,
        "by": d.by,
        "when": d.when,
        "why": d.why,
        "pattern": d.pattern,
    }
    return json.dumps(_full(fields), ensure_ascii=False, separators=(",", ":"))


def _full(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value or value == 0}


def _thing(thing: EntityReference) -> dict[str, Any]:
    return _full({"name": thing.name, "class": thing.type, "iri": thing.iri})


def _document_fields(document: DocumentReference) -> dict[str, Any]:
    return _full({"id": document.id, "name": document.name})


def _claim_fields(claim: ClaimReference) -> dict[str, Any]:
    value = claim.value
    fields = {
        "predicate": claim.predicate,
        "subject": _thing(claim.subject),
        "object": claim.object and _thing(claim.object),
        "value": value and _full({name: getattr(value, name) for name in Value.__slots__}),
        "status": claim.status,
        "document": _document_fields(claim.document),
        "start": claim.start,
        "quote": claim.quote,
    }
    return _full(fields)


def parse(text: str) -> Decision:
    """The decision of a line.

    Raises:
        ReadError: If it is none; the message says what is wrong, not where.

    >>> parse('{"do":"undo","decision":"01234567","by":"王敏","when":"2026-05-06T07:08:09Z"}').by
    '王敏'
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ReadError(f"is no JSON ({error})") from error
    if not isinstance(data, dict):
        raise ReadError("is no decision; a JSON object with do, by and when is")
    return _decision(Fields(data, ""))


def _decision(fields: Fields) -> Decision:
    do = fields.text("do", needed=True)
    if do not in KINDS:
        raise ReadError(f"do is {do!r}; {did_you_mean(do, KINDS)}")
    need = KINDS[do]
    document, entity = fields.part("document"), fields.part("entity")
    phrase = fields.text("name") if do == "drop" else ""
    if do == "drop" and (entity is None) == (not phrase):
        raise ReadError("entity or name is wanted, one of them")
    return Decision(
        do=do,
        by=fields.text("by", needed=True),
        when=moment(fields.text("when", needed=True)),
        why=fields.text("why"),
        claim=_read_claim(fields.needed("claim")) if "claim" in need else None,
        entity=_read_thing(fields.needed("entity")) if entity or "entity" in need else None,
        other=_read_thing(fields.needed("other")) if "other" in need else None,
        name=fields.text("name", needed=True) if "name" in need else phrase,
        type=fields.text("class", needed=True) if "class" in need else "",
        document=_read_document(document) if document and do == "split" else None,
        decision=fields.text("decision", needed=True) if "decision" in need else "",
        pattern=fields.text("pattern"),
    )


def moment(when: str) -> str:
    """A moment in UTC to the microsecond, so that moments compare as texts.

    Raises:
        ReadError: If it is none.
    """
    try:
        parsed = datetime.fromisoformat(when)
    except ValueError as error:
        raise ReadError(f"when is {when!r}; write it as 2026-05-06T07:08:09Z") from error
    return moment_of(parsed)


def moment_of(moment: datetime) -> str:
    """A moment as decisions have it; one without a time zone is taken as UTC.

    >>> moment_of(datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC))
    '2026-05-06T07:08:09.000000Z'
    """
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        plain = moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:
        raise ReadError(f"when is {moment}; write it as 2026-05-06T07:08:09Z") from error
    return plain.isoformat(timespec="microseconds") + "Z"


def _read_thing(fields: Fields) -> EntityReference:
    return EntityReference(
        fields.text("name", needed=True), fields.text("class", needed=True), fields.text("iri")
    )


def _read_document(fields: Fields) -> DocumentReference:
    return DocumentReference(fields.text("id", needed=True), fields.text("name"))


def _read_claim(fields: Fields) -> ClaimReference:
    target, value = fields.part("object"), fields.part("value")
    if (target is None) == (value is None):
        raise ReadError(f"{fields.path}object or {fields.path}value is wanted, one of them")
    return ClaimReference(
        predicate=fields.text("predicate", needed=True),
        subject=_read_thing(fields.needed("subject")),
        object=_read_thing(target) if target else None,
        value=_read_value(value) if value else None,
        document=_read_document(fields.needed("document")),
        quote=fields.text("quote", needed=True),
        start=fields.number("start"),
        status=fields.text("status"),
    )


def _read_value(fields: Fields) -> Value:
    return Value(
        lexical=fields.text("lexical", needed=True),
        datatype=fields.text("datatype") or "string",
        printed=fields.text("printed"),
        qualifier=fields.text("qualifier"),
        high=fields.text("high"),
        anchor=fields.text("anchor"),
        source=fields.text("source"),
    )
