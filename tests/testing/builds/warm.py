"""Tests that need thousands of runs of ``kg``, without thousands of starts of Python.

Most of what a run takes is its start: imports, the ontology, a process that reads documents. Here
the processes that read stay for the next build, and a command line is a fork of a process that has
imported everything, with the library of faults loaded before. What runs is the program itself.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from threading import Lock
from typing import IO, Any, ClassVar

import kg
from kg.run.reading import reader_process, workers
from kg.run.reading.child import main
from kg.run.reading.reader_process import ReaderProcess

ROOT = Path(__file__).resolve().parents[3]
# A run that takes longer is a fault, even on a machine with much else to do.
SECONDS = 1200
# So many kinds of readers, by ontology and limits, wait for the next build; each is a process.
KINDS = 3
# Within so many another process has said that one died, if it says anything.
SPOKEN = 120
# Packages of others that commands import only when they need them.
LAZY = ("networkx", "pypinyin", "pyshacl", "pyvis.network", "rdflib", "rustworkx", "yaml")
# Parts of kg that need an extra, or that no fork runs.
APART = (
    "kg.__main__",
    "kg._ontology",
    "kg.extract.components",
    "kg.publish.dossier.write",
    "kg.query.notebook",
    "kg.read.office.legacy",
    "kg.read.scan",
    "kg.run.spark",
    "kg.run.train",
    "kg.serve",
)


class Crew(workers._ReaderPool):
    """One that takes over the processes of those before it, as long as they are sound."""

    free: ClassVar[dict[tuple[object, ...], list[ReaderProcess]]] = {}

    @property
    def _sort(self) -> tuple[object, ...]:
        """What its processes are asked to do, and what decides in them."""
        reader = os.environ.get("KG_READER", "")
        return self.ontology, self.bounds, self.extracts, self.llm, reader

    def _open_process(self) -> ReaderProcess:
        free = self.free.setdefault(self._sort, [])
        while free:
            found = free.pop()
            if found.good:
                with self.lock:
                    self.processes.add(found)
                return found
            found.close()
        return super()._open_process()

    def _dropped(self, keeper: ReaderProcess) -> None:
        if not keeper.good:
            super()._dropped(keeper)
            return
        key, spent = self._sort, list[ReaderProcess]()
        with self.lock:
            self.processes.discard(keeper)
            self.free[key] = [*self.free.pop(key, ()), keeper]
            if len(self.free) > KINDS:
                spent = self.free.pop(next(iter(self.free)))
        for one in spent:
            one.close()

    def close(self) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()

    @classmethod
    def dismiss(cls) -> None:
        """End the processes that wait."""
        for free in cls.free.values():
            for one in free:
                one.close()
        cls.free.clear()


atexit.register(Crew.dismiss)


@dataclass
class Forked:
    """A fork of this process, with what ``kg.run.reading.reader_process`` asks of a Popen."""

    pid: int
    stdin: IO[bytes]
    stdout: IO[bytes]
    status: int | None = None
    lock: Any = field(default_factory=Lock)

    def poll(self) -> int | None:
        return self._waited(os.WNOHANG)

    def wait(self) -> int:
        status = self._waited(0)
        assert status is not None
        return status

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _waited(self, flags: int) -> int | None:
        with self.lock:
            if self.status is None:
                pid, found = os.waitpid(self.pid, flags)
                self.status = os.waitstatus_to_exitcode(found) if pid else None
            return self.status


def reader(*given: Any) -> Forked:
    """``kg.run.reading.reader_process``'s process that reads files, as a fork of this one."""
    asked, asking = os.pipe()
    saying, said = os.pipe()
    pid = os.fork()
    if not pid:
        os.setsid()
        os.dup2(asked, 0)
        os.dup2(said, 1)
        os.closerange(3, 256)
        main(*given)
        os._exit(0)
    os.close(asked)
    os.close(said)
    return Forked(pid, os.fdopen(asking, "wb"), os.fdopen(saying, "rb"))


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it wrote."""

    status: int
    printed: bytes
    said: bytes


class Runner:
    """A warm process that runs command lines in forks of itself; ``close`` it."""

    def __init__(self, preload: Path | None = None) -> None:
        self.own = {"PYTHONPATH": str(ROOT), **({"LD_PRELOAD": str(preload)} if preload else {})}
        self.lock = Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from tests.testing.builds.warm import serve; serve()"],
            env={**os.environ, **self.own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        place: Path,
        words: Sequence[str],
        environment: Mapping[str, str],
        until: Callable[[str], bool] | None = None,
        cwd: Path | None = None,
    ) -> Ran:
        """Run ``kg`` with these words, in this process's environment and what is said besides.

        What it reads and writes goes by the files ``given`` (if there is one), ``printed`` and
        ``said`` in the folder ``place``. Once ``until`` says so of what stands on stderr, it is
        killed.
        """
        assert self.process.stdin
        assert self.process.stdout
        whole = {**os.environ, **self.own, **environment}
        with self.lock:
            asked = json.dumps([str(place), list(words), whole, str(cwd or Path.cwd())])
            print(asked, file=self.process.stdin, flush=True)
            pid = int(self.process.stdout.readline())
            if until:
                self._killed(pid, place / "said", until)
            status = int(self.process.stdout.readline())
        if status < 0:
            self._spoken_for(place / "said")
        return Ran(status, *((place / name).read_bytes() for name in ("printed", "said")))

    def _killed(self, pid: int, said: Path, until: Callable[[str], bool]) -> None:
        try:
            while not (said.exists() and until(said.read_text("utf-8"))):
                time.sleep(0.002)
                os.kill(pid, 0)
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # it has ended by itself

    def _spoken_for(self, said: Path) -> None:
        """Wait for the line that another process says of one that died (``kg.base.crash``)."""
        until = time.monotonic() + SPOKEN
        while time.monotonic() < until and b"kg: " not in said.read_bytes():
            time.sleep(0.01)

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@cache
def runner(preload: Path | None = None) -> Runner:
    """The one that all tests share, until they end."""
    made = Runner(preload)
    atexit.register(made.close)
    return made


def serve() -> None:
    """Fork for each line of standard input, and print how the fork ended."""
    from kg.ontology import load
    from kg.run.reading.child import _warm

    re._MAXCACHE = 20_000  # type: ignore[attr-defined] # forks take over patterns, compiled
    for name in (*LAZY, *_modules()):
        import_module(name)
    _warm(str(load().folder))
    reader_process._started = reader  # type: ignore[assignment]
    # What is there stays as it is: a collection in a fork would copy all of it.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        place, words, environment, folder = json.loads(line)
        pid = os.fork()
        if not pid:
            _end(_run(Path(place), words, environment, folder))
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _modules() -> list[str]:
    """The modules of ``kg`` that commands may import."""
    found = walk_packages(kg.__path__, "kg.")
    return [one.name for one in found if not one.name.startswith(APART)]


def _end(status: int) -> None:
    """End this process as Python does, but for taking apart all that was imported."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        status = 120
    if "LD_PRELOAD" in os.environ:  # what is preloaded has a word to say at the end
        ctypes.CDLL(None).exit(status)
    os._exit(status)


def _run(place: Path, words: list[str], environment: dict[str, str], folder: str) -> int:
    """Be ``kg`` with these words."""
    from kg.cli.main import main as command

    signal.alarm(SECONDS)
    given = place / "given"
    for number, name in (
        (0, given if given.exists() else Path(os.devnull)),
        (1, place / "printed"),
        (2, place / "said"),
    ):
        handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.stdin = os.fdopen(0, closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    os.chdir(folder)
    if preload := environment.get("LD_PRELOAD"):
        ctypes.CDLL(preload).faults_begin()
    return command(words)
