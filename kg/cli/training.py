"""``kg train`` and ``kg annotate``: what a user marked in, weights that know it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import reading_by, say, write

if TYPE_CHECKING:
    from argparse import Namespace


def run_train(args: Namespace) -> int:
    """Teach the reader from gold and corrections; 1 if some of it was wrong."""
    from kg.ontology import load
    from kg.query.table import counted
    from kg.run.reading.child import Bounds
    from kg.run.reading.llm_answers import answered_model
    from kg.run.train.marked import MarkedCollection
    from kg.run.train.tune import teach

    ontology, sources = load(), Path(args.sources) if args.sources else None
    gathering = MarkedCollection(ontology, sources, Bounds(args.file_timeout, args.file_memory))
    gathering.take([Path(path) for path in args.gold])
    for reason in gathering.wrong:
        say(f"left out: {reason}")
    start = Path(args.reader) if args.reader else None
    llm = None
    if args.llm_answers:
        llm = answered_model(Path(args.llm_answers), args.llm_model, ontology)
    output = Path(args.output)
    taught = teach(gathering.marked, ontology, output, start, args.workers, say, llm)
    if taught.held_out:
        write(f"on {counted(taught.held_out, 'document')} held back\n{taught.table()}".encode())
        if taught.gain <= 0:
            say("note: the new weights are no better on these; more gold may help")
    else:
        say("fewer than five documents with gold: none is held back, so nothing is measured")
    whole = "network and arbiter" if taught.network else "arbiter"
    say(
        f"{args.output}: {whole} learned from {counted(taught.learned, 'document')} "
        f"(reader@{taught.digest}); kg build --reader {args.output} uses it"
    )
    return 1 if gathering.wrong else 0


def run_annotate(args: Namespace) -> int:
    """Write the documents that the reader is least sure of as gold; 1 if one was skipped."""
    from kg.extract.arbiter.arbiter import installed_arbiter
    from kg.ontology import load
    from kg.read import walk
    from kg.run.other_files import sorted_out
    from kg.run.reading.child import Bounds
    from kg.run.reading.workers import outcomes
    from kg.run.train.doubts import doubts, text_of

    ontology, skipped, documents = load(), 0, []
    files, _ = sorted_out(walk([Path(args.sources)]))
    bounds = Bounds(args.file_timeout, args.file_memory)
    for outcome in outcomes(files, str(ontology.folder), bounds=bounds, extracts=False):
        if outcome.document is None:
            say(f"skipped {outcome.name}: {outcome.problem}")
            skipped += 1
        else:
            documents.append(outcome.document)
    with reading_by(args.reader):
        doubtful = doubts(documents, installed_arbiter(str(ontology.folder)), args.most)
    write(text_of(doubtful).encode(), args.output)
    say(
        f"{len(doubtful)} of {len(documents)} documents, the least sure first: correct "
        f"{args.output}, then kg evaluate {args.output} {args.sources} or kg train"
    )
    return 1 if skipped else 0
