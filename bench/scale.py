"""How a build grows with its documents, on this machine and on Spark, station by station.

Documents are made up (bench/news.py), as many for each as asked for, and lie in JSON Lines; with
SOURCE (a folder, or a JSONL file with a field "text") the builds are made of its texts as well,
again and again under changed names. Every build is a process of its own; processor seconds and
memory are those of all its processes. Resolution is what lies between the last reading and the
first file of the graph. The start of a build, which is the build of one document, is left out of
the rates and of the exponent of growth (1.0: ten times the documents take ten times as long).
What the file of --json holds already is not measured again, and each build is kept as it ends.

    python bench/scale.py [SOURCE] [--sizes 1000,4000,16000,64000] [--engine local]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import linear_regression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.corpus import repeated, tabled, texts  # noqa: E402
from bench.news import text  # noqa: E402
from bench.stages import Log, Tasks, log, settings  # noqa: E402
from bench.watched import Watched, watched  # noqa: E402

MIB = 2**20
ENGINES = ("local", "spark")
STATIONS = ("extraction", "resolution", "writing")
# The parts of a local build, as its report names them, between reading and writing.
RESOLUTION = ("weave", "correct", "assert", "check")


@dataclass(frozen=True)
class Run:
    """One build. ``seconds`` and ``stations`` are processor seconds, ``wall`` is by the clock.

    ``memory`` is the most that all processes held at a time, ``largest`` the most that one did,
    both in bytes; ``peaks`` are as ``memory``, by station. ``sizes`` are bytes of what is written
    by name, of a job also of what lies between its stations (``between/…``), of its ``shuffle``,
    of what it ``spilled`` of it, and of the ``heap`` of its JVM. ``tasks`` are those of a job by
    its stations.
    """

    corpus: str
    engine: str
    documents: int
    characters: int
    entities: int
    claims: int
    seconds: float
    wall: float
    memory: int
    largest: int
    stations: dict[str, float]
    peaks: dict[str, int]
    sizes: dict[str, int]
    tasks: dict[str, Tasks] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it from the other builds of a bench."""
        return self.corpus, self.engine, self.documents


def main() -> None:
    given = options()
    found = texts(given.source) if given.source else []
    runs = kept(given.json) if given.json and not given.again else []
    for run in runs:
        tell(run, runs)
    with tempfile.TemporaryDirectory(dir=given.place) as home:
        for corpus in ("made up", "repeated") if found else ("made up",):
            for size in (1, *map(int, given.sizes.split(","))):
                engines = ENGINES if given.engine == "both" else (given.engine,)
                known = {run.key for run in runs}
                if left := [e for e in engines if (corpus, e, size) not in known]:
                    made = (text(given.seed, i) for i in range(size))
                    documents = Path(home) / f"{corpus} {size}"
                    characters = tabled(
                        repeated(found, size) if corpus == "repeated" else made, documents
                    )
                    for engine in left:
                        out = Path(home) / f"{corpus} {size} {engine}"
                        runs.append(
                            built(corpus, engine, documents, out, given, (size, characters))
                        )
                        if given.json:
                            keep(given.json, runs)
                        tell(runs[-1], runs)
                        shutil.rmtree(out)
                    shutil.rmtree(documents)
    for name, value in exponents(runs).items():
        print(f"{name}: growth exponent {value}")


def options() -> argparse.Namespace:
    near = ROOT.parent / "shared" / "corpus" / "real" / "news.jsonl"
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "source", nargs="?", type=Path, default=near if near.exists() else None,
        help="texts to repeat, beside made-up ones",
    )  # fmt: skip
    parser.add_argument("--sizes", default="1000,4000,16000,64000", help="how many documents")
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--seed", type=int, default=5, help="of what is made up")
    parser.add_argument("--workers", type=int, default=2)
    # So many tasks that the longest can be told from one in the middle.
    parser.add_argument("--partitions", type=int, default=32, help="parts of a job on Spark")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    parser.add_argument("--again", action="store_true", help="measure also what it holds already")
    parser.add_argument("--place", type=Path, help="the folder that builds are made in")
    return parser.parse_args()


def built(
    corpus: str,
    engine: str,
    documents: Path,
    out: Path,
    given: argparse.Namespace,
    size: tuple[int, int],
) -> Run:
    """Build a graph of a folder of JSON Lines, and measure it."""
    words = [sys.executable, "-m", "kg", "build", *map(str, sorted(documents.iterdir()))]
    words += ["-o", str(out), "--workers", str(given.workers), "--engine", engine]
    sizes, told = dict[str, int](), Log()
    if engine == "spark":
        took, sizes, told = on_spark([*words, "--partitions", str(given.partitions)], out)
    else:
        took = watched(words)
    if took.status:
        raise SystemExit(f"{' '.join(words)} ended with {took.status}: {took.lines[-3:]}")
    total = json.loads((out / "report.json").read_text(encoding="utf-8"))["counts"]["total"]
    ends = dict(zip(STATIONS, moments(took, out), strict=True))
    begins = dict(zip(STATIONS, [0.0, *ends.values()], strict=False))
    return Run(
        corpus,
        engine,
        *size,
        total["entities"],
        total["facts"],
        round(took.seconds, 2),
        round(took.wall, 2),
        took.memory,
        took.largest,
        {n: round(took.worked(ends[n]) - took.worked(begins[n]), 2) for n in STATIONS},
        {n: took.most(begins[n], ends[n]) for n in STATIONS},
        {**sizes, **{path.name: bytes_of(path) for path in sorted(out.iterdir())}},
        told.tasks,
    )


