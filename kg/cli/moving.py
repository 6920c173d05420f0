"""``kg export``, ``import``, ``load``, ``ontology``: what is here to others, and from them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import KgError, StoreError
from kg.cli.console import open_graph, say, text_of, write, write_parts

if TYPE_CHECKING:
    from argparse import Namespace

    from kg.query.graph import Graph


def run_export(args: Namespace) -> int:
    """Write the graph in another format."""
    from kg.publish.export import export, tables

    with open_graph(args) as graph:
        tabled = args.format in ("csv", "parquet")
        if tabled and args.output and _folder(args.output):
            for name, data in tables(graph, args.format).items():
                write(data, str(Path(args.output) / name))
        elif args.format == "geojson":
            _write_points(graph, args.output)
        else:
            write(export(graph, args.format), args.output)
    return 0


def _write_points(graph: Graph, output: str | None) -> None:
    """Write GeoJSON part by part, and say what has no point."""
    from kg.publish.formats.geojson import GeoJson
    from kg.query.table import counted

    geojson = GeoJson(graph.knowledge, graph.ontology)
    write_parts(geojson.parts(), output)
    if left := geojson.left_out:
        classes = ", ".join(f"{name} {left[name]}" for name in sorted(left))
        say(
            f"{counted(left.total(), 'thing')} without a point, since no place is known of them or "
            f"none with coordinates: {classes}"
        )


def _folder(output: str) -> bool:
    """Whether an output is a folder; it is made if its name ends like one."""
    path = Path(output)
    if output.endswith(("/", os.sep)):
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KgError(f"{output}: cannot be made ({error.strerror})") from error
    return path.is_dir()


def run_import(args: Namespace) -> int:
    """Put other RDF beside the facts."""
    from kg.query.table import aligned
    from kg.store.folder import import_rdf

    counts = import_rdf(args.directory, args.files, args.graph)
    rows = [[file, str(count)] for file, count in counts.items()]
    write(aligned(("file", "statements"), rows).encode())
    return 0


def run_load(args: Namespace) -> int:
    """Bring the graph to a server; how many statements are there goes to stdout."""
    from kg.query.remote.address import Access
    from kg.query.remote.upload import load
    from kg.query.table import counted

    typed = args.password == "-"  # noqa: S105  # where to read it, and no password
    done = load(
        args.directory,
        args.to,
        graph=args.graph,
        method=args.method,
        batch=args.batch,
        again=args.again,
        access=Access.known(args.user, text_of("-").strip() if typed else args.password),
        progress=lambda done, of: say(f"{done:,}/{of:,} statements"),
    )
    if done.sent or done.deleted:
        say(f"{counted(done.sent, 'statement')} sent, {done.deleted} deleted")
    else:
        say("nothing has changed: all is there")
    print(done.statements)
    return 0


def run_ontology(args: Namespace) -> int:
    """Print the ontology, or copy it."""
    from kg.ontology import load
    from kg.store.rdf.vocabulary import ontology_graph, reference, shapes_graph

    ontology = load()
    if args.copy:
        _copy(ontology.folder, Path(args.copy))
        return 0
    if args.format == "md":
        write(reference(ontology).encode())
    else:
        graph = ontology_graph(ontology) if args.format == "ttl" else shapes_graph(ontology)
        write(graph.serialize(format="turtle", encoding="utf-8"))
    return 0


def _copy(folder: Path, target: Path) -> None:
    import shutil

    if target.exists():
        raise StoreError(f"{target}: is there already; name a folder that is not")
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("__pycache__", "__init__.py"))
    say(f"{target}: change its pages, then run kg with KG_ONTOLOGY={target}")
