"""The ontology's pages in, a Markdown reference for people out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ontology import Ontology, Parameter, Text

    Row = tuple[str, ...]


def markdown(ontology: Ontology, terms: Sequence[Row]) -> str:
    """A Markdown reference of every page, and of the terms that claims are told in.

    Args:
        ontology: Its pages, in their order.
        terms: Of each further term its name, labels and comments in Chinese and English.
    """
    parts = [f"# {_both(ontology.title)}", ""]
    parts += [ontology.comment.get("zh", ""), "", ontology.comment.get("en", ""), ""]
    parts += [f"Namespace: `{ontology.namespace}`", ""]
    for title, head, rows in (
        ("Classes", ("class", "label", "meaning", "aligned with"), _classes(ontology)),
        (
            "Relations",
            ("relation", "label", "from", "to", "meaning", "aligned with"),
            _relations(ontology),
        ),
        (
            "Attributes",
            ("attribute", "label", "of", "datatype", "unit", "meaning", "aligned with"),
            _attributes(ontology),
        ),
        ("Statuses", ("status", "label"), _statuses(ontology)),
        ("Questions", ("question", "label", "answers", "parameters"), _questions(ontology)),
        ("Registers", ("register", "label", "tells", "parameters"), _registers(ontology)),
        ("Industries", ("industry", "label", "group", "links"), _industries(ontology)),
        (
            "Terms of claims",
            ("term", "label", "meaning"),
            [(f"`{t[0]}`", f"{t[1]} · {t[2]}", f"{t[3]} {t[4]}") for t in terms],
        ),
    ):
        parts += [f"## {title}", "", *_table(head, rows), ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def _classes(ontology: Ontology) -> Sequence[Row]:
    return [
        (f"`{k.name}`", _both(k.label), _sentences(k.comment), _codes(k.aligned))
        for k in ontology.classes.values()
    ]


def _relations(ontology: Ontology) -> Sequence[Row]:
    return [
        (
            f"`{r.name}`" + (" (symmetric)" if r.symmetric else ""),
            _both(r.label),
            _codes(r.domain),
            _codes(r.range),
            _sentences(r.comment),
            _codes(r.aligned),
        )
        for r in ontology.relations.values()
    ]


def _attributes(ontology: Ontology) -> Sequence[Row]:
    return [
        (
            f"`{a.name}`",
            _both(a.label),
            _codes(a.domain),
            _codes(a.datatypes),
            a.unit,
            _sentences(a.comment),
            _codes(a.aligned),
        )
        for a in ontology.attributes.values()
    ]


def _registers(ontology: Ontology) -> Sequence[Row]:
    page = ontology.words.get("registers", {}).get("registers", {})
    return [
        (f"`{name}`", _both(one["label"]), _sentences(one["comment"]), _codes(one["parameters"]))
        for name, one in page.items()
    ]


def _industries(ontology: Ontology) -> Sequence[Row]:
    page = ontology.words.get("sectors", {})
    groups = page.get("groups", {})
    return [
        (
            f"`{name}`",
            _both(one["label"]),
            _both(groups.get(one["group"], one["label"])),
            ", ".join(link["label"]["zh"] for link in (one.get("links") or {}).values()),
        )
        for name, one in page.get("sectors", {}).items()
    ]


def _statuses(ontology: Ontology) -> Sequence[Row]:
    return [(f"`{s.name}`", _both(s.label)) for s in ontology.statuses.values()]


def _questions(ontology: Ontology) -> Sequence[Row]:
    return [
        (
            f"`{q.name}`",
            _both(q.label),
            _sentences(q.comment),
            "; ".join(map(_parameter, q.parameters)),
        )
        for q in ontology.questions.values()
    ]


def _parameter(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f" = {parameter.default}"
    default = default if parameter.default != "" else ", optional"
    return f"`{parameter.name}` ({parameter.kind}{default}) {_both(parameter.comment)}"


def _both(text: Text) -> str:
    return f"{text['zh']} · {text['en']}"


def _sentences(text: Text) -> str:
    return f"{text['zh']} {text['en']}"


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: Row, rows: Sequence[Row]) -> list[str]:
    lines = [head, ("---",) * len(head), *rows]
    return ["| " + " | ".join(c.replace("|", "\\|") for c in line) + " |" for line in lines]
