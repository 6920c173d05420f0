"""The records that travel between the stations, all frozen.

Offsets are Unicode code points, half-open, into the text of the document as stored
(``Document.text``), unless a field says otherwise. A station returns new records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """One source as read: its text and where the text came from.

    Attributes:
        id: First 20 hex digits of the SHA-256 of ``text`` in UTF-8: identity is content.
        name: Path below the source that was given, with ``/``; ``-`` for standard input.
        text: The text as stored; every offset of every record points into it.
        media: Media type of the source, e.g. ``text/plain`` or ``application/pdf``.
        encoding: Character encoding the source was read with, e.g. ``gb18030``.
        pages: Start offset of each page; ``(0,)`` where the source has no pages.
        title: Title that the file itself declares (HTML, DOCX, PDF), or ``""``.
        publisher: Publisher or site name that the file itself declares, or ``""``.
        published: Date that the file itself declares, ISO 8601, or ``""``.
        notes: What of the source is not in the text, in words for the report.
    """

    id: str
    name: str
    text: str
    media: str = "text/plain"
    encoding: str = "utf-8"
    pages: tuple[int, ...] = (0,)
    title: str = ""
    publisher: str = ""
    published: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that gave no document, and why, in words for the report."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Value:
    """A literal as the graph keeps it, with the words it was printed in.

    ``lexical`` is in canonical form for ``datatype`` (``decimal``, ``date``, ``gYearMonth``,
    ``gYear``, ``gMonthDay``, ``string``): amounts in yuan without exponent (``3000000000``), dates
    as precise as the text (``--11-18`` for a day without a year). ``qualifier`` keeps 约, 超, 近 …
    as printed; ``high`` is the upper bound of a range whose lower bound is ``lexical`` (the last
    month of a quarter). ``anchor`` is the day of the article that completed a date, as far as it
    is known, and ``source`` what tells that day (``Article.date_source``).
    """

    lexical: str
    datatype: str = "string"
    printed: str = ""
    qualifier: str = ""
    high: str = ""
    anchor: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a surface form is taken as a name of an entity: the rule, and the words."""

    name: str
    rule: str
    reason: str
    document: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """One real-world thing in one document: its names, where they stand, and its scope.

    ``key`` decides identity across documents: two local entities with the same type and key are
    one. It is made of the full name, or of the name and its scope where the name alone does not
    identify (a bureau by its place, a person by an employer). ``key_rule`` is the rule that says
    so, ``""`` of a key that holds the document. ``doubtful`` says that the document hardly tells
    whether it is a name at all.
    """

    type: str
    name: str
    key: str
    subtype: str = ""
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    merges: tuple[Merge, ...] = ()
    code: str = ""
    key_rule: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class LocalClaim:
    """One statement of one document, between two of its entities or to a value.

    ``subject`` and ``object`` are indices into ``Reading.entities``; an attribute has a
    ``value`` and no object. ``start:end`` is the quotation, ``trigger`` the words in it
    that license the claim. ``denied`` claims are kept for explanation, and make no fact.
    """

    subject: int
    predicate: str
    object: int | None
    value: Value | None
    start: int
    end: int
    rule: str
    confidence: float
    status: str = ""
    trigger: str = ""
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One article or notice of a document, as stretches of it in reading order.

    ``date`` is when it was written, as far as it is known (``2023-08-08``, ``2023``,
    ``--08-08``); ``date_source`` is what tells so (``kg.extract.values.article_date``).
    """

    kind: str
    title: str
    spans: tuple[Span, ...]
    publisher: str = ""
    date: str = ""
    place: str = ""
    date_source: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document says: the result of reading it alone, independent of others."""

    document: str
    articles: tuple[Article, ...] = ()
    entities: tuple[LocalEntity, ...] = ()
    claims: tuple[LocalClaim, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world thing of the whole graph. ``id`` is its IRI, ``mentions`` counts places.

    ``background`` names the source of an entity that comes from reference data alone
    (then ``mentions`` is 0). ``doubtful`` says that no document makes sure that it is a name.
    """

    id: str
    type: str
    name: str
    subtype: str = ""
    aliases: tuple[str, ...] = ()
    mentions: int = 0
    merges: tuple[Merge, ...] = ()
    code: str = ""
    background: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim of the graph with its evidence. ``id`` is the claim's IRI.

    ``object`` is an entity's IRI and ``value`` None, or the other way round. A background
    fact has a ``source`` (the reference data it comes from), no document and no quotation.
    ``review`` tells who accepted or added it, when and why.
    """

    id: str
    subject: str
    predicate: str
    object: str
    value: Value | None
    document: str
    start: int
    end: int
    quote: str
    status: str
    confidence: float
    rule: str
    trigger: str = ""
    source: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True)
