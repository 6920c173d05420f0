"""The pages of ``ontology/`` in, one checked Ontology out.

Every class, relation and attribute has a page of its own; all that kg knows about it
stands there: labels, alignments, how its names look, which words state it, its colour.
Loading checks each page and names the file, the term and the way out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from kg.base.errors import OntologyError, did_you_mean
from kg.ontology.files import read_table, read_text, read_yaml
from kg.ontology.forms import expect
from kg.ontology.kinds import check_options

T = TypeVar("T")
Text = dict[str, str]
DATATYPES = ("decimal", "integer", "date", "gYearMonth", "gYear", "gMonthDay", "string")
IDENTITIES = ("name", "place", "body", "relation")
ENDS = ("subject", "object")
KINDS_OF_PARAMETER = (
    "name", "class", "status", "relation", "attribute", "text", "date", "number",
)  # fmt: skip
# Each set of classes has a character of its own where rules are matched (kg.extract.claims.mask).
MOST_CLASSES = 11


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

    ``inverse`` is its label when it is read from the object, ``aligned`` are properties of other
    vocabularies that it is a kind of.
    A ``lasting`` one has no status: a place is part of another, whatever is planned there. Of one
    with ``stages`` the sentence tells which of these it has reached.
    ``places`` names the end that belongs where the other one is: the ``subject`` of 位于, the
    ``object`` of 发布 (a policy is of the place whose office issues it). A thing has one object
    where the words that state the relation begin with one of ``single`` (注册地): a second
    one contradicts it.
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
class Question:
    """A named SPARQL question; ``$name`` in its text stands for a parameter."""

    name: str
    label: Text
    comment: Text
    parameters: tuple[Parameter, ...]
    text: str
    file: str = ""


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

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of ``gazetteers/NAME.tsv`` as dicts by column; ``#`` starts a comment line.

        Raises:
            OntologyError: If the file is missing or a row has too many cells.
        """
        return [dict(row) for row in read_table(self.folder / "gazetteers" / f"{name}.tsv")]


def default_folder() -> Path:
    """The folder that ``load()`` reads: ``$KG_ONTOLOGY``, else the one that came with kg."""
    named = os.environ.get("KG_ONTOLOGY")
    if named:
        return Path(named)
    here = Path(__file__).resolve().parent.parent
    carried = here / "_ontology"
    return carried if carried.is_dir() else here.parent / "ontology"


def load(folder: Path | str | None = None) -> Ontology:
    """Read and check an ontology.

    Args:
        folder: The folder that holds ``ontology.yaml``; by default the one of this
            installation, or ``$KG_ONTOLOGY`` where that is set.

    Raises:
        OntologyError: If a page is missing or wrong: file, term and way out are named.

    >>> load().relations["signs"].domain
    ('Organisation', 'District')
    """
    return _load(Path(folder if folder is not None else default_folder()).resolve())


@lru_cache(maxsize=8)
def _load(folder: Path) -> Ontology:
    head = read_yaml(folder / "ontology.yaml")
    _check_head(head, folder / "ontology.yaml")
    statuses = {
        name: Status(
            name,
            i,
            dict(entry["label"]),
            tuple(entry.get("words", ())),
            tuple(entry.get("ends", ())),
            tuple(entry.get("shows", ())),
            str(entry.get("ahead", "")),
            str(entry.get("fresh", "")),
        )
        for i, (name, entry) in enumerate(head.get("statuses", {}).items())
    }
    ontology = Ontology(
        folder=folder,
        namespace=_needed(head, "namespace", folder / "ontology.yaml"),
        title=dict(_needed(head, "title", folder / "ontology.yaml")),
        comment=dict(head.get("comment", {})),
        version=str(head.get("version", "")),
        licence=str(head.get("licence", "")),
        prefixes=dict(_needed(head, "prefixes", folder / "ontology.yaml")),
        statuses=statuses,
        classes=_pages(folder / "classes", Klass, "names"),
        relations=_pages(folder / "relations", Relation, "rules"),
        attributes=_pages(folder / "attributes", Attribute, "rules"),
        questions={p.stem: _question(p) for p in sorted((folder / "questions").glob("*.rq"))},
        words={p.stem: _words(p) for p in sorted((folder / "words").glob("*.yaml"))},
        largest=_largest(head.get("largest"), folder / "ontology.yaml"),
    )
    _check(ontology)
    _check_largest(ontology)
    return ontology


