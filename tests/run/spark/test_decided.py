"""Random decisions, replayed by what a job does and by a local build; the tables lie in memory.

Spark itself is tested elsewhere: here its tables are stood in for, so that hundreds of files of
corrections can be tried.
"""

from __future__ import annotations

import pickle
import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from kg.base.records import Document, Entity, Fact, Knowledge, Reading
from kg.base.settings import default
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.extract.stations import STATIONS, DocumentState
from kg.ontology import load
from kg.read import File, read_file
from kg.review.apply.replay import Replayed, replay
from kg.review.apply.verdicts import verdicts
from kg.review.decide import claim_reference, thing_of
from kg.review.decisions import ClaimReference, Decision, DocumentReference, EntityReference
from kg.run.spark.corrections.decided import Correcting
from kg.run.spark.corrections.tables import Tables
from kg.run.spark.lines import STATEMENTS, stored
from kg.run.spark.work import EntityJoining, FactExtraction
from kg.store.rdf.triples import asserted
from tests.conftest import SOAK
from tests.testing.builds.desk import ONE, TWO
from tests.testing.spark.jobs import INVENTED

if TYPE_CHECKING:
    from collections.abc import Callable

ONTOLOGY, BASE = load(), default("base")
TEXTS = {
    **{name: text for name, text in INVENTED.items() if text and name.endswith(("txt", "md"))},
    "甲.txt": ONE,
    "乙.txt": TWO
    + "甲某智能科技有限公司（简称“甲某科技”）也签约，甲某科技拟投资2亿元建设装备项目。",
    "丙.txt": ONE + "另据了解，丙某数据集团在成都高新区投资5亿元建设数据中心项目。",
    "己.txt": "云澜大学教授、无锡市人工智能学会会长李明说。丙某数据集团原总经理李明介绍。"
    "无锡市代市长王小明出席。",
    "丁.txt": "成都高新区位于成都市。成都市科学技术局印发《成都市智造行动方案（2024—2026年）》。",
    "戊.txt": "丁某科技集团有限公司在苏州高新区投资3亿元建设智能工厂项目。",
}
DO = (
    "accept",
    "reject",
    "add",
    "merge",
    "merge",
    "split",
    "split",
    "rename",
    "retype",
    "drop",
    "undo",
)


