"""What an assistant is told, field by field: the schemas that its client gets come from here.

Every answer is bounded; ``left_out`` is how much more there is, and ``note`` how to get it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Thing:
    """An entity: what it is, what else it is called, and what it belongs to.

    ``beside`` are the places, bodies and posts that tell it from others of its name.
    """

    iri: str
    name: str
    type: str
    subtype: str = ""
    names: list[str] = field(default_factory=list)
    mentions: int = 0
    beside: list[str] = field(default_factory=list)
    reference: str = ""


@dataclass(frozen=True)
class Found:
    """Things that bear a name, the best fit first."""

    things: list[Thing]
    left_out: int = 0
    note: str = ""


@dataclass(frozen=True)
class Place:
    """A sentence and where it stands: code points, half-open, into the text of the document."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Said:
    """A claim: what is said of what, how sure it is, and the sentence that says it.

    ``object`` is the name of a thing or a value as the graph has it, ``printed`` as the text has
    it. Without a sentence it comes from the reference data that ``source`` names.
    """

    claim: str
    subject: str
    relation: str
    object: str
    subject_iri: str
    object_iri: str = ""
    printed: str = ""
    status: str = ""
    confidence: float = 0.0
    rule: str = ""
    place: Place | None = None
    source: str = ""


@dataclass(frozen=True)
class Post:
    """A position of a person at a body.

    ``tenure`` says whether it is a former or acting one, ``term`` since and until when it is held;
    ``doubtful`` that no phrase states it, and it is inferred from the sentence.
    """

    person: str
    title: str
    body: str
    tenure: str
    place: Place
    term: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class Sum:
    """A sum of a deal, in units of its currency, and of what it is the sum."""

    value: str
    currency: str
    kind: str
    printed: str = ""


@dataclass(frozen=True)
class Deal:
    """What is signed or invested: who, in what, where, how much, when and how far it is."""

    parties: list[str]
    projects: list[str]
    agreements: list[str]
    places: list[str]
    events: list[str]
    amounts: list[Sum]
    days: list[str]
    statuses: list[str]
    place: Place


@dataclass(frozen=True)
class Described:
    """A thing with its facts, posts and deals; ``left_out`` counts what there is no room for."""

    thing: Thing
    facts: list[Said]
    posts: list[Post]
    deals: list[Deal]
    left_out: dict[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a named question; one without a default is needed."""

    name: str
    kind: str
    about: str
    default: str | None = None


@dataclass(frozen=True)
class Question:
    """A named question and its parameters."""

    name: str
    label: str
    about: str
    parameters: list[Parameter]


@dataclass(frozen=True)
class Questions:
    """The named questions."""

    questions: list[Question]


@dataclass(frozen=True)
class Rows:
    """The rows of an answer. ``left_out`` is counted up to a thousand."""

    columns: list[str]
    rows: list[list[Cell]]
    left_out: int = 0
    note: str = ""


@dataclass(frozen=True)
class Term:
    """A class, relation, attribute or status: its labels, its ends and what it means."""

    name: str
    zh: str
    en: str
    about: str = ""
    domain: list[str] = field(default_factory=list)
    range: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Vocabulary:
    """The terms that a query may name, and the prefixes that it need not declare."""

    prefixes: dict[str, str]
    classes: list[Term]
    relations: list[Term]
    attributes: list[Term]
    statuses: list[Term]
    example: str


@dataclass(frozen=True)
class Explained:
    """An explanation in words, line by line; ``left_out`` are lines."""

    text: str
    left_out: int = 0
    note: str = ""


@dataclass(frozen=True)
class Document:
    """A document: its file name, and what is known of it."""

    document: str
    title: str
    publisher: str
    date: str
    length: int


@dataclass(frozen=True)
class Documents:
    """Documents in order of their file names."""

    documents: list[Document]
    left_out: int = 0
    note: str = ""


@dataclass(frozen=True)
class Passage:
    """A stretch of a document, what it names, and how often the quotation stands there."""

    document: str
    title: str
    publisher: str
    date: str
    start: int
    end: int
    length: int
    text: str
    times: int = 0
    things: list[Thing] = field(default_factory=list)
    note: str = ""
