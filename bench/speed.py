"""How fast extraction is beside jieba and a small spaCy pipeline, and how a build grows.

The measure is a ratio of processor seconds on one core, so that it holds on any machine: 1.0
means as long as jieba takes to cut the text into words. Every figure is that of a process of
its own, the median of several; start-up is that of a build of one page.

    python bench/speed.py [SOURCE] [--sizes 150,300,600,1200] [--runs 3]

SOURCE is a folder of documents, or a JSONL file with a field "text"; KG_BENCH may name it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.corpus import texts, written  # noqa: E402

JIEBA = """
import sys, time, warnings
from pathlib import Path
warnings.simplefilter("ignore")  # jieba imports pkg_resources
import jieba
jieba.setLogLevel("ERROR")
jieba.initialize()
texts = [p.read_text(encoding="utf-8") for p in sorted(Path(sys.argv[1]).iterdir())]
began = time.process_time()
for text in texts:
    jieba.lcut(text)
print(time.process_time() - began)
"""
# A blank Chinese pipeline with spaCy's own small network for names, and nothing else.
SPACY = """
import sys, time
from pathlib import Path
import spacy
texts = [p.read_text(encoding="utf-8") for p in sorted(Path(sys.argv[1]).iterdir())]
nlp = spacy.blank("zh")
ner = nlp.add_pipe("ner")
for label in ("Organisation", "District", "Project", "Policy", "System", "Event", "Person"):
    ner.add_label(label)
nlp.initialize()
list(nlp.pipe(texts[:2]))
began = time.process_time()
for _ in nlp.pipe(texts):
    pass
print(time.process_time() - began)
"""
EXTRACTION = """
import sys, time
from kg.extract.document import extract
from kg.ontology import load
from kg.base.usage import seldom_collected
from kg.read import read
documents, ontology = list(read([sys.argv[1]])), load()
extract(documents[0], ontology)
with seldom_collected():
    began = time.process_time()
    for document in documents:
        extract(document, ontology)
    print(time.process_time() - began)
"""


# One core for everybody: libraries that multiply in threads would use both.
ALONE = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: processor seconds, seconds by the clock, and MiB at its peak."""

    seconds: float
    wall: float
    memory: float


def run(*words: str) -> Cost:
    began = perf_counter()
    child = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(words)} ended with {child.returncode}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(used.ru_utime + used.ru_stime, perf_counter() - began, used.ru_maxrss / unit)


def said(program: str, folder: Path) -> float:
    words = [sys.executable, "-c", program, str(folder)]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, env=ALONE)
    return float(done.stdout)


def building(folder: Path, place: Path) -> Cost:
    # Into a folder of its own: in one that was built before, what is known is not read again.
    with tempfile.TemporaryDirectory(dir=place) as graph:
        return run("-m", "kg", "build", str(folder), "-o", graph, "--workers", "1")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("source", nargs="?", default=os.environ.get("KG_BENCH"))
    parser.add_argument("--sizes", help="how many documents the curve is measured at")
    parser.add_argument("--runs", type=int, default=3, help="how often each figure is measured")
    return parser.parse_args()


def main() -> None:
    given = options()
    named = Path(given.source).resolve() if given.source else ROOT / "examples"
    if not named.exists():
        raise SystemExit(f"{named}: there is no such file or folder; give SOURCE or KG_BENCH")
    if not given.source:
        print("no SOURCE and no KG_BENCH: measured with the few documents of examples/")
    found = texts(named)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        ratios(found, place, given.runs)
        few = len(found)
        sizes = [int(n) for n in given.sizes.split(",")] if given.sizes else [
            few // 4 or 1, few // 2 or 1, few, 2 * few
        ]  # fmt: skip
        curve(found, sizes, place)


def ratios(found: list[str], place: Path, runs: int) -> None:
    size, count = sum(map(len, found)), len(found)
    whole, one = written(found, count, place / "whole"), written(found[:1], 1, place / "one")
    cut, named, extracted, built, begun, help_ = [], [], [], [], [], []
    for _ in range(runs):  # in turn, since the speed of a machine drifts
        cut.append(said(JIEBA, whole))
        named.append(said(SPACY, whole))
        extracted.append(said(EXTRACTION, whole))
        built.append(building(whole, place).seconds)
        begun.append(building(one, place).seconds)
        help_.append(run("-m", "kg", "--help").seconds)
    base, start = median(cut), median(begun)
    print(f"{count} documents, {size} characters; processor seconds, median of {runs}")
    print(f"jieba               {base:8.2f} s   {size / base:9.0f} characters/s")
    rows = (
        ("spaCy, blank, ner", median(named)),
        ("extraction", median(extracted)),
        ("build less start-up", median(built) - start),
    )
    for name, seconds in rows:
        print(f"{name:<20}{seconds:8.2f} s   {seconds / base:9.2f} times jieba")
    print(f"extraction          {median(named) / median(extracted):8.2f} times as fast as spaCy")
    print(f"build of one page   {start:8.2f} s")
    print(f"kg --help           {median(help_):8.2f} s")


def curve(found: list[str], sizes: list[int], place: Path) -> None:
    print("\ndocuments  characters  processor s   clock s  ms/document  peak MiB")
    for size in sizes:
        folder = written(found, size, place / f"curve{size}")
        length = sum(len(p.read_text(encoding="utf-8")) for p in folder.iterdir())
        cost = building(folder, place)
        each = 1000 * cost.seconds / size
        print(
            f"{size:9}  {length:10}  {cost.seconds:11.2f}  {cost.wall:8.2f}  {each:11.1f}"
            f"  {cost.memory:8.0f}"
        )


if __name__ == "__main__":
    main()
