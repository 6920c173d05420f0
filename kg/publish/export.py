"""A graph in, one file for another program out: RDF, graph formats, tables, Cypher.

Every writer sorts what it writes: the same graph gives the same bytes.
"""

from __future__ import annotations

import io
import json
import re
from itertools import product
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from kg.base.errors import QueryError, did_you_mean
from kg.base.spool import place
from kg.corpus.compound.deals import FIELDS
from kg.publish.graphml import written
from kg.publish.tables import deals_csv, entities_csv, facts_csv, posts_csv
from kg.query.network import files, links, nodes, stated, where
from kg.store.rdf.rows import XSD
from kg.store.rdf.turtle import TYPE, turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from kg.base.records import Knowledge, Telling
    from kg.ontology import Ontology
    from kg.query.graph import Graph

    Data = dict[str, Any]
    Node = NamedNode | BlankNode | Literal | Triple


def export(graph: Graph, format: str) -> bytes:
    """Write a graph in one of the ``FORMATS``.

    ``ttl`` and ``nt`` hold the facts (the default graph), ``nq``, ``trig`` and ``jsonld``
    all graphs of the store; ``graphml``, ``gexf`` and ``cypher`` the entities and facts;
    ``csv`` the facts (``tables`` gives entities, posts and deals as well). ``cypher`` has posts
    and deals, too.

    Raises:
        QueryError: If there is no such format; the nearest known are named.
    """
    if format not in FORMATS:
        raise QueryError(f"{format} is no format of export; {did_you_mean(format, FORMATS)}")
    return FORMATS[format](graph)


def tables(graph: Graph) -> dict[str, bytes]:
    """The tables by file name, for an export into a folder."""
    found = graph.knowledge
    parts = {
        "entities.csv": entities_csv,
        "facts.csv": facts_csv,
        "posts.csv": posts_csv,
        "deals.csv": deals_csv,
    }
    return {name: b"".join(made(found)) for name, made in parts.items()}


def _ttl(graph: Graph) -> bytes:
    return turtle(graph.triples(), graph.prefixes, graph.base)


def _nt(graph: Graph) -> bytes:
    return "".join(sorted(f"{t} .\n" for t in graph.triples())).encode()


def _nq(graph: Graph) -> bytes:
    return "".join(sorted(f"{q} .\n" for q in graph.store.quads)).encode()


def _trig(graph: Graph) -> bytes:
    """Turtle for the facts; other graphs as blocks of triples behind it."""
    parts = [_ttl(graph)]
    for name, triples in _named(graph).items():
        lines = "".join(sorted(f"    {t} .\n" for t in triples))
        parts.append(f"\n{name} {{\n{lines}}}\n".encode())
    return b"".join(parts)


def _named(graph: Graph) -> dict[str, list[Triple]]:
    """The triples of every other graph than the default one, by its name, in order."""
    found: dict[str, list[Triple]] = {}
    for quad in graph.store.quads:
        if not isinstance(quad.graph_name, DefaultGraph):
            found.setdefault(str(quad.graph_name), []).append(quad.triple)
    return dict(sorted(found.items()))


def _jsonld(graph: Graph) -> bytes:
    """JSON-LD with its context inside: nothing needs to be fetched to read it."""
    short = _Shortener(graph.prefixes)
    nodes = _described(graph.triples(), short)
    for name, triples in _named(graph).items():
        nodes.append({"@id": name.strip("<>"), "@graph": _described(triples, short)})
    context = {p: graph.prefixes[p] for p in sorted(graph.prefixes)}
    whole = {"@context": context, "@graph": nodes}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


