"""The network of who works, signs or is allied with whom: ties, communities, centrality.

The network is NetworkX's; its nodes are numbered by the names of bodies and its methods seeded, so
that the same graph gives the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from kg.publish.register.projects import Quotation
from kg.publish.register.seats import places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.base.records import Fact
    from kg.publish.dossier.model import Cell, Line, Table
    from kg.publish.register.view import View

COOPERATES, MEMBER, LEADS = "cooperatesWith", "memberOf", "leads"
SEED = 0
# Of a larger network betweenness is estimated from so many of its nodes: all would take minutes.
EXACT = 800
# Digits of a centrality.
DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two bodies are tied: how, through what, since when, and the sentence that says so."""

    one: str
    other: str
    how: str
    through: str
    day: str
    quotation: Quotation | None


def register(view: View) -> Iterator[Table]:
    """The parts of the register of cooperation."""
    near = [tie for tie in _ties(view) if _near(view, tie)]
    ties = [tie for tie in near if view.request.time(tie.day)]
    undated = sum(not tie.day for tie in near) if len(ties) < len(near) else 0
    net = _Network(view, ties)
    alliances = list(_alliances(view, ties))
    yield view.figures(
        [
            view.figure("bodies", len(net.bodies)),
            view.figure("ties", len({frozenset((t.one, t.other)) for t in ties})),
            view.figure("alliances", len(alliances)),
            view.figure("communities", len(net.communities)),
        ]
    )
    estimated = view.words.note("approximated", n=EXACT) if len(net.bodies) > EXACT else ""
    seats = view.words.note("seat")
    yield view.table("bodies", net.lines(), seats, view.words.note("graph"), estimated)
    yield view.table("alliances", alliances)
    yield view.table("communities", net.groups())
    left = view.words.note("undated", n=undated) if undated else ""
    yield view.table("ties", (_line(view, pair) for pair in _pairs(view, ties)), left)


def _ties(view: View) -> list[Tie]:
    """All ties, each pair and way once for each sentence, in the order of the names."""
    ties = [
        *_relation_ties(view, COOPERATES),
        *_relation_ties(view, MEMBER),
        *_relation_ties(view, LEADS),
        *_deal_ties(view),
    ]
    name = view.data.name
    return sorted(
        set(ties), key=lambda t: (name(t.one), name(t.other), t.how, t.through, str(t.quotation))
    )


def _relation_ties(view: View, predicate: str) -> Iterator[Tie]:
    """The ties that a relation between two bodies makes, by its surest sentence."""
    kinds = view.data.kinds
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in view.data.claims_with(predicate):
        if kinds.get(fact.object) in ("Organisation", "District"):
            groups.setdefault((fact.subject, fact.object), []).append(fact)
    for (one, other), facts in groups.items():
        best = min(facts, key=view.surest)
        if best.quote:
            quotation = Quotation(best.quote, best.document, best.start, best.end)
            yield Tie(one, other, predicate, "", view.data.dates.of(best)[0], quotation)


def _deal_ties(view: View) -> Iterator[Tie]:
    """The ties of those who are party to the same deal."""
    for deal in view.data.deals:
        first = deal.attestations[0] if deal.attestations else None
        quotation = (
            Quotation(first.quote, first.document, first.start, first.end) if first else None
        )
        page = view.data.days.get(first.document) if first else None
        day = next(
            (d.lexical for d in deal.days if d.lexical[:1] != "-"), page.page if page else ""
        )
        through = view.data.names_of((*deal.projects, *deal.agreements))
        for one, other in combinations(sorted(deal.parties), 2):
            yield Tie(one, other, "signs", through, day, quotation)


def _near(view: View, tie: Tie) -> bool:
    """Whether one of two bodies is of the district that is wanted."""
    ends = (tie.one, tie.other)
    places = {p for iri in ends for p in (iri, *places_of(view.data, iri))}
    return view.here(places)


def _pairs(view: View, ties: Sequence[Tie]) -> list[list[Tie]]:
    """The ties of each two bodies, however many ways and documents tell them, by their names."""
    name = view.data.name
    pairs: dict[tuple[str, ...], list[Tie]] = defaultdict(list)
    for tie in ties:
        ends = sorted((tie.one, tie.other), key=lambda iri: (name(iri), iri))
        # Who leads whom has a direction.
        pairs[(tie.one, tie.other) if tie.how in (MEMBER, LEADS) else (*ends,)].append(tie)
    return list(pairs.values())


