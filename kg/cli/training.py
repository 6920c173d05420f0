"""``kg train`` and ``kg annotate``: what a user marked in, weights that know it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import reading_by, say, write

if TYPE_CHECKING:
    from argparse import Namespace


def run_train(given: Namespace) -> int:
    """Teach the reader from gold and corrections; 1 if some of it was wrong."""
    from kg.ontology import load
    from kg.query.table import counted
    from kg.run.reading.child import Bounds
    from kg.run.reading.llm_answers import speaking
    from kg.run.train.marked import MarkedCollection
    from kg.run.train.tune import teach

    ontology, sources = load(), Path(given.sources) if given.sources else None
    gathering = MarkedCollection(ontology, sources, Bounds(given.file_timeout, given.file_memory))
    gathering.take([Path(path) for path in given.gold])
    for reason in gathering.wrong:
        say(f"left out: {reason}")
    start = Path(given.reader) if given.reader else None
    llm = None
    if given.llm_answers:
        llm = speaking(Path(given.llm_answers), given.llm_model, ontology)
    output = Path(given.output)
    taught = teach(gathering.marked, ontology, output, start, given.workers, say, llm)
    if taught.held_out:
        write(f"on {counted(taught.held_out, 'document')} held back\n{taught.table()}".encode())
        if taught.gain <= 0:
            say("note: the new weights are no better on these; more gold may help")
    else:
        say("fewer than five documents with gold: none is held back, so nothing is measured")
    whole = "network and arbiter" if taught.network else "arbiter"
    say(
        f"{given.output}: {whole} learned from {counted(taught.learned, 'document')} "
        f"(reader@{taught.digest}); kg build --reader {given.output} uses it"
    )
    return 1 if gathering.wrong else 0


def run_annotate(given: Namespace) -> int:
    """Write the documents that the reader is least sure of as gold; 1 if one was skipped."""
    from kg.extract.arbiter.arbiter import installed_arbiter
    from kg.ontology import load
    from kg.read import walk
    from kg.run.other_files import sorted_out
    from kg.run.reading.child import Bounds
    from kg.run.reading.workers import outcomes
    from kg.run.train.doubts import doubts, text_of

    ontology, skipped, documents = load(), 0, []
    files, _ = sorted_out(walk([Path(given.sources)]))
    bounds = Bounds(given.file_timeout, given.file_memory)
    for outcome in outcomes(files, str(ontology.folder), bounds=bounds, extracts=False):
        if outcome.document is None:
            say(f"skipped {outcome.name}: {outcome.problem}")
            skipped += 1
        else:
            documents.append(outcome.document)
    with reading_by(given.reader):
        found = doubts(documents, installed_arbiter(str(ontology.folder)), given.most)
    write(text_of(found).encode(), given.output)
    say(
        f"{len(found)} of {len(documents)} documents, the least sure first: correct "
        f"{given.output}, then kg evaluate {given.output} {given.sources} or kg train"
    )
    return 1 if skipped else 0
