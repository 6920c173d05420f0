"""An ontology in, its questions and its terms out, as an assistant needs them to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.pages.tools import shapes
from kg.serve.pages.tools.bounds import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology import Attribute, Klass, Question, Relation
    from kg.query.graph import Graph

# Every claim is a node with its evidence; the triple that it states stands beside it.
EXAMPLE = """SELECT ?who ?what ?status ?confidence ?quote ?file {
  ?claim a kg:Claim ; rdf:predicate kg:signs ; rdf:subject/rdfs:label ?who ;
    rdf:object/rdfs:label ?what ; kg:confidence ?confidence .
  OPTIONAL { ?claim kg:status ?status }
  OPTIONAL { ?claim oa:hasTarget/oa:hasSelector/oa:exact ?quote }
  OPTIONAL { ?claim prov:wasDerivedFrom/dcterms:identifier ?file }
} ORDER BY ?who ?what LIMIT 20"""


def questions(graph: Graph) -> tuple[shapes.Questions, str]:
    """The named questions with their parameters, and the same in words."""
    known = graph.ontology.questions.values()
    return shapes.Questions([_question(one) for one in known]), lines(map(_shown, known))


def _question(one: Question) -> shapes.Question:
    parameters = [
        shapes.Parameter(p.name, p.kind, p.comment["en"], p.default) for p in one.parameters
    ]
    label = f"{one.label['zh']} / {one.label['en']}"
    return shapes.Question(one.name, label, one.comment["en"], parameters)


def _shown(one: Question) -> str:
    parameters = (
        f"{p.name}{'' if p.default is None else '?'} ({p.kind}: {p.comment['en']})"
        for p in one.parameters
    )
    return f"{one.name}: {one.comment['en']} Parameters: {'; '.join(parameters) or 'none'}."


def vocabulary(graph: Graph) -> tuple[shapes.Vocabulary, str]:
    """The terms of the ontology and an example of a query, and the same in words."""
    known = graph.ontology
    terms = shapes.Vocabulary(
        prefixes=dict(graph.prefixes),
        classes=[_term(c) for c in known.classes.values()],
        relations=[_term(r) for r in known.relations.values()],
        attributes=[_term(a) for a in known.attributes.values()],
        statuses=[
            shapes.Term(s.name, s.label["zh"], s.label["en"]) for s in known.statuses.values()
        ],
        example=EXAMPLE,
    )
    return terms, lines(_vocabulary_lines(terms))


def _term(page: Klass | Relation | Attribute) -> shapes.Term:
    domain = list(getattr(page, "domain", ()))
    ends = list(getattr(page, "range", ()) or getattr(page, "datatypes", ()))
    label, about = page.label, page.comment["en"]
    return shapes.Term(page.name, label["zh"], label["en"], about, domain, ends)


def _vocabulary_lines(terms: shapes.Vocabulary) -> Iterator[str]:
    for head in ("classes", "relations", "attributes", "statuses"):
        yield f"{head} (prefix kg:)" if head != "statuses" else "values of kg:status"
        for term in getattr(terms, head):
            ends = f" [{'|'.join(term.domain)} → {'|'.join(term.range)}]" if term.domain else ""
            yield f"- {term.name} {term.zh}{ends}"
    yield f"prefixes that need no declaration: {', '.join(terms.prefixes)}"
    yield "example"
    yield terms.example
