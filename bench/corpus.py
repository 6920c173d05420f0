"""Texts that a bench is run with: those of a folder or a table, and copies under changed names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.records import Document
from kg.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

# Put before head nouns, so that each copy of a text names other things.
SIGNS = "甲乙丙丁戊己庚辛壬癸"
HEADS = re.compile("(?=有限公司|集团|大学|研究院|协会|项目|基地)")
TABLE = 1000  # documents in each file of a table


def texts(source: Path) -> list[str]:
    """The texts of a folder of documents, or of a JSONL file with a field "text"."""
    if source.suffix == ".jsonl":
        lines = source.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines]
    return [d.text for d in read([source]) if isinstance(d, Document)]


def repeated(found: list[str], size: int) -> Iterator[str]:
    """So many texts; beyond those there are, copies that name other things."""
    for i in range(size):
        copy, text = i // len(found), found[i % len(found)]
        if copy:
            sign = "".join(SIGNS[int(digit)] for digit in str(copy))
            text = f"第{copy}号\n\n" + HEADS.sub(sign, text)
        yield text


def written(found: list[str], size: int, folder: Path) -> Path:
    """A folder of so many texts, as ``repeated`` gives them, each a file."""
    folder.mkdir()
    for i, text in enumerate(repeated(found, size)):
        (folder / f"{i:06}.txt").write_text(text, encoding="utf-8")
    return folder


def tabled(found: Iterator[str], folder: Path) -> int:
    """Write texts into a new folder as JSON Lines, ``TABLE`` a file; how many characters."""
    folder.mkdir()
    characters, rows = 0, list[str]()
    for i, text in enumerate(found):
        characters += len(text)
        row = {"id": f"{i:06}.txt", "text": text}
        rows.append(json.dumps(row, ensure_ascii=False) + "\n")
        if len(rows) == TABLE:
            _flush(rows, folder)
    _flush(rows, folder)
    return characters


def _flush(rows: list[str], folder: Path) -> None:
    if rows:
        number = sum(1 for _ in folder.iterdir())
        (folder / f"{number:05}.jsonl").write_text("".join(rows), encoding="utf-8")
        rows.clear()
