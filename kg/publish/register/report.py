"""Write a report by its name, as the bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.publish.dossier.answer import answer
from kg.publish.dossier.dossier import dossier
from kg.publish.dossier.formats import write_dossier
from kg.publish.register.registers import is_register, register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query.graph import Graph


def report(graph: Graph, name: str, parameters: Mapping[str, str], file: str) -> bytes:
    """The dossier of a thing, a register, or the answer to a question, for a file of a format.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        name: A named question, a register, or what a thing is called.
        parameters: Those of the question, of the register, or of a dossier.
        file: The name of the file; its suffix says the format.

    Raises:
        QueryError: If a name or a parameter is wrong; what is known is named.
        MissingExtraError: If a format needs what is not installed.
    """
    if name in graph.ontology.questions:
        result = answer(graph, name, parameters)
    elif is_register(name, graph.ontology):
        result = register(graph, name, parameters)
    else:
        result = dossier(graph, name, parameters)
    return write_dossier(result, graph.ontology, file)
