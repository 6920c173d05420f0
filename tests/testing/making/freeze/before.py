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


def differing(root: Path, texts: Sequence[tuple[Given, str]]) -> list[list[str]]:
    """The first lines that are given otherwise than when the digests were kept, for each text.

    Args:
        root: The folder of ``tree``.
        texts: Each with the digest that was kept of it.
    """
    asked = json.dumps([(given.file, given.data.decode("latin-1")) for given, _ in texts])
    words = [sys.executable, "-m", "tests.testing.making.freeze.lines"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    answer = _run(words, asked.encode(), cwd=root, env=environment)
    gave = json.loads(answer) if answer else [("", [])] * len(texts)
    return [
        (shown(old, lines.lines(given)) or ["the same entities and claims in another order"])
        if digest == kept
        else ["the commit that kept the digests gives others: they were kept of something else"]
        for (given, kept), (digest, old) in zip(texts, gave, strict=True)
    ]


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
