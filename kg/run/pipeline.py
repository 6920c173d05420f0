"""Build a graph in a folder from documents: the whole way on one page.

    files → read, segment, annotate, relate, resolve → weave → correct → assert → check → publish

Each file is read and extracted by itself (``kg.run.reading.workers``, ``kg.extract.document``);
what they say is joined into one Knowledge (``kg.corpus.assemble``; ``weave`` in reports), corrected
by what people decided (``kg.review``), rid of what is not sure enough (``kg.corpus.confidence``),
asserted as triples, checked, and written into the folder (``kg.run.outputs``).
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kg.base.crash import at
from kg.base.errors import ReadError, StoreError
from kg.base.settings import default
from kg.base.usage import seldom_collected
from kg.ontology import load
from kg.run.reading.child import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.base.records import Document, Knowledge, Reading
    from kg.base.spool import Sorted
    from kg.ontology import Ontology
    from kg.read import File
    from kg.review.account import Account
    from kg.review.book import Book
    from kg.run.file_summary import FileSummary
    from kg.run.reading.llm_requests import LlmServer
    from kg.run.reading.llm_stage import LlmStage
    from kg.run.reading.outcome import Outcome
    from kg.run.report import Report

    # What each document says, in the order of ``text_order``.
    Readings = Sorted[tuple[Document, Reading]]
    # done, total, and what came of the file that is done
    Progress = Callable[[int, int, Outcome], None]

FILES = (
    *("graph.ttl", "graph.html", "graph.graphml"),
    *("entities.csv", "facts.csv", "posts.csv", "deals.csv"),
)
REPORTS = ("report.html", "report.json")


def build(
    sources: Sequence[str | Path],
    directory: str | Path = default("directory"),
    *,
    workers: int = default("workers"),
    ontology: Ontology | None = None,
    base: str = default("base"),
    file_timeout: float = default("file_timeout"),
    file_memory: int = default("file_memory"),
    corrections: str | Path | None = None,
    min_confidence: float = default("min_confidence"),
    llm: LlmServer | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Report:
    """Read files and folders into the graph of a folder.

    Args:
        sources: Files, folders (taken with all below them) or ``-`` for standard input.
        directory: Where the graph is written; what it held is replaced only by a whole one.
        workers: How many processes read documents; the graph is the same for any number.
        ontology: What is looked for; by default the one of this installation.
        base: What the IRIs of the graph begin with.
        file_timeout: Processor time that one file may take, in seconds. One that takes more is
            skipped and named, and tried again by the next build.
        file_memory: Memory that one file may take, in MiB; as with time.
        corrections: The file of what people decided (``kg review``), which is read and never
            written; by default ``corrections.jsonl`` in the graph's folder, if there is one.
        min_confidence: Claims of a lower confidence are left out, but for those that people
            accepted; no document is read again for another one.
        llm: A language model that proposes as well (``kg.run.reading.llm_requests``).
        progress: Called after each file with the number done, the total and what came of it.
        say: Told how far a language model has answered.

    Returns:
        What was read, what was skipped and why, and what there is in the graph.

    Raises:
        ReadError: If there is no file at all, or none that could be read.
        StoreError: If the folder cannot be written; what it held is untouched.
        KgError: If a language model is to propose where rules alone decide.
    """
    from kg.publish.folder import folder_lock
    from kg.review.apply.names import learned_ontology
    from kg.run.other_files import found_in

    directory, ontology = Path(directory), ontology or load()
    clock = Clock(directory)
    clock.at("read")
    files, others, book = found_in(sources, directory, corrections, (*FILES, *REPORTS))
    with (
        seldom_collected(),
        folder_lock(directory),
        learned_ontology(ontology, book, directory) as pages,
    ):
        stage, made_by = _reader(llm, directory, ontology, pages, say)
        bounds = Bounds(file_timeout, file_memory)
        summaries, readings = read(
            files, directory, made_by, pages, workers, bounds, progress, stage
        )
        del files  # rows of tables have their texts with them
        clock.at("weave")
        inputs = digest_of(made_by, base, summaries, others, book, min_confidence)
        return unchanged(directory, inputs) or whole(
            summaries, others, readings, book, min_confidence,
            directory, ontology, base, {"base": base, "inputs": inputs}, clock, stage,
        )  # fmt: skip


def _reader(
    llm: LlmServer | None,
    directory: Path,
    ontology: Ontology,
    pages: Path,
    say: Callable[[str], None],
) -> tuple[LlmStage | None, str]:
    """The language model that is asked, if there is one, and a digest of all that reads."""
    from kg.run.reading.journal import reader_digest

    if llm is None:
        return None, reader_digest(pages, "")
    from kg.run.reading.llm_stage import LlmStage  # nobody else imports what asks a server

    stage = LlmStage(llm, directory, ontology, say)
    return stage, reader_digest(pages, stage.digest)


def read(
    files: Sequence[File],
    directory: Path,
    made_by: str,
    ontology: Path,
    workers: int,
    bounds: Bounds,
    progress: Progress | None,
    stage: LlmStage | None = None,
) -> tuple[list[FileSummary], Readings]:
    """Read, segment, annotate, relate and resolve each document by itself.

    What the journal knows is not read again, nor is a language model asked about it. A file
    counts as done, and ``progress`` is told of it, when what came of it lies on the disk.

    Returns:
        What came of each file, and what the documents say, in the order of their texts.
    """
    from kg.base.spool import Sorted
    from kg.corpus.assemble import text_order
    from kg.corpus.documents import DOCUMENTS
    from kg.publish.folder import writing
    from kg.run.file_summary import FileSummary
    from kg.run.reading.journal import Journal
    from kg.run.reading.llm_stage import forget
    from kg.run.reading.resume import resumed

    summaries: list[FileSummary] = []
    readings: Readings = Sorted(directory, text_order, DOCUMENTS)
    lexicon = load(ontology).lexicon
    lexicon.compile()
    with Journal(directory, made_by, lexicon.dates) as journal:
        if stage:
            stage.ask(files, journal, str(ontology), workers, bounds)
        llm = stage.answers_for if stage else None
        for key, outcome in resumed(files, journal, str(ontology), workers, bounds, llm):
            summaries.append(FileSummary.of(outcome, key))
            if outcome.document and outcome.reading:
                with writing(directory):
                    readings.add((outcome.document, outcome.reading))
            if progress:
                progress(len(summaries), len(files), outcome)
        journal.keep({summary.key for summary in summaries})
    forget(directory, summaries)
    if all(summary.problem for summary in summaries):
        named = "; ".join(f"{o.name}: {o.problem}" for o in summaries[:5])
        more = f"; and {len(summaries) - 5} more" if len(summaries) > 5 else ""
        raise ReadError(f"nothing could be read: {named}{more}")
    return summaries, readings


def digest_of(
    made_by: str,
    base: str,
    summaries: Sequence[FileSummary],
    others: Mapping[str, int],
    book: Book,
    least: float,
) -> str:
    """A digest of all that a graph and its report are made of."""
    from kg.extract.arbiter.measured import measured

    rows = [(summary.name, summary.key, summary.problem) for summary in summaries]
    whole = [made_by, base, rows, others, book.digest, float(least), sorted(measured().items())]
    return sha256(json.dumps(whole).encode()).hexdigest()


def unchanged(directory: Path, inputs: str) -> Report | None:
    """The report of the graph that is there, if it is whole and made of just these inputs."""
    from kg.run.report import Report
    from kg.store.folder import Store, imports_note
    from kg.store.generation import changed
    from kg.store.imports import stored_imports

    try:
        with Store.open(directory) as store:
            meta, published = store.ledger.meta(), store.ledger.published()
    except StoreError:
        return None
    imports = imports_note(stored_imports(directory)[0])
    same = (meta.get("inputs"), meta.get("imports")) == (inputs, imports)
    if not same or changed(directory, published):
        return None
    return replace(Report.read(directory), unchanged=True)


def whole(
    summaries: Sequence[FileSummary],
    others: Mapping[str, int],
    readings: Readings,
    book: Book,
    least: float,
    directory: Path,
    ontology: Ontology,
    base: str,
    meta: dict[str, str],
    clock: Clock,
    stage: LlmStage | None = None,
) -> Report:
    """Weave, correct, assert, check and publish what the documents say, if it is sure enough."""
    from kg.corpus.assemble import assemble_sorted
    from kg.corpus.compound import with_compounds
    from kg.corpus.confidence import without_unsure
    from kg.publish.folder import beside, written_whole
    from kg.publish.search.index import write_index
    from kg.query import graph
    from kg.run.outputs import published_in, write_outputs
    from kg.store.folder import Store
    from kg.store.imports import stored_imports
    from kg.store.rdf.serialise import write_triples

    with written_whole(directory) as new_folder, beside(directory) as aside:
        knowledge = assemble_sorted(readings, ontology, base, directory)
        readings.drop()
        clock.at("correct")
        knowledge, account = correct_graph(knowledge, book, ontology, base, directory)
        knowledge, left_out = without_unsure(knowledge, least)
        knowledge = with_compounds(knowledge, ontology, base)
        clock.at("assert")
        lines = aside / "graph.nt"
        doubtful = write_triples(knowledge, ontology, new_folder / "graph.ttl", lines, base)
        clock.at("check")
        report = check_graph(summaries, knowledge, doubtful, ontology, base)
        llm_summary = stage.summary(summaries, knowledge.facts) if stage else {}
        report = replace(report, others=others, corrections=account, llm=llm_summary)
        report = report.without(left_out, least).noting(stored_imports(directory)[1])
        clock.at("publish")
        server_files = write_outputs(knowledge, ontology, new_folder, report.troubles)
        clock.at("store")
        report = report.timed(clock.laps, summaries)
        report.write(new_folder, ontology)
        # The store comes last, so that all that can fail for want of room has been done before.
        more = {
            "troubles": graph.troubles_text(report.troubles),
            "reprints": json.dumps(knowledge.reprints),
        }
        meta = {**meta, **published_in(new_folder), **more}
        Store.create(
            directory, lines, knowledge.sources, meta=meta, files=server_files,
            history=knowledge, search=write_index(knowledge, ontology, aside),
        )  # fmt: skip
    return report


def correct_graph(
    knowledge: Knowledge, book: Book, ontology: Ontology, base: str, folder: Path
) -> tuple[Knowledge, Account]:
    """Replay what people decided; the corrected graph, and the account of it.

    A draft is in memory as a whole; what comes of it lies in the folder again, if it is much.
    """
    from kg.corpus.documents import shelved
    from kg.review.account import Account
    from kg.review.apply.replay import replay

    replayed = replay(knowledge, book.decisions, ontology, base)
    result = replayed.knowledge
    if result is not knowledge:
        result = shelved(result, folder)
    notes = (*knowledge.notes, *replayed.notes)
    return replace(result, notes=notes), Account.of(book, replayed)


def check_graph(
    summaries: Sequence[FileSummary],
    knowledge: Knowledge,
    doubtful: set[str] | None,
    ontology: Ontology,
    base: str,
) -> Report:
    """Count what there is, and list what breaks a shape of the ontology."""
    from kg.run.report import report
    from kg.store.rdf.triples import Asserted
    from kg.store.rdf.validate import violations_among

    if doubtful == set():
        return report(summaries, knowledge, ontology)
    wrong = violations_among(Asserted(knowledge, ontology, base), doubtful, ontology)
    return report(summaries, knowledge, ontology, wrong)


class Clock:
    """Seconds that each station of a build took, by name; for the report alone."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.laps: dict[str, float] = {}
        self.station, self.began = "", perf_counter()

    def at(self, station: str) -> None:
        """Note that a station begins, and how long the one before took."""
        now = perf_counter()
        if self.station:
            self.laps[self.station] = now - self.began
        self.station, self.began = station, now
        at(station, str(self.directory))
