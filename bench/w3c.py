"""The SPARQL tests of the W3C over HTTP: what of them the endpoint answers right.

    python bench/w3c.py FOLDER [--only NAME]

FOLDER holds the suite: dawg-data-r2 (SPARQL 1.0) and sparql11, each with its manifests, as in
test/data/suites/w3c of rdflib's sources (pip download --no-deps --no-binary :all: rdflib==7.1.4).
docs/reference/sparql.md tells what came of it.

Every query is sent to a running ``kg serve``, whose graph is replaced by the data of the test.
Tests of updates, of entailment and of federation are no matter of this endpoint and left out;
every miss is listed, those that are known with the reason.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import pyoxigraph as ox

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.solutions import Table, csv_table, expected_table, same_graph, table  # noqa: E402
from kg.store.folder import Store, import_rdf  # noqa: E402
from tests.testing.servers.server import Server, serving  # noqa: E402

BASE = "http://w3c.example/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DAWGT = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#"
EVALUATED = ("QueryEvaluationTest", "CSVResultFormatTest")
GOOD = ("PositiveSyntaxTest", "PositiveSyntaxTest11")
BAD = ("NegativeSyntaxTest", "NegativeSyntaxTest11")
LEFT_OUT = ("entailment", "service", "syntax-fed", "syntax-update-1", "syntax-update-2")
ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
# Why some are missed, by the names of the tests.
BY_VALUE = "the store keeps numbers and times by value, so that another way to write one is lost"
RDF_10 = "the answer is that of RDF 1.0; since RDF 1.1 a plain string is an xsd:string"
GRAMMAR_10 = "1. is no number any more since SPARQL 1.1"
BNODES = "oxigraph makes a new node at each BNODE(text); in one row it should be the same"
GROUPS = "oxigraph makes no group of no rows; the test expects one"
LONGEST = "?x<?a&&?b>?y is read as two comparisons; the longest token would be an IRI"
SCOPE = "oxigraph lets a FILTER in a group of its own see what stands before the group"
REASONS = {
    GRAMMAR_10: "term-6 term-7 syntax-lit-08",
    BY_VALUE: "distinct-1 distinct-2 distinct-9 dawg-str-1 dawg-str-2 sameTerm-eq sameTerm-not-eq "
    "sameTerm-simple eq-graph-1 eq-graph-2 date-2 date-3 open-eq-01 tsv03",
    RDF_10: "dawg-datatype-2 strdt03 strlang03 plus-1 plus-2",
    BNODES: "bnode01",
    GROUPS: "agg-empty-group",
    LONGEST: "syn-bad-26",
    SCOPE: "dawg-optional-filter-005-simplified",
}
REASON = {name: reason for reason, names in REASONS.items() for name in names.split()}


@dataclass(frozen=True)
class Case:
    """A test: its place, its kind, its query, its data and the answer that is right."""

    place: str
    name: str
    kind: str
    query: str
    data: tuple[str, ...]
    named: tuple[str, ...]
    result: str


class Suite:
    """The files of the suite by their IRIs below ``BASE``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, iri: str) -> Path:
        return self.folder / iri.removeprefix(BASE)

    def parse(self, iri: str) -> list[ox.Quad]:
        path = self.path(iri)
        format = ox.RdfFormat.from_extension(path.suffix[1:]) or ox.RdfFormat.TURTLE
        return list(ox.parse(path=path, format=format, base_iri=iri, rename_blank_nodes=True))

    def cases(self) -> list[Case]:
        found = []
        for manifest in sorted(self.folder.glob("*/*/manifest.ttl")):
            if manifest.parent.name not in LEFT_OUT:
                found += self._cases(BASE + manifest.relative_to(self.folder).as_posix())
        return found

    def _cases(self, manifest: str) -> list[Case]:
        store = ox.Store()
        store.extend(self.parse(manifest))

        def values(subject: object, predicate: str) -> list[object]:
            pattern = (subject, ox.NamedNode(predicate), None)
            return [quad.object for quad in store.quads_for_pattern(*pattern)]  # type: ignore[arg-type]

        # What a manifest describes and does not list is no test any more.
        listed = set(values(None, RDF + "first"))
        found = []
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None):
            if quad.subject not in listed:
                continue
            kind = quad.object.value.removeprefix(MF)  # type: ignore[union-attr]
            if kind not in EVALUATED + GOOD + BAD:
                continue
            approval = values(quad.subject, DAWGT + "approval")
            if any(str(a).endswith("Withdrawn>") for a in approval):
                continue
            [action] = values(quad.subject, MF + "action")
            query = values(action, QT + "query") or [action]
            found.append(
                Case(
                    place="/".join(manifest.split("/")[-3:-1]),
                    name=quad.subject.value.rpartition("#")[2],  # type: ignore[union-attr]
                    kind=kind,
                    query=query[0].value,  # type: ignore[attr-defined]
                    data=tuple(v.value for v in values(action, QT + "data")),  # type: ignore[attr-defined]
                    named=tuple(v.value for v in values(action, QT + "graphData")),  # type: ignore[attr-defined]
                    result=next((v.value for v in values(quad.subject, MF + "result")), ""),  # type: ignore[attr-defined]
                )
            )
        return sorted(found, key=lambda case: case.name)


