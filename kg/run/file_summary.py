"""Sum up what came of one file: the little of it that a build must remember.

The document and its reading go on to be joined with others, and do not stay in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from kg.query.table import counted

if TYPE_CHECKING:
    from kg.base.records import Document, Reading
    from kg.run.reading.outcome import Counted, Outcome


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in numbers; ``broken`` counts characters that could not be decoded."""

    name: str
    id: str
    media: str
    encoding: str
    characters: int
    articles: int
    entities: int
    claims: int
    broken: int = 0

    @classmethod
    def of(cls, document: Document, reading: Reading) -> Self:
        """The numbers of a document."""
        return cls(
            name=document.name,
            id=document.id,
            media=document.media,
            encoding=document.encoding,
            characters=len(document.text),
            articles=len(reading.articles),
            entities=len(reading.entities),
            claims=sum(not claim.denied for claim in reading.claims),
            broken=document.text.count("\ufffd"),
        )


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What came of one file, without what it says.

    Attributes:
        name: The name of the file.
        key: What the journal keeps it under, ``""`` where it does not.
        problem: Why there is no document, ``""`` if there is one.
        row: The document in numbers.
        lost: What is to be told of characters that could not be decoded.
        notes: What else is to be told of it.
        known: Whether an earlier run had read it.
        seconds: How long it took.
        llm_counts: Counts of what a language model said of it.
        unanswered: How many of its passages that has not answered.
    """

    name: str
    key: str = ""
    problem: str = ""
    row: DocumentRow | None = None
    lost: str = ""
    notes: tuple[str, ...] = ()
    known: bool = False
    seconds: float = 0.0
    llm_counts: tuple[Counted, ...] = ()
    unanswered: int = 0

    @classmethod
    def of(cls, outcome: Outcome, key: str) -> Self:
        """What is to be remembered of an outcome."""
        document, reading = outcome.document, outcome.reading
        if document is None or reading is None:
            return cls(outcome.name, key, outcome.problem, seconds=outcome.seconds)
        return cls(
            outcome.name,
            key,
            outcome.problem,
            DocumentRow.of(document, reading),
            _lost(document),
            (*document.notes, *reading.notes),
            outcome.known,
            outcome.seconds,
            outcome.llm_counts,
            len(outcome.unanswered),
        )


def _lost(document: Document) -> str:
    count = document.text.count("\ufffd")
    if not count:
        return ""
    return (
        f"{counted(count, 'character')} could not be decoded as {document.encoding}, "
        f"the first at {document.text.index(chr(0xFFFD))}; each stands as U+FFFD"
    )
