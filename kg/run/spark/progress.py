"""Say how far a job is: for whoever waits, and for Spark's own pages."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from kg.query import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyspark import Accumulator
    from pyspark.sql import SparkSession

# Seconds between one word on how far it is and the next.
EVERY = 5.0
PROPERTIES = ("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel")


@dataclass(frozen=True)
class Counters:
    """What the workers read so far; a part counts when it is done, and once."""

    read: Accumulator[int]
    skipped: Accumulator[int]

    @classmethod
    def of(cls, spark: SparkSession) -> Counters:
        """Counters of one job."""
        context = spark.sparkContext
        return cls(context.accumulator(0), context.accumulator(0))

    def add(self, problem: str) -> None:
        """Count a source, in a worker.

        Args:
            problem: Why it gave no document; ``""`` if it did.
        """
        (self.skipped if problem else self.read).add(1)

    def __str__(self) -> str:
        skipped = f", {self.skipped.value} skipped" if self.skipped.value else ""
        return f"{table.counted(self.read.value, 'document')}{skipped}"


@contextmanager
def station(
    spark: SparkSession,
    what: str,
    progress: Callable[[str], None],
    *,
    group: str,
    counters: Counters | None = None,
    counted: Sequence[str] = (),
    every: float = EVERY,
) -> Iterator[None]:
    """Tell how far a station of a job is, for as long as the block runs.

    Args:
        spark: A running Spark, whose pages show the name of the station too.
        what: The station, as in “reading documents”.
        progress: Told how many parts are done, when that has changed.
        group: The job, as Spark's pages have it; what others run meanwhile is not counted.
        counters: What is told beside the parts.
        counted: What the stations before have counted, for Spark's pages.
        every: Seconds between one word and the next.
    """
    context, ended, last_message = spark.sparkContext, Event(), ""

    def watch() -> None:
        nonlocal last_message
        while not ended.wait(every):
            done, total = _parts(spark, group)
            message = f"{what}: {done} of {total} parts" + (f", {counters}" if counters else "")
            if total and message != last_message:
                progress(message)
                last_message = message

    beside = f" ({'; '.join(counted)})" if counted else ""
    context.setJobGroup(group, f"kg build: {what}{beside}")
    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
        for name in PROPERTIES:
            context.setLocalProperty(name, None)  # type: ignore[arg-type]


def _parts(spark: SparkSession, group: str) -> tuple[int, int]:
    """Parts that are done, and all, of what a job runs at the moment."""
    tracker = spark.sparkContext.statusTracker()
    active = set(tracker.getActiveStageIds())
    jobs = [tracker.getJobInfo(id_) for id_ in tracker.getJobIdsForGroup(group)]
    own = {id_ for job in jobs if job for id_ in job.stageIds} & active
    known = [stage for stage in map(tracker.getStageInfo, sorted(own)) if stage]
    return sum(s.numCompletedTasks for s in known), sum(s.numTasks for s in known)
