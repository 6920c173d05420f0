"""The folder of an ontology in, one checked Ontology out.

Each page is read by itself: its fields are those of the record that it becomes, and a value of
another form is an error that names the file, the term and the way out. Then all are checked
against each other (``kg.ontology.checks``).
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from kg.base.errors import OntologyError, did_you_mean
from kg.ontology.checks import check
from kg.ontology.files import default_folder, read_yaml
from kg.ontology.forms import expect
from kg.ontology.kinds import check_options
from kg.ontology.pages import Attribute, Example, Klass, Largest, Ontology, Relation, Rule, Status
from kg.ontology.questions import question

T = TypeVar("T")


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
        questions={p.stem: question(p) for p in sorted((folder / "questions").glob("*.rq"))},
        words={p.stem: _words(p) for p in sorted((folder / "words").glob("*.yaml"))},
        largest=_largest(head.get("largest"), folder / "ontology.yaml"),
    )
    ontology.lexicon.check()
    check(ontology)
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


# The form of a field by its type in ``kg.ontology.pages``, and of what rules of all kinds have.
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
