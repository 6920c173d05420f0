"""What several test modules share: the command line as users run it, and a built graph."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from hypothesis import HealthCheck, settings

from tests.testing.collection.needs import KINDS, Watch, needs
from tests.testing.collection.scheduling import pytest_xdist_make_scheduler  # noqa: F401 (a hook)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
# Tests that a shell runs in the background ignore Ctrl-C, and what they start would, too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Commands of the tests end long before; one that does not is a fault, not a slow machine.
SECONDS = 1200
# How many times as many random cases are tried as in an ordinary run (``make soak``: 50).
SOAK = int(os.environ.get("KG_SOAK", "1"))
# By themselves they fail what takes five seconds, or a fifth of one: a busy machine takes longer.
PATIENT: tuple[Any, ...] = (
    httpx2.get,
    httpx2.post,
    httpx2.request,
    httpx2.Client.__init__,
    httpx2.AsyncClient.__init__,
)
READER = "KG_READER"
# Variables that Python and the C library read when they start.
STARTING = ("PYTHON", "LC_", "LANG", "TZ", "LD_")
COLLECTED = pytest.StashKey[Counter[str]]()
# By itself the collector walks what all tests share again and again: a quarter of their time.
gc.set_threshold(50_000)
# Many tests load an ontology of which a line is another: all other patterns are compiled once.
PATTERNS = 20_000
re._MAXCACHE = PATTERNS  # type: ignore[attr-defined]
for _call in PATIENT:
    _call.__kwdefaults__["timeout"] = SECONDS
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Watch what tests start; a worker among several has its own folder for temporary files.

    Rules alone read in all tests but those that ask for ``learned``: a rule is tested by what it
    finds, whatever the arbiter would make of it.
    """
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setenv(READER, os.environ.get(READER, "rules"))
    config.pluginmanager.register(Watch(patch))
    if hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="kg-tests-")
        # Behind the folders that multiprocessing removes at the end of a process (priority -100).
        Finalize(None, shutil.rmtree, [folder, True], exitpriority=-200)
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test with its kinds. The tests of a module run in one worker, which has what they
    share once; modules of costly kinds come first where there are several workers.
    """
    relative = (item.path.relative_to(ROOT).as_posix() for item in items)
    config.stash[COLLECTED] = Counter(relative)
    rank: dict[Path, int] = {}
    for item in items:
        kinds = needs(item)
        for kind in kinds or {"quick"}:
            item.add_marker(kind)
        cost = min(map(KINDS.index, kinds), default=len(KINDS))
        rank[item.path] = min(rank.get(item.path, cost), cost)
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: rank[item.path])


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end."""
    gc.collect()
    gc.freeze()


def kg(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run ``kg``, from the folder ``cwd``, with ``input``, in an environment with ``env`` besides.

    It is a fork of a process that has imported everything, unless it is to run ``alone``, in a
    Python of its own: for tests of how it starts, of limits and of what the system does to it.
    So it does if its environment tells Python how to start. ``before`` are words of a command
    that runs it. No exit status raises.
    """
    environment = more.pop("env", {})
    alone = more.pop("alone", False) or not more.keys() <= {"cwd", "input"}
    if alone or any(name.startswith(STARTING) for name in environment):
        return _started(words, environment, **more)
    from tests.testing.builds.warm import runner

    given = list(map(str, words))
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "given").write_bytes(more.get("input", b""))
        ran = runner().run(Path(name), given, environment, cwd=more.get("cwd"))
    return subprocess.CompletedProcess(["kg", *given], ran.status, ran.printed, ran.said)


def _started(
    words: tuple[str | Path, ...], environment: dict[str, str], **more: Any
) -> subprocess.CompletedProcess[bytes]:
    before = more.pop("before", [])
    return subprocess.run(
        [*before, sys.executable, "-m", "kg", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        timeout=SECONDS,
        check=False,
        **more,
    )


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text is read as users have it read: rules and the network propose, the arbiter decides."""
    monkeypatch.delenv(READER)


@pytest.fixture(scope="session")
def graph_of_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph built from ``examples/``; read it, do not change it."""
    folder = tmp_path_factory.mktemp("examples") / "graph"
    done = kg("build", EXAMPLES, "-o", folder, alone=True, env={READER: ""})
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture(scope="module")
def kept_readers() -> Iterator[None]:
    """Builds of this process take over the processes that read for the one before: their start
    takes as long as the reading of a hundred documents."""
    from tests.testing.builds.warm import Crew

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.run.reading.workers._ReaderPool", Crew)
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A running Chromium, for the tests of one module."""
    from tests.testing.browser.chromium import chromium

    with chromium() as running:
        yield running
