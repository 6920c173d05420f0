"""What several test modules share: the command line as users run it, and a built graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
# Tests that a shell runs in the background ignore Ctrl-C, and what they start would, too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Commands of the tests end long before; one that does not is a fault, not a slow machine.
SECONDS = 150
# How many times as many random cases are tried as in an ordinary run (``make soak``: 50).
SOAK = int(os.environ.get("KG_SOAK", "1"))


def kg(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run ``kg`` in a process of its own, from the folder ``cwd``.

    ``before`` are words of a command that runs it. No exit status raises.
    """
    before = more.pop("before", [])
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    return subprocess.run(
        [*before, sys.executable, "-m", "kg", *map(str, words)],
        env=environment,
        capture_output=True,
        timeout=SECONDS,
        check=False,
        **more,
    )


@pytest.fixture(scope="session")
def graph_of_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph built from ``examples/``; read it, do not change it."""
    folder = tmp_path_factory.mktemp("examples") / "graph"
    done = kg("build", EXAMPLES, "-o", folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def kept_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds of this process take over the processes that read for the one before."""
    from tests.warm import Crew

    monkeypatch.setattr("kg.workers._Crew", Crew)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A running Chromium, for the tests of one module."""
    from tests.browser import chromium

    with chromium() as running:
        yield running
