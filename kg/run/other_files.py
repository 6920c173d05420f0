"""Files of sources in, those to read out, and how many there are of other kinds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.query.table import counted, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.read import File

# Kinds that one line names; a report has all.
NAMED = 5


def sorted_out(files: Sequence[File]) -> tuple[list[File], dict[str, int]]:
    """Files to read, in their order, and the number of others by kind, in the order of kinds.

    Args:
        files: Files as ``kg.read.walk`` lists them.

    >>> from kg.read import File
    >>> sorted_out([File("/d/a.json", "a.json", other=".json"), File("/d/a.txt", "a.txt")])[1]
    {'.json': 1}
    """
    others = Counter(file.other for file in files if file.other)
    return [file for file in files if not file.other], dict(sorted(others.items()))


def other_files_note(others: Mapping[str, int]) -> str:
    """How many files there are of other kinds, the commonest kinds first.

    >>> other_files_note({".csv": 1, ".json": 3})
    '4 files of other kinds (.json 3, .csv 1)'
    """
    kinds = sorted(others, key=lambda kind: (-others[kind], kind))
    named = [f"{plain(kind)} {others[kind]}" for kind in kinds[:NAMED]]
    named += ["…"] if len(kinds) > NAMED else []
    return f"{counted(sum(others.values()), 'file')} of other kinds ({', '.join(named)})"


def nothing(others: Mapping[str, int]) -> str:
    """Why sources hold no document, and the way out.

    >>> nothing({})
    'holds no file; name a folder or files to read'
    """
    if not others:
        return "holds no file; name a folder or files to read"
    from kg.read.kinds import READS

    return f"holds no document that kg reads ({READS}), but {other_files_note(others)}; name others"