def on_spark(words: list[str], out: Path) -> tuple[Watched, dict[str, int], Log]:
    """Run a job: what it took, how large what lies between its stations is, and its log."""
    sizes: dict[str, int] = {}

    def said(line: str) -> None:
        if line.startswith("joined"):
            for path in out.glob(".work-*/*/**/"):
                if files := [one for one in path.iterdir() if one.is_file()]:
                    name = "/".join(path.parts[len(out.parts) + 1 :])
                    sizes[f"between/{name}"] = sum(one.stat().st_size for one in files)

    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "spark-defaults.conf").write_text(settings(Path(home)), encoding="utf-8")
        took = watched(words, said, SPARK_CONF_DIR=home)
        found = log(
            line
            for path in Path(home).glob("*local-*")
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    sizes.update(shuffle=found.shuffle, spilled=found.spilled, heap=found.heap)
    return took, sizes, found


def moments(took: Watched, out: Path) -> list[float]:
    """When each station of a build ended: a job says when it is through with one, a local build
    when all is read, and how long the next ones took in its report."""
    read, joined = (last(took, said) for said in (r"read \d+ document|\d+/", "joined"))
    laps = json.loads((out / "report.json").read_text(encoding="utf-8")).get("timings")
    resolved = read + sum(laps[name] for name in RESOLUTION) if laps else joined
    return [read, resolved, took.wall]


def last(took: Watched, said: str) -> float:
    """The moment of the last line that begins so."""
    return max((moment for moment, line in took.lines if re.match(said, line)), default=0.0)


def bytes_of(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(one.stat().st_size for one in files if one.is_file())


HEAD = (
    "corpus   engine documents  processor s (extraction resolution writing)  clock s  documents/s"
    "  peak MiB (largest process)  store MB  output MB  entities  claims"
)


def tell(run: Run, runs: list[Run]) -> None:
    """Print the row of a build, less the start that the build of one document tells."""
    if run is runs[0]:
        print(HEAD)
    start = started(run, runs)
    parts = " ".join(f"{run.stations[name]:10.1f}" for name in STATIONS)
    rate = (run.documents - 1) / (run.seconds - start.seconds) if run is not start else 0.0
    store = run.sizes.get("store", run.sizes.get("nquads", 0))
    print(
        f"{run.corpus:8} {run.engine:6} {run.documents:9}  {run.seconds:11.1f} {parts}"
        f"  {run.wall:7.1f}  {rate:11.1f}  {run.memory / MIB:8.0f} ({run.largest / MIB:15.0f})"
        f"  {store / 1e6:8.1f}  {output(run) / 1e6:9.1f}  {run.entities:8}  {run.claims:6}",
        flush=True,
    )


def started(run: Run, runs: list[Run]) -> Run:
    """The build of one document that belongs to a build."""
    return next(r for r in runs if r.key == (run.corpus, run.engine, 1))


def output(run: Run) -> int:
    """Bytes of what a build leaves in its folder."""
    passing = ("between", "shuffle", "spilled", "heap")
    return sum(size for name, size in run.sizes.items() if not name.startswith(passing))


def keep(path: Path, runs: list[Run]) -> None:
    """Write what is known, in one step: a bench takes hours, and may be stopped."""
    whole = {"machine": machine(), "runs": [asdict(run) for run in runs]}
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(fresh, path)


def kept(path: Path) -> list[Run]:
    """What ``keep`` wrote; nothing where there is no such file."""
    if not path.exists():
        return []
    whole = json.loads(path.read_text(encoding="utf-8"))
    return [
        Run(**{**run, "tasks": {name: Tasks(**of) for name, of in run["tasks"].items()}})
        for run in whole["runs"]
    ]


def machine() -> str:
    """What the figures were measured on, in words."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    name = re.search(r"model name\s*: (.*)", told)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"Python {platform.python_version()}"
    cores = f"{os.cpu_count()} cores ({name[1] if name else platform.machine()})"
    return f"{cores}, {memory:.0f} GiB, {python}"


def exponents(runs: list[Run]) -> dict[str, str]:
    """The exponent of growth of each kind of build: all of it, and its resolution alone."""
    found = {}
    for corpus, engine in dict.fromkeys((run.corpus, run.engine) for run in runs):
        of = [run for run in runs if (run.corpus, run.engine) == (corpus, engine)]
        first, *more = sorted(of, key=lambda run: run.documents)
        sizes = [run.documents for run in more]
        whole = [run.seconds - first.seconds for run in more]
        resolved = [run.stations["resolution"] - first.stations["resolution"] for run in more]
        for name, seconds in (("", whole), (" resolution", resolved)):
            found[f"{corpus} {engine}{name}"] = exponent(sizes, seconds)
    return found


def exponent(sizes: list[int], seconds: list[float]) -> str:
    """The slope of the least squares of logarithms.

    >>> exponent([10, 100, 1000], [2, 20, 200])
    '1.000'
    """
    if len(sizes) < 2 or min(seconds) <= 0:
        return "not known: it needs two larger sizes"
    x, y = ([math.log(one) for one in axis] for axis in (sizes, seconds))
    return f"{linear_regression(x, y).slope:.3f}"


if __name__ == "__main__":
    main()
