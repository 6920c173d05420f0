"""The figures of bench/scale.json and loading.json in, the tables of docs/explanation/scale.md out.

Every number of the plan is measured, chosen, or arithmetic from measured ones, and says which.

    python bench/planned.py      rewrites the tables, which stand between comments
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.scale import Run, kept  # noqa: E402
from bench.tables import Rate, Row, builds, growth, loading, memory, mib, table, tasks  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = ROOT / "docs" / "explanation" / "scale.md"
SCALE, LOADING = (ROOT / "bench" / name for name in ("scale.json", "loading.json"))
_BLOCK = re.compile(r"(<!-- (?!end)(\w+) -->\n).*?(?=<!-- end -->)", re.DOTALL)

ARTICLES = 100_000_000
MACHINES, CORES, GIB = 10, 16, 24
UTF8 = 3  # bytes of a Chinese character
PART = 16e6  # bytes of sources that make a part (kg.run.spark.session)
GATHERED = 20_000  # things that a task holds before it passes them on (kg.run.spark.work)
THINGS = 64e6  # bytes of things that one task is to join
CACHE = 128 * 2**20  # bytes that a store holds of its files at most (RocksDB's log names it)
# Bytes of indexes that an open store holds for a statement: 2.5 by one of 4.8 million beside one of
# 1.6 million.
INDEX = 2.5
# Statements as they come, the runs that are merged, and the sorted ones: 2.7 times measured.
SORTED = 3
OUTPUT = ("nquads", "claims", "entities", "evidence", "documents")


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(rewritten(page, *figures()), encoding="utf-8")


def figures() -> tuple[str, list[Run], dict[str, Any]]:
    """What is known: the machine, the builds and the loads."""
    told = json.loads(SCALE.read_text(encoding="utf-8"))["machine"]
    return told, kept(SCALE), json.loads(LOADING.read_text(encoding="utf-8"))


def rewritten(page: str, machine: str, runs: list[Run], loads: dict[str, Any]) -> str:
    """A page with its tables as the figures make them."""
    blocks = {
        "machine": lambda: f"{machine}.\n",
        "builds": lambda: builds(runs),
        "growth": lambda: growth(runs),
        "memory": lambda: memory(runs),
        "tasks": lambda: tasks(runs),
        "loads": lambda: loading(loads),
        "plan": lambda: plan(runs, loads),
    }
    return _BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found[2]]()}\n", page)


def plan(runs: list[Run], loads: dict[str, Any]) -> str:
    """What ``ARTICLES`` articles take, each number with what it comes from."""
    spark, local = Rate.of(runs, "spark"), Rate.of(runs, "local")
    parts = work(spark), disk(spark), machines(spark), joins(spark, runs), server(loads), one(local)
    return table(("what", "figure", "how it is known"), [row for part in parts for row in part])


def work(spark: Rate) -> Iterator[Row]:
    characters = spark.run.characters / spark.run.documents
    text, hours = characters * UTF8 * ARTICLES, spark.seconds * ARTICLES / 3600
    yield "articles", f"{ARTICLES:,}", "chosen"
    yield "characters of one", f"{characters:.0f}", spark.whence
    yield "text, TB", f"{text / 1e12:.2f}", f"arithmetic: characters × {UTF8} bytes × articles"
    yield "parts that are read", f"{text / PART:,.0f}", "arithmetic: text / 16 MB"
    cost = f"{spark.seconds * 1e3:.1f}"
    yield "processor time of one, ms", cost, f"{spark.whence}, less that of one document"
    why = "arithmetic: processor time × articles, if growth stays even"
    yield "processor hours", f"{hours:,.0f}", why
    yield "machines", f"{MACHINES} of {CORES} cores", "chosen"
    clock = f"{hours / MACHINES / CORES:.1f}"
    yield "hours by the clock", clock, "arithmetic: processor hours / cores, if none waits"


def disk(spark: Rate) -> Iterator[Row]:
    for what, names, more in (
        ("N-Quads", OUTPUT[:1], ""),
        ("Parquet tables", OUTPUT[1:], ""),
        ("what lies between stations", ("between",), "; it is removed at the end"),
        ("shuffle", ("shuffle",), ""),
        ("spilled by it", ("spilled",), ""),
    ):
        each = spark.bytes(*names)
        why = f"arithmetic: {each:,.0f} bytes for each document (measured) × articles{more}"
        yield f"{what}, TB", f"{each * ARTICLES / 1e12:.3g}", why
    whole = spark.bytes(*OUTPUT, "between", "shuffle", "spilled") * ARTICLES
    why = "arithmetic: all of these / machines, one copy of each"
    yield "disk of a machine, TB", f"{whole / MACHINES / 1e12:.2f}", why


def machines(spark: Rate) -> Iterator[Row]:
    run = spark.run
    python = (run.memory - run.largest) / 2
    heap = f"{run.sizes['heap'] / 2**20:,.0f}"
    yield "heap of an executor, MiB", heap, f"{spark.whence}, two tasks at a time"
    yield "its JVM in all, MiB", mib(run.largest), f"{spark.whence}: the largest process"
    why = "arithmetic: (all processes − the largest) / two tasks, same build"
    yield "Python beside it for each task, MiB", mib(python), why
    whole = f"{(run.largest + CORES * python) / 2**30:.1f}"
    why = "arithmetic: one JVM, and a Python for each core; a heap grown for its share of the "
    yield f"memory of a machine of {CORES} cores, GiB", whole, f"{why}shuffle is not measured"


def joins(spark: Rate, runs: list[Run]) -> Iterator[Row]:
    run = spark.run
    bytes_, each = spark.bytes("between/told/kind=thing"), run.entities / run.documents
    why = (
        f"arithmetic: {bytes_:.0f} bytes of things for each document (measured) × articles / 64 MB"
    )
    yield "parts of the join (`--partitions`)", f"{bytes_ * ARTICLES / THINGS:,.0f}", why
    for name, of in sorted(run.tasks.items()):
        if name:
            ratio = f"{of.longest / max(of.middle, 1e-3):.2f}"
            yield f"longest task / middle one, {name}", ratio, f"{spark.whence}, {of.count} tasks"
    rows = f"{each * ARTICLES / GATHERED:,.0f}"
    why = (
        f"arithmetic: about one for {GATHERED:,} things that a task gathers, {each:.1f} a document "
    )
    yield "rows of the most frequent thing at its join", rows, f"{why}(measured)"
    few, slope = spark.growth(runs)
    found = run.entities * (ARTICLES / run.documents) ** slope
    why = f"arithmetic: {few:,} to {run.documents:,} documents grow by the power {slope:.2f}"
    yield "things", f"{found:,.0f}", f"{why} (measured)"


def server(loads: dict[str, Any]) -> Iterator[Row]:
    each = loads["loads"][0]["statements"] / loads["documents"]
    count = each * ARTICLES
    why = (
        f"arithmetic: {each:.0f} for each of {loads['documents']:,} documents (measured) × articles"
    )
    yield "statements", f"{count:,.0f}", why
    for load in loads["loads"]:
        if load["method"] == "file":
            rate = load["statements"] / load["served"]
            why = f"arithmetic: {rate:,.0f} statements a processor second (measured)"
            what = f"processor hours of the own loader of {load['server']}"
            yield what, f"{count / rate / 3600:,.0f}", why
    sent = [load for load in loads["loads"] if load["method"] != "file"]
    holds = max(load["memory"] for load in sent)
    why = (
        f"arithmetic: {mib(holds)} MiB for any graph (measured) + of the store that it reads the "
        f"cache, {mib(CACHE)} MiB, and the indexes, {INDEX} bytes a statement (measured) × "
        "statements"
    )
    yield "memory of `kg load`, GiB", f"{(holds + CACHE + INDEX * count) / 2**30:.1f}", why
    noted = max(load["noted"] / load["statements"] for load in sent)
    why = f"arithmetic: {noted:.0f} bytes a statement (measured) × statements"
    yield "disk of its notes, TB", f"{noted * count / 1e12:.1f}", why
    why = f"arithmetic: {SORTED} × its notes, while it sorts"
    yield "disk of its temporary files, TB", f"{SORTED * noted * count / 1e12:.1f}", why


def one(local: Rate) -> Iterator[Row]:
    cost = f"{local.seconds * 1e3:.1f}"
    yield "a local build: processor time of a document, ms", cost, local.whence
    holds = local.each(local.run.memory, local.start.memory)
    yield "a local build: memory for each document, kB", f"{holds / 1e3:.0f}", local.whence
    most = f"{GIB * 2**30 / holds:,.0f}"
    yield f"a local build: documents in {GIB} GiB", most, "arithmetic: memory / that of a document"


if __name__ == "__main__":
    main()
