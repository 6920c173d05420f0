"""RDF from elsewhere in, files in the folder of a graph out: what a rebuild puts beside its facts.

Each import is a file ``store/imports/NAME.nq`` of N-Quads; its first line, a comment, tells
where it came from and the SHA-256 of the rest. The store is made of them and of the
documents, so that a damaged store loses neither.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.base.errors import StoreError


@dataclass(frozen=True, slots=True)
class Import:
    """What was imported from one file into one graph.

    Attributes:
        file: Name of the file.
        sha256: Digest of its bytes.
        graph: IRI of the graph for triples that named none, or ``""``.
        quads: N-Quads.
    """

    file: str
    sha256: str
    graph: str
    quads: str

    @property
    def name(self) -> str:
        """The same for the same file and graph: importing twice is importing once."""
        return sha256(f"{self.sha256}\x1f{self.graph}".encode()).hexdigest()[:20]


def stored_imports(directory: Path) -> tuple[list[Import], list[str]]:
    """The imports of a graph's folder, in order of their names; and what is damaged, in words."""
    imports, damage = [], []
    for path in sorted(_home(directory).glob("*.nq")):
        try:
            imports.append(_read(path))
        except (OSError, ValueError, KeyError) as error:
            damage.append(f"{path}: what was imported is damaged ({error}); import it again")
    return imports, damage


def keep(directory: Path, imports: list[Import]) -> None:
    """Put imports into a folder, each whole or not at all.

    Raises:
        StoreError: If they cannot be written.
    """
    home = _home(directory)
    try:
        home.mkdir(exist_ok=True)
        for one in imports:
            head = {"file": one.file, "sha256": one.sha256, "graph": one.graph}
            body = one.quads.encode()
            head["quads"] = sha256(body).hexdigest()
            draft = home / f".new-{one.name}"
            with draft.open("wb") as stream:
                stream.write(f"# {json.dumps(head)}\n".encode() + body)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(home / f"{one.name}.nq")
    except OSError as error:
        raise StoreError(f"{home}: cannot be written ({error.strerror or error})") from error


def _home(directory: Path) -> Path:
    return directory / "store" / "imports"


def _read(path: Path) -> Import:
    line, _, body = path.read_bytes().partition(b"\n")
    head = json.loads(line.removeprefix(b"# "))
    one = Import(head["file"], head["sha256"], head["graph"], body.decode())
    if sha256(body).hexdigest() != head["quads"] or path.stem != one.name:
        raise ValueError("its digest is another")
    return one
