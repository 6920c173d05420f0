"""The digests that are kept in ``tests/data/frozen.tsv``, and what of them is another now.

A line for each file: its name, and for each text in it ``KEY:DIGEST``, of what is read and of what
the reader gives. Text that was added or changed has no digest to be compared with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.testing.making.freeze.given import ROOT

FILE = ROOT / "tests" / "data" / "frozen.tsv"
HEAD = (
    "# What the reader gives for each text of a file, as digests: `make freeze` compares,\n"
    "# `make freeze UPDATE=1` writes this file anew.\n"
)
# What is read where the articles lie beside the checkout.
NEWS, ARTICLES = "news/", "graph of the articles"
# Of each file, by key.
Digests = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Change:
    """What is another in a file, as keys."""

    otherwise: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def kept(path: Path = FILE) -> dict[str, dict[str, str]]:
    """The digests of the file; none where there is no file yet.

    Raises:
        ValueError: If a line is no line of digests.
    """
    found: dict[str, dict[str, str]] = {}
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            continue
        name, tab, pairs = line.partition("\t")
        try:
            found[name] = dict(pair.split(":") for pair in pairs.split())
        except ValueError:
            tab = ""
        if not tab:
            raise ValueError(
                f"{path}:{number}: this is no line of digests; take the file of the last commit, "
                "or write it anew by make freeze UPDATE=1"
            )
    return found


def keep(digests: Digests, path: Path = FILE) -> None:
    """Write digests, in the order of the names."""
    lines = (
        f"{name}\t{' '.join(f'{key}:{digest}' for key, digest in of_file.items())}\n"
        for name, of_file in sorted(digests.items())
    )
    path.write_text(HEAD + "".join(lines), encoding="utf-8")


def changes(before: Digests, now: Digests) -> dict[str, Change]:
    """What is another in the files that are read now."""
    found = {}
    for name, digests in now.items():
        old = before.get(name, {})
        otherwise = tuple(k for k, d in digests.items() if old.get(k, d) != d)
        new, gone = tuple(digests.keys() - old.keys()), tuple(old.keys() - digests.keys())
        if otherwise or new or gone:
            found[name] = Change(otherwise, tuple(sorted(new)), tuple(sorted(gone)))
    return found


def merged(before: Digests, now: Digests) -> dict[str, Mapping[str, str]]:
    """What is to be kept: what was read now, and what was kept of articles that are not here."""
    there = any(name.startswith(NEWS) for name in now)
    elsewhere = {n: of for n, of in before.items() if n.startswith(NEWS) or n == ARTICLES}
    return {**({} if there else elsewhere), **now}
