"""Make the graph that a page draws: entities as nodes, claims as edges."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError
from kg.base.money import money
from kg.corpus.compound.deals.assemble import parts_of
from kg.corpus.documents import heads
from kg.corpus.reports import Reported
from kg.extract.values.completed_dates import lacking
from kg.publish.derived.dates import Dates, Days
from kg.publish.derived.whereabouts import Whereabouts
from kg.publish.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx

    from kg.base.records import Amount, Entity, Fact, Knowledge, Post, Source, Value
    from kg.ontology import Lexicon, Ontology
    from kg.query.graph import Graph


# What a graph page is called, as its language is; the page puts the name of the product before it.
TITLE = {"zh": "知识图谱", "en": "Knowledge graph"}
# … and one of what a query answers.
ANSWER = {"zh": "查询结果", "en": "Answer of a query"}


def drawing(
    knowledge: Knowledge,
    ontology: Ontology,
    only: Collection[str] | None = None,
    days: Mapping[str, Days] | None = None,
    names: Mapping[str, str] | None = None,
) -> networkx.MultiDiGraph[str]:
    """The graph that ``kg.publish.page.view.page`` takes; it carries the texts of the documents.

    Args:
        knowledge: The records of the graph.
        ontology: Tells which relations put a thing somewhere, and which values are dates.
        only: IRIs of the entities to draw, with the facts between them; by default all.
        days: When each document was written, by its IRI, where that is known already.
        names: What the ends of posts and the parts of deals are called that are no entities of
            ``knowledge``, by IRI.
    """
    import networkx

    files = {source.id: source.names[0] for source in heads(knowledge.sources) if source.names}
    where = Whereabouts(knowledge, ontology)
    days = days or {source.id: Days(source) for source in knowledge.sources}
    dates, reported = Dates(knowledge.facts, ontology, days), Reported(knowledge)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        documents=Texts(knowledge.sources),
        iris={name: iri for iri, name in files.items()},
        sources={
            files[s.id]: _source(s, days[s.id].page)
            for s in heads(knowledge.sources)
            if s.id in files
        },
        places={node: (where.names[node], sorted(above)) for node, above in where.above.items()},
    )
    for entity in knowledge.entities:
        if only is None or entity.id in only:
            graph.add_node(entity.id, **_node(entity, where))
    values: defaultdict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for fact in knowledge.facts:
        if fact.value is not None and fact.subject in graph:
            file, day = files.get(fact.document, ""), dates.of(fact)
            row = (fact.predicate, _printed(fact), fact.quote, file, fact.start, fact.end, *day)
            values[fact.subject].add((*row, *completed(fact.value, ontology.lexicon)))
        elif fact.subject in graph and fact.object in graph:
            edge = _edge(fact, files, dates.of(fact))
            article = _article(reported, fact)
            graph.add_edge(fact.subject, fact.object, key=fact.id, article=article, **edge)
    for node, rows in values.items():
        graph.nodes[node]["attributes"] = tuple(sorted(rows))
    for part, lines_of in (("posts", _posts), ("deals", _deals)):
        for node, lines in lines_of(knowledge, graph, names or {}).items():
            graph.nodes[node][part] = tuple(sorted(lines))
    return graph


def _node(entity: Entity, where: Whereabouts) -> dict[str, Any]:
    """What a node carries of its entity."""
    return {
        "label": entity.name,
        "type": entity.type,
        "subtype": entity.subtype,
        "aliases": entity.aliases,
        "mentions": entity.mentions,
        "places": tuple(sorted(where.of.get(entity.id, ()))),
        "attributes": (),
        "doubtful": entity.doubtful,
    }


def _posts(
    knowledge: Knowledge, drawn: Collection[str], names: Mapping[str, str]
) -> dict[str, list[tuple[Any, ...]]]:
    """The lines of posts on cards: title, other end, tenures, terms, whether it is doubtful."""
    of = [post for post in knowledge.posts if post.person in drawn or post.organisation in drawn]
    ends = {end for post in of for end in (post.person, post.organisation)}
    names_by_iri = {**names, **{e.id: e.name for e in knowledge.entities if e.id in ends}, "": ""}
    lines_by_thing: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for post in of:
        tenures = "|".join(sorted({attestation.tenure for attestation in post.attestations} - {""}))
        for one, other in ((post.person, post.organisation), (post.organisation, post.person)):
            if one in drawn:
                more = tenures, _terms(post), "yes" if post.doubtful else ""
                line = post.title, names_by_iri.get(other, other), other, *more
                lines_by_thing[one].append(line)
    return lines_by_thing


def _terms(post: Post) -> str:
    """Since and until when a post is held, each term once."""
    return "|".join(
        dict.fromkeys(attestation.term for attestation in post.attestations if attestation.term)
    )


def _deals(
    knowledge: Knowledge, drawn: Collection[str], names: Mapping[str, str]
) -> dict[str, list[tuple[Any, ...]]]:
    """The lines of deals on the cards of their parts: the other parts, sums, days and statuses."""
    lines_by_thing: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    ends = {end for deal in knowledge.deals for end in parts_of(deal)}
    names_by_iri = {**names, **{e.id: e.name for e in knowledge.entities if e.id in ends}}
    for deal in knowledge.deals:
        things = parts_of(deal)
        sums = tuple((one.kind, _sum(one)) for one in deal.amounts)
        days = tuple(day.lexical for day in deal.days)
        for one in things:
            if one in drawn:
                others = tuple((names_by_iri.get(o, o), o) for o in things if o != one)
                lines_by_thing[one].append((others, sums, days, deal.statuses))
    return lines_by_thing


def _sum(amount: Amount) -> str:
    """An amount as it is printed; one whose unit stands elsewhere (in a table's head) in full."""
    alone = not amount.printed or amount.printed[-1].isdigit()
    return money(amount.value, amount.currency) if alone else amount.printed


def _source(source: Source, date: str) -> dict[str, str]:
    """What the page says of a document: its title, who published it, and when."""
    publishers = (source.publisher, *(article.publisher for article in source.articles))
    return {
        "title": source.title,
        "publisher": next(filter(None, publishers), ""),
        "date": date,
    }


def answered(graph: Graph, text: str) -> set[str]:
    """The entities that a query answers with, by IRI or by label, wherever in its rows.

    Raises:
        QueryError: If the query is wrong, or answers with none.
    """
    import pyoxigraph as ox

    names = graph.names_of
    iris: set[str] = set()
    for row in graph.query(text).terms:
        for term in row:
            if isinstance(term, ox.NamedNode) and term.value in names:
                iris.add(term.value)
            elif isinstance(term, ox.Literal) and term.language:
                iris.update(i for i in graph.iris_of.get(term.value, ()) if names[i] == term.value)
    if not iris:
        raise QueryError(
            "the query answers with no entity; select the IRIs of some, e.g. ?s, or their labels",
            zh="结果里没有实体；请选出实体的 IRI（如 ?s）或名称",
        )
    return iris


def _printed(fact: Fact) -> str:
    return fact.value.printed or fact.value.lexical if fact.value else ""


def completed(value: Value, lexicon: Lexicon) -> tuple[str, ...]:
    """What a date became that its words leave something out of, what, by what day, who told it."""
    if not value.anchor:
        return ()
    end = f"/{value.high}" if value.high else ""
    return (
        "|".join(
            (f"{value.lexical}{end}", lacking(value, lexicon.values), value.anchor, value.source)
        ),
    )


def _article(reported: Reported, fact: Fact) -> str:
    """The independent article that a claim stands in, where its document does not tell it."""
    place = reported.article(fact)
    alone = place == (fact.document, 0) and place not in reported.first
    return "" if alone or not fact.quote else f"{place[0].rpartition('/')[2]}#{place[1]}"


def _edge(fact: Fact, files: dict[str, str], day: tuple[str, str]) -> dict[str, Any]:
    return {
        "predicate": fact.predicate,
        "quote": fact.quote,
        "document": files.get(fact.document, ""),
        "start": fact.start,
        "end": fact.end,
        "status": fact.status,
        "confidence": fact.confidence,
        "rule": fact.rule,
        "source": fact.source,
        "date": day[0],
        "dated": day[1],
        "claim": fact.id,
    }
