"""Evaluate extraction on what people decided.

What was accepted or added must be found in its sentence, what was rejected must not; nothing
else is judged. Names and classes that people corrected count as they corrected them, and a
decision whose sentence is not in the documents counts neither way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base.errors import ReadError
from kg.base.records import Skipped
from kg.publish.folder import foreign
from kg.read import walk
from kg.review.apply.claims import matching
from kg.review.apply.editable_graph import EditableGraph
from kg.review.apply.quotes import Quotes
from kg.review.apply.things import DOING
from kg.review.apply.verdicts import verdicts
from kg.review.book import apart, read
from kg.review.decisions import OF_CLAIMS, Decision
from kg.run.other_files import sorted_out
from kg.run.pipeline import FILES, REPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.base.records import Document, Knowledge, Reading
    from kg.ontology import Ontology
    from kg.read import File
    from kg.run.reading.child import Bounds

SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that was decided, and whether extraction finds it.

    Attributes:
        document: The name of its document.
        key: ``relation/NAME`` or ``attribute/NAME``.
        statement: The claim in words.
        verdict: ``accept`` or ``reject``.
        found: Whether extraction finds it.
    """

    document: str
    key: str
    statement: str
    verdict: str
    found: bool


def judge_claims(
    file: Path, source: Path, ontology: Ontology, bounds: Bounds | None = None
) -> tuple[list[Judged], list[Skipped]]:
    """Compare what was decided with what extraction finds.

    Args:
        file: A file of corrections.
        source: A document, or a folder of them.
        ontology: What is looked for.
        bounds: What one document may take.

    Returns:
        The claims that are of a sentence in the source, and the files that could not be read.

    Raises:
        ReadError: If a line cannot be read, or no sentence that was decided is in the source.
    """
    book = read(file)
    for wrong in book.unreadable:
        raise ReadError(f"{wrong.name}: {wrong.reason}")
    decisions = verdicts(book.decisions).in_force
    claims = [d for d in decisions if d.do in OF_CLAIMS]
    # What a build wrote beside the corrections is no document.
    candidates = foreign(apart(walk([source]), file), file.parent, (*FILES, *REPORTS))
    files, _ = sorted_out(candidates)
    knowledge, skipped = _extracted(files, claims, ontology, bounds)
    editable, quotes = _named(knowledge, decisions, ontology), Quotes(knowledge.sources)
    rows = []
    for decision in claims:
        claim = decision.claim
        assert claim is not None
        places = quotes.places(claim.document, claim.quote)
        if not places:
            continue
        kind = "relation" if claim.object else "attribute"
        verdict, found = str(decision.verdict[0]), bool(matching(editable, claim, places))
        name = places[0].source.names[0]
        rows.append(Judged(name, f"{kind}/{claim.predicate}", f"{kind} {claim}", verdict, found))
    if not rows:
        unread = "".join(f"; {one.name}: {one.reason}" for one in skipped[:5])
        raise ReadError(
            f"{file}: none of its {len(claims)} claims is of a sentence in {source}; name the "
            f"documents that were reviewed as SOURCE{unread}"
        )
    return rows, skipped


def _extracted(
    files: Sequence[File], claims: Sequence[Decision], ontology: Ontology, bounds: Bounds | None
) -> tuple[Knowledge, list[Skipped]]:
    """What extraction makes of the documents that hold a sentence that was decided."""
    from kg.base.settings import default
    from kg.corpus.assemble import assemble
    from kg.run.reading.workers import outcomes

    quotes, folder = {d.claim.quote for d in claims if d.claim}, str(ontology.folder)
    holding: list[File] = []
    skipped: list[Skipped] = []
    pairs: list[tuple[Document, Reading]] = []
    texts = outcomes(files, folder, bounds=bounds, extracts=False)
    for file, text in zip(files, texts, strict=True):
        if not text.document:
            skipped.append(Skipped(text.name, text.problem))
        elif any(quote in text.document.text for quote in quotes):
            holding.append(file)
    for outcome in outcomes(holding, folder, bounds=bounds):
        if outcome.document and outcome.reading:
            pairs.append((outcome.document, outcome.reading))
        else:
            skipped.append(Skipped(outcome.name, outcome.problem))
    return assemble(pairs, ontology, default("base")), skipped


def _named(
    knowledge: Knowledge, decisions: Sequence[Decision], ontology: Ontology
) -> EditableGraph:
    """The graph with its things named as people did; an end counts whatever its class."""
    from kg.base.settings import default

    editable = EditableGraph(knowledge, ontology, default("base"))
    for decision in decisions:
        if decision.do in DOING:
            DOING[decision.do](editable, decision)
    for iri in editable.entities:
        editable.know(iri, (), ontology.classes)
    return editable