class Table:
    """As much of a table of Spark as a replay wants, in two parts."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows.reset_index(drop=True)
        self.columns = list(rows.columns)

    def filter(self, condition: str) -> Table:
        if condition == "facts is not null":
            return Table(self.rows[self.rows["facts"].notna()])
        wanted = self.rows["kind"].isin(re.findall(r"'(\w+)'", condition))
        return Table(self.rows[~wanted if " not in " in condition else wanted])

    def select(self, *columns: Any) -> Table:
        return Table(self.rows[columns[0] if isinstance(columns[0], list) else list(columns)])

    def mapInPandas(self, function: Callable[..., Any], schema: str) -> Table:  # noqa: N802
        columns = [column.split()[0] for column in schema.split(", ")]
        half = len(self.rows) // 2
        parts = (self.rows[:half], self.rows[half:])
        frames = [frame for part in parts for frame in function(iter([part])) if len(frame)]
        return Table(pd.concat(frames)[columns] if frames else pd.DataFrame(columns=columns))

    def orderBy(self, *columns: str) -> Table:  # noqa: N802
        return Table(self.rows.sort_values(list(columns)))

    def limit(self, count: int) -> Table:
        return Table(self.rows[:count])

    def count(self) -> int:
        return len(self.rows)

    def distinct(self) -> Table:
        return Table(self.rows.drop_duplicates())

    def collect(self) -> list[Any]:
        return list(self.rows.itertuples(index=False))

    def unionByName(self, other: Table) -> Table:  # noqa: N802
        return Table(pd.concat([t.rows for t in (self, other) if t.count()] or [self.rows]))

    def join(self, other: Table, column: str, how: str) -> Table:
        assert how == "left_anti"
        return Table(self.rows[~self.rows[column].isin(set(other.rows[column]))])

    def groupBy(self, *columns: str) -> Grouped:  # noqa: N802
        return Grouped(self.rows, list(columns))


@dataclass
class Grouped:
    """A table whose rows are brought together."""

    rows: pd.DataFrame
    by: list[str]

    def sum(self, column: str) -> Table:
        return Table(self.rows.groupby(self.by, as_index=False)[column].sum())

    def min(self, column: str) -> Table:
        return Table(self.rows.groupby(self.by, as_index=False)[column].min())


class Here(Correcting):
    """A replay on tables of this process."""

    def __init__(self) -> None:
        super().__init__(self, self, ONTOLOGY, BASE, lambda _, table, __: table)  # type: ignore[arg-type]

    def folder(self) -> str:
        return str(ONTOLOGY.folder)

    def createDataFrame(self, rows: list[Any], schema: str) -> Table:  # noqa: N802
        return Table(pd.DataFrame(rows, columns=[c.split()[0] for c in schema.split(", ")]))

    def take(
        self, stated: Any, claims: tuple[ClaimReference, ...], sketch: Any, quotes: Any
    ) -> None:
        """Without the functions of Spark, which want a JVM."""
        ordered = stated.orderBy("claim", "off", "source", "start").rows
        for row in ordered.drop_duplicates("claim").itertuples():
            place = pickle.loads(row.place)
            sketch.read(place.source)
            quotes.add(claims[row.claim], place)


@dataclass(frozen=True)
class Corpus:
    """Some texts as a local build knows them, and as a job does."""

    knowledge: Knowledge
    tables: Tables


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    texts: dict[str, list[Document]] = {}
    for name, text in sorted(TEXTS.items()):
        document = read_file(File(name, name, data=text.encode()))
        assert isinstance(document, Document)
        texts.setdefault(document.id, []).append(document)
    readings = {id_: reading(documents[0]) for id_, documents in texts.items()}
    pairs = [(d, readings[id_]) for id_ in sorted(texts) for d in texts[id_]]
    knowledge = assemble(pairs, ONTOLOGY, BASE)
    return Corpus(knowledge, tables(texts, readings, knowledge))


def reading(document: Document) -> Reading:
    state = DocumentState(document, ONTOLOGY)
    for station in STATIONS:
        state = station(state)
    assert state.reading
    return state.reading


def tables(
    texts: dict[str, list[Document]], readings: dict[str, Reading], knowledge: Knowledge
) -> Tables:
    from kg.run.spark.job import _Job

    here: Any = Here()
    rows = [
        (id_, pickle.dumps(found[0]), pickle.dumps(readings[id_]), [d.name for d in found])
        for id_, found in texts.items()
    ]
    whole = Table(pd.DataFrame(rows, columns=["id", "document", "reading", "names"]))
    told = whole.mapInPandas(FactExtraction(here, BASE), STATEMENTS)
    things = told.filter("kind = 'thing'").orderBy("key")
    frames = [frame for frame in EntityJoining(here, BASE)(iter([things.rows])) if len(frame)]
    job = _Job.__new__(_Job)
    job.spark, job.ontology, job.base = here, ONTOLOGY, BASE
    return job.tables(whole, told, Table(pd.concat(frames)))  # type: ignore[arg-type]


def decisions(chance: random.Random, knowledge: Knowledge) -> list[Decision]:
    """Decisions about a few things, which are in each other's way."""
    seen = [e for e in knowledge.entities if e.mentions]
    things = [*chance.sample(seen, 5), *chance.sample(knowledge.entities, 2)]
    known = {e.id: e for e in knowledge.entities}
    papers = {s.id: DocumentReference(s.document, s.names[0]) for s in knowledge.sources}
    facts = [f for f in knowledge.facts if f.quote]
    own = [f for f in facts if {known[f.subject], known.get(f.object)} & set(things)] or facts
    found: list[Decision] = []
    for minute in range(chance.choice([1, 4, 12, 24])):
        do, one, other = chance.choice(DO), chance.choice(things), chance.choice(things)
        name = chance.choice([one.name, *one.aliases])
        thing = thing_of(one) if chance.random() < 0.6 else EntityReference(name, one.type)
        what: dict[str, Any] = {"entity": thing}
        if do in ("accept", "reject", "add"):
            what = {"claim": claim(chance, do, chance.choice(own), (one, other), known, papers)}
        elif do == "merge":
            what["other"] = thing_of(other)
        elif do == "split":
            paper = chance.choice([None, *papers.values()])
            what |= {"name": name, "document": paper}
        elif do == "rename":
            what["name"] = chance.choice([other.name, name, f"某某新名{minute}"])
        elif do == "drop":
            what = chance.choice([what, {"name": name}])
        elif do == "retype":
            what["type"] = chance.choice(list(ONTOLOGY.classes))
        else:
            what = {"decision": chance.choice(found).id if found else "0" * 12}
        when = f"2026-05-06T07:{minute:02}:00.000000Z"
        found.append(Decision(do, chance.choice("甲乙"), when, **what))
    return found


