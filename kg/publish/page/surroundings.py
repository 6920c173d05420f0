"""Make the graph to draw around some things; the rest of the graph is not read.

What is drawn of a thing depends on more than its facts: on the places above it, on where those
are that it belongs to, on the documents that state its facts. So much is read besides, and the
drawing is the one that the whole graph would give.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.base.errors import QueryError, nearest
from kg.base.records import Knowledge
from kg.corpus.compound.deals.assemble import parts_of
from kg.publish.derived.whereabouts import LEAST
from kg.publish.page.drawing import TITLE, drawing
from kg.store.rdf.namespaces import ALT_LABEL, LABEL, RDF
from kg.store.rdf.turtle import TYPE
from kg.store.recall import RESERVED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    import networkx

    from kg.query.graph import Graph

    # A claim by IRI, what it says of what, and the thing or the value that it says.
    Link = tuple[str, str, str, NamedNode | Literal]

_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF + n) for n in ("subject", "predicate", "object"))
# A fact is one direct triple, however often it is said: counting claims takes 100 times as long.
_FACTS = "SELECT (COUNT(*) AS ?n) { VALUES ?relation { %s } ?s ?relation ?o }"
_THINGS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { VALUES ?kind { %s } ?s a ?kind }"


def around(graph: Graph, centres: Sequence[str], few: int, most: int) -> networkx.MultiDiGraph[str]:
    """The graph that ``kg.publish.page.view.page`` takes, of what lies within two links of things.

    Args:
        graph: The open graph.
        centres: IRIs of things.
        few: Things that those of the second step fill the drawing up to, the most told of first.
        most: Things at most.

    Returns:
        The drawing, which says of the whole graph how large it is (``size``: entities, facts)
        and of each node how many facts lead to what is not drawn (``unseen``).

    Raises:
        QueryError: If one of the IRIs is no entity of the graph.
    """
    reader = _Reader(graph)
    for centre in centres:
        if not reader.kind(centre):
            close = nearest(centre, graph.names_of)
            # A list of other IRIs helps nobody who has none that is nearly right.
            way_out = f"did you mean {', '.join(close)}?" if close else "search for its name"
            raise QueryError(
                f"{centre} is no entity of this graph; {way_out}",
                zh=f"{centre} 不是这个图谱中的实体；"
                + (f"您要找的是不是 {'、'.join(close)}？" if close else "请按名称搜索"),
            )
    nodes = reader.near(centres, few, most)
    view = among(graph, nodes, reader)
    view.graph["size"] = size(graph)
    for node in nodes:
        ends = {(s, p, o.value) for _, s, p, o in reader.links(node)}
        view.nodes[node]["unseen"] = sum(s not in nodes or o not in nodes for s, _, o in ends)
    return view


def graph_html(graph: Graph, names: Sequence[str], limit: int) -> str:
    """The page of what lies around the things that some names stand for, to be looked at alone.

    Raises:
        QueryError: If nothing is called so, or ``limit`` is below 1.
    """
    from kg.publish.page.view import page

    centres = list(dict.fromkeys(iri for name in names for iri in graph.entity(name)))
    view = around(graph, centres, max(limit, 1), max(limit, 1))
    return page(view, graph.ontology, title=TITLE, around=centres, limit=limit)


def among(
    graph: Graph, nodes: Collection[str], reader: _Reader | None = None
) -> networkx.MultiDiGraph[str]:
    """The drawing of some things and the facts between them (``kg.publish.page.drawing``)."""
    reader = reader or _Reader(graph)
    needed, claims = reader.above(nodes)
    for node in nodes:
        for claim, _, _, o in reader.said_of(node):
            if isinstance(o, Literal) or o.value in nodes:
                claims.add(claim)
    facts = graph.facts(claims)
    entities = graph.entities(needed | set(nodes))
    sources = graph.store.ledger.sources({fact.document for fact in facts})
    ordered = tuple(entities[iri] for iri in sorted(entities))
    posts, deals = graph.posts(nodes), graph.deals(nodes)
    part = Knowledge(
        tuple(sources.values()),
        ordered,
        facts,
        reprints=graph.reprints,
        posts=posts,
        deals=deals,
    )
    ends = {end for post in posts for end in (post.person, post.organisation) if end}
    ends |= {end for deal in deals for end in parts_of(deal)}
    names = {iri: entity.name for iri, entity in graph.entities(ends - entities.keys()).items()}
    return drawing(part, graph.ontology, set(nodes), names=names)


def size(graph: Graph) -> tuple[int, int]:
    """How many entities and how many facts between them a graph has."""

    def count(text: str, names: Iterable[str]) -> int:
        terms = " ".join(f"<{graph.ontology.namespace}{name}>" for name in names)
        return int(graph.query(text % terms).rows[0][0])

    return count(_THINGS, graph.ontology.classes), count(_FACTS, graph.ontology.relations)


class _Reader:
    """What claims say of single things, read from the store as it is asked for."""

    def __init__(self, graph: Graph) -> None:
        ontology = graph.ontology
        self.quads, self.space = graph.store.quads, ontology.namespace
        self.store = graph.store
        self.ways = {r.name: r.places for r in ontology.relations.values() if r.places}
        self.places = {c.name for c in ontology.classes.values() if c.identified_by == "place"}
        self.kind: Callable[[str], str] = cache(self._kind)
        self.claims: Callable[[str, NamedNode], list[Link]] = cache(self._claims)

    def _kind(self, iri: str) -> str:
        """A class of a thing, as a local name; ``""`` for what is none."""
        try:
            quads = self.quads.quads_for_pattern(NamedNode(iri), TYPE, None, DefaultGraph())
        except ValueError:
            return ""
        values = (quad.object.value for quad in quads if isinstance(quad.object, NamedNode))
        own = {v.removeprefix(self.space) for v in values if v.startswith(self.space)}
        return "" if RESERVED & own else min(own, default="")

    def _claims(self, node: str, end: NamedNode) -> list[Link]:
        """The claims that have a thing at one end."""
        quads = self.quads.quads_for_pattern(None, end, NamedNode(node), DefaultGraph())
        links = (self._claim(quad.subject) for quad in quads)
        return [link for link in links if link]

    def _claim(self, claim: Any) -> Link | None:
        """What a claim says; None of what is no claim."""
        # One seek: asking for each predicate takes four times as long.
        about: dict[str, Any] = {}
        kinds = set()
        for quad in self.quads.quads_for_pattern(claim, None, None, DefaultGraph()):
            if quad.predicate == TYPE:
                kinds.add(str(quad.object))
            elif quad.predicate in (_SUBJECT, _PREDICATE, _OBJECT):
                known = about.get(quad.predicate.value)
                if known is None or str(quad.object) < str(known):
                    about[quad.predicate.value] = quad.object
        if f"<{self.space}Claim>" not in kinds or len(about) < 3:
            return None
        s, p, o = (about[end.value] for end in (_SUBJECT, _PREDICATE, _OBJECT))
        return claim.value, s.value, p.value.removeprefix(self.space), o

    def said_of(self, node: str) -> list[Link]:
        """The claims whose subject a thing is."""
        return self.claims(node, _SUBJECT)

    def links(self, node: str) -> list[Link]:
        """The claims between a thing and others, each once."""
        both = (*self.claims(node, _SUBJECT), *self.claims(node, _OBJECT))
        between = (link for link in both if isinstance(link[3], NamedNode))
        by_claim = {link[0]: link for link in between}
        return [x for x in by_claim.values() if self.kind(x[1]) and self.kind(x[3].value)]

    def near(self, centres: Sequence[str], few: int, most: int) -> set[str]:
        """The things within two links of some: those of the second step up to ``few`` in all."""
        near = set(centres)
        for room in (most, few):
            self._ahead(near)
            ends = {end for n in near for _, s, _, o in self.links(n) for end in (s, o.value)}
            reached = sorted(ends - near)
            if len(reached) > room - len(near):
                self._ahead(reached)
                reached.sort(key=lambda node: (-self._claim_count(node), node))
            near.update(reached[: max(0, room - len(near))])
        self._ahead(near)
        return near

    def _ahead(self, nodes: Iterable[str]) -> None:
        """Have the claims about some things read in few requests, where it takes requests."""
        self.store.ahead([NamedNode(node) for node in nodes], claims=True)

    def _claim_count(self, node: str) -> int:
        """How many claims have a thing at an end."""
        ends = (
            self.quads.quads_for_pattern(None, end, NamedNode(node), DefaultGraph())
            for end in (_SUBJECT, _OBJECT)
        )
        return sum(1 for quads in ends for _ in quads)

    def above(self, nodes: Iterable[str]) -> tuple[set[str], set[str]]:
        """What tells where things are (`derived.whereabouts`): things, and claims."""
        above, claims, todo = set(nodes), set[str](), list(nodes)
        while todo:
            node = todo.pop()
            ends = dict(self._leading(node))
            placed = {c: end for c, end in ends.items() if self.kind(end) in self.places}
            named = set() if placed else self._named_as(node)
            if not placed and not named and self.kind(node) not in self.places:
                placed = ends
            claims |= placed.keys()
            reached = ({*placed.values()} | named) - above
            above |= reached
            todo += reached
        return above, claims

    def _leading(self, node: str) -> Iterator[tuple[str, str]]:
        """The claims that put a thing somewhere, and where."""
        for claim, _, p, o in self.claims(node, _SUBJECT):
            if self.ways.get(p) == "subject" and isinstance(o, NamedNode):
                yield claim, o.value
        if "object" in self.ways.values():
            for claim, s, p, _ in self.claims(node, _OBJECT):
                if self.ways.get(p) == "object":
                    yield claim, s

    def _named_as(self, node: str) -> set[str]:
        """The place whose whole name the name of a thing begins with, and those called alike."""
        labels = self.quads.quads_for_pattern(NamedNode(node), LABEL, None, DefaultGraph())
        name = min((q.object.value for q in labels if isinstance(q.object, Literal)), default="")
        places = set[str]()
        for end in range(len(name) - 1, LEAST - 1, -1):
            bearing = self._bearing(name[:end])
            places |= bearing
            if len(bearing) == 1:
                break
        return places - {node}

    def _bearing(self, name: str) -> set[str]:
        """The places of a name."""
        bearers = {
            quad.subject.value
            for predicate in (LABEL, ALT_LABEL)
            for quad in self.quads.quads_for_pattern(
                None, predicate, Literal(name, language="zh"), DefaultGraph()
            )
            if isinstance(quad.subject, NamedNode)
        }
        return {iri for iri in bearers if self.kind(iri) in self.places}
