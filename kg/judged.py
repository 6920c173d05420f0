"""Corrections and documents in, how extraction does on what people decided out.

What was accepted or added must be found in its sentence, what was rejected must not; nothing
else is judged. Names and classes that people corrected count as they corrected them, and a
decision whose sentence is not in the documents counts neither way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ReadError
from kg.review.book import apart, read
from kg.review.claims import matching
from kg.review.decisions import OF_CLAIMS, Decision
from kg.review.draft import Draft
from kg.review.quotes import Quotes
from kg.review.things import DOING
from kg.review.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.ontology import Ontology
    from kg.records import Document, Knowledge

SUFFIX = ".jsonl"


def judged(
    file: Path, source: Path, ontology: Ontology
) -> Iterator[tuple[str, str, str, str, bool]]:
    """Yield each claim that was decided, and whether extraction finds it.

    Args:
        file: A file of corrections.
        source: A document, or a folder of them.
        ontology: What is looked for.

    Yields:
        The name of its document, ``relation/NAME`` or ``attribute/NAME``, the claim in words,
        ``accept`` or ``reject``, and whether extraction finds it.

    Raises:
        ReadError: If a line cannot be read, or no sentence that was decided is in the source.
    """
    book = read(file)
    for wrong in book.unreadable:
        raise ReadError(f"{wrong.name}: {wrong.reason}")
    held = verdicts(book.decisions).held
    claims = [d for d in held if d.do in OF_CLAIMS]
    knowledge = _extracted(file, source, claims, ontology)
    draft, quotes = _named(knowledge, held, ontology), Quotes(knowledge.sources)
    count = 0
    for decision in claims:
        said = decision.claim
        assert said is not None
        places = quotes.places(said.document, said.quote)
        if not places:
            continue
        count += 1
        kind = "relation" if said.object else "attribute"
        verdict, found = str(decision.verdict[0]), bool(matching(draft, said, places))
        name = places[0].source.names[0]
        yield name, f"{kind}/{said.predicate}", f"{kind} {said}", verdict, found
    if not count:
        raise ReadError(
            f"{file}: none of its {len(claims)} claims is of a sentence in {source}; name the "
            "documents that were reviewed as SOURCE"
        )


def _extracted(
    file: Path, source: Path, claims: Sequence[Decision], ontology: Ontology
) -> Knowledge:
    """What extraction makes of the documents that hold a sentence that was decided."""
    from kg.extract import extract
    from kg.read import read_file, walk
    from kg.records import Skipped
    from kg.settings import default
    from kg.weave import weave

    quotes = {d.claim.quote for d in claims if d.claim}
    found: list[Document] = []
    for one in apart(walk([source]), file):
        document = read_file(one)
        if not isinstance(document, Skipped) and any(q in document.text for q in quotes):
            found.append(document)
    return weave([(d, extract(d, ontology)) for d in found], ontology, default("base"))


def _named(knowledge: Knowledge, held: Sequence[Decision], ontology: Ontology) -> Draft:
    """The graph with its things named as people did; an end counts whatever its class."""
    from kg.settings import default

    draft = Draft(knowledge, ontology, default("base"))
    for decision in held:
        if decision.do in DOING:
            DOING[decision.do](draft, decision)
    for iri in draft.entities:
        draft.know(iri, (), ontology.classes)
    return draft
