"""Triples in, Turtle out: the same triples, in any order, give the same bytes.

Terms are escaped by pyoxigraph; what is done here is the order, the grouping by subject
and the short forms, each used only where every Turtle parser reads it the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.rows import XSD, Row, Rows, rows
from kg.settings import default

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import rdflib

    Term = NamedNode | BlankNode | Literal | Triple

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_TYPE = str(TYPE)
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:/[A-Za-z0-9_-]+)+")
_INTEGER = re.compile(r'"(0|-?[1-9]\d*)"\^\^<' + re.escape(XSD) + "integer>")
# Subjects of one kind stand together: what the graph is about before what it rests on.
_RANKS = {"Document": 1, "Merge": 2, "Claim": 3}


def turtle(
    graph: Iterable[Triple] | Rows,
    prefixes: Mapping[str, str],
    base: str = default("base"),
    names: str = "",
) -> bytes:
    r"""Turtle of some triples: the same triples, in any order, give the same bytes.

    Entities come first, then documents, merges, and claims each with its evidence;
    predicates stand in order with ``a`` and the label first.

    Args:
        graph: The triples, or their rows; doubles are written once.
        prefixes: Prefix → namespace; those that are used are declared.
        base: Written as ``@base``; IRIs below it are written relative to it.
        names: The namespace of the ontology, by which kinds of subjects are told apart.

    >>> t = Triple(NamedNode("http://a/b"), TYPE, NamedNode("http://a#C"))
    >>> turtle([t], {"a": "http://a#"}).decode().split(chr(10) * 2)[1]
    '<http://a/b> a a:C .\n'
    """
    names = names or prefixes.get("kg", "")
    grouped: dict[str, list[Row]] = {}
    for row in rows(graph):
        grouped.setdefault(row[0], []).append(row)
    pen = _Pen(prefixes, base)
    order = sorted(grouped, key=lambda s: (_rank(s, grouped, names), _value(s)))
    blocks = [pen.block(subject, grouped[subject]) for subject in order]
    head = [f"@base <{base}> ."] if pen.relative else []
    head += [f"@prefix {p}: <{prefixes[p]}> ." for p in sorted(pen.used)]
    return "\n".join(["\n".join(head) + "\n" if head else "", *blocks]).lstrip("\n").encode()


def _value(subject: str) -> str:
    """The IRI of a row's subject, or the name of its blank node."""
    return subject[2:] if subject.startswith("_:") else subject[1:-1]


def _rank(subject: str, grouped: Mapping[str, list[Row]], names: str) -> int:
    if subject.startswith("_:"):
        return 5
    space = "<" + names
    own = [o for _, p, o in grouped[subject] if p == _TYPE and names and o.startswith(space)]
    if own:
        return min(_RANKS.get(o[len(space) : -1], 0) for o in own)
    parent, _, part = subject.rpartition("/")
    if part in ("evidence>", "position>", "quote>") and (above := parent + ">") in grouped:
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
        self.verbs: dict[str, str] = {_TYPE: "a"}

    def block(self, subject: str, found: Iterable[Row]) -> str:
        by_predicate: dict[str, list[str]] = {}
        for _, predicate, value in found:
            verb = self.verbs.get(predicate) or self.verb(predicate)
            by_predicate.setdefault(verb, []).append(self.term(value))
        order = sorted(by_predicate, key=lambda v: (v != "a", v != "rdfs:label", v))
        lines = [f"{verb} {', '.join(sorted(by_predicate[verb]))}" for verb in order]
        return f"{self.term(subject)} " + " ;\n    ".join(lines) + " .\n"

    def verb(self, predicate: str) -> str:
        return self.verbs.setdefault(predicate, self.term(predicate))

    def term(self, term: str) -> str:
        if term[0] == '"':
            return term if term[-1] != ">" else self.typed(term)
        if term[0] != "<" or term.startswith("<<"):
            return term
        known = self.known.get(term)
        if known is None:
            known = self.known[term] = self.short(term[1:-1])
        return known

    def typed(self, term: str) -> str:
        """A literal that ends with its datatype."""
        if _INTEGER.fullmatch(term):
            return term[1 : -len(XSD) - len('"^^<integer>')]
        text, _, kind = term.rpartition("^^")
        if not kind.startswith("<" + XSD) or XSD not in self.prefix:
            return term
        self.used.add(self.prefix[XSD])
        return f"{text}^^{self.short(kind[1:-1])}"

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
