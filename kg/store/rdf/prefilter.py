"""Rows and shapes in, the nodes that may break a shape out: all others are surely right.

pySHACL walks a graph node by node, 0.1 ms each, and a graph that a build made is nearly always
right. Here every shape is a plain test. A test may only clear what pySHACL would find right;
what it does not know it leaves to pySHACL, which alone says what is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD

if TYPE_CHECKING:
    from rdflib.term import Node

    from kg.store.rdf.rows import Rows

# Predicate → subject → its objects.
Columns = dict[str, dict[str, list[str]]]
ValuesByNode = dict[str, Sequence[str]]  # node → its values
Test = Callable[[str], bool]  # of one value
Whole = Callable[[Columns, ValuesByNode], list[str]]  # the nodes whose values together may be wrong

_TYPE, _SUBCLASS = RDF.type.n3(), RDFS.subClassOf.n3()
_LITERAL = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_NUMBERS = {
    str(XSD.integer): re.compile(r"-?\d{1,18}"),
    str(XSD.decimal): re.compile(r"-?\d{1,18}(?:\.\d{1,9})?"),
}
# What makes a whole day of a value, which then must be one of the calendar.
_DAYS = {
    str(XSD.date): (re.compile(r"\d{4}-\d\d-\d\d"), 0, "{}"),
    str(XSD.gYearMonth): (re.compile(r"\d{4}-\d\d"), 0, "{}-01"),
    str(XSD.gYear): (re.compile(r"\d{4}"), 0, "{}-01-01"),
    str(XSD.gMonthDay): (re.compile(r"--\d\d-\d\d"), 1, "2000{}"),
}


class _UnknownError(Exception):
    """A shape says something that no test here knows."""


def suspects(rows: Rows, shapes: Graph) -> set[str] | None:
    """The nodes that may break a shape; None if any node of the graph may."""
    looked = Suspects(shapes)
    looked.add(rows)
    return looked.nodes


class Suspects:
    """The nodes that may break a shape, of a graph that is given in one portion or in several.

    A portion has all rows of its subjects. Of what these lead to no more than the classes is
    looked at, which may be told apart.

    Attributes:
        nodes: The nodes; None if any node of the graph may break a shape.
    """

    def __init__(self, shapes: Graph) -> None:
        self.nodes: set[str] | None = set()
        named = (node.n3() for node in shapes.objects() if isinstance(node, URIRef))
        self.read = {_TYPE, _SUBCLASS, *named}  # no other predicate is asked for
        try:
            self.ready = [_Shape.of(node, shapes) for node in set(shapes.subjects(SH.path))]
        except _UnknownError:
            self.nodes = None

    def add(self, portion: Rows, types: Mapping[str, Sequence[str]] | None = None) -> None:
        """Look at a portion.

        Args:
            portion: All rows of some subjects.
            types: The classes of all subjects of the graph, where it comes in several portions
                whose subjects lead to each other.
        """
        if self.nodes is None:
            return
        columns: Columns = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in portion:
            if predicate in self.read:
                columns[predicate][subject].append(value)
        if _SUBCLASS in columns:  # a class that is targeted may have others below it
            self.nodes = None
            return
        classes: dict[str, list[str]] = defaultdict(list)
        for subject, kinds in columns[_TYPE].items():
            for kind in kinds:
                classes[kind].append(subject)
        if types is not None:
            _look_on(columns, types)
        for shape in self.ready:
            self.nodes.update(shape.suspects(columns, classes))


def _look_on(columns: Columns, types: Mapping[str, Sequence[str]]) -> None:
    """Add the classes of what the subjects of a portion lead to."""
    known = columns[_TYPE]
    values = (v for name, column in columns.items() if name != _TYPE for v in column.values())
    for value in set(chain.from_iterable(values)) - known.keys():
        if value in types:
            known[value] = list(types[value])


@dataclass(frozen=True, slots=True)
class _Shape:
    """A property shape as tests: whom it is for, where the values are, what they must be."""

    target: tuple[URIRef, str]
    paths: tuple[tuple[str, ...], ...]  # ways to values; the steps of each
    values: tuple[Test, ...]
    wholes: tuple[Whole, ...]

    @classmethod
    def of(cls, node: Node, shapes: Graph) -> _Shape:
        targets: list[tuple[URIRef, str]] = []
        values: list[Test] = []
        wholes: list[Whole] = []
        for predicate, value in shapes.predicate_objects(node):
            if predicate in _TARGETS:
                targets.append((URIRef(str(predicate)), value.n3()))
            elif predicate in _VALUES:
                values.append(_VALUES[predicate](value, shapes))
            elif predicate in _WHOLES:
                wholes.append(_WHOLES[predicate](value, shapes))
            elif predicate not in (RDF.type, SH.path, SH.message):
                raise _UnknownError(predicate)
        if len(targets) != 1:
            raise _UnknownError(node)
        path = _paths(shapes.value(node, SH.path), shapes)
        return cls(targets[0], path, tuple(values), tuple(wholes))

    def suspects(self, columns: Columns, classes: dict[str, list[str]]) -> list[str]:
        """The nodes of the target that the tests do not clear."""
        values_by_node = self._values(self._targets(columns, classes), columns)
        each = set(chain.from_iterable(values_by_node.values())) if self.values else ()
        wrong = {value for value in each if not all(test(value) for test in self.values)}
        left = (
            [n for n, values in values_by_node.items() if not wrong.isdisjoint(values)]
            if wrong
            else []
        )
        return left + [node for whole in self.wholes for node in whole(columns, values_by_node)]

    def _targets(self, columns: Columns, classes: dict[str, list[str]]) -> Iterable[str]:
        kind, name = self.target
        if kind == SH.targetClass:
            return classes.get(name, ())
        column = columns.get(name, {})
        if kind == SH.targetSubjectsOf:
            return column
        return {value for values in column.values() for value in values}

    def _values(self, nodes: Iterable[str], columns: Columns) -> ValuesByNode:
        """The values of each node, at the ends of all paths."""
        if len(self.paths) == 1 and len(self.paths[0]) == 1:
            column = columns.get(self.paths[0][0], {})
            return {node: column.get(node, ()) for node in nodes}

        def read(node: str) -> list[str]:
            values: dict[str, None] = {}
            for path in self.paths:
                ends = [node]
                for step in path:
                    column = columns.get(step, {})
                    ends = [value for end in ends for value in column.get(end, ())]
                values.update(dict.fromkeys(ends))
            return list(values)

        return {node: read(node) for node in nodes}


def _paths(path: Node | None, shapes: Graph) -> tuple[tuple[str, ...], ...]:
    if isinstance(path, URIRef):
        return ((path.n3(),),)
    either = shapes.value(path, SH.alternativePath)
    if either is not None:
        return tuple(way for end in shapes.items(either) for way in _paths(end, shapes))
    steps = list(shapes.items(path)) if path is not None else []
    if not steps or not all(isinstance(step, URIRef) for step in steps):
        raise _UnknownError(path)
    return (tuple(step.n3() for step in steps),)


@lru_cache(maxsize=4096)
def _sound(lexical: str, datatype: str) -> bool:
    """Whether a value is surely one of its datatype."""
    if datatype in _NUMBERS:
        return _NUMBERS[datatype].fullmatch(lexical) is not None
    if datatype in _DAYS:
        form, cut, whole = _DAYS[datatype]
        try:
            return bool(form.fullmatch(lexical) and date.fromisoformat(whole.format(lexical[cut:])))
        except ValueError:
            return False
    return datatype == str(XSD.string)


def _number(value: str) -> Decimal | None:
    """The number that a literal surely is."""
    match = _LITERAL.fullmatch(value)
    plain = match is not None and match[3] in _NUMBERS and _sound(match[1], match[3])
    return Decimal(match[1]) if match is not None and plain else None


def _datatype(kind: Node, _: Graph) -> Test:
    def test(value: str) -> bool:
        match = _LITERAL.fullmatch(value)
        if match is None:
            return False
        if match[2]:
            return kind == RDF.langString
        datatype = match[3] or str(XSD.string)
        return datatype == str(kind) and _sound(match[1], datatype)

    return test


def _either(options: Node, shapes: Graph) -> Test:
    tests = []
    for option in shapes.items(options):
        for predicate, value in shapes.predicate_objects(option):
            if predicate != SH.datatype:
                raise _UnknownError(predicate)
            tests.append(_datatype(value, shapes))
    return lambda value: any(test(value) for test in tests)


def _language(languages: Node, shapes: Graph) -> Test:
    known = {str(language) for language in shapes.items(languages)}
    return lambda value: (match := _LITERAL.fullmatch(value)) is not None and match[2] in known


def _length(least: Node, _: Graph) -> Test:
    wanted = int(str(least))

    def test(value: str) -> bool:
        match = _LITERAL.fullmatch(value)
        # An escape is at least as long as what it stands for.
        return match is not None and len(match[1]) >= wanted and (wanted < 2 or "\\" not in value)

    return test


def _bound(bound: Node, low: bool) -> Test:
    limit = _number(bound.n3())
    if limit is None:
        raise _UnknownError(bound)

    def test(value: str) -> bool:
        number = _number(value)
        return number is not None and (number >= limit if low else number <= limit)

    return test


def _kind(kind: Node, _: Graph) -> Test:
    if kind != SH.IRI:
        raise _UnknownError(kind)
    return lambda value: value.startswith("<") and not value.startswith("<<")


def _among(members: Node, shapes: Graph) -> Test:
    return {member.n3() for member in shapes.items(members)}.__contains__


def _at_least(count: Node, _: Graph) -> Whole:
    # What are two values here may be one to pySHACL ("a"@zh and "a"@ZH).
    if int(str(count)) > 1:
        raise _UnknownError(count)
    return lambda columns, values_by_node: [
        node for node, values in values_by_node.items() if not values
    ]


def _at_most(count: Node, _: Graph) -> Whole:
    most = int(str(count))
    return lambda columns, values_by_node: [
        node for node, values in values_by_node.items() if len(values) > most
    ]


def _equal(predicate: Node, _: Graph) -> Whole:
    name = predicate.n3()

    def whole(columns: Columns, values_by_node: ValuesByNode) -> list[str]:
        column = columns.get(name, {})
        return [n for n, values in values_by_node.items() if set(values) != set(column.get(n, ()))]

    return whole


def _not_above(predicate: Node, _: Graph) -> Whole:
    name = predicate.n3()

    def test(values: Sequence[str], others: Sequence[str]) -> bool:
        low, high = map(_number, values), [_number(value) for value in others]
        return all(a is not None and b is not None and a <= b for a in low for b in high)

    def whole(columns: Columns, values_by_node: ValuesByNode) -> list[str]:
        column = columns.get(name, {})
        return [n for n, values in values_by_node.items() if not test(values, column.get(n, ()))]

    return whole


_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_VALUES: dict[Node, Callable[[Node, Graph], Test]] = {
    SH.datatype: _datatype,
    SH["or"]: _either,
    SH.languageIn: _language,
    SH.minLength: _length,
    SH.minInclusive: lambda bound, _: _bound(bound, low=True),
    SH.maxInclusive: lambda bound, _: _bound(bound, low=False),
    SH.nodeKind: _kind,
    SH["in"]: _among,
}
_WHOLES: dict[Node, Callable[[Node, Graph], Whole]] = {
    SH.minCount: _at_least,
    SH.maxCount: _at_most,
    SH.equals: _equal,
    SH.lessThanOrEquals: _not_above,
}