def claim(
    chance: random.Random,
    do: str,
    fact: Fact,
    ends: tuple[Entity, Entity],
    known: dict[str, Entity],
    papers: dict[str, DocumentReference],
) -> ClaimReference:
    """A claim that a document states, or one of others that it might; it may be quoted loosely."""
    told = claim_reference(fact, known[fact.subject], known.get(fact.object), papers[fact.document])
    if do == "add":
        one, other = map(thing_of, ends)
        fits = [
            r.name
            for r in ONTOLOGY.relations.values()
            if one.type in r.domain and other.type in r.range
        ]
        told = replace(
            told, predicate=chance.choice([*fits, "leads"]), subject=one, object=other, value=None
        )
        if chance.random() < 0.3:
            told = replace(told, subject=EntityReference("项目", "Project"))
    if chance.random() < 0.4:
        told = replace(told, status=chance.choice(list(ONTOLOGY.statuses)))
    if chance.random() < 0.4:
        told = replace(
            told, document=DocumentReference("0" * 20, chance.choice(["无.txt", *TEXTS]))
        )
    if chance.random() < 0.4:
        told = replace(told, quote=chance.choice([told.quote[1:-1], told.quote[:2], "无此句"]))
    return told


@pytest.mark.parametrize("seed", range(24 * SOAK))
def test_random_decisions_give_a_job_what_they_give_a_local_build(
    corpus: Corpus, seed: int
) -> None:
    decided = decisions(random.Random(seed), corpus.knowledge)
    chosen = verdicts(decided)
    if not chosen.in_force:
        return
    expected = replay(corpus.knowledge, decided, ONTOLOGY, BASE)
    rows: Any
    rows, replayed = Here().corrected(corpus.tables, chosen)
    shared = rows.filter("kind = 'shared'").select("line").distinct()
    lines = [row.line for row in rows.filter("kind = 'own'").unionByName(shared).collect()]
    graph = with_compounds(expected.knowledge, ONTOLOGY, BASE)
    assert sorted(lines) == sorted(set(stored(asserted(graph, ONTOLOGY, BASE))))
    for kind, records in (("entity", graph.entities), ("claim", graph.facts)):
        ids = sorted(pickle.loads(r.body).id for r in rows.filter(f"kind = '{kind}'").collect())
        assert ids == [record.id for record in records]
    assert replace(replayed, knowledge=Knowledge()) == replace(expected, knowledge=Knowledge())


def test_among_random_decisions_those_of_each_kind_hold(corpus: Corpus) -> None:
    held: set[str] = set()
    for seed in range(24):
        decided = decisions(random.Random(seed), corpus.knowledge)
        came: Replayed = replay(corpus.knowledge, decided, ONTOLOGY, BASE)
        held |= {d.do for d in decided if d.id in came.applied}
    assert held == set(DO) - {"undo"}