class Runner:
    """A running server whose graph is replaced before each test that has other data."""

    def __init__(self, suite: Suite, folder: Path, server: Server) -> None:
        self.suite, self.folder, self.server = suite, folder, server
        self.loaded: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    def miss(self, case: Case) -> str:
        """What is wrong with the answer to a test; empty if nothing is."""
        path = self.suite.path(case.query)
        text = path.read_bytes().decode("utf-8-sig")
        asked = [urljoin(case.query, name) for name in _FROM.findall(_COMMENT.sub("", text))]
        self._load(case.data, tuple(sorted({*case.named, *asked})))
        query = f"BASE <{case.query}>\n{text}"
        accept = ACCEPT.get(Path(case.result).suffix, "*/*")
        answer = self._ask(query, accept)
        if case.kind in BAD:
            return "" if answer.status_code == 400 else f"is answered ({answer.status_code})"
        if answer.status_code != 200:
            return f"{answer.status_code}: {answer.text.splitlines()[0]}"
        if case.kind in GOOD:
            return ""
        return self._compare(case, query, answer)

    def _ask(self, query: str, accept: str) -> httpx2.Response:
        return httpx2.post(
            self.server.sparql,
            content=query.encode(),
            headers={"Content-Type": "application/sparql-query", "Accept": accept},
            timeout=60,
            trust_env=False,
        )

    def _load(self, data: tuple[str, ...], named: tuple[str, ...]) -> None:
        if self.loaded == (data, named):
            return
        self.loaded = (data, named)
        triples = [quad.triple for iri in data for quad in self.suite.parse(iri)]
        quads = []
        for iri in named:
            node = ox.NamedNode(iri)
            # Tests of syntax name graphs that the suite has no file for: let there be one.
            there = self.suite.path(iri).is_file()
            parsed = self.suite.parse(iri) if there else [ox.Quad(node, node, node)]
            quads += [ox.Quad(*quad.triple, node) for quad in parsed]
        replace_graph(self.folder, triples, quads)

    def _compare(self, case: Case, query: str, answer: httpx2.Response) -> str:
        media = answer.headers["content-type"].partition(";")[0]
        right = self.suite.path(case.result)
        if media == "text/csv":
            found: Table = csv_table(answer.text)
            return "" if found.same(csv_table(right.read_text("utf-8"))) else "other rows"
        if media in ("text/turtle", "application/n-triples"):
            found_graph = ox.parse(answer.content, format=ox.RdfFormat.TURTLE)
            wanted_graph = self.suite.parse(case.result)
            return "" if same_graph(found_graph, wanted_graph) else "another graph"
        ordered = "ORDER BY" in " ".join(_COMMENT.sub("", query).upper().split())
        found = table(answer.content, media, ordered=ordered)
        wanted = expected_table(right, case.result, ordered=ordered)
        fewer = "reduced" in case.place
        same = found.within(wanted) if fewer else found.same(wanted)
        return "" if same else f"other rows: {found.rows!r:.300} for {wanted.rows!r:.300}"


def replace_graph(folder: Path, triples: list[ox.Triple], named: list[ox.Quad]) -> None:
    """Put other statements in the place of a graph's: those of no graph, and of named graphs."""
    Store.create(folder, triples, keep_imports=False)
    if named:
        file = folder / "data.nq"
        file.write_bytes(ox.serialize(named, format=ox.RdfFormat.N_QUADS) or b"")
        import_rdf(folder, [file])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="tests whose place and name hold this")
    given = parser.parse_args()
    suite = Suite(given.folder.resolve())
    right: Counter[str] = Counter()
    misses: defaultdict[str, list[tuple[Case, str]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "graph"
        Store.create(folder, [])
        with serving(folder, "--timeout", "30") as server:
            runner = Runner(suite, folder, server)
            for case in suite.cases():
                if given.only not in f"{case.place} {case.name}":
                    continue
                version = case.place.split("/")[0]
                group = f"{version} {'evaluation' if case.kind in EVALUATED else 'syntax'}"
                try:
                    wrong = runner.miss(case)
                except FileNotFoundError as error:
                    wrong = f"this copy of the suite lacks {Path(error.filename).name}"
                right[group] += not wrong
                misses[group] += [(case, wrong)] if wrong else []
    for group in sorted(right):
        count = right[group] + len(misses[group])
        print(f"{group:28} {right[group]:4} of {count:4} ({right[group] / count:.1%})")
    whole = right.total() + sum(map(len, misses.values()))
    print(f"{'all':28} {right.total():4} of {whole:4} ({right.total() / whole:.1%})")
    for group in sorted(misses):
        for case, wrong in misses[group]:
            print(f"   {case.place} {case.name}: {REASON.get(case.name, 'NOT EXPECTED')}")
            print(f"      {wrong:.200}")
    found = {
        case.name for cases in misses.values() for case, wrong in cases if "lacks" not in wrong
    }
    return 1 if found - REASON.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
