"""What the pages of ``ontology/`` say, as records: classes, relations, attributes and their rules.

``kg.ontology.loading`` makes them of the files. All are frozen: an ontology is read once, and
shared by all that lean on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from kg.base.errors import OntologyError
from kg.ontology.files import read_table
from kg.ontology.lexicon.lexicon import Lexicon

T = TypeVar("T")
Text = dict[str, str]


@dataclass(frozen=True)
class Example:
    """A sentence that must make its rule fire, and what the rule must find in it.

    ``finds`` holds names for a rule of names, ``[subject, object]`` pairs for a rule of
    relations, ``[subject, value]`` pairs for a rule of attributes.
    """

    text: str
    finds: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One way in which a page's term shows in text; ``kind`` names the reader of it."""

    rule: str
    kind: str
    example: tuple[Example, ...] = ()
    confidence: float = 0.8
    status: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    page: str = ""
    file: str = ""

    def classes(self, option: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """The classes that an option names, one or several."""
        named = self.options.get(option)
        return (named,) if isinstance(named, str) else tuple(named or default)

    def refused(self, reason: str) -> OntologyError:
        """What to raise where the rule is wrong, with its file and its name."""
        return OntologyError(f"{self.file}: {self.rule}: {reason}")

    def compiled(self, read: Callable[[], T]) -> T:
        """What a function makes of the rule.

        Raises:
            OntologyError: If the rule lacks an option or has a wrong expression.
        """
        try:
            return read()
        except KeyError as error:
            option = error.args[0]
            reason = f"a rule of kind {self.kind} needs {option}; add a line '{option}: …'"
            raise self.refused(reason) from error
        except re.error as error:
            raise self.refused(f"the pattern is wrong: {error}") from error


@dataclass(frozen=True)
class Status:
    """One rung of the ladder from proposed to cancelled, and the words that show it.

    ``ends`` are the statuses that a later document contradicts it with. ``shows`` are expressions
    that show it, beside the ``words``; ``ahead`` is what makes it of a later rung (明年|建成), but
    where ``fresh`` stands between the two.
    """

    name: str
    order: int
    label: Text
    words: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    ahead: str = ""
    fresh: str = ""


@dataclass(frozen=True)
class Klass:
    """A class of things: what it is called, what its names look like, how it is drawn.

    ``identity`` says what tells its things apart in many documents. ``by: name`` is the name
    when it has ``least`` characters, else the document too; ``by: place`` the division code,
    else the name; ``by: body`` the name with the place that speaks (市科技局); ``by: relation``
    the name with what the named ``relation`` leads to (a person by an employer). ``tail: true``
    lets the end of a name stand for the only longer name that ends so, ``titled: true`` what a
    headline leaves of a title for the title. ``subtypes`` are the labels of its finer kinds; one
    without a label goes by its name.
    """

    name: str
    order: int
    label: Text
    comment: Text
    colour: str
    aligned: tuple[str, ...] = ()
    names: tuple[Rule, ...] = ()
    anaphora: dict[str, Any] = field(default_factory=dict)
    identity: dict[str, Any] = field(default_factory=dict)
    subtypes: dict[str, Text] = field(default_factory=dict)
    file: str = ""

    @property
    def identified_by(self) -> str:
        """What tells things of this class apart: ``name``, ``place``, ``body``, ``relation``."""
        return str(self.identity.get("by", "name"))


@dataclass(frozen=True)
class Relation:
    """A relation between two things: between which classes, and which words state it.

    A ``lasting`` one has no status: a place is part of another, whatever is planned there. Of one
    with ``stages`` the sentence tells which of these it has reached.
    ``places`` names the end that belongs where the other one is: the ``subject`` of 位于, the
    ``object`` of 发布 (a policy is of the place whose office issues it). A thing has one object
    where the words that state the relation begin with one of ``single`` (注册地): a second
    one contradicts it. ``inverse`` is its label when it is read from the object, ``aligned`` are
    properties of other vocabularies that it is a kind of. Where an expression of ``never`` is found
    between its ends or right behind them, the text states another relation, whoever says so.
    What none of its rules states stands only where its sentence holds one of ``needs``.
    """

    name: str
    order: int
    label: Text
    comment: Text
    domain: tuple[str, ...]
    range: tuple[str, ...]
    aligned: tuple[str, ...] = ()
    inverse: Text = field(default_factory=dict)
    symmetric: bool = False
    same_class: bool = False
    lasting: bool = False
    stages: tuple[str, ...] = ()
    places: str = ""
    single: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    file: str = ""


@dataclass(frozen=True)
class Attribute:
    """A value of a thing: of which classes, in which datatypes, and which words state it."""

    name: str
    order: int
    label: Text
    comment: Text
    domain: tuple[str, ...]
    datatypes: tuple[str, ...]
    unit: str = ""
    stages: tuple[str, ...] = ()
    aligned: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    file: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: its name, its kind, its default and what it means."""

    name: str
    kind: str
    comment: Text
    default: str | None = None


@dataclass(frozen=True)
class Remark:
    """What is to be known of an answer: a text with ``{n}``, and the query that counts it."""

    text: Text
    query: str


@dataclass(frozen=True)
class Question:
    """A named SPARQL question; ``$name`` in its text stands for a parameter."""

    name: str
    label: Text
    comment: Text
    parameters: tuple[Parameter, ...]
    text: str
    file: str = ""
    remark: Remark | None = None
    # What columns hold money: a currency, or the column that tells it.
    money: Text = field(default_factory=dict)
    # Columns that a page shows as one, the first of each above the others.
    columns: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Largest:
    """What an overview ranks: the things of a class by an amount, and who stands behind them.

    ``by`` are relations that lead to such a thing, the most telling first.
    """

    klass: str
    attribute: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ontology:
    """All pages, checked against each other, in the order that the pages give."""

    folder: Path
    namespace: str
    title: Text
    comment: Text
    version: str
    licence: str
    prefixes: dict[str, str]
    statuses: dict[str, Status]
    classes: dict[str, Klass]
    relations: dict[str, Relation]
    attributes: dict[str, Attribute]
    questions: dict[str, Question]
    words: dict[str, Any]
    largest: Largest | None = None

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words and expressions of ``words/``, typed and compiled."""
        return Lexicon(self.folder / "words", self.words)

    @cached_property
    def placing(self) -> frozenset[str]:
        """The rules that find names of places, by their names."""
        classes = self.classes.values()
        return frozenset(r.rule for k in classes if k.identified_by == "place" for r in k.names)

    @cached_property
    def listing(self) -> frozenset[str]:
        """The rules that find the names of a table."""
        names = (rule for klass in self.classes.values() for rule in klass.names)
        return frozenset(rule.rule for rule in names if rule.kind == "list")

    @cached_property
    def knowing(self) -> frozenset[str]:
        """Those of them whose table says of each name what it is, not one thing of all."""
        names = (rule for klass in self.classes.values() for rule in klass.names)
        return frozenset(r.rule for r in names if r.kind == "list" and "subtype" not in r.options)

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of ``gazetteers/NAME.tsv`` as dicts by column; ``#`` starts a comment line.

        Raises:
            OntologyError: If the file is missing or a row has too many cells.
        """
        return [dict(row) for row in read_table(self.folder / "gazetteers" / f"{name}.tsv")]


def rules(ontology: Ontology) -> tuple[Rule, ...]:
    """Every rule of every page, names first, then relations and attributes."""
    rules: list[Rule] = []
    for klass in ontology.classes.values():
        rules += klass.names
    for relation in ontology.relations.values():
        rules += relation.rules
    for attribute in ontology.attributes.values():
        rules += attribute.rules
    return tuple(rules)
