"""A build on a standalone Spark cluster, whose processes are killed or held up meanwhile."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.ontology import load
from kg.read import File
from kg.run.reading.child import Bounds
from kg.run.spark.job import JobSettings, run
from kg.run.spark.work import Reader
from tests.conftest import EXAMPLES, SOAK, kg
from tests.testing.builds.notices import text
from tests.testing.spark.cluster import Cluster, cluster, in_process
from tests.testing.spark.jobs import needs_java, spark, statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.run.spark.write import Summary

PARTS = 6
# The first shows what a cluster alone has; by make soak all of them are killed.
KINDS = ["executors"] if SOAK == 1 else ["executors", "pythons", "readers"]
# A machine may read all documents before a process of theirs is found.
ATTEMPTS = 5


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough to be disturbed while they are read."""
    folder, chance = tmp_path_factory.mktemp("many") / "source", random.Random(11)
    shutil.copytree(EXAMPLES, folder)
    for i in range(40):
        (folder / f"{i:02}.txt").write_text(f"{i}。" + text(chance) * 3, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def stated(documents: Path) -> list[bytes]:
    """What the local build states, sorted."""
    graph = documents.parent / "graph"
    assert kg("build", documents, "-o", graph).returncode == 0
    return sorted(kg("export", "-d", graph, "nq").stdout.splitlines())


@pytest.fixture(scope="module")
def session(two_workers: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Spark on the cluster that runs one job after the other, and does slow tasks twice.

    It keeps both workers for itself until it ends: tests that run the command stand before it.
    """
    logs = tmp_path_factory.mktemp("logs")
    settings = {
        "spark.speculation": "true",
        "spark.speculation.interval": "100ms",
        "spark.speculation.quantile": "0.1",
        "spark.speculation.multiplier": "1.1",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": f"file://{logs}",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.compress": "false",
    }
    with in_process(two_workers.master, PARTS, **settings) as spark:
        yield spark


def log_of(session: Any) -> Path:
    """Where a Spark writes what happens."""
    folder = Path(session.conf.get("spark.eventLog.dir").removeprefix("file://"))
    (log,) = folder.glob("app-*")
    return log


class Job:
    """A build in a running Spark, which is disturbed once while documents are read."""

    def __init__(self, session: Any, documents: Path, out: Path) -> None:
        self.session, self.documents, self.out = session, documents, out
        self.read = threading.Event()

    def disturbed(self, parts: int, disturb: Callable[[], bool]) -> Summary:
        """Build.

        Args:
            parts: How many of the parts are done, at least, when it is disturbed.
            disturb: Tells whether it did; else it is called again.
        """
        meddler = threading.Thread(target=self._meddle, args=(parts, disturb))
        meddler.start()
        words = JobSettings(str(self.out), partitions=PARTS, progress=self._told)
        try:
            return run(self.session, [str(self.documents)], words)
        finally:
            self.read.set()
            meddler.join()

    def _told(self, what: str) -> None:
        if what.startswith("read "):
            self.read.set()

    def _meddle(self, parts: int, disturb: Callable[[], bool]) -> None:
        while not (self._reads(parts) and disturb()) and not self.read.wait(0.01):
            pass

    def _reads(self, parts: int) -> bool:
        tracker = self.session.sparkContext.statusTracker()
        stages = [tracker.getStageInfo(i) for i in tracker.getActiveStageIds()]
        return any(s and s.numActiveTasks and s.numCompletedTasks >= parts for s in stages)


@needs_java
@pytest.mark.skipif(SOAK == 1, reason="make soak: the next one shows it too, with a task held up")
def test_a_cluster_states_what_the_local_build_states(
    two_workers: Cluster, documents: Path, stated: list[bytes], tmp_path: Path
) -> None:
    out = tmp_path / "graph"
    done = spark(documents, "-o", out, "--master", two_workers.master, "--partitions", str(PARTS))
    assert done.returncode == 0, done.stderr.decode()
    assert statements(out) == stated


def done_twice(log: Path) -> set[tuple[int, int, int]]:
    """The tasks that ran a second time while the first was not done, by Spark's own log.

    Each by its stage, the attempt of that, and its number in it.
    """
    ran: dict[bool, set[tuple[int, int, int]]] = {True: set(), False: set()}
    for line in log.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["Event"] == "SparkListenerTaskStart":
            task = event["Task Info"]
            stage = event["Stage ID"], event["Stage Attempt ID"]
            ran[task["Speculative"]].add((*stage, task["Index"]))
    return ran[True] & ran[False]


@needs_java
def test_a_task_that_is_held_up_is_done_twice_and_counts_once(
    session: Any, two_workers: Cluster, documents: Path, stated: list[bytes], tmp_path: Path
) -> None:
    import pandas as pd

    out, held, over = tmp_path / "graph", [], threading.Event()

    def hold_one() -> None:
        while not over.wait(0.05) and not held:
            for pid in two_workers.readers()[:1]:
                os.kill(pid, signal.SIGSTOP)
                held.append(pid)

    meddler = threading.Thread(target=hold_one)
    meddler.start()
    try:
        summary = run(session, [str(documents)], JobSettings(str(out), partitions=PARTS))
    finally:
        over.set()
        meddler.join()
        for pid in held:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    assert summary.complete
    assert held
    assert done_twice(log_of(session)), "nothing was done twice"
    assert statements(out) == stated
    for table, key in (("entities", "id"), ("claims", "id"), ("evidence", "claim")):
        assert pd.read_parquet(out / table)[key].is_unique, table
    assert len(pd.read_parquet(out / "documents")) == len(list(documents.iterdir()))


@needs_java
@pytest.mark.parametrize("seed", range(SOAK))
@pytest.mark.parametrize("kind", KINDS)
def test_a_process_is_killed_while_documents_are_read(
    session: Any,
    two_workers: Cluster,
    documents: Path,
    stated: list[bytes],
    tmp_path: Path,
    kind: str,
    seed: int,
) -> None:
    chance = random.Random(f"{kind}{seed}")
    for attempt in range(ATTEMPTS):
        job = Job(session, documents, tmp_path / f"graph{attempt}")
        killed: list[int] = []

        def kill(job: Job = job, killed: list[int] = killed) -> bool:
            with held(getattr(two_workers, kind)()) as victims:
                time.sleep(chance.uniform(0, 0.3))
                if victims and not job.read.is_set():
                    killed.append(chance.choice(victims))
                    os.kill(killed[0], signal.SIGKILL)
            return bool(killed)

        summary = job.disturbed(chance.randrange(PARTS - 2), kill)
        assert statements(job.out) == stated
        assert summary.complete
        if killed:
            return
    pytest.fail("the documents were always read before anything was killed")


@contextmanager
def held(processes: list[int]) -> Iterator[list[int]]:
    """Stop processes for a while; tells which of them still ran."""
    stopped = []
    try:
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
                stopped.append(pid)
        yield stopped
    finally:
        for pid in stopped:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@pytest.mark.process
def test_a_file_whose_process_was_killed_is_read_again(tmp_path: Path) -> None:
    reader = Reader(str(load().folder), Bounds())
    (tmp_path / "一.txt").write_text("澜江大学与乙某集团签署合作协议。", encoding="utf-8")
    file = File(str(tmp_path / "一.txt"), "一.txt")
    try:
        first = reader.outcome(file)
        assert reader.process
        reader.process.process.kill()
        again = reader.outcome(file)
    finally:
        reader.close()
    assert first.reading
    assert again.reading == first.reading
