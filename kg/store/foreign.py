"""A file of somebody's RDF in, its quads out: nothing is fetched, nothing is guessed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base.errors import ReadError, did_you_mean
from kg.base.settings import default
from kg.store.rdf.rows import iri

if TYPE_CHECKING:
    from pathlib import Path

    Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
# An entity that is made of entities, or long, is how a small XML file fills the memory:
# the parser expands without bound. Those of ontologies are namespaces, well below this.
_LONGEST_ENTITY = 500
_ENTITY = re.compile(r"<!ENTITY\s+(%\s*)?[^\s>]+\s*(\"[^\"]*\"|'[^']*'|[^>]*)")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)|%")


def read_rdf(path: Path, graph: str = "") -> tuple[str, list[ox.Quad]]:
    """Read an RDF file: the SHA-256 of its bytes, and its quads.

    Blank nodes are named after the file, so that those of two files are never taken for
    one, and reading the same file twice gives the same quads.

    Args:
        path: The file; its suffix tells the format.
        graph: IRI of the graph for triples that name none; ``""`` for the default graph.

    Raises:
        ReadError: If the file cannot be read, is of an unknown format or wrong.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise ReadError(
            f"{path}: {path.suffix or 'a file without a suffix'} is no format of RDF; "
            f"{did_you_mean(path.suffix, FORMATS)}"
        )
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path}: is not UTF-8 (byte {error.start} is {data[error.start]:#04x}); "
            "save it as UTF-8"
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    if kind == ox.RdfFormat.RDF_XML:
        _refuse_bombs(path, text)
    place = iri(graph) if graph else ox.DefaultGraph()
    base = f"{default('base')}import/{digest[:20]}"
    try:
        quads = list(ox.parse(text.encode(), format=kind, base_iri=base))
    except (SyntaxError, ValueError) as error:
        raise ReadError(_words(path, text, kind, error)) from error
    names = _Names(digest)
    return digest, [names.quad(quad, place) for quad in quads]


class _Names:
    """New names for the blank nodes of one file, in the order in which they come."""

    def __init__(self, digest: str) -> None:
        self.stem = f"b{digest[:12]}x"
        self.known: dict[str, ox.BlankNode] = {}

    def node(self, node: Node) -> Node:
        if isinstance(node, ox.BlankNode):
            new_node = ox.BlankNode(f"{self.stem}{len(self.known)}")
            return self.known.setdefault(node.value, new_node)
        if isinstance(node, ox.Triple):
            parts = (self.node(n) for n in (node.subject, node.predicate, node.object))
            return ox.Triple(*parts)  # type: ignore[arg-type]
        return node

    def quad(self, quad: ox.Quad, place: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
        inside = quad.graph_name
        home = place if isinstance(inside, ox.DefaultGraph) else self.node(inside)
        subject, target = self.node(quad.subject), self.node(quad.object)
        return ox.Quad(subject, quad.predicate, target, home)  # type: ignore[arg-type]


def _refuse_bombs(path: Path, text: str) -> None:
    for match in _ENTITY.finditer(text):
        value = match[2]
        nested = match[1] or _REFERENCE.search(value) or value[:1] not in "\"'"
        if nested or len(value) > _LONGEST_ENTITY:
            line = text.count("\n", 0, match.start()) + 1
            raise ReadError(
                f"{path}:{line}: declares an entity made of others, from outside or very long, "
                "which is not read; write its text where it is used"
            )


def _words(path: Path, text: str, kind: ox.RdfFormat, error: Exception) -> str:
    message = str(error.args[0]) if error.args else str(error)
    message = re.sub(r"^Parser error (at|between) line .*?: ", "", message)
    line = getattr(error, "lineno", None)
    if "LoadDocumentCallback" in message:
        message = (
            "names a context at another address, which is not fetched; "
            "write the context into the file"
        )
    elif kind == ox.RdfFormat.RDF_XML and line is None:
        line = _broken_line(text)
    return f"{path}{f':{line}' if line else ''}: {message[:1].lower()}{message[1:]}"


def _broken_line(text: str) -> int | None:
    """Where XML stops being well-formed; the RDF parser does not tell."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(text.encode(), True)
    except expat.ExpatError as error:
        return error.lineno
    return None
