"""A file of the ontology in; its text, values or rows out, or an error that names the place."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.base.errors import OntologyError

if TYPE_CHECKING:
    import yaml


def default_folder() -> Path:
    """The folder that ``load()`` reads: ``$KG_ONTOLOGY``, else the one that came with kg."""
    named = os.environ.get("KG_ONTOLOGY")
    if named:
        return Path(named)
    here = Path(__file__).resolve().parent.parent
    carried = here / "_ontology"
    return carried if carried.is_dir() else here.parent / "ontology"


def read_text(path: Path) -> str:
    """The text of a file in UTF-8.

    Raises:
        OntologyError: If it cannot be read, or is in another encoding.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise OntologyError(
            f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from error


def read_yaml(path: Path) -> Any:
    """What a YAML file says.

    Raises:
        OntologyError: If it is no YAML, or says one key twice: YAML would forget the first.
    """
    import yaml

    text = read_text(path)
    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506 (it is the safe one)
    except yaml.YAMLError as error:
        raise OntologyError(f"{path}: is no YAML: {error}") from error


@lru_cache(maxsize=1)
def _loader() -> type[yaml.SafeLoader]:
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, ten times as fast

    class Loader(base):  # type: ignore[misc, valid-type]
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
            seen: dict[str, int] = {}
            for key, _ in node.value:
                line = key.start_mark.line + 1
                if key.value in seen:
                    first = seen[key.value]
                    raise yaml.constructor.ConstructorError(
                        problem=f"{key.value} stands on line {first} and again on line {line}"
                    )
                seen[key.value] = line
            return super().construct_mapping(node, deep)

    return Loader


@lru_cache(maxsize=64)
def read_table(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a table with tabs; lines that begin with # are remarks.

    Raises:
        OntologyError: If a row has more cells than the head.
    """
    lines = read_text(path).splitlines()
    head: list[str] | None = None
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("\t")]
        if head is None:
            head = cells
            continue
        if len(cells) > len(head):
            raise OntologyError(
                f"{path}:{number}: has {len(cells)} cells, but the table has {len(head)} columns"
            )
        rows.append(dict(zip(head, cells + [""] * (len(head) - len(cells)), strict=True)))
    return tuple(rows)
