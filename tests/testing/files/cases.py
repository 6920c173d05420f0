"""Files of ``tests/data/claims``: the cases that they hold, and the texts of each.

What a case may say is told in ``tests/extract/claims/test_cases.py``.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ontology.files import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Case = dict[str, Any]
FOLDER = Path(__file__).resolve().parents[2] / "data" / "claims"
FILES = sorted(FOLDER.glob("*.yaml"))


def cases(path: Path) -> Iterator[tuple[str, Case]]:
    """The cases of a file, one for each text that comes of them, each with a name of its own."""
    for case in read_yaml(path):
        several = [one for text in phrases(case) for one in filled(case, text)]
        for number, one in enumerate(several, 1):
            ending = f" {number}" if len(several) > 1 else ""
            yield f"{path.stem}: {case['case']}{ending}", one


def samples(path: Path) -> Iterator[str]:
    """One text of each phrase of a file."""
    for case in read_yaml(path):
        yield from (next(filled(case, text))["text"] for text in phrases(case))


def phrases(case: Case) -> list[str]:
    """The texts of a case as they stand in its file."""
    return [case["text"]] if isinstance(case["text"], str) else case["text"]


def filled(case: Case, text: str) -> Iterator[Case]:
    """A case for each choice of words for the gaps of one of its phrases."""
    gaps = {tuple(key.split(", ")): words for key, words in case.get("gaps", {}).items()}
    used = {names for names in gaps if any(f"{{{name}}}" in text for name in names)}
    choices = (words if names in used else words[:1] for names, words in gaps.items())
    for chosen in product(*choices):
        words: dict[str, str] = {}
        for names, word in zip(gaps, chosen, strict=True):
            words |= zip(names, [word] if len(names) == 1 else word, strict=True)
        yield put({**case, "text": text}, words)


def put(value: Any, words: dict[str, str]) -> Any:
    """What a case says, with words in its gaps."""
    if isinstance(value, str):
        for name, word in words.items():
            value = value.replace(f"{{{name}}}", word)
    elif isinstance(value, list):
        return [put(one, words) for one in value]
    elif isinstance(value, dict):
        return {key: put(one, words) for key, one in value.items()}
    return value