def _line(view: View, pair: Sequence[Tie]) -> Line:
    """A line for two bodies: all ways in which they are tied, since when, and one sentence."""
    days = sorted({tie.day for tie in pair if tie.day})
    quotations = [tie.quotation for tie in pair if tie.quotation]
    cells: dict[str, Cell] = {
        "one": view.thing(pair[0].one),
        "how": "、".join(dict.fromkeys(_how(view, tie.how) for tie in pair)),
        "other": view.thing(pair[0].other),
        "through": "、".join(dict.fromkeys(tie.through for tie in pair if tie.through)),
        "day": days[0] if days else "",
    }
    documents = len({quotation.document for quotation in quotations})
    return view.line(cells, quotations[0] if quotations else None, max(documents, 1))


def _how(view: View, how: str) -> str:
    known = view.words.page.get("values", {})
    return view.words.value_of(how) if how in known else view.words.predicate(how)


def _alliances(view: View, ties: Sequence[Tie]) -> Iterator[Line]:
    """Each alliance with who leads it and who is in it, the largest first."""
    members: dict[str, set[str]] = defaultdict(set)
    leaders: dict[str, set[str]] = defaultdict(set)
    quotations: dict[str, Quotation | None] = {}
    for tie in ties:
        if tie.how == MEMBER or (tie.how == LEADS and view.data.subtype(tie.other) == "alliance"):
            (members if tie.how == MEMBER else leaders)[tie.other].add(tie.one)
            quotations.setdefault(tie.other, tie.quotation)
    name = view.data.name

    def order(iri: str) -> tuple[object, ...]:
        return -len(members[iri] | leaders[iri]), name(iri), iri

    for iri in sorted(quotations, key=order):
        cells: dict[str, Cell] = {
            "alliance": view.thing(iri),
            "leads": view.data.names_of(leaders[iri]),
            "members": view.data.names_of(members[iri]),
            "degree": Decimal(len(members[iri] | leaders[iri])),
        }
        yield view.line(cells, quotations[iri])


class _Network:
    """The network of some ties: its bodies by number, their communities and centrality."""

    def __init__(self, view: View, ties: Sequence[Tie]) -> None:
        import networkx as nx

        self.view = view
        name = view.data.name
        ends = {iri for tie in ties for iri in (tie.one, tie.other)}
        self.bodies = sorted(ends, key=lambda iri: (name(iri), iri))
        number = {iri: at for at, iri in enumerate(self.bodies)}
        self.graph: nx.Graph[int] = nx.Graph()
        self.graph.add_nodes_from(range(len(self.bodies)))
        pairs = sorted(tuple(sorted((number[t.one], number[t.other]))) for t in ties)
        for one, other in pairs:
            weight = self.graph.get_edge_data(one, other, {"weight": 0})["weight"]
            self.graph.add_edge(one, other, weight=weight + 1)
        sample = EXACT if len(self.bodies) > EXACT else None
        between = nx.betweenness_centrality(self.graph, k=sample, seed=SEED)
        self.centrality: Mapping[int, Decimal] = {
            at: Decimal(value).quantize(DIGITS) for at, value in between.items()
        }
        communities = nx.community.louvain_communities(self.graph, seed=SEED) if self.bodies else []
        groups = [sorted(group, key=self._rank) for group in communities if len(group) > 1]
        self.communities = sorted(groups, key=lambda group: (-len(group), group))
        self.of = {at: group[0] for group in self.communities for at in group}

    def _rank(self, at: int) -> tuple[object, ...]:
        """The most tied first, then the most central, then by name."""
        return -self.graph.degree(at), -self.centrality[at], at

    def lines(self) -> Iterator[Line]:
        """A line for each body, the most tied first."""
        view = self.view
        for at in sorted(range(len(self.bodies)), key=self._rank):
            iri = self.bodies[at]
            centrality = self.centrality[at]
            cells: dict[str, Cell] = {
                "body": view.thing(iri),
                "places": view.places(places_of(view.data, iri)),
                "degree": Decimal(self.graph.degree(at)),
                "centrality": centrality if centrality else "",
                "community": self._name(self.of[at]) if at in self.of else "",
                "members": view.data.names_of(self.bodies[n] for n in self.graph[at]),
            }
            yield view.line(cells, None)

    def groups(self) -> Iterator[Line]:
        """A line for each community, named by its most tied body."""
        for group in self.communities:
            inner = self.graph.subgraph(group).number_of_edges()
            cells: dict[str, Cell] = {
                "community": self._name(group[0]),
                "size": Decimal(len(group)),
                "degree": Decimal(inner),
                "members": "、".join(self._name(at) for at in group),
            }
            yield self.view.line(cells, None)

    def _name(self, at: int) -> str:
        return self.view.data.name(self.bodies[at])
