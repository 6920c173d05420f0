"""Compare what the reader gives with the digests that are kept, or keep those of now.

python -m tests.testing.making.freeze [--quick | --update]

With --quick only what `make check` reads is compared, and no graph. It ends with status 1 if a text
is read otherwise, or a graph is another. Texts that were added are told of and are no fault.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.testing.making.freeze import before, graphs, lines
from tests.testing.making.freeze.given import ROOT, Files, Given, articles, quick, whole
from tests.testing.making.freeze.kept import ARTICLES, Change, changes, keep, kept, merged

EXAMPLES = "graph of the examples"
# So many texts of a file are shown with their lines.
SHOWN = 3


def main(words: list[str]) -> int:
    if words not in ([], ["--quick"], ["--update"]):
        print(__doc__, file=sys.stderr)
        return 2
    if words == ["--quick"]:
        files = quick()
        return _compared(files, _read(files))
    news = articles()
    files = whole() | news
    with TemporaryDirectory(prefix="kg-freeze-") as name:
        folder = Path(name)
        sources = {EXAMPLES: ROOT / "examples"}
        if news:
            sources[ARTICLES] = graphs.rows(news, folder / "articles.jsonl")
        now = _read(files)
        for graph, source in sources.items():
            _say(f"builds the {graph}")
            graphs.built(source, folder / graph)
            now[graph] = {"nq": graphs.digest(graphs.quads(folder / graph))}
        if words:
            keep(merged(kept(), now))
            _say(f"kept: {len(files)} files, {len(sources)} graphs")
            return 0
        if not news:
            _say("the articles of ../shared/corpus/news are not beside this checkout: left out")
        return _compared(files, now, sources, folder)


def _compared(
    files: Files,
    now: dict[str, dict[str, str]],
    sources: dict[str, Path] | None = None,
    folder: Path = ROOT,
) -> int:
    """Print what is another than what is kept; the status to end with."""
    found = changes(kept(), now)
    faults = list(_texts(files, found))
    if sources:
        faults += _outputs(folder / EXAMPLES)
        faults += [line for g in sources if g in found for line in _graph(g, sources[g], folder)]
    added = sum(len(change.new) for change in found.values())
    print("\n".join(faults or ["the reader gives what it gave when the digests were kept"]))
    if added:
        print(f"{added} texts have no digest yet: make freeze UPDATE=1 keeps them")
    if faults:
        print("if all of this is meant: make freeze UPDATE=1, and make docs for outputs/")
    return int(bool(faults))


def _read(files: Files) -> dict[str, dict[str, str]]:
    """The digest of each text, read by two processes."""
    _say(f"reads {sum(map(len, files.values()))} texts of {len(files)} files")
    given = [(name, one) for name, texts in files.items() for one in texts]
    found: dict[str, dict[str, str]] = {name: {} for name in files}
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        digests = pool.map(lines.digest, (one for _, one in given), chunksize=16)
        for (name, one), digest in zip(given, digests, strict=True):
            found[name][one.key] = digest
    return found


def _texts(files: Files, found: dict[str, Change]) -> Iterator[str]:
    """The files with texts that are read otherwise, and what is another in the first of them."""
    faults = {name: change for name, change in found.items() if name in files and change.otherwise}
    if not faults:
        return
    old = kept()
    others = {
        name: [given for given in files[name] if given.key in change.otherwise]
        for name, change in faults.items()
    }
    some = [(given, old[n][given.key]) for n, texts in others.items() for given in texts[:SHOWN]]
    with before.tree() as root:
        told = iter(before.differing(root, some) if root else [[]] * len(some))
    for name, texts in others.items():
        yield f"{name}: {len(texts)} of {len(files[name])} texts are read otherwise"
        for given in texts[:SHOWN]:
            yield f"  {_start(given)}"
            yield from (f"    {line}" for line in next(told))
    if not root:
        yield "outside of a repository there is no telling which lines are others"


def _outputs(folder: Path) -> Iterator[str]:
    """The files of ``outputs/`` that are not what the examples give now."""
    for name in graphs.different(folder):
        yield f"outputs/{name}: is another"
        old, new = ((place / name).read_text("utf-8") for place in (graphs.OUTPUTS, folder))
        told = before.shown(old.splitlines(), new.splitlines())
        yield from (f"    {_start(line)}" for line in told)


def _graph(graph: str, source: Path, folder: Path) -> Iterator[str]:
    """What is another in the N-Quads of a graph."""
    yield f"{graph}: its N-Quads are others"
    with before.tree() as root:
        if root:
            graphs.built(source, folder / "before", root)
            old, new = graphs.quads(folder / "before", root), graphs.quads(folder / graph)
            yield from (f"    {line}" for line in before.shown(sorted(old), sorted(new)))


def _start(text: Given | str) -> str:
    """The beginning of a text, on one line."""
    words = " ".join(str(text).split())
    return words if len(words) <= 120 else words[:119] + "…"


def _say(text: str) -> None:
    print(f"freeze: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.environ["KG_READER"] = ""
    sys.exit(main(sys.argv[1:]))