class _Shortener:
    """IRIs as compact ones, where they have the form that every reader expands the same."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefix = {space: name for name, space in prefixes.items()}

    def short(self, value: str) -> str:
        cut = max(value.rfind("#"), value.rfind("/")) + 1
        prefix = self.prefix.get(value[:cut])
        whole = prefix is not None and re.fullmatch(r"[A-Za-z_]\w*", value[cut:], re.ASCII)
        return f"{prefix}:{value[cut:]}" if whole else value


def _described(triples: Iterable[Triple], short: _Shortener) -> list[dict[str, Any]]:
    subjects: dict[str, dict[str, list[Any]]] = {}
    for t in sorted(triples, key=str):
        node = subjects.setdefault(_name(t.subject), {})
        if t.predicate == TYPE and isinstance(t.object, NamedNode):
            node.setdefault("@type", []).append(short.short(t.object.value))
        else:
            node.setdefault(short.short(t.predicate.value), []).append(_json(t.object, short))
    return [{"@id": name, **subjects[name]} for name in sorted(subjects)]


def _name(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _json(term: Node, short: _Shortener) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": short.short(term.datatype.value)}


# XML 1.0 has no way to write these, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def graphml(knowledge: Knowledge, ontology: Ontology) -> Iterator[bytes]:
    """Yield GraphML in parts, of the entities and facts, for NetworkX, Gephi and Cytoscape.

    Lists become text with ``|`` between; an edge carries its surest quotation and the
    number of its claims in ``said``, and what is told of the post or the deal of its ends:
    ``title``, ``tenure`` and ``term``, ``sums`` (amount, currency, kind) and ``days``.
    """
    yield from written(*_flat(knowledge, ontology), place(knowledge.facts))


def gexf(knowledge: Knowledge, ontology: Ontology) -> bytes:
    """GEXF of the same, for Gephi; ``start`` and ``end`` become ``quoteStart`` and ``quoteEnd``.

    NetworkX writes the date into it, which is taken out again.
    """
    import networkx as nx

    things, between = _flat(knowledge, ontology)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    flat.add_nodes_from(things)
    for source, target, key, data in between:
        # In GEXF start and end are times, and would make the graph one that moves.
        data["quoteStart"], data["quoteEnd"] = data.pop("start"), data.pop("end")
        flat.add_edge(source, target, key=key, **data)
    out = io.BytesIO()
    nx.write_gexf(flat, out, encoding="utf-8", prettyprint=True)
    text = re.sub(rb'<meta lastmodifieddate="[^"]*">', b"<meta>", out.getvalue())
    return text.rstrip(b"\n") + b"\n"


def _flat(
    knowledge: Knowledge, ontology: Ontology
) -> tuple[Iterator[tuple[str, Data]], Iterator[tuple[str, str, str, Data]]]:
    """The nodes and the links of the network with plain values only, all in order."""
    names, details = files(knowledge), _details(knowledge)

    def linked() -> Iterator[tuple[str, str, str, Data]]:
        for (source, target, key), claims in links(knowledge):
            quoted = [fact for fact in claims if fact.quote]
            found = where(quoted[0], names) if quoted else _NOWHERE
            told = {name: sorted(said) for name, said in details.get((source, target), {}).items()}
            whole = {**stated(claims[0], ontology), **found, "said": len(quoted), **_BARE, **told}
            yield source, target, f"{source} {key} {target}", _plainly(whole)

    return ((node, _plainly(data)) for node, data in nodes(knowledge)), linked()


# What a link has that no post or deal is told of.
_BARE: Data = {"title": "", "tenure": "", "term": "", "sums": "", "days": ""}


def _details(knowledge: Knowledge) -> dict[tuple[str, str], dict[str, set[str]]]:
    """What posts and deals say of two things: titles and tenures, sums and days."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for post in knowledge.posts:
        if post.organisation and post.title:
            said = found.setdefault((post.person, post.organisation), {})
            said.setdefault("title", set()).add(post.title)
            tenures = {telling.tenure for telling in post.told} - {""}
            said.setdefault("tenure", set()).update(tenures)
            said.setdefault("term", set()).update({t.term for t in post.told} - {""})
    for deal in knowledge.deals:
        about = (*deal.projects, *deal.agreements)
        sums = {f"{one.value} {one.currency} {one.kind}" for one in deal.amounts}
        for pair in product(deal.parties, about):
            said = found.setdefault(pair, {})
            said.setdefault("sums", set()).update(sums)
            said.setdefault("days", set()).update(day.lexical for day in deal.days)
    return found


_NOWHERE = {"quote": "", "document": "", "start": -1, "end": -1}


def _plainly(data: Data) -> Data:
    return {name: _plain(data[name]) for name in sorted(data)}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        value = "|".join(v.replace("\\", "\\\\").replace("|", "\\|") for v in value)
    # A carriage return comes back as a line feed from every XML reader.
    return _NOT_XML.sub("\ufffd", value).replace("\r", "\n") if isinstance(value, str) else value


