"""Triples and documents in, the embedded store of a folder out; and the way back in.

A store is a generation (``kg.store.generation``): a folder of its own with the quads (pyoxigraph)
and the ledger.
"""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.base.errors import StoreError
from kg.base.locks import alone
from kg.store import generation
from kg.store.generation import AGAIN
from kg.store.history import record
from kg.store.imports import Import, keep, stored_imports
from kg.store.ledger import Ledger
from kg.store.rdf.rows import Rows, read, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    import rdflib

    from kg.base.records import Knowledge, Source

# Statements that go into a store at a time. Of 4.3 million, loading takes 0.7 GB so, and 2.0 GB
# as pyoxigraph cuts them itself, for a tenth more time and a fifth more room on the disk.
LOADED = 500_000
# What a graph is searched by (``kg.publish.search``), beside the ledger.
SEARCH = "search.sqlite"


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
        triples: Iterable[ox.Triple] | Rows | Path,
        sources: Iterable[Source] = (),
        *,
        meta: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
        search: Path | None = None,
        keep_imports: bool = True,
        history: Knowledge | None = None,
    ) -> None:
        """Write a new store into a folder, in place of the one that may be there.

        Args:
            directory: The folder of the graph; ``store/`` is made in it.
            triples: The facts, for the default graph, their rows, or a file of N-Triples
                without blank nodes.
            sources: The documents, whose texts the ledger keeps.
            meta: More that the ledger is to remember, by key.
            files: What ``extra_file`` is to give back, by name; it counts until the store is
                changed.
            search: A file that is moved into the store: the index that the graph is searched by.
            keep_imports: Whether RDF imported into the old store comes along.
            history: What is told now, where the ledger is to remember what each build told.

        Raises:
            StoreError: If the folder cannot be written; the old store is as it was.
        """
        directory = Path(directory)
        imports = stored_imports(directory)[0] if keep_imports else []

        def fill(quads: ox.Store, ledger: Ledger) -> None:
            if isinstance(triples, Path):
                for lines in _portions(triples):
                    quads.bulk_load(input=lines, format=ox.RdfFormat.N_TRIPLES, lenient=True)
            else:
                quads.bulk_extend(read(rows(triples).lines()))
            _add(quads, imports)
            ledger.write(sources)
            ledger.set("imports", imports_note(imports))
            for key, value in (meta or {}).items():
                ledger.set(key, value)
            if search is not None:
                search.replace(ledger.path.with_name(SEARCH))
            if history is not None:
                _remember_history(directory, ledger, history)
            if not imports:
                for name, content in (files or {}).items():
                    ledger.path.with_name(name).write_bytes(content)

        _generation(directory, None, fill)

    @classmethod
    def open(cls, directory: Path | str, read_only: bool = True, *, counted: bool = True) -> Store:
        """Open the store of a folder, having compared it with its ledger.

        Args:
            directory: The folder of the graph.
            read_only: Only one process can hold a store open for writing.
            counted: Whether all is compared; a process that opens what another one has just
                compared may do without.

        Raises:
            StoreError: If the folder holds no graph, or a damaged one.
        """
        directory = Path(directory)
        place = generation.current(directory)
        # RocksDB makes up an empty store where its CURRENT is missing.
        if counted and (damage := generation.check(directory)):
            raise StoreError(
                f"{directory}: the store is damaged ({'; '.join(damage)}); {AGAIN} {directory}"
            )
        ledger = Ledger(place / "ledger.sqlite")
        try:
            opened = ox.Store.read_only if read_only else ox.Store
            quads = opened(str(place / "quads"))
            wanted = int(ledger.meta().get("quads", -1))
            if counted and wanted != (count := len(quads)):
                raise StoreError(
                    f"{place / 'quads'}: holds {count} statements where {wanted} were written"
                )
        except (StoreError, OSError, RuntimeError) as error:
            ledger.close()
            raise StoreError(
                f"{directory}: the store is damaged ({error}); {AGAIN} {directory}"
            ) from error
        return cls(directory, quads, ledger)

    def extra_file(self, name: str) -> bytes:
        """A file that the store was made with; empty if there is none, or no longer."""
        try:
            return self.ledger.path.with_name(name).read_bytes()
        except OSError:
            return b""

    def dataset(self, prefixes: Mapping[str, str] | None = None) -> rdflib.Dataset:
        """The store as an rdflib Dataset: facts in its default graph."""
        return dataset(self.quads, prefixes)

    def ahead(self, nodes: Collection[ox.NamedNode], claims: bool = False) -> None:
        """Nothing: one seek after the other is quick here, as it is not from elsewhere."""


