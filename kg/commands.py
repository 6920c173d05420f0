"""What each command of ``kg`` does: the words given in, results to stdout, the status out."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, QueryError, ReadError, StoreError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from kg.graph import Graph
    from kg.report import Report
    from kg.review.book import Book
    from kg.review.decisions import Decision


def run_build(given: Namespace) -> int:
    """Build a graph; 1 if something was skipped."""
    if given.engine == "spark":
        return _build_on_spark(given)
    if given.master or given.partitions:
        given.parser.error("--master and --partitions go with --engine spark")
    from kg.pipeline import build
    from kg.progress import shown

    began, before = perf_counter(), _corrected(Path(given.output))
    with shown() as progress:
        report = build(
            given.sources,
            given.output,
            workers=given.workers,
            base=given.base,
            file_timeout=given.file_timeout,
            file_memory=given.file_memory,
            corrections=given.corrections,
            progress=progress,
        )
    if before and not report.corrections.decisions:
        _say(
            f"note: the graph that was here was made with {before} decisions of people, this one "
            "with none; name their file with --corrections"
        )
    _tell(report, Path(given.output), perf_counter() - began)
    return 0 if report.complete else 1


def _build_on_spark(given: Namespace) -> int:
    from kg.publish.table import counted
    from kg.spark.job import build

    began = perf_counter()
    summary = build(
        given.sources,
        given.output,
        master=given.master,
        workers=given.workers,
        partitions=given.partitions,
        base=given.base,
        file_timeout=given.file_timeout,
        file_memory=given.file_memory,
        corrections=given.corrections,
        progress=_say,
    )
    for one in summary.skipped:
        _say(f"skipped {one.name}: {one.reason}")
    total = summary.counts["total"]
    if total["skipped"]:
        _say(f"{total['skipped']} skipped; the table {given.output}/documents names all")
    _say(
        f"{counted(total['documents'], 'document')}, "
        f"{counted(total['entities'], 'entity', 'entities')}, {counted(total['facts'], 'fact')} "
        f"in {perf_counter() - began:.1f} s: shards in {given.output}/nquads"
    )
    return 0 if summary.complete else 1


def _corrected(directory: Path) -> int:
    """How many decisions of people the graph of a folder was made with."""
    try:
        report = json.loads((directory / "report.json").read_text(encoding="utf-8"))
        return int(report["corrections"]["decisions"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _tell(report: Report, directory: Path, seconds: float) -> None:
    from kg.publish.table import counted

    total = report.counts["total"]
    for warning in report.warnings:
        _say(f"note: {warning.name}: {warning.reason}")
    for _, heading, rows in report.corrections.rows():
        kind = heading.lower().removesuffix("s")
        for what, why in rows:
            _say(f"{kind}: {what}: {why}")
    for note in report.notes:
        _say(f"note: {note}")
    if report.violations:
        broken = counted(len(report.violations), "violation")
        _say(f"{broken} of the shapes; see {directory / 'report.html'}")
    if report.skipped:
        _say(
            f"{len(report.skipped)} skipped, for the reasons above; see {directory / 'report.html'}"
        )
    before = "nothing has changed: " if report.unchanged else ""
    known = f" ({report.known} read before)" if report.known else ""
    _say(
        f"{before}{counted(total['documents'], 'document')}{known}, "
        f"{counted(total['entities'], 'entity', 'entities')}, {counted(total['facts'], 'fact')} "
        f"in {seconds:.1f} s: open {directory / 'graph.html'}"
    )


def run_query(given: Namespace) -> int:
    """Answer a query."""
    from kg.publish.query import run, unknown

    text = _query(given)
    with _opened(given) as graph:
        for term, way_out in unknown(graph, text).items():
            _say(f"note: {term} is no term of the ontology; {way_out}")
        _write(run(graph, text, given.format))
    return 0


def _query(given: Namespace) -> str:
    if (given.query is None) == (given.file is None):
        given.parser.error("give one query: as QUERY, with -f FILE, or - for standard input")
    if given.query is None or given.query == "-":
        return _text(given.file or "-")
    text: str = given.query
    return text


def run_ask(given: Namespace) -> int:
    """Answer a named question, or list the questions."""
    from kg.publish.query import run
    from kg.publish.questions import question

    if given.name is None:
        _write(_questions().encode())
        return 0
    wrong = [p for p in given.parameters if "=" not in p]
    if wrong:
        given.parser.error(f"{wrong[0]!r} is no parameter; write it as key=value")
    parameters = dict(p.split("=", 1) for p in given.parameters)
    with _opened(given) as graph:
        _write(run(graph, question(graph, given.name, parameters), given.format))
    return 0


def _questions() -> str:
    from kg.ontology import load
    from kg.publish.table import aligned

    rows = [
        [
            q.name,
            " ".join(p.name if p.default is None else f"[{p.name}]" for p in q.parameters),
            q.label["zh"],
            q.label["en"],
        ]
        for q in load().questions.values()
    ]
    return aligned(("question", "parameters", "答", "answers"), rows)


def run_view(given: Namespace) -> int:
    """Write a graph page; its path goes to stdout."""
    from kg.address import is_remote
    from kg.publish.drawing import ANSWER, TITLE, answered, drawing
    from kg.publish.overview import Whole
    from kg.publish.view import page

    far = is_remote(given.directory)
    out = given.output or ("view.html" if far else str(Path(given.directory) / "view.html"))
    with _opened(given) as graph:
        only = answered(graph, _text(given.query)) if given.query else None
        around = _one(graph, given.around) if given.around else None
        # From elsewhere a part is read by itself, and the page is without the overview of all.
        view = _part(graph, only, around, given.limit) if far else None
        whole = None if view else Whole(graph.knowledge, graph.troubles)
        view = view or drawing(graph.knowledge, graph.ontology, only)
        text = page(
            view,
            graph.ontology,
            title=ANSWER if only else TITLE,
            around=around,
            limit=given.limit,
            whole=whole,
        )
    _write(text.encode(), out)
    if out != "-":
        print(out)
    return 0


def _part(graph: Graph, only: set[str] | None, around: str | None, limit: int) -> Any:
    """What is drawn of a graph without the rest of it; nothing, where all of it is drawn."""
    from kg.publish import surroundings

    if around and not only:
        return surroundings.around(graph, [around], limit, limit)
    return surroundings.among(graph, only) if only else None


def _one(graph: Graph, name: str) -> str:
    found = graph.entity(name)
    if len(found) > 1:
        raise QueryError(
            f"{name} names {len(found)} entities: {', '.join(found)}; give one of these"
        )
    return found[0]


def run_serve(given: Namespace) -> int:
    """Serve the graph until interrupted."""
    from kg.address import is_remote
    from kg.review.book import place_of
    from kg.serve.app import run
    from kg.serve.corrections import Review
    from kg.serve.guard import Door
    from kg.serve.limits import Limits

    known = given.token or ""
    known = _text(known).strip() if known == "-" else known
    door = Door(given.host, tuple(name.lower() for name in given.name), known)
    if not door.local:
        safe = "who knows the token" if known else "who reaches it; --token TOKEN keeps others out"
        _say(f"note: {given.host} is not this machine alone: the graph is open to everybody {safe}")
    if given.review and is_remote(given.directory):
        given.parser.error("--review needs the folder of a graph, not an endpoint")
    if not given.review and (given.by or given.corrections):
        given.parser.error("--by and --corrections go with --review")
    file = place_of(Path(given.directory), given.corrections)
    review = Review(file, given.by) if given.review else None
    run(given.directory, given.host, given.port, Limits(given.timeout), door, given.cors, review)
    return 0


def run_export(given: Namespace) -> int:
    """Write the graph in another format."""
    from kg.publish.export import export, tables

    with _opened(given) as graph:
        if given.format == "csv" and given.output and _folder(given.output):
            for name, data in tables(graph).items():
                _write(data, str(Path(given.output) / name))
        else:
            _write(export(graph, given.format), given.output)
    return 0


def _folder(output: str) -> bool:
    """Whether an output is a folder; it is made if its name ends like one."""
    path = Path(output)
    if output.endswith(("/", os.sep)):
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KgError(f"{output}: cannot be made ({error.strerror})") from error
    return path.is_dir()


def run_import(given: Namespace) -> int:
    """Put other RDF beside the facts."""
    from kg.publish.table import aligned
    from kg.store import import_rdf

    counts = import_rdf(given.directory, given.files, given.graph)
    rows = [[file, str(count)] for file, count in counts.items()]
    _write(aligned(("file", "statements"), rows).encode())
    return 0


def run_load(given: Namespace) -> int:
    """Bring the graph to a server; how many statements are there goes to stdout."""
    from kg.address import Access
    from kg.publish.table import counted
    from kg.upload import load

    typed = given.password == "-"  # noqa: S105  # where to read it, and no password
    done = load(
        given.directory,
        given.to,
        graph=given.graph,
        method=given.method,
        batch=given.batch,
        again=given.again,
        access=Access.known(given.user, _text("-").strip() if typed else given.password),
        progress=lambda done, of: _say(f"{done:,}/{of:,} statements"),
    )
    if done.sent or done.deleted:
        _say(f"{counted(done.sent, 'statement')} sent, {done.deleted} deleted")
    else:
        _say("nothing has changed: all is there")
    print(done.statements)
    return 0


def run_explain(given: Namespace) -> int:
    """Explain an entity, or a text."""
    from kg.explain import entity, sentence
    from kg.ontology import load

    if (given.name is None) == (given.text is None):
        given.parser.error("give a NAME, or a text with --text")
    if given.text is not None:
        text = _text("-") if given.text == "-" else given.text
        _write(sentence(text, load()).encode())
        return 0
    with _opened(given) as graph:
        _write(entity(graph, given.name).encode())
    return 0


def run_validate(given: Namespace) -> int:
    """Check the graph against the shapes; 1 if it breaks one."""
    from kg.publish.table import counted, plain
    from kg.validate import validate

    with _opened(given) as graph:
        found = validate(graph.triples(), graph.ontology)
    _write("".join(f"{plain(str(violation))}\n" for violation in found).encode())
    _say(counted(len(found), "violation") if found else "conforms to the shapes of the ontology")
    return 1 if found else 0


def run_verify(given: Namespace) -> int:
    """Compare the graph with its ledger; 1 if something is damaged."""
    from kg.publish.table import counted, plain
    from kg.store import verify

    found = verify(given.directory)
    _write("".join(f"{plain(problem)}\n" for problem in found).encode())
    _say(counted(len(found), "damage") if found else "every file is what was written")
    return 1 if found else 0


def run_evaluate(given: Namespace) -> int:
    """Measure extraction against gold."""
    from kg.score import evaluate

    result = evaluate(Path(given.gold), Path(given.source) if given.source else None)
    _write((result.json() if given.json else result.table(errors=given.errors)).encode())
    return 0


def run_review(given: Namespace) -> int:
    """Take decisions, list what is worth deciding, or ask it."""
    from kg.review.actions import enough
    from kg.review.book import place_of, read
    from kg.review.terminal import log

    path = place_of(Path(given.directory), given.corrections)
    book = read(path)
    for wrong in book.unreadable:
        _say(f"unreadable correction: {wrong.name}: {wrong.reason}")
    if given.action == "log":
        _write(log(book.decisions).encode())
    elif given.action is None:
        _review(given, path, book)
    elif not enough(given.action, given.words):
        given.parser.error(f"{given.action} has too few or too many words; kg review --help")
    else:
        _decided(given, path, book)
    return 1 if book.unreadable else 0


def _review(given: Namespace, path: Path, book: Book) -> None:
    from kg.publish.table import counted
    from kg.review.book import append
    from kg.review.queue import questions
    from kg.review.terminal import Session, as_json, listed

    with _opened(given) as graph:
        found = questions(graph, book.decisions)
        asked = found[: given.limit]
        if given.json or given.list:
            _write((as_json(asked) if given.json else listed(asked)).encode())
        else:
            session = Session(graph, given.by, lambda d: append(path, [d]), sys.stdin, sys.stderr)
            kept = counted(session.run(asked), "decision")
            _say(f"{kept} kept in {path}; kg build replays them{_reread(session.kept, book)}")
    more = len(found) - len(asked)
    _say(f"{counted(more, 'more question')}" if more else "there are no more questions")


def _decided(given: Namespace, path: Path, book: Book) -> None:
    from kg.review.actions import ACTIONS, Given, undone
    from kg.review.book import append
    from kg.review.decide import Who
    from kg.review.decisions import moment
    from kg.review.terminal import log

    who = Who.now(given.by, given.why, moment(given.when) if given.when else "")
    if given.action == "undo":
        found = undone(book, who, given.words)
    else:
        more = Given(given.quote, given.document, given.status)
        with _opened(given) as graph:
            found = ACTIONS[given.action].make(graph, who, given.words, more)
    append(path, found)
    _write(log(found).encode())
    _say(f"kept in {path}; kg build replays it{_reread(found, book)}")


def _reread(found: Iterable[Decision], book: Book) -> str:
    from kg.review.names import names

    fresh = names((*book.decisions, *found)) != names(book.decisions)
    return ", and reads every document again, for names that it did not know" if fresh else ""


def run_ontology(given: Namespace) -> int:
    """Print the ontology, or copy it."""
    from kg.ontology import load
    from kg.vocabulary import ontology_graph, reference, shapes_graph

    ontology = load()
    if given.copy:
        _copy(ontology.folder, Path(given.copy))
        return 0
    if given.format == "md":
        _write(reference(ontology).encode())
    else:
        graph = ontology_graph(ontology) if given.format == "ttl" else shapes_graph(ontology)
        _write(graph.serialize(format="turtle", encoding="utf-8"))
    return 0


def _copy(folder: Path, target: Path) -> None:
    import shutil

    if target.exists():
        raise StoreError(f"{target}: is there already; name a folder that is not")
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("__pycache__", "__init__.py"))
    _say(f"{target}: change its pages, then run kg with KG_ONTOLOGY={target}")


def _opened(given: Namespace) -> Graph:
    from kg.graph import open as opened

    return opened(given.directory)


def _text(file: str) -> str:
    """The text of a file, or of standard input, in UTF-8."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{file}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _write(data: bytes, file: str | None = None) -> None:
    """Write a result to stdout, or to a file that appears only when it is whole."""
    if file is None or file == "-":
        put(data)
        return
    path = Path(file)
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise KgError(f"{file}: cannot be written ({error.strerror})") from error


def put(data: bytes) -> None:
    """Write all of a result to stdout.

    Raises:
        OSError: If it cannot be written whole, on a full disk for one.
    """
    sys.stdout.flush()
    out, rest = sys.stdout.buffer, memoryview(data)
    while rest:
        # With PYTHONUNBUFFERED this is a bare file, which may take a part only.
        rest = rest[out.write(rest) or 0 :]
    out.flush()


def _say(text: str) -> None:
    from kg.publish.table import plain

    print(plain(text), file=sys.stderr)
