"""``kg build``: sources in, a graph in a folder out, here or on Spark; what came of it is told.

``kg ocr``: scans in, their texts beside them out, for it to read.
"""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from kg.cli.console import reading_by, say

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from kg.review.account import Account
    from kg.run.reading.llm_requests import LlmServer
    from kg.run.report import Report
    from kg.run.scanning.scans import Scan


def run_build(args: Namespace) -> int:
    """Build a graph; 1 if a document was skipped."""
    with reading_by(args.reader):
        return _build(args)


def _build(args: Namespace) -> int:
    server = _llm_server(args)
    if args.engine == "spark":
        return _build_on_spark(args)
    if args.master or args.partitions:
        args.parser.error("--master and --partitions go with --engine spark")
    from kg.run.pipeline import build
    from kg.run.progress import show_progress

    began, before = perf_counter(), _decision_count(Path(args.output))
    with show_progress() as progress:
        report = build(
            args.sources,
            args.output,
            workers=args.workers,
            base=args.base,
            file_timeout=args.file_timeout,
            file_memory=args.file_memory,
            corrections=args.corrections,
            min_confidence=args.min_confidence,
            llm=server,
            progress=progress,
            say=say,
        )
    if before and not report.corrections.decisions:
        say(
            f"note: the graph that was here was made with {before} decisions of people, this one "
            "with none; name their file with --corrections"
        )
    _tell(report, Path(args.output), perf_counter() - began)
    return 0 if report.complete else 1


def _llm_server(args: Namespace) -> LlmServer | None:
    """The language model that proposes too, if one does."""
    if not args.llm:
        if args.llm_model:
            args.parser.error("--llm-model goes with --llm URL, where that model is asked")
        return None
    if not args.llm_model:
        args.parser.error("--llm needs --llm-model NAME, as the server there calls the model")
    if args.engine == "spark":
        args.parser.error("--llm goes with --engine local")
    from kg.run.reading.llm_requests import LlmServer

    return LlmServer(args.llm, args.llm_model, args.llm_timeout, args.llm_requests)


def _build_on_spark(args: Namespace) -> int:
    from kg.corpus.confidence import left_out_note
    from kg.run.spark.job import build

    began = perf_counter()
    summary = build(
        args.sources,
        args.output,
        master=args.master,
        workers=args.workers,
        partitions=args.partitions,
        base=args.base,
        file_timeout=args.file_timeout,
        file_memory=args.file_memory,
        corrections=args.corrections,
        min_confidence=args.min_confidence,
        progress=say,
    )
    _tell_others(summary.others)
    for one in summary.skipped:
        say(f"skipped {one.name}: {one.reason}")
    _tell_corrections(summary.corrections)
    for note in left_out_note(summary.left_out, summary.min_confidence):
        say(f"note: {note}")
    total = summary.counts["total"]
    if total["skipped"]:
        say(f"{total['skipped']} skipped; the table {args.output}/documents names all")
    took = perf_counter() - began
    say(f"{_counts(total)} in {took:.1f} s: shards in {args.output}/nquads")
    return 0 if summary.complete else 1


def _decision_count(directory: Path) -> int:
    """How many decisions of people the graph of a folder was made with."""
    try:
        report = json.loads((directory / "report.json").read_text(encoding="utf-8"))
        return int(report["corrections"]["decisions"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _counts(total: Mapping[str, int], known: str = "") -> str:
    """Documents, with what is known of them, entities and facts in words."""
    from kg.query.table import counted

    entities = counted(total["entities"], "entity", "entities")
    documents, facts = counted(total["documents"], "document"), counted(total["facts"], "fact")
    return f"{documents}{known}, {entities}, {facts}"


def _tell(report: Report, directory: Path, seconds: float) -> None:
    from kg.query.table import counted

    total = report.counts["total"]
    _tell_others(report.others)
    for warning in report.warnings:
        say(f"note: {warning.name}: {warning.reason}")
    _tell_corrections(report.corrections)
    for note in report.notes:
        say(f"note: {note}")
    _tell_heard(report.llm)
    if report.violations:
        broken = counted(len(report.violations), "violation")
        say(f"{broken} of the shapes; see {directory / 'report.html'}")
    if report.skipped:
        say(
            f"{len(report.skipped)} skipped, for the reasons above; see {directory / 'report.html'}"
        )
    before = "nothing has changed: " if report.unchanged else ""
    known = f" ({report.known} read before)" if report.known else ""
    counts = _counts(total, known)
    say(f"{before}{counts} in {seconds:.1f} s: open {directory / 'graph.html'}")


def _tell_heard(llm: Mapping[str, Any]) -> None:
    """What a language model proposed, what of it was dropped, and why it did not answer."""
    if not llm:
        return
    dropped = sum(llm["dropped"].values())
    say(
        f"{llm['model']} answered {llm['answers']} of {llm['passages']} passages and proposed "
        f"{llm['names']} names and {llm['claims']} claims, {dropped} of them dropped; "
        f"{llm['facts']} claims of the graph are its own"
    )
    for why, times in llm["failures"].items():
        say(f"note: {why}" + (f" ({times} times)" if times > 1 else ""))


def _tell_others(others: Mapping[str, int]) -> None:
    from kg.read.kinds import PICTURES
    from kg.run.other_files import other_files_note

    if others:
        say(f"left alone: {other_files_note(others)}")
    if any(kind in PICTURES for kind in others):
        say("pictures may be scans: kg ocr writes their text beside them, which kg build reads")


def _tell_corrections(account: Account) -> None:
    for _, heading, rows in account.rows():
        kind = heading.lower().removesuffix("s")
        for what, why in rows:
            say(f"{kind}: {what}: {why}")


def run_ocr(args: Namespace) -> int:
    """Write the text of each scan beside it; 1 if one could not be read whole."""
    from kg.base.errors import ReadError
    from kg.query.table import counted
    from kg.run.reading.child import Bounds
    from kg.run.scanning.scans import candidates, scans

    if "-" in args.sources:
        raise ReadError("-: kg ocr writes beside a file, and standard input lies nowhere; name it")
    missing = [source for source in args.sources if not Path(source).exists()]
    if missing:
        raise ReadError(f"{', '.join(missing)}: does not exist; check the path")
    files, known = candidates(args.sources, again=args.again)
    before = f"{counted(known, 'scan')} read before, see --again" if known else ""
    if not files:
        say(before or "no picture and no PDF is there to be read")
        return 0 if known else 1
    bounds = Bounds(args.page_timeout, args.file_memory, thing="page")
    read, texts, failed = 0, 0, 0
    for number, scan in enumerate(scans(files, bounds, args.workers), 1):
        if scan is None:
            texts += 1
            continue
        say(f"{number}/{len(files)} {_scan_line(scan)}")
        read += bool(scan.text)
        failed += bool(scan.problem)
    rest = [f"{counted(texts, 'PDF')} with text left alone"] * bool(texts) + [before] * bool(before)
    say("; ".join([f"{counted(read, 'scan')} read", *rest]) + ": kg build reads their texts")
    return 1 if failed else 0


def _scan_line(scan: Scan) -> str:
    from kg.query.table import counted

    if not scan.text:
        return f"skipped {scan.name}: {scan.problem}"
    whole, recognised = scan.pages
    pages = counted(whole, "page") if whole == recognised else f"{recognised} of {whole} pages"
    unsure = f", {counted(scan.unsure, 'line')} to compare" if scan.unsure else ""
    lacking = f" (lacks {scan.problem})" if scan.problem else ""
    return f"{scan.name}: {pages}, confidence {scan.confidence:.2f}{unsure}{lacking}"
