"""A standalone Spark cluster on this machine: a master and two workers, each a JVM of its own.

Each worker has an address of its own, as a machine would: Spark does a task a second time on
another host alone.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
# Fifty times what it takes where nothing else runs.
PATIENCE = 900
# A JVM that lives for a minute is sooner done with half a compiler: a job of the examples takes
# 50 instead of 82 seconds of processor time. The first job takes an eighth less if classes, which
# are those of the package, are not verified.
SHORT_LIVED = {
    "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
    "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
}
WORKERS = 2
EXECUTOR, DAEMON = "CoarseGrainedExecutorBackend", "pyspark.daemon"


@dataclass(frozen=True)
class Cluster:
    """A running cluster: its address, and what was started for it."""

    master: str
    processes: tuple[int, ...]

    def executors(self) -> list[int]:
        """The JVMs that run tasks."""
        return [pid for pid in below(*self.processes) if EXECUTOR in command(pid)]

    def pythons(self) -> list[int]:
        """The Python workers: children of the daemon that each executor has."""
        daemons = [pid for pid in below(*self.processes) if DAEMON in command(pid)]
        tree = parents()
        return [pid for pid in below(*daemons) if tree[pid] in daemons and not reads(pid)]

    def readers(self) -> list[int]:
        """The processes that read files, each a child of a Python worker."""
        return [pid for pid in below(*self.processes) if reads(pid)]


@contextmanager
def cluster(logs: Path) -> Iterator[Cluster]:
    """Start a master and two workers at free ports; all that runs below them ends with it.

    Args:
        logs: A folder for what they say, and for what their jobs need.
    """
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(_started("master.Master", logs / "master"))
        port = _said(logs / "master", r"sparkMaster. on port (\d+)")
        address = f"spark://127.0.0.1:{port}"
        for number in range(WORKERS):
            size = ("--cores", "1", "--memory", "1g", "--work-dir", str(logs / f"work{number}"))
            host, log = f"127.0.0.{number + 2}", logs / f"worker{number}"
            running.append(_started("worker.Worker", log, *size, address, host=host))
        for number in range(WORKERS):
            _said(logs / f"worker{number}", "(Successfully registered with master)")
        yield Cluster(address, tuple(process.pid for process in running))
    finally:
        for pid in below(*(process.pid for process in running)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in running:
            process.kill()
            process.wait()


@contextmanager
def in_process(master: str, partitions: int, **settings: str) -> Iterator[Any]:
    """A Spark in this process that runs one job after the other.

    Args:
        master: Its address.
        partitions: How many parts the work is cut into.
        settings: More settings, as ``spark-defaults.conf`` would have them.
    """
    from pyspark import SparkContext

    from kg.run.spark.session import running

    with here():
        end_kept()
        SparkContext._ensure_initialized()
        system: Any = SparkContext._jvm.java.lang.System  # type: ignore[union-attr]
        for name, value in settings.items():
            system.setProperty(name, value)
        try:
            with running(master, 1, partitions) as spark:
                yield spark
        finally:
            for name in settings:
                system.clearProperty(name)


_KEPT: dict[str, Any] = {}


@contextmanager
def kept(master: str = "", workers: int = 2, partitions: int = 4) -> Iterator[Any]:
    """Like ``kg.run.spark.session.running``, but the next job takes over the Spark of the last.

    What a Spark of its own starts for a job (Python workers, processes that read) takes longer
    than a job of a few documents.
    """
    from kg.run.spark.session import ATTEMPTS, running

    master = master or f"local[{workers},{ATTEMPTS}]"
    if master not in _KEPT:
        end_kept()
        started = ExitStack()
        started.enter_context(here())
        _KEPT[master] = started, started.enter_context(running(master, workers, partitions))
    spark = _KEPT[master][1]
    spark.conf.set("spark.sql.shuffle.partitions", str(partitions))
    yield spark


def end_kept() -> None:
    """End the Spark that waits for the next job, if one does."""
    while _KEPT:
        _KEPT.popitem()[1][0].close()


@contextmanager
def here() -> Iterator[None]:
    """What Spark is to find in the environment of this process.

    Its JVM is there for the next one too, until ``end_jvm``.
    """
    own = {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SHORT_LIVED, **own, "SPARK_LOCAL_IP": "127.0.0.1"}.items():
            patch.setenv(name, value)
        yield


def end_jvm() -> None:
    """End the JVM of this process, if there is one."""
    from pyspark import SparkContext

    end_kept()
    gateway: Any = SparkContext._gateway
    if gateway:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None


def _started(kind: str, log: Path, *words: str, host: str = "127.0.0.1") -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        **SHORT_LIVED,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": host,
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
        "PYTHONPATH": str(ROOT),
    }
    script = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}"]
    common = ["--host", host, "--port", "0", "--webui-port", "0"]
    with log.open("wb") as said:
        return subprocess.Popen(
            [*script, *common, *words], env=environment, stdout=said, stderr=said
        )


def _said(log: Path, pattern: str) -> str:
    end = time.monotonic() + PATIENCE
    while not (found := re.search(pattern, log.read_text(errors="replace"))):
        assert time.monotonic() < end, log.read_text(errors="replace")
        time.sleep(0.1)
    return found[1]


def parents() -> dict[int, int]:
    """Every process of this machine, and which one it is a child of."""
    found = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            stat = (entry / "stat").read_bytes()
            found[int(entry.name)] = int(stat.rpartition(b")")[2].split()[1])
    return found


def below(*roots: int) -> list[int]:
    """The processes below others, nearest first."""
    tree, found, level = parents(), [], set(roots)
    while level:
        level = {pid for pid, parent in tree.items() if parent in level}
        found += sorted(level)
    return found


def command(pid: int) -> str:
    """The command line of a process; ``""`` if it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def reads(pid: int) -> bool:
    """Whether a process reads files for another."""
    return "from kg.run.reading.child import" in command(pid)
