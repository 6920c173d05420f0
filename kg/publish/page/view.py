"""Write a graph as one HTML page: drawn, searched and read, with no network.

pyvis holds the drawing (its nodes, edges and options) and brings vis-network, which is
written into the page. The page itself is the template's beside this module: pyvis's own
still calls a CDN and runs markup in headings. Places are laid out beforehand.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError, did_you_mean
from kg.corpus.compound.tenure import tenures
from kg.extract.arbiter.proposals import LEVELS
from kg.extract.values.sum_kinds import sum_kinds
from kg.publish.layout.network import bends_of, circles_of, plainly, through_pyvis
from kg.publish.layout.pinyin import readings
from kg.publish.page.filter_data import filter_data
from kg.publish.page.side_panels import side_panels
from kg.publish.page.summary.interest import drawn_interest, holds
from kg.publish.page.template import filled
from kg.publish.page.visible import nodes_to_draw, unseen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.ontology import Ontology
    from kg.ontology.pages import Klass
    from kg.publish.page.overview import WholeGraph

    Fact = dict[str, Any]

FEW = 1000  # nodes that vis-network draws quickly; more are drawn on a plain canvas
TEXTS = 8_000_000  # code points of documents that a page carries, the most quoted first


def page(
    view: Any,
    ontology: Ontology,
    *,
    title: str | Mapping[str, str],
    around: str | Sequence[str] | None = None,
    limit: int = 1000,
    served: bool = False,
    review: bool = False,
    news: Mapping[str, Any] | None = None,
    whole: WholeGraph | None = None,
) -> str:
    """The page of a graph, the same text for the same graph on every machine.

    Args:
        view: A networkx MultiDiGraph. Nodes are IRIs with ``label``, ``type``, ``subtype``,
            ``aliases``, ``mentions`` and ``attributes`` (tuples of predicate, printed value,
            quotation, document, start and end of the quotation in it), ``posts`` of a person or a
            body (tuples of title, name and IRI of the other end, tenures, terms, doubt), ``deals``
            of what is part of one (tuples of the other parts, each a name and an IRI, of sums, each
            a kind and the amount, of days, of statuses); edges have ``predicate``, ``quote``,
            ``document``, ``start``, ``end``, ``status``, ``confidence``, ``rule``, ``claim`` (its
            IRI), ``source`` where nothing is quoted, ``article`` (the independent one, where
            ``document`` alone does not tell it), and ``date`` with ``dated`` (whose date it is)
            where there is one, as rows of attributes may have at their end, and behind them what
            completed a date (what it became, what its words lack, by which day, what told it, apart
            by ``|``). The graph's own ``documents`` are the texts and ``iris`` the IRIs of
            documents, by name; its ``places`` and ``sources`` are told of in
            ``kg.publish.page.filter_data``. Of a part of a larger graph, ``size`` tells how many
            entities and facts that has, and ``unseen`` of a node how many lead out of ``view``.
        ontology: Gives the words, the colours and the order of classes and relations.
        title: What the page is called, by language (``zh``, ``en``) or in both.
        around: IRI of a node, or several: only what lies within two links of one is drawn,
            the nearest first, and the page opens with the first of them chosen.
        limit: Nodes drawn at most, the most linked first; the page says what it left out.
        served: Whether a server gives the page out, beside those of questions and queries.
        review: Whether this server takes corrections: things and claims then lead there.
        news: What the last build added and withdrew, which only a server tells.
        whole: The graph that ``view`` is all or a part of: the page then has an overview of
            it, and its documents. A served page without it asks the server for them.

    Raises:
        QueryError: If ``around`` is no node of the graph, or ``limit`` is below 1.

    >>> import networkx as nx
    >>> from kg.ontology import load
    >>> "<title>试</title>" in page(nx.MultiDiGraph(), load(), title="试")
    True
    """
    drawing = page_data(
        view, ontology, title=title, around=around, limit=limit,
        served=served, review=review, news=news, whole=whole,
    )  # fmt: skip
    return page_html(drawing)


def page_html(drawing: dict[str, Any]) -> str:
    """The page of what its scripts read, as ``drawn`` gives it."""
    return filled(drawing["title"]["zh"], drawing, few=len(drawing["entities"]) <= FEW)


def page_data(
    view: Any,
    ontology: Ontology,
    *,
    title: str | Mapping[str, str],
    around: str | Sequence[str] | None = None,
    limit: int = 1000,
    served: bool = False,
    review: bool = False,
    news: Mapping[str, Any] | None = None,
    whole: WholeGraph | None = None,
) -> dict[str, Any]:
    """All that the scripts of the page read, as plain data; see ``page``.

    Raises:
        QueryError: If ``around`` is no node of the graph, or ``limit`` is below 1.
    """
    if limit < 1:
        raise QueryError(
            f"limit is {limit}; a page draws at least 1 node, so give a number above 0"
        )
    centres = _known(view, [around] if isinstance(around, str) else list(around or ()))
    nodes = nodes_to_draw(view, centres, limit, drawn_interest(view, ontology))
    drawing = _drawing(view.subgraph(nodes), ontology, centres[0] if centres else None)
    titles = {"zh": title, "en": title} if isinstance(title, str) else dict(title)
    drawing.update(title=titles, served=served, review=review)
    if news:
        drawing["news"] = dict(news)
    if whole is not None:
        every = not around and _size(view) == len(whole.knowledge.entities)
        texts = view.graph.get("documents", {}) if every else {}
        drawing.update(side_panels(whole, ontology, drawing, texts, TEXTS))
    elif served:
        drawing["documents"] = {}  # the server gives each when it is asked for
    _tell_left(view, drawing, nodes, centres)
    return drawing


def _size(view: Any) -> int:
    """How many entities the graph has that ``view`` is all or a part of."""
    entities, _ = view.graph.get("size") or (len(view), 0)
    return int(entities)


def _known(view: Any, centres: list[str]) -> list[str]:
    for centre in centres:
        if centre not in view:
            raise QueryError(f"{centre} is no entity of this graph; {did_you_mean(centre, view)}")
    return centres


def _tell_left(view: Any, drawing: dict[str, Any], nodes: list[str], centres: list[str]) -> None:
    """Tell how much of the graph, and of each node, the drawing does not show."""
    entities, facts = view.graph.get("size") or (
        view.number_of_nodes(),
        len(_facts(view, sorted(view), {})),
    )
    drawing["left"] = {
        "entities": entities - len(nodes),
        "facts": facts - len(drawing["facts"]),
        "around": _text(view.nodes[centres[0]], "label") if centres else "",
        "bare": 0 if centres else _bare(view, nodes),
    }
    if drawing["left"]["entities"]:
        seen = set(nodes)
        for node, entity in zip(nodes, drawing["entities"], strict=True):
            known = view.nodes[node].get("unseen")
            entity["unseen"] = unseen(view, node, seen) if known is None else known


def _bare(view: Any, nodes: list[str]) -> int:
    """How many things that no fact joins with another are not drawn."""
    every = view.graph.get("bare")
    drawn_bare = sum(
        1 for node in nodes if not (view.degree(node) or view.nodes[node].get("unseen"))
    )
    return (
        sum(1 for node in view if not view.degree(node)) if every is None else every
    ) - drawn_bare


def _drawing(view: Any, ontology: Ontology, around: str | None) -> dict[str, Any]:
    """All that the page's script reads: pyvis's nodes and edges, and what is known of them."""
    order = sorted(view)
    index = {node: i for i, node in enumerate(order)}
    interest = drawn_interest(view, ontology)
    entities = [{**_entity(node, view.nodes[node]), "interest": interest[node]} for node in order]
    facts = _facts(view, order, {name: i for i, name in enumerate(ontology.relations)})
    draw = through_pyvis if len(order) <= FEW else plainly
    bends = bends_of([(fact["s"], fact["o"]) for fact in facts])
    nodes, edges, options = draw(circles_of(view, order, entities, ontology), facts, bends)
    quoted = _quoted(entities, facts)
    used = sorted({entity["type"] for entity in entities} - ontology.classes.keys())
    return {
        "classes": [
            *(
                {"name": c.name, **c.label, "colour": c.colour, "subtypes": c.subtypes, **_place(c)}
                for c in ontology.classes.values()
            ),
            *({"name": name} for name in used if name),
        ],
        "relations": [
            *(
                {
                    "name": r.name,
                    **r.label,
                    "inverse": r.inverse,
                    "symmetric": r.symmetric,
                    **({"holds": True} if holds(r) else {}),
                }
                for r in ontology.relations.values()
            ),
            *({"name": p} for p in sorted({f["p"] for f in facts} - ontology.relations.keys())),
        ],
        "attributes": {a.name: a.label for a in ontology.attributes.values()},
        "tenures": {tenure.name: tenure.label for tenure in tenures(ontology).each},
        "sums": {kind.name: kind.label for kind in sum_kinds(ontology).each},
        "amounts": [a.name for a in ontology.attributes.values() if a.unit],
        "namespace": ontology.namespace,
        "iris": _iris(view, facts),
        "statuses": {s.name: s.label for s in ontology.statuses.values()},
        "levels": LEVELS,
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "entities": entities,
        "facts": facts,
        "documents": _documents(view, quoted),
        **filter_data(view, order, quoted),
        "around": None if around is None else index[around],
    }


def _place(klass: Klass) -> dict[str, bool]:
    return {"place": True} if klass.identified_by == "place" else {}


def _entity(node: str, known: dict[str, Any]) -> dict[str, Any]:
    label = _text(known, "label") or node
    aliases = [str(name) for name in known.get("aliases") or ()]
    posts = [[str(cell) for cell in row] for row in known.get("posts") or ()]
    return {
        "iri": node,
        "label": label,
        "type": _text(known, "type"),
        "subtype": _text(known, "subtype"),
        "aliases": aliases,
        "pinyin": readings((label, *aliases)),
        "mentions": int(known.get("mentions") or 0),
        "attributes": [[str(cell) for cell in row] for row in known.get("attributes") or ()],
        **({"doubtful": True} if known.get("doubtful") else {}),
        **({"posts": posts} if posts else {}),
        **({"deals": known["deals"]} if known.get("deals") else {}),
    }


def _quoted(entities: Sequence[dict[str, Any]], facts: Sequence[Fact]) -> Counter[str]:
    """How often the page quotes each document, by its name."""
    quoted = Counter(claim["document"] for fact in facts for claim in fact["claims"])
    quoted.update(row[3] for entity in entities for row in entity["attributes"] if len(row) > 3)
    return quoted


def _documents(view: Any, quoted: Counter[str]) -> dict[str, str]:
    """The texts that are quoted on the page, as many as it can carry."""
    texts: dict[str, str] = view.graph.get("documents", {})
    names, left = [], TEXTS
    for name in sorted(quoted.keys() & texts.keys(), key=lambda n: (-quoted[n], n)):
        left -= len(texts[name])
        if left < 0:
            break
        names.append(name)
    return {name: texts[name] for name in sorted(names)}


def _iris(view: Any, facts: Sequence[Fact]) -> dict[str, str]:
    """The IRIs of the documents that are quoted on the page, by name."""
    known: dict[str, str] = view.graph.get("iris", {})
    quoted = {claim["document"] for fact in facts for claim in fact["claims"]}
    return {name: known[name] for name in sorted(quoted & known.keys())}


def _facts(view: Any, order: Sequence[str], ranks: dict[str, int]) -> list[Fact]:
    """One fact for each subject, predicate and object, with every claim that makes it."""
    index = {node: i for i, node in enumerate(order)}
    claims: dict[tuple[int, int, str], list[dict[str, Any]]] = {}
    for one, other, known in view.edges(data=True):
        key = (index[one], index[other], _text(known, "predicate"))
        claims.setdefault(key, []).append(_claim(known))
    ordered = sorted(claims, key=lambda k: (ranks.get(k[2], len(ranks)), k[2], k[0], k[1]))
    return [
        {"s": s, "o": o, "p": p, "claims": sorted(claims[s, o, p], key=lambda c: tuple(c.values()))}
        for s, o, p in ordered
    ]


def _claim(known: dict[str, Any]) -> dict[str, str]:
    names = ("document", "quote", "status", "rule", "value", "source", "start", "end", "claim")
    confidence = known.get("confidence")
    texts = {name: _text(known, name) for name in names}
    texts["confidence"] = "" if confidence is None else f"{float(confidence):g}"
    dated = {name: _text(known, name) for name in ("date", "dated")}
    article = _text(known, "article")
    more = {"article": article} if article else {}
    return {**texts, **dated, **more} if dated["date"] else {**texts, **more}


def _text(known: dict[str, Any], name: str) -> str:
    value = known.get(name)
    return "" if value is None else str(value)
