"""Graphs of many documents, built as users build them: their files, and their N-Quads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from kg.run.pipeline import FILES
from tests.testing.making.freeze.given import ROOT, Files

OUTPUTS = ROOT / "outputs"
# The files of a graph that are the same bytes for the same documents.
STABLE = (*FILES, "report.html")


def built(source: Path, folder: Path, root: Path = ROOT) -> None:
    """Build the graph of a source, by the package that lies in ``root``."""
    _kg(root, "build", source, "-o", folder)


def quads(folder: Path, root: Path = ROOT) -> list[str]:
    """The N-Quads of a graph, in their order."""
    return _kg(root, "export", "nq", "-d", folder).decode("utf-8").splitlines()


def digest(lines: list[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def rows(files: Files, path: Path) -> Path:
    """The texts of files as one file of JSON Lines, a document in each."""
    with path.open("w", encoding="utf-8") as out:
        for name, texts in files.items():
            for number, text in enumerate(texts, 1):
                row = {"id": f"{name}#{number}", "text": str(text)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def different(folder: Path) -> list[str]:
    """The files of a graph of ``examples/`` that are not those in ``outputs/``."""
    return [n for n in STABLE if (folder / n).read_bytes() != (OUTPUTS / n).read_bytes()]


def _kg(root: Path, *words: str | Path) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, words)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "KG_READER": ""},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"kg {words[0]} in {root}: {done.stderr.decode().strip()}")
    return done.stdout
