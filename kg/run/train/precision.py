"""Measure on gold how good and how sure the reader is, predicate by predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base.errors import ReadError
from kg.extract.document import extract
from kg.run.evaluate.gold import read_sheet
from kg.run.evaluate.score import score
from kg.run.evaluate.tallies import Scores

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base.records import Document
    from kg.extract.arbiter.measured import Right
    from kg.ontology import Ontology
    from kg.run.evaluate.gold import Sheet


def measure(articles: Iterable[tuple[Document, Sheet]], ontology: Ontology) -> Scores:
    """The scores of articles, as ``kg evaluate`` has them.

    Args:
        articles: Documents with their gold; nothing that reads was trained or fitted on them.
        ontology: What is looked for.

    Raises:
        ReadError: If there is no article.
    """
    scores = Scores()
    for document, gold in articles:
        predicted = read_sheet([(document, extract(document, ontology))], ontology)
        tallies, scores.errors[document.name] = score(gold, predicted)
        for key, tally in tallies.items():
            scores.tallies[key] += tally
    if not scores.errors:
        raise ReadError("the texts of no article of gold are there; name their files as TEXTS")
    return scores


def right(scores: Scores) -> dict[str, Right]:
    """How many claims of each relation and attribute are right, and of how many.

    >>> from kg.run.evaluate.tallies import Tally
    >>> scores = Scores()
    >>> scores.tallies["relation/signs"] += Tally(tp=6, fp=3, fn=8)
    >>> right(scores)
    {'signs': (6, 9)}
    """
    named = ((key.partition("/"), tally) for key, tally in scores.tallies.items())
    return {
        name: (tally.tp, tally.tp + tally.fp)
        for (kind, _, name), tally in named
        if kind != "entity" and tally.tp + tally.fp
    }
