"""One file in, what came of it out: a document with its reading, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING

from kg.base.records import Document, Reading, Skipped
from kg.ontology import load

if TYPE_CHECKING:
    from kg.read import File


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: a document with its reading, or the reason why not.

    ``digest`` is the SHA-256 of the bytes that this came of, where nothing but them decided;
    ``""`` if the file could not be opened, or took too much, and may fare better the next time.
    ``known`` says that it was read by an earlier run; ``seconds`` is the time it took. Both are
    for the report alone.
    """

    name: str
    document: Document | None = None
    reading: Reading | None = None
    problem: str = ""
    digest: str = ""
    known: bool = False
    seconds: float = 0.0


def outcome_of(file: File, ontology: str, extracts: bool = True) -> Outcome:
    """Read and extract one file.

    Args:
        file: A file as ``kg.read.walk`` lists it.
        ontology: The folder of the ontology.
        extracts: Whether it is extracted too; without, the outcome has no reading.

    Raises:
        MemoryError: If there is not enough memory.
    """
    began = perf_counter()
    return replace(_read(file, ontology, extracts), seconds=perf_counter() - began)


def _read(file: File, ontology: str, extracts: bool) -> Outcome:
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
    try:
        reading = _extracted(document, ontology) if extracts else None
        return Outcome(file.name, document, reading, digest=digest)
    except MemoryError:
        raise
    except Exception as error:  # a text may break any rule; the others must not suffer
        said = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": ")
        problem = f"its extraction failed, which is a fault of kg ({said[:200]})"
        return Outcome(file.name, problem=problem, digest=digest)


def _extracted(document: Document, ontology: str) -> Reading:
    from kg.extract.document import extract

    return extract(document, load(ontology))
