"""What the reader gave when the digests were kept: asked of the commit that kept them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.testing.making.freeze import lines
from tests.testing.making.freeze.given import ROOT, Given, name
from tests.testing.making.freeze.kept import FILE

# So many lines are shown of what is another.
SHOWN = 6
PARTS = ("kg", "ontology", "tests/__init__.py", "tests/testing")


@contextmanager
def tree() -> Iterator[Path | None]:
    """A folder with the package of that commit; None outside of a repository."""
    words = ["git", "-C", str(ROOT)]
    commit = _run([*words, "log", "-1", "--format=%H", "--", name(FILE)]).decode().strip()
    archive = commit and _run([*words, "archive", commit, *PARTS])
    if not archive:
        yield None
        return
    with TemporaryDirectory(prefix="kg-freeze-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def differing(root: Path, given: Given, kept: str) -> list[str]:
    """The first lines that are given otherwise than when the digest was kept."""
    asked = json.dumps([(given.file, given.data.decode("latin-1"))]).encode()
    words = [sys.executable, "-m", "tests.testing.making.freeze.lines"]
    answer = _run(words, asked, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    ((digest, old),) = json.loads(answer) if answer else (("", []),)
    if digest != kept:
        return ["the last commit of the digests gives others: they were kept of something else"]
    return shown(old, lines.lines(given)) or ["the same entities and claims in another order"]


def shown(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The first lines that differ, with - before what was and + before what is."""
    found = [
        line
        for line in unified_diff(old, new, n=0, lineterm="")
        if line[:3] not in ("---", "+++") and not line.startswith("@@")
    ]
    more = [f"and {len(found) - SHOWN} lines more"] if len(found) > SHOWN else []
    return found[:SHOWN] + more


def _run(words: list[str], given: bytes = b"", **more: object) -> bytes:
    """What a command prints; nothing if it fails."""
    done = subprocess.run(words, input=given, capture_output=True, check=False, **more)  # type: ignore[call-overload]
    return bytes(done.stdout) if done.returncode == 0 else b""