def _words(path: Path) -> dict[str, Any]:
    words: dict[str, Any] = read_yaml(path)
    expect(words, "mapping", f"{path}: the file")
    return words


def _largest(raw: Any, file: Path) -> Largest | None:
    if raw is None:
        return None
    for name, form in {"class": "text", "attribute": "text", "by": "list"}.items():
        expect(raw.get(name, []), form, f"{file}: largest: {name}")
    return Largest(raw["class"], raw["attribute"], tuple(raw.get("by", ())))


def _needed(mapping: dict[str, Any], key: str, file: Path) -> Any:
    if key not in mapping:
        raise OntologyError(f"{file}: {key} is missing; add a line '{key}: …'")
    return mapping[key]


def _pages(folder: Path, kind: type[T], rules: str) -> dict[str, T]:
    pages = [_page(path, kind, rules) for path in sorted(folder.glob("*.yaml"))]
    if not pages:
        raise OntologyError(f"{folder}: holds no page; at least one .yaml file is needed")
    pages.sort(key=lambda p: (getattr(p, "order"), getattr(p, "name")))  # noqa: B009
    return {getattr(p, "name"): p for p in pages}  # noqa: B009


def _page(path: Path, kind: type[T], rules: str) -> T:
    raw = read_yaml(path)
    if not isinstance(raw, dict):
        raise OntologyError(f"{path}: a page is a mapping of names to values")
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    for key in raw:
        if key not in known or key == "file":
            raise OntologyError(f"{path}: {key} is no field of a page; {did_you_mean(key, known)}")
    values: dict[str, Any] = {"file": str(path)}
    for name, spec in known.items():
        if name in raw:
            expect(raw[name], _FORMS[str(spec.type)], f"{path}: {name}")
            values[name] = _frozen(raw[name])
        elif name != "file" and spec.default is MISSING and spec.default_factory is MISSING:
            raise OntologyError(f"{path}: {name} is missing; add a line '{name}: …'")
    if values["name"] != path.stem:
        raise OntologyError(f"{path}: the page's name is {values['name']}; name the file after it")
    for field_ in ("label", "comment"):
        for language in ("zh", "en"):
            if not values[field_].get(language):
                raise OntologyError(f"{path}: {field_} needs a text for {language}")
    values[rules] = tuple(_rule(entry, path, values["name"], rules) for entry in raw.get(rules, ()))
    return kind(**values)


def _check_head(head: Any, file: Path) -> None:
    expect(head, "mapping", f"{file}: the file")
    forms = {"namespace": "text", "title": "texts", "comment": "texts", "prefixes": "texts"}
    for name, form in {**forms, "statuses": "mapping", "largest": "mapping"}.items():
        if name in head:
            expect(head[name], form, f"{file}: {name}")
    for name, entry in head.get("statuses", {}).items():
        expect(name, "text", f"{file}: statuses: {name}")
        expect(entry, "mapping", f"{file}: statuses: {name}")
        expect(entry.get("label"), "texts", f"{file}: statuses: {name}: label")
        expect(entry.get("words", []), "list", f"{file}: statuses: {name}: words")
        expect(entry.get("ends", []), "list", f"{file}: statuses: {name}: ends")
        expect(entry.get("shows", []), "list", f"{file}: statuses: {name}: shows")
        for part in ("ahead", "fresh"):
            expect(entry.get(part, ""), "text", f"{file}: statuses: {name}: {part}")
        for ended in entry.get("ends", []):
            if ended not in head["statuses"]:
                way_out = did_you_mean(str(ended), head["statuses"])
                raise OntologyError(f"{file}: statuses: {name}: ends: {ended} is none; {way_out}")


