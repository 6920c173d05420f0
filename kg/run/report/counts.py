"""Make the report of a run of what came of each document and the graph."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.base.money import money
from kg.base.records import Skipped
from kg.base.spool import place
from kg.corpus.compound.byline_titles import persons
from kg.corpus.compound.deals.assemble import parts_of
from kg.corpus.compound.implausible_sums import implausible_sums
from kg.corpus.reports import Reported
from kg.extract.arbiter.measured import measured
from kg.publish.derived.disputed import disputed, reprint_groups
from kg.query.table import counted
from kg.run.precision import precisions
from kg.run.report.record import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.base.records import Fact, Knowledge
    from kg.ontology import Ontology
    from kg.run.file_summary import FileSummary
    from kg.store.rdf.validate import Violation


def report(
    summaries: Sequence[FileSummary],
    knowledge: Knowledge,
    ontology: Ontology,
    violations: Iterable[Violation] = (),
) -> Report:
    """Count what came of a run."""
    from kg import __version__

    rows = tuple(summary.row for summary in summaries if summary.row)
    return Report(
        version=__version__,
        ontology=ontology.version,
        documents=rows,
        skipped=tuple(Skipped(o.name, o.problem) for o in summaries if o.problem),
        warnings=tuple(_warnings(summaries)),
        violations=tuple(violations),
        counts=_counts(knowledge, ontology),
        notes=(*knowledge.notes, *_unlikely(knowledge, ontology)),
        reprints=tuple(reprint_groups(knowledge)),
        contradictions=tuple(disputed(knowledge, ontology)),
        precision=precisions(_quoted_facts(knowledge), ontology, measured()),
        known=sum(summary.known for summary in summaries),
    )


def _warnings(summaries: Sequence[FileSummary]) -> list[Skipped]:
    """What was read all the same, but not as it should be."""
    warnings, first = [], dict[str, str]()
    for summary in summaries:
        row = summary.row
        if row is None:
            continue
        if summary.lost:
            warnings.append(Skipped(summary.name, summary.lost))
        if row.id in first:
            same = f"has the same text as {first[row.id]}; both count as one document"
            warnings.append(Skipped(summary.name, same))
        first.setdefault(row.id, row.name)
        warnings += [Skipped(summary.name, note) for note in summary.notes]
        if summary.unanswered:
            passages = counted(summary.unanswered, "passage")
            without = f"the language model gave no answer to {passages}: read without it there"
            warnings.append(Skipped(summary.name, without))
    return warnings


def _counts(knowledge: Knowledge, ontology: Ontology) -> dict[str, dict[str, int]]:
    entities, classes = Counter[str](), Counter[str]()
    for entity in knowledge.entities:
        if entity.mentions:
            classes[entity.type] += 1
        entities.update(mentions=entity.mentions, merges=len(entity.merges))
    predicates, statuses = Counter[str](), Counter[str]()
    for fact in _quoted_facts(knowledge):
        predicates[fact.predicate] += 1
        statuses[fact.status] += 1
    counts = Reported(knowledge).counts(_quoted_facts(knowledge), place(knowledge.facts))
    things, facts = sum(classes.values()), sum(predicates.values())
    return {
        "total": {
            "documents": len(knowledge.sources),
            "entities": things,
            "facts": facts,
            "mentions": entities["mentions"],
            "merges": entities["merges"],
            "background entities": len(knowledge.entities) - things,
            "background facts": len(knowledge.facts) - facts,
            "bylines": len(persons(knowledge.posts)),
            "corroborated facts": sum(count.articles > 1 for _, count in counts),
            "articles in several places": len(knowledge.reprints),
        },
        "classes": {name: classes[name] for name in ontology.classes},
        "relations": {name: predicates[name] for name in ontology.relations},
        "attributes": {name: predicates[name] for name in ontology.attributes},
        "statuses": {name: statuses[name] for name in ontology.statuses},
    }


def _quoted_facts(knowledge: Knowledge) -> Iterator[Fact]:
    return (fact for fact in knowledge.facts if fact.quote)


def _unlikely(knowledge: Knowledge, ontology: Ontology) -> Iterator[str]:
    """Notes on the sums that are hard to believe: with the things that they are said of."""
    sums = implausible_sums(knowledge, ontology)
    about = {one.deal for one in sums}
    parts = {deal.id: parts_of(deal)[:1] for deal in knowledge.deals if deal.id in about}
    wanted = {iri for things in parts.values() for iri in things}
    names = {e.id: e.name for e in knowledge.entities if e.id in wanted} if wanted else {}
    for one in sums:
        what = ", ".join(names.get(iri, iri) for iri in parts[one.deal])
        amount = f"{money(one.amount.value)} ({one.amount.kind})"
        yield f"{what}: {amount} is hard to believe, 99 of 100 are below {money(str(one.most))}"
