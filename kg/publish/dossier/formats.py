"""Write a dossier in the format that the suffix of a file says."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.publish.dossier.write import comma, page, sheet, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ontology import Ontology
    from kg.publish.dossier.model import Dossier

# By the suffix of the file.
WRITERS: dict[str, Callable[[Dossier, Ontology], bytes]] = {
    ".html": page.written,
    ".csv": comma.written,
    ".xlsx": sheet.written,
    ".docx": word.written,
}


def write_dossier(dossier: Dossier, ontology: Ontology, file: str) -> bytes:
    """A dossier for a file of a format.

    Args:
        dossier: The dossier.
        ontology: Its words.
        file: The name of the file; its suffix says the format.

    Raises:
        MissingExtraError: If the format needs what is not installed.
    """
    return WRITERS[PurePath(file).suffix.lower()](dossier, ontology)
