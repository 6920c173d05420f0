"""Make a register of a graph by its name, as a dossier to show, print or save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base.errors import QueryError, did_you_mean, nearest
from kg.publish.dossier.model import Dossier
from kg.publish.dossier.wording import LANGUAGES
from kg.publish.register import request
from kg.publish.register.kinds import (
    catalogue,
    chains,
    changes,
    firms,
    ledger,
    network,
    policies,
)
from kg.publish.register.register_data import RegisterData
from kg.publish.register.view import FIGURES, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.ontology import Ontology
    from kg.publish.dossier.model import Table
    from kg.query.graph import Graph

# What makes the parts of each, by its name in ``words/registers.yaml``; the first part but the
# figures is the register itself.
MAKERS: dict[str, Callable[[View], Iterator[Table]]] = {
    "project-register": ledger.register,
    "firms": firms.register,
    "chains": chains.register,
    "network": network.register,
    "policy-lineage": policies.register,
    "catalogue": catalogue.register,
    "changes": changes.register,
}


def names(ontology: Ontology) -> dict[str, str]:
    """The names of registers by themselves and by their labels, as far as the ontology has them."""
    page = ontology.words.get(request.PAGE, {}).get("registers", {})
    known = {name: name for name in MAKERS if name in page}
    return known | {page[name]["label"]["zh"]: name for name in known}


def is_register(name: str, ontology: Ontology) -> bool:
    """Whether a register is called so."""
    return name in names(ontology)


def register(graph: Graph, name: str, parameters: Mapping[str, str] | None = None) -> Dossier:
    """A register of a graph.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        name: Which register, by its name or its Chinese label.
        parameters: Those that ``words/registers.yaml`` gives it.

    Raises:
        QueryError: If there is no such register, or a parameter is wrong; what is known is named.
    """
    known = names(graph.ontology)
    if name not in known:
        raise QueryError(
            f"{name} is no register; {did_you_mean(name, known)}",
            zh=f"没有名为“{name}”的台账；{did_you_mean(name, known, 'zh')}",
            near=nearest(name, known),
        )
    arguments = parameters or {}
    wanted = request.register_request(graph, known[name], arguments)
    view = View(register_data(graph), wanted)
    page = view.words.registers[known[name]]
    tables = list(MAKERS[known[name]](view))
    parts = [part for part in _wanted(tables, wanted.part, name) if part.rows or part.notes]
    filter_text = " ".join(
        f"{key}={text}" for key, text in wanted.arguments.items() if key != "lang"
    )
    head = [view.words.note("filtered", given=filter_text)] if filter_text else []
    has_rows = any(part.rows for part in parts if part.name != FIGURES)
    fill = view.words.text(page.get("fill", {}))
    notes = () if has_rows else (" ".join(filter(None, (view.words.note("no_rows"), fill))),)
    return Dossier(
        view.words.text(page["label"], name),
        view.words.text(page["comment"]),
        wanted.lang if wanted.lang in LANGUAGES else LANGUAGES[0],
        tuple(head),
        tuple(parts),
        notes,
    )


def _wanted(tables: list[Table], part: str, name: str) -> list[Table]:
    """The part that is wanted, else all of them."""
    known = {one.name: one for one in tables} | {one.label: one for one in tables}
    if part and part not in known:
        raise QueryError(
            f"{name} has no part {part!r}; {did_you_mean(part, known)}",
            zh=f"{name} 没有部分“{part}”；{did_you_mean(part, known, 'zh')}",
        )
    return [known[part]] if part else tables


def register_data(graph: Graph) -> RegisterData:
    """What registers read of a graph, read once for all that are asked of it."""
    data = graph.__dict__.get("_ground")
    if not isinstance(data, RegisterData):
        data = graph.__dict__["_ground"] = RegisterData(graph)
    return data


def main_part(dossier: Dossier) -> Table | None:
    """The part that is the register itself: the first that is no figures."""
    return next((part for part in dossier.tables if part.name != "figures"), None)
