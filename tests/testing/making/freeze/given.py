"""What is read to see whether the reader still gives the same: files, and texts of tests and rules.

All are known by a name, that of the file they stand in: of a file of texts each is read by itself.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from kg.ontology import load, rules
from tests.testing.files.cases import files, samples

ROOT = Path(__file__).resolve().parents[4]
NEWS = ROOT.parent / "shared" / "corpus" / "news"
# So many articles are read of each file of news: 600 of the six.
FIRST = 100
# Shorter strings among the cases of a test are names and options, no texts.
SHORT = 8


@dataclass(frozen=True)
class Given:
    """Bytes of a file, or a text in UTF-8 that stands by itself (``file`` is empty)."""

    data: bytes
    file: str = ""

    @cached_property
    def key(self) -> str:
        """What it is known by: another text is another one, and not one that is read otherwise."""
        return sha256(self.data).hexdigest()[:8]

    def __str__(self) -> str:
        return self.file or self.data.decode("utf-8")


Files = dict[str, list[Given]]


def quick() -> Files:
    """Documents of examples and tests, and the examples of rules: read in seconds."""
    found = {name(path): [_file(path)] for path in _documents()}
    for path in sorted((ROOT / "tests" / "data").rglob("*.jsonl")):
        found[name(path)] = _texts(_rows(path))
    for path in files("claims"):
        found[name(path)] = _texts(samples(path))
    pages: dict[str, list[str]] = {}
    for rule in rules(load()):
        pages.setdefault(name(Path(rule.file)), []).extend(e.text for e in rule.example)
    return found | {page: _texts(texts) for page, texts in pages.items()}


def whole() -> Files:
    """Those besides that take longer: invented texts of the gold, and those of the tests."""
    path = ROOT / "gold" / "written.jsonl"
    found = {name(path): _texts(_rows(path))}
    for path in (*files("mentions"), *files("segment"), *files("coreference")):
        found[name(path)] = _texts(samples(path))
    for path in sorted((ROOT / "tests" / "extract").rglob("test_*.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        if path.stem != "test_cases" and (texts := _texts(_cases(module))):
            found[name(path)] = texts
    return quick() | found


def articles() -> Files:
    """The first articles of each file of news beside the checkout; none where there are none."""
    found = {}
    for path in sorted(NEWS.glob("part*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            first = [json.loads(line)["text"] for line in islice(lines, FIRST)]
        found[f"news/{path.name}"] = _texts(first)
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _documents() -> list[Path]:
    folders = ("examples", "tests/whole/golden", "tests/data/read/sources")
    files = (path for folder in folders for path in (ROOT / folder).iterdir())
    return sorted(path for path in files if path.suffix != ".ttl")


def _file(path: Path) -> Given:
    return Given(path.read_bytes(), path.name)


def _texts(texts: Iterable[str]) -> list[Given]:
    """Each text once, in the order of the file."""
    return [Given(text.encode()) for text in dict.fromkeys(texts)]


def _rows(path: Path) -> Iterator[str]:
    """The texts of a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


def _cases(module: Any) -> Iterator[str]:
    """The Chinese texts among the cases of the tests of a module."""
    for test in vars(module).values():
        for mark in getattr(test, "pytestmark", ()) if callable(test) else ():
            if mark.name == "parametrize":
                for case in mark.args[1]:
                    values = getattr(case, "values", case)
                    values = values if isinstance(values, (tuple, list)) else (values,)
                    yield from (v for v in values if isinstance(v, str) and _is_text(v))


def _is_text(value: str) -> bool:
    return len(value) >= SHORT and any("\u4e00" <= c <= "\u9fff" for c in value)
