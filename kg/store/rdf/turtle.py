"""Triples in, Turtle out: the same triples, in any order, give the same bytes.

Terms are escaped by pyoxigraph; what is done here is the order, the grouping by subject
and the short forms, each used only where every Turtle parser reads it the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.base.settings import default
from kg.store.rdf.rows import XSD, Row, Rows, rows

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
_RANKS = {"Document": 1, "Merge": 2, "Post": 3, "Deal": 4, "Amount": 4, "Claim": 5}
OTHERS = 6
_PARTS = ("evidence>", "position>", "quote>")


def turtle(
    graph: Iterable[Triple] | Rows,
    prefixes: Mapping[str, str],
    base: str = default("base"),
    names: str = "",
) -> bytes:
    r"""Turtle of some triples: the same triples, in any order, give the same bytes.

    Entities come first, then documents, merges, posts, deals and claims, each with its evidence;
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
    pen = TermWriter(prefixes, base, names)
    body = "".join(pen.blocks(rows(graph)))
    return (pen.head() + body).lstrip("\n").encode()


def _value(subject: str) -> str:
    """The IRI of a row's subject, or the name of its blank node."""
    return subject[2:] if subject.startswith("_:") else subject[1:-1]


class TermWriter:
    """Writes terms short where that is safe, and remembers which prefixes it used."""

    def __init__(
        self, prefixes: Mapping[str, str], base: str = default("base"), names: str = ""
    ) -> None:
        """Take what ``turtle`` takes."""
        self.prefixes, self.declared_base = prefixes, base
        self.prefix = {space: name for name, space in sorted(prefixes.items(), reverse=True)}
        self.base = base if re.search(r"^[a-z]+://[^#?]*/$", base) else "\0"
        self.space = "<" + (names or prefixes.get("kg", ""))
        self.used: set[str] = set()
        self.relative = False
        self.known: dict[str, str] = {}
        self.verbs = {_TYPE: "0a"}

    def head(self) -> str:
        """What declares all that has been used so far; it stands before the blocks."""
        lines = [f"@base <{self.declared_base}> ."] if self.relative else []
        lines += [f"@prefix {p}: <{self.prefixes[p]}> ." for p in sorted(self.used)]
        return "".join(f"{line}\n" for line in lines)

    def blocks(self, rows: Iterable[Row]) -> list[str]:
        """A block for each subject, in order, each behind an empty line.

        All that is known of a subject, and of what it is a part of, must be given at a time.
        """
        return [block for *_, block in self.ranked(rows)]

    def ranked(self, rows: Iterable[Row]) -> list[tuple[int, str, str]]:
        """The same, each block with what it stands in order of: its rank, and its subject."""
        self.known.clear()  # of a large graph it would hold every IRI
        known, verbs = self.known, self.verbs
        grouped: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        kinds: defaultdict[str, list[str]] = defaultdict(list)
        for subject, predicate, value in rows:
            # All that becomes shorter ends like an IRI.
            text = (known.get(value) or self.term(value)) if value[-1] == ">" else value
            grouped[subject].append((verbs.get(predicate) or self.verb(predicate), text))
            if predicate == _TYPE:
                kinds[subject].append(value)
        ranks: dict[str, int] = {}
        for subject in grouped:
            self.rank(subject, ranks, grouped, kinds)
        order = sorted((rank, _value(subject), subject) for subject, rank in ranks.items())
        return [(rank, value, self.block(s, grouped[s])) for rank, value, s in order]

    def rank(
        self,
        subject: str,
        ranks: dict[str, int],
        grouped: Mapping[str, object],
        kinds: Mapping[str, list[str]],
    ) -> int:
        """Where the block of a subject stands, from its kind or from that of what it is part of."""
        if subject in ranks:
            return ranks[subject]
        space, rank = self.space, OTHERS + subject.startswith("_:")
        if rank == OTHERS:
            own = [kind for kind in kinds.get(subject, ()) if kind.startswith(space)]
            parent, _, part = subject.rpartition("/")
            if own and space != "<":
                rank = min(_RANKS.get(kind[len(space) : -1], 0) for kind in own)
            elif part in _PARTS:
                # A post has the places of its evidence one level further down.
                whole = (f"{parent}>", f"{parent.rpartition('/')[0]}>")
                if above := next((node for node in whole if node in grouped), ""):
                    rank = self.rank(above, ranks, grouped, kinds)
        ranks[subject] = rank
        return rank

    def block(self, subject: str, pairs: list[tuple[str, str]]) -> str:
        parts, last = ["\n", self.term(subject), " "], ""
        pairs.sort()
        for verb, value in pairs:
            if verb == last:
                parts += ", ", value
            else:
                parts += " ;\n    " if last else "", verb[1:], " ", value
                last = verb
        parts.append(" .\n")
        return "".join(parts)

    def verb(self, predicate: str) -> str:
        """A predicate as it is written, behind its place: ``a`` and the label come first."""
        text = self.term(predicate)
        place = "1" if text == "rdfs:label" else "2"
        return self.verbs.setdefault(predicate, place + text)

    def term(self, term: str) -> str:
        known = self.known.get(term)
        if known is None:
            known = self.known[term] = self.written(term)
        return known

    def written(self, term: str) -> str:
        if term[0] == '"':
            return self.typed(term) if term[-1] == ">" else term
        return term if term[0] != "<" or term.startswith("<<") else self.short(term[1:-1])

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


def term(node: Term) -> rdflib.term.Identifier:
    """A term of pyoxigraph as rdflib's, with plain literals plain.

    >>> term(Literal("a"))
    rdflib.term.Literal('a')
    """
    import rdflib

    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, BlankNode):
        return rdflib.BNode(node.value)
    if isinstance(node, Triple):
        raise TypeError("rdflib has no triple terms")
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    kind = node.datatype.value
    return rdflib.Literal(node.value, datatype=None if kind == XSD + "string" else kind)