def dataset(quads: ox.Store, prefixes: Mapping[str, str] | None = None) -> rdflib.Dataset:
    """Some quads as an rdflib Dataset."""
    import rdflib
    from oxrdflib import OxigraphStore

    class Dataset(rdflib.Dataset):
        """rdflib 7 asks for its own deprecated name in every query, and warns of it."""

        default_context = rdflib.Dataset.default_graph

    result = Dataset(store=OxigraphStore(store=quads))
    for prefix, space in (prefixes or {}).items():
        result.bind(prefix, space)
    return result


def imports_note(imports: Iterable[Import]) -> str:
    """What a ledger notes of the imports that are in its store."""
    return " ".join(sorted(one.name for one in imports))


def _portions(lines: Path) -> Iterator[bytes]:
    """The lines of a file, ``LOADED`` at a time."""
    with lines.open("rb") as file:
        while portion := b"".join(islice(file, LOADED)):
            yield portion


def _add(quads: ox.Store, imports: Iterable[Import]) -> None:
    for one in imports:
        # Not bulk_load, which gives blank nodes random names.
        quads.bulk_extend(ox.parse(one.quads, format=ox.RdfFormat.N_QUADS))


def _remember_history(directory: Path, ledger: Ledger, knowledge: Knowledge) -> None:
    """Note what is told now beside what the builds before told, if their store can be read."""
    try:
        before = Ledger(generation.current(directory) / "ledger.sqlite")
    except StoreError:
        return record(ledger, None, knowledge)
    with before:
        return record(ledger, before, knowledge)


def _generation(
    directory: Path, old: Store | None, fill: Callable[[ox.Store, Ledger], None]
) -> None:
    """Make a generation, of nothing or of an old one, fill it, and let it count."""
    generation.make(directory, lambda new_folder: _fill(new_folder, old, fill))


def _fill(new_folder: Path, old: Store | None, fill: Callable[[ox.Store, Ledger], None]) -> None:
    if old is not None:
        # A checkpoint of hard links: the same cost for any size of graph.
        old.quads.backup(str(new_folder / "quads"))
    quads = ox.Store(str(new_folder / "quads"))
    with Ledger(new_folder / "ledger.sqlite", create=True) as ledger:
        if old is not None:
            old.ledger.database.backup(ledger.database)
            if (index := old.ledger.path.with_name(SEARCH)).exists():
                shutil.copyfile(index, new_folder / SEARCH)
        fill(quads, ledger)
        quads.flush()
        ledger.set("quads", str(len(quads)))


def verify(directory: Path | str) -> list[str]:
    """Compare a graph with what was written, byte by byte: what is wrong, in words.

    Both the store is compared and the files that were published with it.

    Raises:
        StoreError: If the folder holds no graph.
    """
    directory = Path(directory)
    damage = generation.check(directory, whole=True)
    if not damage:
        with Store.open(directory) as store:
            names = generation.changed(directory, store.ledger.published())
        damage = [f"{directory / name}: is not what was written" for name in names]
    return damage and [*damage, f"{directory}: is damaged; {AGAIN} {directory}"]


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
    from kg.store.foreign import read_rdf

    by_file = {str(file): read_rdf(Path(file), graph) for file in files}
    imports: list[Import] = []
    for file, (digest, quads) in by_file.items():
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        assert text is not None
        imports.append(Import(Path(file).name, digest, graph, text.decode()))

    home = Path(directory)

    def fill(store: ox.Store, ledger: Ledger) -> None:
        _add(store, imports)
        ledger.set("imports", imports_note(stored_imports(home)[0]))

    generation.current(home)
    with alone(home), Store.open(home) as old:
        keep(home, imports)
        _generation(home, old, fill)
    return {file: len(quads) for file, (_, quads) in by_file.items()}
