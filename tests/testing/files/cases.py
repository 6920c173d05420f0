"""Files of cases in ``tests/data``: what they hold, the texts of each, and the lines they stand on.

What a case may say is told in the tests that run them.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Case = dict[str, Any]
DATA = Path(__file__).resolve().parents[2] / "data"


def files(folder: str) -> list[Path]:
    """The files of cases of one folder of ``tests/data``."""
    return sorted((DATA / folder).glob("*.yaml"))


class Words(str):
    """A string of a file of cases, with the line that it begins on."""

    __slots__ = ("line",)
    line: int


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    pass


def _words(_: object, node: yaml.ScalarNode) -> Words:
    words = Words(node.value)
    words.line = node.start_mark.line + 1
    return words


_Loader.add_constructor("tag:yaml.org,2002:str", _words)


def cases(path: Path, key: str = "text") -> Iterator[tuple[str, Case]]:
    """The cases of a file, one for each text that comes of them, by file, line and name."""
    told = Counter[str]()
    for case in rows(path, key):
        name = f"{path.parent.name}/{path.name}:{case[key].line} {case['case']}"
        for one in filled(case, key):
            told[name] += 1
            yield name if told[name] == 1 else f"{name} {told[name]}", one


def samples(path: Path) -> Iterator[str]:
    """One text of each phrase of a file."""
    yield from (next(filled(case))["text"] for case in rows(path))


def rows(path: Path, key: str = "text") -> Iterator[Case]:
    """What a file says of each of its phrases, as they stand in it."""
    for case in yaml.load(path.read_text("utf-8"), Loader=_Loader):
        for row in case.get("each", [{}]):
            whole = {**case, **row}
            whole.pop("each", None)
            phrases = [whole[key]] if isinstance(whole[key], str) else whole[key]
            yield from ({**whole, key: phrase} for phrase in phrases)


def filled(case: Case, key: str = "text") -> Iterator[Case]:
    """A case for each choice of words for the gaps of its phrase."""
    gaps = {tuple(names.split(", ")): words for names, words in case.get("gaps", {}).items()}
    used = {names for names in gaps if any(f"{{{name}}}" in case[key] for name in names)}
    choices = (words if names in used else words[:1] for names, words in gaps.items())
    for chosen in product(*choices):
        words: dict[str, str] = {}
        for names, word in zip(gaps, chosen, strict=True):
            words |= zip(names, [word] if len(names) == 1 else word, strict=True)
        yield put(case, words)


def put(value: Any, words: dict[str, str]) -> Any:
    """What a case says, with words in its gaps."""
    if isinstance(value, str):
        for name, word in words.items():
            value = value.replace(f"{{{name}}}", word)
    elif isinstance(value, list):
        return [put(one, words) for one in value]
    elif isinstance(value, dict):
        return {put(key, words): put(one, words) for key, one in value.items()}
    return value
