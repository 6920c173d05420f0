"""What is asked of a worker: one record for each kind of request, made by the server, never coded.

A request comes in over HTTP or from an assistant, becomes one of these, is answered out of what is
kept or by a worker (``kg.serve.queries``), and goes out as an ``Answer`` (``kg.serve.reply``).
All of them are frozen: the same request has the same answer as long as a build counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import ClassVar

# Names and values, in the order in which they were given.
Parameters = tuple[tuple[str, str], ...]
# The graphs of ``default-graph-uri`` and of ``named-graph-uri``.
Dataset = tuple[tuple[str, ...], tuple[str, ...]]

# Each call of these functions gives something else (SPARQL 1.1, 17.4), and \u may spell them.
_CHANGING = re.compile(r"now|rand|uuid|\\u", re.IGNORECASE)


class Budget(Enum):
    """How long a worker may take: as a query may, or as long as a page of the whole graph."""

    QUERY = "query"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Request:
    """Root of what is asked of a worker."""

    is_page: ClassVar[bool] = True  # it is made for people or assistants, and gives way to nobody

    @property
    def budget(self) -> Budget:
        """How long it may take."""
        return Budget.QUERY

    @property
    def repeatable(self) -> bool:
        """Whether it has the same answer as long as a build counts."""
        return True


@dataclass(frozen=True, slots=True)
class QueryRequest(Request):
    """A SPARQL query, as the protocol has it.

    Attributes:
        query: Its text.
        dataset: What it is asked of; None where the client does not say it.
        base: The address of the service: relative IRIs begin with it.
        accept: The header ``Accept``.
        format: The parameter ``format``.
    """

    query: str
    dataset: Dataset | None = None
    base: str = ""
    accept: str = ""
    format: str = ""
    is_page: ClassVar[bool] = False

    @property
    def repeatable(self) -> bool:
        return not _CHANGING.search(self.query)


@dataclass(frozen=True, slots=True)
class QuestionRequest(Request):
    """A named question with its parameters; the format ``sparql`` is its query itself."""

    name: str
    parameters: Parameters = ()
    accept: str = ""
    format: str = ""
    is_page: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class DescriptionRequest(Request):
    """What the service at an address is and can (SPARQL 1.1 Service Description)."""

    base: str = ""
    accept: str = ""
    format: str = ""
    is_page: ClassVar[bool] = False


class Data(Enum):
    """What pages need to know of the whole graph; it is made once for each build."""

    OVERVIEW = "overview"
    NAMES = "names"
    QUESTIONS = "questions"
    SEARCHABLE = "searchable"  # the index of the search, which is made where there is none


@dataclass(frozen=True, slots=True)
class DataRequest(Request):
    """Data of the whole graph, as JSON."""

    data: Data

    @property
    def budget(self) -> Budget:
        return Budget.PAGE


@dataclass(frozen=True, slots=True)
class GraphPage(Request):
    """The graph as a page: all of it, what lies around things, or what an answer names.

    Attributes:
        around: IRIs of entities.
        answer: A query or a named question.
        review: Whether corrections are taken here.
    """

    around: tuple[str, ...] = ()
    answer: QueryRequest | QuestionRequest | None = None
    review: bool = False

    @property
    def budget(self) -> Budget:
        return Budget.QUERY if self.answer else Budget.PAGE


@dataclass(frozen=True, slots=True)
class SearchRequest(Request):
    """What is typed in the search box, with its bounds."""

    parameters: Parameters


@dataclass(frozen=True, slots=True)
class EvidenceRequest(Request):
    """Rows of an answer, as JSON, whose sentences are wanted."""

    rows: str


@dataclass(frozen=True, slots=True)
class RemarksRequest(Request):
    """What is to be known of the answer to a named question, beside its rows."""

    name: str
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class DocumentRequest(Request):
    """A document with what is read in it, by its file name."""

    name: str

    @property
    def budget(self) -> Budget:
        return Budget.PAGE


@dataclass(frozen=True, slots=True)
class DossierRequest(Request):
    """The dossier of a thing, by its name or IRI, as a page in a language."""

    name: str
    parameters: Parameters = ()
    language: str = "zh"
    review: bool = False


@dataclass(frozen=True, slots=True)
class RegisterRequest(Request):
    """A register, as a page in a language, or as a file; without a name the list of them.

    ``suffix`` is that of the file (``.csv``, ``.xlsx``).
    """

    name: str = ""
    suffix: str = ""
    parameters: Parameters = ()
    language: str = "zh"
    review: bool = False

    @property
    def budget(self) -> Budget:
        return Budget.PAGE


class ReviewPart(StrEnum):
    """What the page of corrections asks for."""

    TERMS = "terms"
    QUESTIONS = "questions"
    CLAIM = "claim"
    THING = "thing"
    QUOTE = "quote"
    DECISIONS = "decisions"
    PATTERN = "pattern"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class ReviewRequest(Request):
    """A part of the page of corrections; ``file`` holds the decisions, and no client names it."""

    part: ReviewPart
    file: str
    parameters: Parameters = ()

    @property
    def budget(self) -> Budget:
        return Budget.PAGE

    @property
    def repeatable(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class ToolRequest(Request):
    """A tool of an assistant: its name, its arguments as JSON, and the query among them."""

    tool: str
    arguments: str
    query: str = ""
    of_whole_graph: bool = False

    @property
    def budget(self) -> Budget:
        return Budget.PAGE if self.of_whole_graph else Budget.QUERY

    @property
    def repeatable(self) -> bool:
        return not _CHANGING.search(self.query)
