"""Find the files of sources, sort out those that are not read, and count these by kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.base.errors import ReadError
from kg.query.table import counted, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kg.read import File
    from kg.review.book import Book

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


def no_documents(others: Mapping[str, int]) -> str:
    """Why sources hold no document, and the way out.

    >>> no_documents({})
    'holds no file; name a folder or files to read'
    """
    if not others:
        return "holds no file; name a folder or files to read"
    from kg.read.kinds import READS

    return f"holds no document that kg reads ({READS}), but {other_files_note(others)}; name others"


def found_in(
    sources: Sequence[str | Path],
    directory: Path,
    corrections: str | Path | None,
    own: Sequence[str],
) -> tuple[list[File], Mapping[str, int], Book]:
    """The files to read, how many others there are by kind, and what people decided.

    Args:
        sources: Files and folders, or ``-`` for standard input.
        directory: The folder of the graph; what a build wrote there is no document.
        corrections: The file of what people decided, by default the one in that folder.
        own: The names of files that a build writes.

    Raises:
        ReadError: If there is no file to read.
    """
    from kg.publish.folder import foreign
    from kg.read import walk
    from kg.review.book import apart, open_corrections

    book, corrections_file = open_corrections(directory, corrections)
    candidates = foreign(apart(walk(sources), corrections_file), directory, own)
    files, others = sorted_out(candidates)
    if not files:
        raise ReadError(f"{', '.join(map(str, sources))}: {no_documents(others)}")
    return files, others, book
