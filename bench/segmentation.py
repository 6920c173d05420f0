"""How fast a build is beside segmenting the same text with jieba, on one core.

The measure is a ratio, so that it holds on any machine: 1.0 means that a whole build takes
as long as jieba takes to cut the text into words.

python bench/segmentation.py [SOURCE]     documents, or a JSONL file with a field "text"
"""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from pathlib import Path
from time import perf_counter

from kg.pipeline import build
from kg.read import read
from kg.records import Document

ROOT = Path(__file__).resolve().parent.parent
NEWS = ROOT.parent / "shared" / "corpus" / "real" / "news.jsonl"


def texts(source: Path) -> list[str]:
    if source.suffix == ".jsonl":
        lines = source.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines]
    return [d.text for d in read([source]) if isinstance(d, Document)]


def segmentation(found: list[str]) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba imports pkg_resources
        import jieba
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    began = perf_counter()
    for text in found:
        jieba.lcut(text)
    return perf_counter() - began


def building(found: list[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "texts").mkdir()
        for i, text in enumerate(found):
            (place / "texts" / f"{i:06}.txt").write_text(text, encoding="utf-8")
        began = perf_counter()
        build([place / "texts"], place / "graph")
        return perf_counter() - began


def main() -> None:
    named = Path(sys.argv[1]) if len(sys.argv) > 1 else NEWS
    source = named if named.exists() else ROOT / "examples"
    found = texts(source)
    size = sum(map(len, found))
    whole, cut = building(found), segmentation(found)
    print(f"{len(found)} documents, {size} characters from {source.name}")
    print(f"kg build             {whole:8.2f} s  {size / whole:10.0f} characters/s")
    print(f"jieba segmentation   {cut:8.2f} s  {size / cut:10.0f} characters/s")
    print(f"ratio                {whole / cut:8.2f}")


if __name__ == "__main__":
    main()
