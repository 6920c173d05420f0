"""The event log of a Spark job in, what its tasks took and moved out, station by station."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SETTINGS = (
    ("spark.eventLog.enabled", "true"),
    ("spark.eventLog.rolling.enabled", "false"),
    ("spark.eventLog.compress", "false"),
)
# What a station is called on Spark's pages begins with it; what was counted is in brackets.
SAID = "kg build: "


@dataclass(frozen=True)
class Tasks:
    """The tasks of one stage: how many, and the longest and the one in the middle, in seconds of
    the clock; the most and the middle that one of them read of a shuffle, in bytes."""

    count: int
    longest: float
    middle: float
    most: int
    half: int


@dataclass
class Log:
    """What an event log says.

    Attributes:
        shuffle: Bytes that were written for a shuffle.
        spilled: Bytes that did not fit into memory and went to the disk.
        heap: The most that the heap of the JVM held.
        tasks: The tasks of the longest stage of each station, by the name of the station.
    """

    shuffle: int = 0
    spilled: int = 0
    heap: int = 0
    tasks: dict[str, Tasks] = field(default_factory=dict)


def settings(folder: Path) -> str:
    """What ``spark-defaults.conf`` says for a log to be written into a folder."""
    lines = (*SETTINGS, ("spark.eventLog.dir", f"file://{folder}"))
    return "".join(f"{key} {value}\n" for key, value in lines)


def log(lines: Iterable[str]) -> Log:
    """Read an event log.

    Args:
        lines: Each an event in JSON.
    """
    found, station = Log(), dict[int, str]()
    ended: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for line in lines:
        event: dict[str, Any] = json.loads(line)
        if event["Event"] == "SparkListenerJobStart":
            said = event["Properties"].get("spark.job.description", "")
            for stage in event["Stage IDs"]:
                station.setdefault(stage, said.removeprefix(SAID).partition(" (")[0])
        elif event["Event"] == "SparkListenerTaskEnd" and (of := event.get("Task Metrics")):
            read = of["Shuffle Read Metrics"]
            moved = read["Remote Bytes Read"] + read["Local Bytes Read"]
            ended[event["Stage ID"]].append((of["Executor Run Time"] / 1000, moved))
            found.shuffle += of["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            found.spilled += of["Disk Bytes Spilled"]
            heap = event.get("Task Executor Metrics", {}).get("JVMHeapMemory", 0)
            found.heap = max(found.heap, heap)
    for stage in sorted(ended, key=lambda stage: sum(s for s, _ in ended[stage])):
        found.tasks[station.get(stage, "")] = _tasks(ended[stage])
    return found


def _tasks(ended: list[tuple[float, int]]) -> Tasks:
    seconds, moved = zip(*ended, strict=True)
    return Tasks(
        len(ended),
        round(max(seconds), 3),
        round(median(seconds), 3),
        max(moved),
        round(median(moved)),
    )
