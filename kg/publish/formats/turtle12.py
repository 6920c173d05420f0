"""Write triples as Turtle of RDF 1.2: what is claimed of a fact stands at the fact itself.

In RDF 1.1 a claim is a node that repeats the fact by rdf:subject, rdf:predicate and rdf:object.
Here the claim is a reifier of the fact, ``~ <claim/…>``, and what it has (confidence, rule, status,
evidence) is its annotation, ``{| … |}``. It keeps its IRI, so that what refers to it still does.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.store.rdf.namespaces import RDF
from kg.store.rdf.rows import Rows, rows
from kg.store.rdf.turtle import TYPE, TermWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from kg.store.rdf.rows import Row

_ENDS = tuple(f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))
_KIND = str(TYPE)


def turtle12(
    graph: Iterable[Triple] | Rows, prefixes: Mapping[str, str], base: str, names: str
) -> bytes:
    """Turtle of RDF 1.2 of some triples: the same triples give the same bytes.

    A claim of what the triples do not state stays a node of RDF 1.1.

    Args:
        graph: The triples.
        prefixes: Prefix → namespace.
        base: What IRIs are written relative to.
        names: The namespace of the ontology, whose claims are meant.
    """
    every = list(rows(graph))
    claims = _claims(every, f"<{names}Claim>")
    pen = _Annotating(prefixes, base, names)
    for row in every:
        if row[0] in claims and not _said_by_place(row, f"<{names}Claim>"):
            pen.notes[row[0]].append((row[1], row[2]))
    for claim, (subject, predicate, value) in sorted(claims.items()):
        pen.claims[subject, pen.verb(predicate), pen.term(value)].append(claim)
    body = "".join(pen.blocks(row for row in every if row[0] not in claims))
    return (pen.head() + body).lstrip("\n").encode()


def _claims(every: list[Row], kind: str) -> dict[str, Row]:
    """The claims by their nodes, each with the fact that it is about, if that is stated."""
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    kinds = set()
    for subject, predicate, value in every:
        if predicate in _ENDS:
            ends[subject][predicate] = value
        elif predicate == _KIND and value == kind:
            kinds.add(subject)
    stated = {tuple(row) for row in every}
    about = {node: tuple(values[end] for end in _ENDS) for node, values in ends.items()
             if node in kinds and len(values) == len(_ENDS)}  # fmt: skip
    return {node: fact for node, fact in about.items() if fact in stated}


def _said_by_place(row: Row, kind: str) -> bool:
    """Whether a row of a claim says what its place says already."""
    return row[1] in _ENDS or (row[1] == _KIND and row[2] != kind)


class _Annotating(TermWriter):
    """A pen that writes the claims of a fact behind it.

    ``claims`` are those of a subject, a predicate and an object as they are written; ``notes`` is
    what is said of each.
    """

    def __init__(self, prefixes: Mapping[str, str], base: str, names: str) -> None:
        super().__init__(prefixes, base, names)
        self.claims: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        self.notes: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)

    def block(self, subject: str, pairs: list[tuple[str, str]]) -> str:
        noted = []
        for verb, value in sorted(pairs):
            claims = self.claims.get((subject, verb, value), ())
            noted.append((verb, value + "".join(map(self._noted, claims))))
        return super().block(subject, noted)

    def _noted(self, claim: str) -> str:
        pairs = sorted((self.verb(verb), self.term(value)) for verb, value in self.notes[claim])
        parts = "; ".join(f"{verb[1:]} {value}" for verb, value in pairs)
        return f"\n        ~ {self.term(claim)} {{| {parts} |}}"
