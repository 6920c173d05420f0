"""Words of a person about an open graph in, a decision that names its thing by content out.

Nothing here writes or prints: the terminal, scripts and pages ask through the same functions.
"""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg.base.errors import QueryError, did_you_mean, nearest
from kg.base.records import Entity, Fact, Source
from kg.review.apply.quotes import Place, Quotes, line_of, mention
from kg.review.decisions import (
    ClaimReference,
    Decision,
    DocumentReference,
    EntityReference,
    moment_of,
)
from kg.review.typed import class_of, name_of, status_of, value_of

if TYPE_CHECKING:
    from kg.query.graph import Graph


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides, when and why."""

    by: str
    when: str
    why: str = ""

    @classmethod
    def now(cls, by: str = "", why: str = "", when: str = "") -> Who:
        """Somebody at this moment; without a name the one who is logged in."""
        return cls(by or _login(), when or moment_of(datetime.now(UTC)), why)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise QueryError("nobody is logged in; say who decides with --by NAME") from error


def thing_of(entity: Entity) -> EntityReference:
    """An entity as a decision names it."""
    return EntityReference(entity.name, entity.type, entity.id)


def entity_of(graph: Graph, words: str) -> Entity:
    """The one entity of a name, of ``Class:NAME``, or of an IRI.

    Raises:
        QueryError: If there is none of just that name, or there are several.
    """
    from kg.query.questions import fold

    klass, _, name = words.partition(":")
    if klass not in graph.ontology.classes or not name:
        klass, name = "", words
    known = {e.id: e for e in graph.knowledge.entities}
    if words in known:
        return known[words]
    iris = graph.iris_of.get(name) or graph.folded.get(fold(name)) or []
    entities = [known[i] for i in iris if i in known and klass in ("", known[i].type)]
    if not entities:
        close = nearest(name, (n for n in graph.iris_of if set(n) & set(name)))
        hint = f"did you mean {', '.join(close)}?" if close else "give a name, or its IRI"
        raise QueryError(
            f"nothing is called {words!r}; {hint}",
            zh=f"没有叫“{words}”的；"
            + (f"您要找的是不是 {'、'.join(close)}？" if close else "请写名称或 IRI"),
            near=close,
        )
    labelled = [e for e in entities if e.name == name]
    if len(labelled or entities) > 1:
        listed = ", ".join(f"{e.type}:{e.name} {e.id}" for e in labelled or entities)
        raise QueryError(
            f"{words} names several things; give the IRI of one: {listed}",
            zh=f"“{words}”有好几个，请写其中一个的 IRI：{listed}",
        )
    return (labelled or entities)[0]


def fact_of(graph: Graph, words: str) -> Fact:
    """The claim of an IRI, or of the first digits of the end of one.

    Raises:
        QueryError: If there is none, or several, or no document says it.
    """
    end = words.rpartition("/")[2]
    facts = [f for f in graph.knowledge.facts if f.id.rpartition("/")[2].startswith(end)]
    if not end or not facts:
        raise QueryError(
            f"{words!r} is no claim of this graph; kg review --list shows their ids",
            zh=f"{words!r} 不是这个图谱中的事实；kg review --list 列出编号",
        )
    if len(facts) > 1:
        raise QueryError(
            f"{words} begins the ids of {len(facts)} claims; give more digits",
            zh=f"编号以 {words} 开头的事实有 {len(facts)} 条；请多写几位",
        )
    if not facts[0].quote:
        raise QueryError(
            f"{words} is reference data ({facts[0].source}), which no document says: correct the "
            "names or classes of its ends instead",
            zh=f"{words} 是参考数据（{facts[0].source}），不出自文档：请改其两端的名称或类别",
        )
    return facts[0]


def claim_reference_of(graph: Graph, fact: Fact) -> ClaimReference:
    """A claim as a decision names it."""
    known = {e.id: e for e in graph.knowledge.entities}
    documents = {s.id: DocumentReference(s.document, s.names[0]) for s in graph.knowledge.sources}
    document = documents[fact.document]
    return claim_reference(fact, known[fact.subject], known.get(fact.object), document)


def claim_reference(
    fact: Fact, subject: Entity, target: Entity | None, document: DocumentReference
) -> ClaimReference:
    """The same from its parts."""
    return ClaimReference(
        predicate=fact.predicate,
        subject=thing_of(subject),
        object=thing_of(target) if target else None,
        value=fact.value,
        document=document,
        quote=fact.quote,
        start=fact.start,
        status=fact.status,
    )


def judge(graph: Graph, who: Who, do: str, words: str, status: str | None = None) -> Decision:
    """Accept (with another status, if one is given) or reject the claim of an id."""
    claim = claim_reference_of(graph, fact_of(graph, words))
    if status is not None:
        claim = replace(claim, status=status_of(graph, status))
    return Decision(do, who.by, who.when, who.why, claim=claim)


def rename(graph: Graph, who: Who, words: str, name: str) -> Decision:
    """Give an entity another name.

    Raises:
        QueryError: If another entity of its class bears it: they are to be merged instead.
    """
    entity, name = entity_of(graph, words), name_of(name)
    for iri in graph.iris_of.get(name, ()):
        if iri != entity.id and any(
            e.id == iri and e.type == entity.type for e in graph.knowledge.entities
        ):
            raise QueryError(
                f"{name} is a name of another {entity.type}; if they are one, say so: "
                f"kg review merge {name} {entity.name}",
                zh=f"“{name}”是另一个 {entity.type} 的名称；若是同一个，请合并",
            )
    return Decision("rename", who.by, who.when, who.why, entity=thing_of(entity), name=name)


def retype(graph: Graph, who: Who, words: str, klass: str) -> Decision:
    """Give an entity another class."""
    entity = entity_of(graph, words)
    return Decision(
        "retype", who.by, who.when, who.why, entity=thing_of(entity), type=class_of(graph, klass)
    )


def merge(graph: Graph, who: Who, words: str, other: str) -> Decision:
    """Make one of two entities; the first keeps its name and class."""
    survivor, absorbed = entity_of(graph, words), entity_of(graph, other)
    if survivor.id == absorbed.id:
        raise QueryError(
            f"{words} and {other} are one already: {survivor.name}",
            zh=f"{words} 与 {other} 已是同一个：{survivor.name}",
        )
    return Decision(
        "merge", who.by, who.when, who.why, entity=thing_of(survivor), other=thing_of(absorbed)
    )


def drop(graph: Graph, who: Who, words: str, *, everywhere: bool = False) -> Decision:
    """Say that an entity is none; or, ``everywhere``, that a name names nothing in any document.

    Raises:
        QueryError: If nothing is called so.
    """
    if not everywhere:
        return Decision("drop", who.by, who.when, who.why, entity=thing_of(entity_of(graph, words)))
    name = name_of(words)
    if name not in graph.iris_of:
        entity_of(graph, name)  # says what comes near
        raise QueryError(
            f"nothing is called {name!r}; write it as it stands",
            zh=f"没有叫“{name}”的；请照原样写",
        )
    return Decision("drop", who.by, who.when, who.why, name=name)


def split(graph: Graph, who: Who, words: str, name: str, document: str = "") -> Decision:
    """Make a name of an entity a thing of its own, in one document only if one is given."""
    entity = entity_of(graph, words)
    if name not in (entity.name, *entity.aliases):
        names = (entity.name, *entity.aliases)
        raise QueryError(
            f"{name} is no name of {entity.name}; {did_you_mean(name, names)}",
            zh=f"“{name}”不是{entity.name}的名称；{did_you_mean(name, names, 'zh')}",
        )
    if name == entity.name and not entity.aliases and not document:
        raise QueryError(
            f"{name} is its only name; name a document with --document",
            zh=f"“{name}”是它唯一的名称；请指明文档",
        )
    reference = None
    if document:
        source = source_of(graph, document)
        reference = DocumentReference(source.document, source.names[0])
    return Decision(
        "split", who.by, who.when, who.why, entity=thing_of(entity), name=name, document=reference
    )


def add(
    graph: Graph,
    who: Who,
    ends: Sequence[str],
    quote: str,
    document: str = "",
    status: str = "",
) -> Decision:
    """State a claim that no rule found: subject, predicate, and object or value.

    Args:
        graph: The graph whose documents must say it.
        who: Who says so.
        ends: Subject, predicate, object. A thing that the graph does not have is written
            ``Class:NAME``; its name must stand in the document.
        quote: The words that say it, as they stand there; line breaks may be left out.
        document: The name of the document; by default the one that holds the quotation.
        status: One of the ontology's, or ``""``.

    Raises:
        QueryError: If a part is wrong, or no document says so; the nearest place is told.
    """
    subject, predicate, other = ends
    ontology = graph.ontology
    relation, attribute = ontology.relations.get(predicate), ontology.attributes.get(predicate)
    page = relation or attribute
    if page is None:
        known = (*ontology.relations, *ontology.attributes)
        raise QueryError(
            f"{predicate} is no relation; {did_you_mean(predicate, known)}",
            zh=f"没有关系 {predicate}；{did_you_mean(predicate, known, 'zh')}",
        )
    place = place_of(graph, quote, document)
    one = _end(graph, subject, place)
    target = _end(graph, other, place) if relation else None
    _fits(one, page.domain, f"{predicate} does not begin at")
    if relation is not None and target is not None:
        _fits(target, relation.range, f"{predicate} does not lead to")
    claim = ClaimReference(
        predicate=predicate,
        subject=one,
        object=target,
        value=value_of(other, attribute.datatypes) if attribute else None,
        document=DocumentReference(place.source.document, place.source.names[0]),
        quote=place.words,
        start=place.start,
        status=status_of(graph, status),
    )
    return Decision("add", who.by, who.when, who.why, claim=claim)


def undo(who: Who, decision: Decision, pattern: str = "") -> Decision:
    """Take a decision back; one of several if a pattern is given."""
    return Decision("undo", who.by, who.when, who.why, decision=decision.id, pattern=pattern)


def source_of(graph: Graph, name: str) -> Source:
    """The document of a name, an id or an IRI.

    Raises:
        QueryError: If there is none.
    """
    for source in graph.knowledge.sources:
        if name in (*source.names, source.document, source.id):
            return source
    names = [n for s in graph.knowledge.sources for n in s.names]
    raise QueryError(
        f"{name} is no document of this graph; {did_you_mean(name, names)}",
        zh=f"{name} 不是这个图谱的文档；{did_you_mean(name, names, 'zh')}",
    )


def place_of(graph: Graph, quote: str, document: str = "") -> Place:
    """Where a quotation stands; the first place of the first document that has it.

    Raises:
        QueryError: If it stands nowhere; the nearest place is told.
    """
    sources = [source_of(graph, document)] if document else list(graph.knowledge.sources)
    quotes = Quotes(sorted(sources, key=lambda s: (s.names, s.id)))
    places = quotes.loosely(quote)
    exact = [place for place in places if place.words == quote]
    if places:
        return (exact or places)[0]
    close = quotes.nearest(quote)
    hint = "name another document" if document else "quote it as it stands there"
    if close is not None:
        where = f"{close.source.names[0]}, line {line_of(close)}"
        hint = f"the nearest place is {where}: “{close.words}”"
    raise QueryError(
        f"no document says “{quote}” word by word; {hint}",
        zh=f"没有文档逐字写着“{quote}”" + (f"；最接近的是“{close.words}”" if close else ""),
    )


def _end(graph: Graph, words: str, place: Place) -> EntityReference:
    try:
        return thing_of(entity_of(graph, words))
    except QueryError:
        klass, _, name = words.partition(":")
        if klass not in graph.ontology.classes or not name:
            raise
    if mention(place, name) is None:
        raise QueryError(
            f"{name} does not stand in {place.source.names[0]}; write it as it does",
            zh=f"{place.source.names[0]} 里没有“{name}”；请照原文写",
        )
    return EntityReference(name, klass)


def _fits(thing: EntityReference, classes: Sequence[str], lead: str) -> None:
    if thing.type not in classes:
        wanted = " or ".join(classes)
        raise QueryError(
            f"{lead} {thing.type} ({thing.name}); it wants {wanted}",
            zh=f"{thing.name}（{thing.type}）不合适：应为 {wanted}",
        )