def cypher(knowledge: Knowledge, ontology: Ontology) -> bytes:
    """Cypher statements that make the graph in Neo4j, Memgraph or FalkorDB.

    Entities and relations are merged by their IRIs: running it twice changes nothing.
    """
    things, between = _flat(knowledge, ontology)
    lines, types = list[str](), dict[str, str]()
    for node, data in things:
        types[node] = data["type"]
        lines.append(f"MERGE (n:{_word(types[node])} {{id: {_text(node)}}}) SET n += {_map(data)};")
    for source, target, _, data in between:
        ends = (
            f"MATCH (a:{_word(types[source])} {{id: {_text(source)}}}), "
            f"(b:{_word(types[target])} {{id: {_text(target)}}})"
        )
        kind = _word(data["predicate"])
        lines.append(f"{ends} MERGE (a)-[r:{kind}]->(b) SET r += {_map(data)};")
    lines += _posts(knowledge, types)
    lines += _deals(knowledge, types)
    return ("\n".join(lines) + "\n").encode()


def _posts(knowledge: Knowledge, types: Mapping[str, str]) -> Iterator[str]:
    """Statements that make a node of each post, linked with its person and its body."""
    names = files(knowledge)
    for post in knowledge.posts:
        tenures = sorted({telling.tenure for telling in post.told} - {""})
        data = {
            "id": post.id,
            "title": post.title,
            "tenure": "|".join(tenures),
            "term": "|".join(dict.fromkeys(t.term for t in post.told if t.term)),
            **_first(post.told, names),
        }
        node = f"(p:{_word('Post')} {{id: {_text(post.id)}}})"
        yield f"MERGE {node} SET p += {_map(_plainly(data))};"
        for kind, end in (("member", post.person), ("organization", post.organisation)):
            if end in types:
                other = f"(e:{_word(types[end])} {{id: {_text(end)}}})"
                yield f"MATCH {node}, {other} MERGE (p)-[:{_word(kind)}]->(e);"


def _first(told: Sequence[Telling], names: Mapping[str, str]) -> Data:
    """Where a post or a deal is told first, and how often it is told."""
    one = told[0]
    where = {"quote": one.quote, "document": names.get(one.document, one.document)}
    return {**where, "start": one.start, "end": one.end, "told": len(told)}


def _deals(knowledge: Knowledge, types: Mapping[str, str]) -> Iterator[str]:
    """Statements that make a node of each deal and of each of its sums, linked with its parts."""
    names = files(knowledge)
    for deal in knowledge.deals:
        data = {
            "id": deal.id,
            "days": "|".join(day.lexical for day in deal.days),
            "statuses": "|".join(deal.statuses),
            **_first(deal.told, names),
        }
        node = f"(d:{_word('Deal')} {{id: {_text(deal.id)}}})"
        yield f"MERGE {node} SET d += {_map(_plainly(data))};"
        for part, field in FIELDS.items():
            for end in getattr(deal, field):
                if end in types:
                    other = f"(e:{_word(types[end])} {{id: {_text(end)}}})"
                    yield f"MATCH {node}, {other} MERGE (d)-[:{_word(part)}]->(e);"
        for amount in deal.amounts:
            held = {
                "value": float(amount.value),
                "currency": amount.currency,
                "kind": amount.kind,
                "printed": amount.printed,
            }
            yield (
                f"MATCH {node} MERGE (d)-[:{_word('amount')}]->"
                f"(:{_word('Amount')} {_map(_plainly(held))});"
            )


def _word(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _map(data: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{_word(k)}: {_text(v)}" for k, v in sorted(data.items())) + "}"


_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    # Line and paragraph separators would end a statement in some shells.
    escaped = re.sub(r"[\\'\n\r\t]", lambda m: _ESCAPES[m[0]], value)
    escaped = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", escaped)
    return f"'{escaped}'"


# Each name stands in EXPORTS of kg.cli.options.moving as well, in the same order.
FORMATS: dict[str, Callable[[Graph], bytes]] = {
    "ttl": _ttl,
    "nt": _nt,
    "nq": _nq,
    "trig": _trig,
    "jsonld": _jsonld,
    "graphml": lambda graph: b"".join(graphml(graph.knowledge, graph.ontology)),
    "gexf": lambda graph: gexf(graph.knowledge, graph.ontology),
    "csv": lambda graph: b"".join(facts_csv(graph.knowledge)),
    "cypher": lambda graph: cypher(graph.knowledge, graph.ontology),
}