# The form of a field by its type here, and of the options of rules by their name.
_FORMS = {
    "str": "text",
    "int": "whole",
    "bool": "flag",
    "Text": "texts",
    "dict[str, Any]": "mapping",
    "dict[str, Text]": "mapping",
    "tuple[str, ...]": "list",
    "tuple[Rule, ...]": "rules",
}
_IDENTITY = {
    "by": "text", "least": "whole", "own": "whole", "tail": "flag", "titled": "flag",
    "heads": "list", "relation": "text", "attribute": "text", "issued": "text",
}  # fmt: skip
_RULE = {"rule": "text", "kind": "text", "confidence": "number", "status": "text"}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _rule(entry: Any, path: Path, page: str, section: str) -> Rule:
    if not isinstance(entry, dict) or "rule" not in entry or "kind" not in entry:
        raise OntologyError(f"{path}: a rule needs 'rule' (its name) and 'kind'; found {entry!r}")
    where = f"{path}: {entry['rule']}"
    for name, form in _RULE.items():
        if name in entry:
            expect(entry[name], form, f"{where}: {name}")
    options = {k: v for k, v in entry.items() if k not in {*_RULE, "example"}}
    check_options(options, entry["kind"], section, where)
    raw = entry.get("example", [])
    examples = tuple(
        _example(e, f"{where}: example") for e in (raw if isinstance(raw, list) else [raw])
    )
    return Rule(
        rule=entry["rule"],
        kind=entry["kind"],
        example=examples,
        confidence=float(entry.get("confidence", 0.8)),
        status=entry.get("status", ""),
        options={k: _frozen(v) for k, v in options.items()},
        page=page,
        file=str(path),
    )


def _example(entry: Any, where: str) -> Example:
    expect(entry, "mapping", where)
    expect(entry.get("text"), "text", f"{where}: text")
    expect(entry.get("finds", []), "pairs", f"{where}: finds")
    return Example(entry["text"], tuple(_frozen(x) for x in entry.get("finds", ())))


_QUESTION_HEAD = re.compile(r"#\s*(\S+?):\s*(.*)")
_PARAMETER = re.compile(r"(\w+)\s+\((\w+)(?:\s*=\s*(.*?))?\)\s*([^|]+?)\s*\|\s*(.+)")


def _question(path: Path) -> Question:
    """Read a question: ``# label.zh: …``, ``# parameter: name (kind = default) 意思 | meaning``.

    ``ontology/RULES.md`` tells what the kinds of parameters stand for in the query.
    """
    text = read_text(path)
    texts: dict[str, Text] = {"label": {}, "comment": {}}
    parameters = []
    for line in text.splitlines():
        match = _QUESTION_HEAD.match(line)
        if not match:
            continue
        key, value = match.groups()
        if key == "parameter":
            found = _PARAMETER.match(value)
            if not found or found[2] not in KINDS_OF_PARAMETER:
                raise OntologyError(
                    f"{path}: {value!r} is no parameter; write "
                    "'name (kind = default) 意思 | meaning', where kind is one of "
                    f"{', '.join(KINDS_OF_PARAMETER)}"
                )
            comment = {"zh": found[4], "en": found[5].strip()}
            parameters.append(Parameter(found[1], found[2], comment, found[3]))
        elif "." in key and key.split(".")[0] in texts:
            part, language = key.split(".", 1)
            texts[part][language] = value.strip()
    for part, said in texts.items():
        for language in ("zh", "en"):
            if not said.get(language):
                raise OntologyError(f"{path}: add a line '# {part}.{language}: …'")
    return Question(path.stem, texts["label"], texts["comment"], tuple(parameters), text, str(path))


def _check(ontology: Ontology) -> None:
    classes = ontology.classes
    if len(classes) > MOST_CLASSES:
        last = [*classes.values()][MOST_CLASSES]
        raise OntologyError(
            f"{last.file}: {last.name} is one class too many: {len(classes)} have pages, at most "
            f"{MOST_CLASSES} can; take pages away, or tell kinds apart by the subtype of a rule"
        )
    for klass in classes.values():
        _check_class(klass)
        if klass.identified_by not in IDENTITIES:
            raise OntologyError(
                f"{klass.file}: identity: {klass.identified_by} is no way to tell things apart; "
                f"{did_you_mean(klass.identified_by, IDENTITIES)}"
            )
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", klass.colour):
            raise OntologyError(f"{klass.file}: colour {klass.colour!r} is not of the form #rrggbb")
    _check_ends(ontology)
    for relation in ontology.relations.values():
        _check_places(relation)
    for attribute in ontology.attributes.values():
        for datatype in attribute.datatypes:
            if datatype not in DATATYPES:
                way_out = did_you_mean(datatype, DATATYPES)
                raise OntologyError(f"{attribute.file}: {datatype} is no datatype; {way_out}")
    _check_names(ontology)
    _check_rules(ontology)


