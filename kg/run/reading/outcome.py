"""Read one file: a document with its reading, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kg.base.records import Document, Reading, Skipped
from kg.ontology import load

if TYPE_CHECKING:
    from kg.extract.model.llm import AnsweredModel
    from kg.read import File


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of something, by the name that the report has for it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: a document with its reading, or the reason why not.

    ``digest`` is the SHA-256 of the bytes that this came of, where nothing but them decided;
    ``""`` if the file could not be opened, or took too much, and may fare better the next time.
    ``known`` says that it was read by an earlier run; ``seconds`` is the time it took. Both are
    for the report alone.

    Where a language model takes part, ``passages`` are what it is to be asked about (of a file that
    is not extracted), ``llm_counts`` counts what came of its answers, and ``unanswered`` are the
    keys of passages without one: the file may say more once it answers.
    """

    name: str
    document: Document | None = None
    reading: Reading | None = None
    problem: str = ""
    digest: str = ""
    known: bool = False
    seconds: float = 0.0
    passages: tuple[str, ...] = ()
    llm_counts: tuple[Counted, ...] = ()
    unanswered: tuple[str, ...] = ()


def outcome_of(
    file: File, ontology: str, extracts: bool = True, llm: tuple[str, str] | None = None
) -> Outcome:
    """Read and extract one file.

    Args:
        file: A file as ``kg.read.walk`` lists it.
        ontology: The folder of the ontology.
        extracts: Whether it is extracted too; without, the outcome has no reading.
        llm: The name of a language model that takes part, and the file of its answers.

    Raises:
        MemoryError: If there is not enough memory.
    """
    began = perf_counter()
    outcome = _read(file, ontology, extracts, llm)
    return replace(outcome, seconds=perf_counter() - began)


def _read(file: File, ontology: str, extracts: bool, llm: tuple[str, str] | None) -> Outcome:
    from kg.read import bytes_of, parse, why

    data = bytes_of(file)
    if isinstance(data, Skipped):
        return Outcome(file.name, problem=data.reason)
    digest = sha256(data).hexdigest()
    try:
        document = parse(file.name, data)
    except MemoryError:
        raise
    except Exception as error:  # a damaged file can break a library in any way
        return Outcome(file.name, problem=why(error), digest=digest)
    outcome = Outcome(file.name, document, digest=digest)
    try:
        if extracts:
            return _extracted(outcome, document, ontology, llm)
        return replace(outcome, passages=_passages(document, ontology) if llm else ())
    except MemoryError:
        raise
    except Exception as error:  # a text may break any rule; the others must not suffer
        message = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": ")
        problem = f"its extraction failed, which is a fault of kg ({message[:200]})"
        return Outcome(file.name, problem=problem, digest=digest)


def _extracted(
    outcome: Outcome, document: Document, ontology: str, llm: tuple[str, str] | None
) -> Outcome:
    from kg.extract.stations import DocumentState, run_resolve, run_until

    state = DocumentState(document, load(ontology), llm=_speaker(ontology, llm))
    state = run_until(state, run_resolve)
    counts = tuple(
        Counted(name, count) for name, count in sorted(state.llm_counts.items()) if count
    )
    return replace(outcome, reading=state.reading, llm_counts=counts, unanswered=state.unanswered)


@lru_cache(maxsize=2)
def _speaker(ontology: str, llm: tuple[str, str] | None) -> AnsweredModel | None:
    """The language model that takes part, with its answers; it is opened once."""
    if llm is None:
        return None
    from kg.extract.model.llm import AnsweredModel, Model
    from kg.run.reading.llm_answers import LlmAnswers

    name, path = llm
    return AnsweredModel(Model.of(name, load(ontology)), LlmAnswers(Path(path)).answer)


def _passages(document: Document, ontology: str) -> tuple[str, ...]:
    from kg.extract.model.llm import passages
    from kg.extract.segment.articles import segment

    articles = segment(document, load(ontology))
    return tuple(article.text[s.start : s.end] for article in articles for s in passages(article))
