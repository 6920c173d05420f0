"""Triples and documents in, the embedded store of a folder out; and the way back in.

A store is a generation: a folder of its own with the quads (pyoxigraph) and the ledger.
``store/current`` names the generation that counts, and is replaced in one step once a new
one is whole: a crash or a full disk leaves the old graph as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.ledger import Ledger
from kg.locks import locked, sweep
from kg.rows import Rows, read, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import rdflib

    from kg.ledger import Import, Reading
    from kg.records import Source

_AGAIN = "build it again with: kg build SOURCE -o"


class Store:
    """An open store: ``quads`` (a pyoxigraph Store), ``ledger``, and where it is.

    ``close`` it, or use it in a ``with``.
    """

    def __init__(self, directory: Path, quads: ox.Store, ledger: Ledger) -> None:
        self.directory = directory
        self.quads = quads
        self.ledger = ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.ledger.close()
        del self.quads

    @classmethod
    def create(
        cls,
        directory: Path | str,
        triples: Iterable[ox.Triple] | Rows,
        sources: Iterable[Source] = (),
        *,
        readings: Iterable[Reading] = (),
        meta: Mapping[str, str] | None = None,
        keep_imports: bool = True,
    ) -> None:
        """Write a new store into a folder, in place of the one that may be there.

        Args:
            directory: The folder of the graph; ``store/`` is made in it.
            triples: The facts, for the default graph, or their rows.
            sources: The documents, whose texts the ledger keeps.
            readings: Document, digest of the ontology, and JSON of each reading.
            meta: More that the ledger is to remember, by key.
            keep_imports: Whether RDF imported into the old store comes along.

        Raises:
            StoreError: If the folder cannot be written; the old store is as it was.
        """
        directory = Path(directory)
        imports = _imports(directory) if keep_imports else []

        def fill(quads: ox.Store, ledger: Ledger) -> list[str] | None:
            lines = rows(triples).lines()
            quads.bulk_extend(read(lines))
            for *_, text in imports:
                # Not bulk_load, which gives blank nodes random names.
                quads.bulk_extend(ox.parse(text, format=ox.RdfFormat.N_QUADS))
            ledger.write(sources, readings, imports)
            for key, value in (meta or {}).items():
                ledger.set(key, value)
            return None if imports else _kept(lines)

        _generation(directory, None, fill)

    @classmethod
    def open(cls, directory: Path | str, read_only: bool = True, *, counted: bool = True) -> Store:
        """Open the store of a folder, having compared it with its ledger.

        Args:
            directory: The folder of the graph.
            read_only: Only one process can hold a store open for writing.
            counted: Whether the statements are counted, as the ledger has them; a process that
                opens what another one has just counted may do without.

        Raises:
            StoreError: If the folder holds no graph, or a damaged one.
        """
        directory = Path(directory)
        place = _current(directory)
        ledger = Ledger(place / "ledger.sqlite")
        try:
            # RocksDB makes up an empty store where its CURRENT is missing.
            if not (place / "quads" / "CURRENT").is_file():
                raise StoreError(f"{place / 'quads'}: CURRENT is missing")
            opened = ox.Store.read_only if read_only else ox.Store
            quads = opened(str(place / "quads"))
            wanted = int(ledger.meta().get("quads", -1))
            if counted and wanted != (found := len(quads)):
                raise StoreError(
                    f"{place / 'quads'}: holds {found} statements where {wanted} were written"
                )
        except (StoreError, OSError, RuntimeError) as error:
            ledger.close()
            raise StoreError(
                f"{directory}: the store is damaged ({error}); {_AGAIN} {directory}"
            ) from error
        return cls(directory, quads, ledger)

    def dataset(self, prefixes: Mapping[str, str] | None = None) -> rdflib.Dataset:
        """The store as an rdflib Dataset: facts in its default graph."""
        import rdflib
        from oxrdflib import OxigraphStore

        class Dataset(rdflib.Dataset):
            """rdflib 7 asks for its own deprecated name in every query, and warns of it."""

            default_context = rdflib.Dataset.default_graph

        dataset = Dataset(store=OxigraphStore(store=self.quads))
        for prefix, space in (prefixes or {}).items():
            dataset.bind(prefix, space)
        return dataset


def _current(directory: Path) -> Path:
    """The folder of the generation that counts."""
    pointer = directory / "store" / "current"
    if not directory.is_dir():
        raise StoreError(f"{directory}: there is no such folder; {_AGAIN} {directory}")
    if not (directory / "store").is_dir():
        raise StoreError(f"{directory}: holds no graph; {_AGAIN} {directory}")
    try:
        name = pointer.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{pointer}: cannot be read ({error}); {_AGAIN} {directory}") from error
    place = pointer.parent / name
    if not name.isdigit() or not place.is_dir():
        raise StoreError(f"{pointer}: names {name!r}, which is no store; {_AGAIN} {directory}")
    return place


def _imports(directory: Path) -> list[Import]:
    """What was imported into the store that is there; nothing where none can be read."""
    try:
        with Ledger(_current(directory) / "ledger.sqlite") as ledger:
            return ledger.imports()
    except StoreError:
        return []


def _generation(
    directory: Path, old: Store | None, fill: Callable[[ox.Store, Ledger], list[str] | None]
) -> None:
    """Make a generation, of nothing or of an old one, fill it, and let it count.

    ``fill`` may tell all statements, sorted; where it does not, they are read from the store.
    """
    home = directory / "store"
    try:
        home.mkdir(parents=True, exist_ok=True)
        sweep(home, ".new-")
        fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=home))
        held = locked(fresh)
    except OSError as error:
        raise StoreError(f"{home}: cannot be written ({error.strerror or error})") from error
    try:
        _fill(fresh, old, fill)
        _publish(home, fresh)
    except (OSError, RuntimeError, StoreError) as error:
        raise StoreError(
            f"{home}: could not be written whole ({error}); what was there is untouched. "
            "Make room, or choose another folder with -o"
        ) from error
    finally:
        if held is not None:
            os.close(held)
        shutil.rmtree(fresh, ignore_errors=True)
    for other in home.iterdir():
        if other.is_dir() and other.name.isdigit() and other != _current(directory):
            shutil.rmtree(other, ignore_errors=True)


def _fill(
    fresh: Path, old: Store | None, fill: Callable[[ox.Store, Ledger], list[str] | None]
) -> None:
    if old is not None:
        # A checkpoint of hard links: the same cost for any size of graph.
        old.quads.backup(str(fresh / "quads"))
    quads = ox.Store(str(fresh / "quads"))
    with Ledger(fresh / "ledger.sqlite", create=True) as ledger:
        if old is not None:
            old.ledger.book.backup(ledger.book)
        lines = fill(quads, ledger)
        quads.flush()
        if lines is None:
            lines = sorted(str(quad) for quad in quads)
        ledger.set("quads", str(len(lines)))
        ledger.set("sha256", _sha256(lines))


def _kept(lines: Sequence[str]) -> list[str]:
    """The statements of rows as a store gives them back, sorted: 01 comes back as 1.

    Reading a whole store back from the disk takes longer than filling it.
    """
    values = {line.split(" ", 2)[2] for line in lines if line[-1] == ">"}
    typed = sorted(value for value in values if value[0] == '"' or value.startswith("<<"))
    probe = ox.Store()
    probe.bulk_extend(read(f"<x:{i}> <x:x> {value}" for i, value in enumerate(typed)))
    back = {typed[int(q.subject.value[2:])]: str(q.object) for q in probe}
    changed = {value: kept for value, kept in back.items() if value != kept}
    if not changed:
        return sorted(set(lines))
    rows = (line.split(" ", 2) for line in lines)
    return sorted({f"{s} {p} {changed.get(o, o)}" for s, p, o in rows})


def _sha256(lines: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()


def _publish(home: Path, fresh: Path) -> None:
    """Give a whole generation the next number, and point ``current`` to it."""
    number = max((int(p.name) for p in home.iterdir() if p.name.isdigit()), default=0) + 1
    fresh.chmod(0o755)
    fresh.rename(home / str(number))
    handle, name = tempfile.mkstemp(prefix=".current-", dir=home)
    with os.fdopen(handle, "w", encoding="ascii") as pointer:
        pointer.write(f"{number}\n")
        pointer.flush()
        os.fsync(pointer.fileno())
    os.chmod(name, 0o644)
    os.replace(name, home / "current")


def verify(directory: Path | str) -> list[str]:
    """Compare a store with its ledger, quad by quad and text by text: what is wrong, in words.

    Raises:
        StoreError: If the store cannot even be opened.
    """
    with Store.open(directory) as store:
        found = _sha256(sorted(str(quad) for quad in store.quads))
        wanted = store.ledger.meta().get("sha256")
        problems = [f"{iri}: its text is not what was stored" for iri in store.ledger.damaged()]
        if found != wanted:
            problems.append(
                f"{directory}: the statements are not those that were written (SHA-256 {found}, "
                f"ledger {wanted}); {_AGAIN} {directory}"
            )
        return problems


def import_rdf(
    directory: Path | str, files: Iterable[Path | str], graph: str = ""
) -> dict[str, int]:
    """Add RDF files to the store of a folder, beside its facts; a rebuild keeps them.

    All files are read before anything is written: one that is wrong leaves all out.

    Args:
        directory: The folder of the graph.
        files: Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD, told by their suffixes.
        graph: IRI of the graph for triples that name none; by default the default graph.

    Returns:
        How many statements each file holds, by its name as given.

    Raises:
        ReadError: If a file cannot be read; file and line are named.
        StoreError: If the folder holds no graph, or cannot be written.
    """
    from kg.foreign import read_rdf

    read = {str(file): read_rdf(Path(file), graph) for file in files}
    rows: list[Import] = []
    for file, (digest, quads) in read.items():
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        assert text is not None
        rows.append((Path(file).name, digest, graph, text.decode()))

    def fill(store: ox.Store, ledger: Ledger) -> None:
        for _, quads in read.values():
            store.bulk_extend(quads)
        ledger.write(imports=rows)

    with Store.open(directory) as old:
        _generation(Path(directory), old, fill)
    return {file: len(quads) for file, (_, quads) in read.items()}