def _check_ends(ontology: Ontology) -> None:
    pages: list[Relation | Attribute] = [*ontology.relations.values()]
    pages += ontology.attributes.values()
    for page in pages:
        ends = page.domain + (page.range if isinstance(page, Relation) else ())
        for end in ends:
            if end not in ontology.classes:
                way_out = did_you_mean(end, ontology.classes)
                raise OntologyError(f"{page.file}: {end} is no class of this ontology; {way_out}")


def _check_class(klass: Klass) -> None:
    for name, value in klass.identity.items():
        if name not in _IDENTITY:
            way_out = did_you_mean(str(name), _IDENTITY)
            raise OntologyError(f"{klass.file}: identity: {name} is no part of it; {way_out}")
        expect(value, _IDENTITY[name], f"{klass.file}: identity: {name}")
    if klass.identified_by == "relation" and "relation" not in klass.identity:
        raise OntologyError(f"{klass.file}: identity: add the relation, such as 'relation: …'")
    for name, words in klass.anaphora.items():
        expect(words, "list", f"{klass.file}: anaphora: {name}")
    for name, label in klass.subtypes.items():
        expect(label, "texts", f"{klass.file}: subtypes: {name}")


def _check_largest(ontology: Ontology) -> None:
    largest, file = ontology.largest, ontology.folder / "ontology.yaml"
    if largest is None:
        return
    groups: list[tuple[tuple[str, ...], Iterable[str]]] = [
        ((largest.klass,), ontology.classes),
        ((largest.attribute,), ontology.attributes),
        (largest.by, ontology.relations),
    ]
    for name, pages in ((name, pages) for names, pages in groups for name in names):
        if name not in pages:
            raise OntologyError(f"{file}: largest: {name} has no page; {did_you_mean(name, pages)}")


def _check_places(relation: Relation) -> None:
    if relation.places and relation.places not in ENDS:
        way_out = did_you_mean(relation.places, ENDS)
        raise OntologyError(f"{relation.file}: places: {relation.places} is no end; {way_out}")


def _check_names(ontology: Ontology) -> None:
    seen: dict[str, str] = {}
    groups: list[dict[str, Any]] = [ontology.classes, ontology.relations, ontology.attributes]
    for page in (p for group in groups for p in group.values()):
        if page.name in seen:
            raise OntologyError(f"{page.file}: {page.name} has a page already, {seen[page.name]}")
        seen[page.name] = page.file
        for curie in page.aligned:
            prefix = curie.partition(":")[0]
            if prefix not in ontology.prefixes:
                raise OntologyError(
                    f"{page.file}: the prefix of {curie} is not declared in ontology.yaml; "
                    f"{did_you_mean(prefix, ontology.prefixes)}"
                )


def _check_rules(ontology: Ontology) -> None:
    seen: dict[str, str] = {}
    for rule in rules(ontology):
        if rule.rule in seen:
            raise OntologyError(
                f"{rule.file}: rule {rule.rule} stands in {seen[rule.rule]} already"
            )
        seen[rule.rule] = rule.file
        if not 0 < rule.confidence <= 1:
            raise OntologyError(f"{rule.file}: {rule.rule}: confidence lies between 0 and 1")
        if rule.status and rule.status not in ontology.statuses:
            raise OntologyError(
                f"{rule.file}: {rule.rule}: {rule.status} is no status; "
                f"{did_you_mean(rule.status, ontology.statuses)}"
            )


def rules(ontology: Ontology) -> tuple[Rule, ...]:
    """Every rule of every page, names first, then relations and attributes."""
    found: list[Rule] = []
    for klass in ontology.classes.values():
        found += klass.names
    for relation in ontology.relations.values():
        found += relation.rules
    for attribute in ontology.attributes.values():
        found += attribute.rules
    return tuple(found)
