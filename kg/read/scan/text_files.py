"""Files to read in, the same with the texts of scans in the place of these scans out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.read.scan.written import SUFFIX, digest_of

if TYPE_CHECKING:
    from kg.read.files import File

_HEAD = 1 << 20  # bytes of a text that are looked at for its head


def text_beside(path: str) -> str:
    """Where the text of a scan lies, ``""`` if there is none."""
    beside = path + SUFFIX
    return beside if os.path.isfile(beside) and not os.path.islink(beside) else ""


def instead(files: Sequence[File]) -> Iterator[File]:
    """Yield files without the scans whose text is among them.

    A text that is of another scan than the one beside it has a problem; the scan stays.
    """
    replaced: set[str] = set()
    wrong: dict[str, str] = {}
    for file in files:
        if file.path.endswith(SUFFIX) and not file.inner and file.data is None and not file.problem:
            scan = file.path.removesuffix(SUFFIX)
            if not os.path.isfile(scan):
                continue  # its text is all that is left of it
            if _digest(scan) == _recorded_digest(file.path):
                replaced.add(scan)
            else:
                name = os.path.basename(scan)
                wrong[file.path] = (
                    f"is the text of another file than the {name} beside it; run kg ocr again"
                )
    for file in files:
        if file.path in wrong and not file.inner:
            yield replace(file, problem=wrong[file.path])
        elif file.path not in replaced or file.inner:
            yield file


def _recorded_digest(path: str) -> str:
    try:
        with open(path, "rb") as stream:
            return digest_of(stream.read(_HEAD))
    except OSError:
        return ""


def _digest(path: str) -> str:
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