class Attestation:
    """Where a document tells a post or a deal: one quotation, and the claims that rest on it.

    ``tenure`` is one of the page ``words/posts.yaml`` or ``""``; ``since`` and ``until`` are the
    first and the last day of a post. It is ``doubtful`` where no phrase states it.
    """

    document: str
    start: int
    end: int
    quote: str
    tenure: str = ""
    claims: tuple[str, ...] = ()
    since: Value | None = None
    until: Value | None = None
    doubtful: bool = False

    @property
    def term(self) -> str:
        """Since and until when a post is held (``2019 – 2022``); ``""`` where nothing is told."""
        days = [one.lexical if one else "" for one in (self.since, self.until)]
        return " – ".join(days).strip() if any(days) else ""


@dataclass(frozen=True, slots=True)
class Post:
    """A position of a person: the body that has it, the title, and where it is told.

    ``organisation`` is ``""`` where no text tells whose post it is, ``title`` where it tells only
    for whom somebody works. ``id`` is its IRI, made of these three alone. ``byline`` is what the
    person is of the documents that tell it (``author``, ``editor``), ``""`` of other posts.
    """

    id: str
    person: str
    organisation: str = ""
    title: str = ""
    attestations: tuple[Attestation, ...] = ()
    byline: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether no phrase of any document states it."""
        return bool(self.attestations) and all(one.doubtful for one in self.attestations)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of a deal: how much of which currency, and of what it is the sum.

    Attributes:
        value: The amount in units of ``currency``, as ``Value.lexical`` has it.
        kind: What it is the sum of, as the page ``words/deals.yaml`` calls it (``total``).
        currency: ISO 4217.
        printed: As the text prints it.
        qualifier, high: As ``Value`` has them.
        claims: The claims that say so.
    """

    value: str
    kind: str
    currency: str = "CNY"
    printed: str = ""
    qualifier: str = ""
    high: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """What is agreed or invested: who, with whom, in what, where, how much, when, at which event.

    Attributes:
        id: Its IRI, made of what it is about: of the project or agreement, else of the event
            whose projects it sums up, else of its parties and the document that tells it.
        parties, projects, agreements, places, events: The things that are parts of it, by IRI.
        amounts: Its sums.
        days: The days that are told of it.
        statuses: How far it is, as each document says that tells it.
        attestations: Where it is told: each quotation with the claims that rest on it.
    """

    id: str
    parties: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    days: tuple[Value, ...] = ()
    statuses: tuple[str, ...] = ()
    attestations: tuple[Attestation, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place of a document that names an entity, by its IRI."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the graph knows it: IRI, the names it came under, what it declares.

    ``named_places`` are all places that name an entity, in the order of the text; they may nest.
    """

    id: str
    document: str
    names: tuple[str, ...]
    text: str
    media: str
    pages: tuple[int, ...] = (0,)
    title: str = ""
    publisher: str = ""
    published: str = ""
    articles: tuple[Article, ...] = ()
    named_places: tuple[NamedPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The whole graph as records, each sequence in ascending order of ``id``.

    The sequences are tuples, or of a large graph on the disk (``kg.base.spool``): then a record
    that is asked for is read, and not kept. ``reprints`` are the articles that stand in several
    places: each a group of pairs of a document's IRI and the number of the article in it, from 0.
    ``posts`` and ``deals`` follow from the facts: a graph that is still to be corrected has none.
    """

    sources: Sequence[Source] = ()
    entities: Sequence[Entity] = ()
    facts: Sequence[Fact] = ()
    notes: tuple[str, ...] = field(default=())
    reprints: tuple[tuple[tuple[str, int], ...], ...] = ()
    posts: Sequence[Post] = ()
    deals: Sequence[Deal] = ()
