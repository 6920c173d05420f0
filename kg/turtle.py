"""Triples in, Turtle out: the same triples, in any order, give the same bytes.

Terms are escaped by pyoxigraph; what is done here is the order, the grouping by subject
and the short forms, each used only where every Turtle parser reads it the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.settings import default

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import rdflib

    Subject = NamedNode | BlankNode
    Term = NamedNode | BlankNode | Literal | Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:/[A-Za-z0-9_-]+)+")
_INTEGER = re.compile(r'"(0|-?[1-9]\d*)"\^\^<' + re.escape(XSD) + "integer>")
# Subjects of one kind stand together: what the graph is about before what it rests on.
_RANKS = {"Document": 1, "Merge": 2, "Claim": 3}


def turtle(
    graph: Iterable[Triple],
    prefixes: Mapping[str, str],
    base: str = default("base"),
    names: str = "",
) -> bytes:
    r"""Turtle of some triples: the same triples, in any order, give the same bytes.

    Entities come first, then documents, merges, and claims each with its evidence;
    predicates stand in order with ``a`` and the label first.

    Args:
        graph: The triples; doubles are written once.
        prefixes: Prefix → namespace; those that are used are declared.
        base: Written as ``@base``; IRIs below it are written relative to it.
        names: The namespace of the ontology, by which kinds of subjects are told apart.

    >>> t = Triple(NamedNode("http://a/b"), TYPE, NamedNode("http://a#C"))
    >>> turtle([t], {"a": "http://a#"}).decode().split(chr(10) * 2)[1]
    '<http://a/b> a a:C .\n'
    """
    names = names or prefixes.get("kg", "")
    grouped: dict[Subject, set[Triple]] = {}
    for triple in graph:
        assert not isinstance(triple.subject, Triple), "RDF 1.2 has no triple terms as subjects"
        grouped.setdefault(triple.subject, set()).add(triple)
    pen = _Pen(prefixes, base)
    order = sorted(grouped, key=lambda s: (_rank(s, grouped, names), s.value))
    blocks = [pen.block(subject, grouped[subject]) for subject in order]
    head = [f"@base <{base}> ."] if pen.relative else []
    head += [f"@prefix {p}: <{prefixes[p]}> ." for p in sorted(pen.used)]
    return "\n".join(["\n".join(head) + "\n" if head else "", *blocks]).lstrip("\n").encode()


def _rank(subject: Subject, grouped: Mapping[Subject, set[Triple]], names: str) -> int:
    if isinstance(subject, BlankNode):
        return 5
    found = [
        t.object.value
        for t in grouped[subject]
        if t.predicate == TYPE and isinstance(t.object, NamedNode)
    ]
    own = [v[len(names) :] for v in found if names and v.startswith(names)]
    if own:
        return min(_RANKS.get(name, 0) for name in own)
    parent, _, part = subject.value.rpartition("/")
    if part in ("evidence", "position", "quote") and (above := NamedNode(parent)) in grouped:
        return _rank(above, grouped, names)
    return 4


class _Pen:
    """Writes terms short where that is safe, and remembers which prefixes it used."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        self.prefix = {space: name for name, space in sorted(prefixes.items(), reverse=True)}
        self.base = base if re.search(r"^[a-z]+://[^#?]*/$", base) else "\0"
        self.used: set[str] = set()
        self.relative = False
        self.known: dict[str, str] = {}

    def block(self, subject: Subject, found: set[Triple]) -> str:
        by_predicate: dict[str, list[str]] = {}
        for triple in found:
            by_predicate.setdefault(self.verb(triple), []).append(self.term(triple.object))
        order = sorted(by_predicate, key=lambda v: (v != "a", v != "rdfs:label", v))
        lines = [f"{verb} {', '.join(sorted(by_predicate[verb]))}" for verb in order]
        return f"{self.term(subject)} " + " ;\n    ".join(lines) + " .\n"

    def verb(self, triple: Triple) -> str:
        return "a" if triple.predicate == TYPE else self.term(triple.predicate)

    def term(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            if term.value not in self.known:
                self.known[term.value] = self.short(term.value)
            return self.known[term.value]
        text = str(term)
        if isinstance(term, Literal) and term.datatype.value.startswith(XSD):
            if _INTEGER.fullmatch(text):
                return term.value
            if term.datatype.value != XSD + "string" and XSD in self.prefix:
                self.used.add(self.prefix[XSD])
                cut = len(term.datatype.value) + 2
                return f"{text[:-cut]}{self.short(term.datatype.value)}"
        return text

    def short(self, value: str) -> str:
        cut = max(value.rfind("#"), value.rfind("/")) + 1
        name = self.prefix.get(value[:cut])
        if name is not None and _LOCAL.fullmatch(value[cut:]):
            self.used.add(name)
            return f"{name}:{value[cut:]}"
        if value.startswith(self.base) and _RELATIVE.fullmatch(value[len(self.base) :]):
            self.relative = True
            return f"<{value[len(self.base) :]}>"
        return f"<{value}>"


def term(found: Term) -> rdflib.term.Identifier:
    """A term of pyoxigraph as rdflib's, with plain literals plain.

    >>> term(Literal("a"))
    rdflib.term.Literal('a')
    """
    import rdflib

    if isinstance(found, NamedNode):
        return rdflib.URIRef(found.value)
    if isinstance(found, BlankNode):
        return rdflib.BNode(found.value)
    if isinstance(found, Triple):
        raise TypeError("rdflib has no triple terms")
    if found.language:
        return rdflib.Literal(found.value, lang=found.language)
    kind = found.datatype.value
    return rdflib.Literal(found.value, datatype=None if kind == XSD + "string" else kind)
