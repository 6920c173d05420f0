"""A folder in, its graph as an object out: what Python programs use of Zhengtu.

>>> import kg                                      # doctest: +SKIP
>>> graph = kg.open("outputs")                     # doctest: +SKIP
>>> graph.ask("counts").rows                       # doctest: +SKIP
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.base.errors import QueryError, RemoteError, did_you_mean
from kg.base.settings import default
from kg.corpus.compound.deals.assemble import FIELDS
from kg.ontology import load
from kg.query import query as _query
from kg.query import questions as _questions
from kg.query.notebook import Page
from kg.query.remote.address import is_remote
from kg.store.folder import Store
from kg.store.rdf.namespaces import ALT_LABEL, DERIVED, LABEL, OA, ORG
from kg.store.rdf.rows import speakable
from kg.store.rdf.turtle import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx
    import rdflib
    from pyoxigraph import Quad, Triple

    from kg.base.records import Deal, Entity, Fact, Knowledge, Post
    from kg.ontology import Ontology
    from kg.query.query import Result
    from kg.query.remote.endpoint import Remote

ENDS = 200  # whose deals are asked for at a time
# From a claim to its place in a document, and from there to where and what that is.
_EVIDENCE = (OA + "hasTarget", OA + "hasSelector")


def _batches(ends: Sequence[str]) -> list[Sequence[str]]:
    return [ends[i : i + ENDS] for i in range(0, len(ends), ENDS)]


def open(directory: Path | str = "outputs", ontology: Ontology | None = None) -> Graph:
    """Open the graph of a folder, or of a SPARQL endpoint, for reading.

    Args:
        directory: The folder that ``kg build`` wrote, or the address of an endpoint
            (``kg.query.remote.endpoint.Remote``).
        ontology: Its labels, questions and prefixes; by default the one of this installation.

    Raises:
        StoreError: If the folder holds no graph, or a damaged one.
        RemoteError: If the endpoint cannot be reached, refuses, or answers wrongly.
    """
    known = ontology or load()
    store = open_store(directory, known)
    try:
        return Graph(store, known)
    except RemoteError:
        store.close()
        raise


def open_store(
    directory: Path | str, ontology: Ontology, *, counted: bool = True
) -> Store | Remote:
    """The store of a folder, compared with its ledger if ``counted``, or that of an endpoint."""
    if is_remote(directory):
        from kg.query.remote.endpoint import Remote

        return Remote(str(directory), ontology)
    return Store.open(directory, counted=counted)


def troubles_text(troubles: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """What a build warns of as the ledger keeps it."""
    return speakable(json.dumps(troubles, ensure_ascii=False))


class Graph:
    """An open graph. ``close`` it, or use it in a ``with``."""

    def __init__(self, store: Store | Remote, ontology: Ontology) -> None:
        self.store = store
        self.ontology: Ontology = ontology
        self.prefixes = dict(ontology.prefixes)
        self.base = store.ledger.meta().get("base", default("base"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _repr_html_(self) -> str:
        from kg.query.notebook import summary

        return summary(self)

    def close(self) -> None:
        self.__dict__.pop("rdf", None)
        self.store.close()

    @cached_property
    def rdf(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset, read-only; facts stand in its default graph."""
        return self.store.dataset(self.prefixes)

    def triples(self) -> list[Triple]:
        """The facts and all that is said of them, as pyoxigraph's triples."""
        quads = self.store.quads.quads_for_pattern(None, None, None, DefaultGraph())
        return [quad.triple for quad in quads]

    @cached_property
    def knowledge(self) -> Knowledge:
        """The whole graph as records: documents with their texts, entities, facts."""
        from kg.store.recall import knowledge

        # Not the list of triples: of 50,000 things it has over two million.
        quads = self.store.quads.quads_for_pattern(None, None, None, DefaultGraph())
        whole = knowledge(quads, self.ontology, self.store.ledger.sources())
        return replace(whole, reprints=self.reprints)

    @cached_property
    def reprints(self) -> tuple[tuple[tuple[str, int], ...], ...]:
        """The articles that stand in several places, as ``Knowledge`` has them."""
        groups = json.loads(self.store.ledger.meta().get("reprints", "[]"))
        return tuple(tuple(map(tuple, group)) for group in groups)

    def claims(self, document: str) -> tuple[Fact, ...]:
        """What one document states, by its IRI, without the rest of the graph being read."""
        quads = self.store.quads.quads_for_pattern(
            None, DERIVED, NamedNode(document), DefaultGraph()
        )
        return self.facts(q.subject.value for q in quads if isinstance(q.subject, NamedNode))

    def facts(self, claims: Iterable[str]) -> tuple[Fact, ...]:
        """Some claims by IRI, in its order, with what they quote; what is none is left out."""
        return tuple(self._recalled({NamedNode(iri) for iri in claims}, steps=2).facts)

    def entities(self, iris: Iterable[str]) -> dict[str, Entity]:
        """Some entities by IRI, without their merges; what is none is left out."""
        recalled = self._recalled({NamedNode(iri) for iri in iris}, steps=0)
        return {entity.id: entity for entity in recalled.entities}

    def posts(self, ends: Iterable[str]) -> tuple[Post, ...]:
        """The posts of some persons, and those at some bodies, by IRI; in order of theirs."""
        nodes = {
            quad.subject
            for end in ends
            for verb in (NamedNode(ORG + "member"), NamedNode(ORG + "organization"))
            for quad in self.store.quads.quads_for_pattern(
                None, verb, NamedNode(end), DefaultGraph()
            )
            if isinstance(quad.subject, NamedNode)
        }
        return tuple(self._recalled(nodes, steps=2).posts)

    def deals(self, ends: Iterable[str]) -> tuple[Deal, ...]:
        """The deals that some things are parts of, by IRI; in order of theirs."""
        parts = "|".join(f"<{self.ontology.namespace}{part}>" for part in FIELDS)
        nodes: set[NamedNode] = set()
        # Some at a time in one query: elsewhere each would be a request of its own.
        for batch in _batches(sorted(set(ends))):
            values = " ".join(f"<{end}>" for end in batch)
            query = f"SELECT DISTINCT ?deal {{ VALUES ?end {{ {values} }} ?deal {parts} ?end }}"
            rows = self.query(query).terms
            nodes.update(deal for (deal,) in rows if isinstance(deal, NamedNode))
        return tuple(self._recalled(nodes, steps=2).deals)

    def deals_of(self, iris: Iterable[str]) -> tuple[Deal, ...]:
        """Some deals by IRI, in its order, with what they quote; what is none is left out."""
        return tuple(self._recalled({NamedNode(iri) for iri in iris}, steps=2).deals)

    def _recalled(self, nodes: Iterable[NamedNode], steps: int) -> Knowledge:
        """The records of some nodes, read with what they point to in so many steps."""
        from kg.store.recall import knowledge

        quads: list[Quad] = []
        followed = {*_EVIDENCE, f"{self.ontology.namespace}amount"}
        wanted = set(nodes)
        for _ in range(steps + 1):
            self.store.ahead(wanted)
            new = [
                quad
                for node in wanted
                for quad in self.store.quads.quads_for_pattern(node, None, None, DefaultGraph())
            ]
            quads += new
            targets = (q.object for q in new if q.predicate.value in followed)
            wanted = {target for target in targets if isinstance(target, NamedNode)}
        return knowledge(quads, self.ontology)

    @property
    def troubles(self) -> dict[str, list[list[str]]]:
        """What the build of this graph warned of, as ``Report.troubles`` gives it."""
        troubles: dict[str, list[list[str]]] = json.loads(
            self.store.ledger.meta().get("troubles", "{}")
        )
        return troubles

    def networkx(self) -> nx.MultiDiGraph[str]:
        """The graph as a networkx MultiDiGraph: entities and their relations.

        Nodes are IRIs with ``type``, ``label``, ``aliases``, ``mentions``, ``subtype``,
        ``code``, and a list of values for each attribute that they have. An edge is one
        fact: its key is the predicate, and it carries ``predicate``, ``label``, ``evidence``
        (a list, surest first, of dicts of quote, document, start, end, status, confidence,
        rule and claim; empty for background facts, which name their ``source``), and the
        ``status``, ``confidence`` and ``rule`` of its surest claim.
        """
        from kg.query.network import network

        return network(self.knowledge, self.ontology)

    def query(self, text: str, **bindings: object) -> Result:
        """Answer a SPARQL query; see ``kg.query.query.answer``.

        Raises:
            QueryError: If the query is wrong; the message says where.
        """
        return _query.answer(self, text, bindings)

    def ask(self, name: str, /, **parameters: object) -> Result:
        """Answer a named question of the ontology.

        Raises:
            QueryError: If the question or a parameter is unknown, missing or wrong.
        """
        return _questions.ask(self, name, {key: str(value) for key, value in parameters.items()})

    def graph_html(self, around: str | Sequence[str], limit: int = default("drawn")) -> Page:
        """The page of what lies within two links of some things; a notebook shows it in a cell.

        Args:
            around: A name, an alias or an IRI, or several.
            limit: Nodes drawn at most.

        Raises:
            QueryError: If nothing is called so, or ``limit`` is below 1.
        """
        from kg import graph_html  # what draws stands behind what asks

        return Page(graph_html(self, [around] if isinstance(around, str) else around, limit))

    def entity(self, name: str) -> list[str]:
        """The IRIs of the entities that a name, an alias or an IRI stands for.

        Raises:
            QueryError: If nothing is called so; the nearest names are given.
        """
        return _questions.resolve(self, name)

    def text(self, document: str) -> str:
        """The text of a document, by its IRI, its id or its file name.

        Raises:
            QueryError: If there is no such document.
        """
        text = self.store.ledger.text(document)
        if text is None:
            names = {n for group in self.store.ledger.names().values() for n in group}
            raise QueryError(
                f"{document} is no document of this graph; {did_you_mean(document, names)}",
                zh=f"{document} 不是这个图谱的文档；{did_you_mean(document, names, 'zh')}",
            )
        return text

    @cached_property
    def names_of(self) -> dict[str, str]:
        """The label of every entity, by IRI."""
        return {s: min(o) for s, o in self._texts([LABEL]).items()}

    def called(self) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """IRI, class, label and aliases of every entity, in the order of their IRIs.

        What they are called is read, and not what is said of them.
        """
        from kg.store.recall import RESERVED, kind, ranks

        kinds, order = defaultdict[str, list[str]](list), ranks(self.ontology)
        for quad in self.store.quads.quads_for_pattern(None, TYPE, None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                kinds[quad.subject.value].append(quad.object.value)
        labels, others = self._texts([LABEL]), self._texts([ALT_LABEL])
        rows = []
        for iri in sorted(kinds):
            own = kind(kinds[iri], self.ontology.namespace, order)
            if own and own not in RESERVED:
                name = min(labels.get(iri, ()), default="")
                rows.append((iri, own, name, tuple(sorted(others.get(iri, set()) - {name}))))
        return rows

    @cached_property
    def iris_of(self) -> dict[str, list[str]]:
        """The IRIs of the entities that bear a name, by label and alias."""
        nodes_by_name: dict[str, set[str]] = defaultdict(set)
        for node, texts in self._texts([LABEL, ALT_LABEL]).items():
            for text in texts:
                nodes_by_name[text].add(node)
        return {name: sorted(nodes) for name, nodes in nodes_by_name.items()}

    @cached_property
    def folded(self) -> dict[str, list[str]]:
        """The same by names without regard to case, width, spaces and quotation marks."""
        nodes_by_name: dict[str, set[str]] = defaultdict(set)
        for name, nodes in self.iris_of.items():
            nodes_by_name[_questions.fold(name)].update(nodes)
        return {name: sorted(nodes) for name, nodes in nodes_by_name.items()}

    def _texts(self, predicates: Iterable[NamedNode]) -> dict[str, set[str]]:
        texts: dict[str, set[str]] = defaultdict(set)
        for predicate in predicates:
            for quad in self.store.quads.quads_for_pattern(None, predicate, None, DefaultGraph()):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    texts[quad.subject.value].add(quad.object.value)
        return texts
