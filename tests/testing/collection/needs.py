"""What a test needs beside its own process: a browser, a server, a cluster, other processes.

It is found in what the test, its fixtures and their helpers call, so that a new test is in its
place by itself. One that starts a process without that being found fails, and is to be marked.
"""

from __future__ import annotations

import inspect
import multiprocessing.util
import subprocess
import sys
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whoever names one of these starts something.
STARTS = {
    "kg.run.evaluate.gold.sheets": "process",
    "kg.run.reading.reader_process.ReaderProcess": "process",
    "kg.run.pipeline.build": "process",
    "kg.run.pipeline.read": "process",
    "kg.run.evaluate.score.evaluate": "process",
    "kg.run.evaluate.score.measure": "process",
    "kg.serve.queries.pool.Pool": "process",
    "kg.run.reading.workers.outcomes": "process",
    "kg.run.scanning.scans.scans": "process",
    "subprocess": "process",
    "tests.testing.browser.chromium.chromium": "browser",
    "tests.testing.spark.cluster.cluster": "spark",
    "tests.testing.spark.cluster.in_process": "spark",
    "tests.testing.spark.cluster.kept": "spark",
    "tests.testing.servers.endpoints.running": "server",
    "tests.testing.browser.node.bundle": "package",
    "tests.testing.browser.node.installed": "package",
    "tests.testing.servers.server.serving": "server",
    "tests.testing.builds.warm.runner": "process",
}
# In the order in which they are best run: what takes long first, so that at the end no worker
# waits for another.
KINDS = ("spark", "server", "browser", "package", "process", "slow")
NAMES = "tests."


def needs(item: pytest.Item) -> set[str]:
    """The kinds of a test: the marks that stand at it, and what is found in what it calls."""
    found = {mark.name for mark in item.iter_markers() if mark.name in KINDS}
    called = [getattr(item, "function", None)]
    fixtures = getattr(item, "_fixtureinfo", None)
    for definitions in fixtures.name2fixturedefs.values() if fixtures else ():
        called += [definition.func for definition in definitions]
    return found.union(*(_started(one) for one in called if one))


@cache
def _started(function: Any) -> frozenset[str]:
    """The kinds of what a function names, and of what functions of the tests name for it."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [function]
    while waiting:
        thing = inspect.unwrap(waiting.pop())
        name = _name(thing)
        if name in seen:
            continue
        seen.add(name)
        if name in STARTS:
            found.add(STARTS[name])
        elif name.startswith(NAMES) and isinstance(thing, FunctionType):
            waiting += _named(thing.__code__, thing.__globals__)
        elif name.startswith(NAMES) and isinstance(thing, type):
            waiting += [one for one in vars(thing).values() if isinstance(one, FunctionType)]
    return frozenset(found)


def _name(thing: Any) -> str:
    """Where a thing is defined; only what has a name is of interest."""
    if isinstance(thing, ModuleType):
        return thing.__name__
    return f"{getattr(thing, '__module__', '')}.{getattr(thing, '__qualname__', '')}"


def _named(code: CodeType, known: dict[str, Any]) -> Iterator[Any]:
    """What the code of a function names: globals, and what it imports itself."""
    modules = [sys.modules[name] for name in code.co_names if name in sys.modules]
    for name in code.co_names:
        if name in known:
            yield known[name]
        yield from (vars(module)[name] for module in modules if name in vars(module))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _named(constant, known)


class Watch:
    """Sees to it that a test of no kind starts no process."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.item: pytest.Item | None = None
        self.caught = False
        patch.setattr(subprocess.Popen, "__init__", self._seen(subprocess.Popen.__init__))
        spawn = multiprocessing.util.spawnv_passfds
        patch.setattr(multiprocessing.util, "spawnv_passfds", self._seen(spawn))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Know which test runs."""
        self.item, self.caught = item, False
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        """Fail a test that started a process; here and not there, which may be in a thread."""
        yield
        if self.caught:
            pytest.fail("starts a process: pytest.mark.process is to say so")

    def _seen(self, start: Any) -> Any:
        def started(*given: Any, **more: Any) -> Any:
            if self.item and self.item.get_closest_marker("quick"):
                self.caught = True
            return start(*given, **more)

        return started
