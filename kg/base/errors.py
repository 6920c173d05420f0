"""The errors that kg raises, one root and few leaves.

    KgError
    ├── ReadError        a source cannot be read, or holds no text
    ├── OntologyError    a page of the ontology is wrong
    ├── StoreError       a folder is no graph, is damaged, or cannot be written
    ├── QueryError       a query or a name is wrong
    ├── RemoteError      a server elsewhere is out of reach, refuses, or answers wrongly
    ├── ModelError       the weights of the reader are missing, damaged or of another version
    └── MissingExtraError  an optional part is not installed

Each message names the file, the value and the place, and then the way out.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class KgError(Exception):
    """Root of all errors that a user of kg can cause and mend.

    Args:
        reason: The message, in English.
        zh: The same in Chinese, for pages that speak it.
        field: The parameter that is wrong, where it is one.
        near: Names that may have been meant, best first.
    """

    def __init__(
        self, reason: str = "", *, zh: str = "", field: str = "", near: Sequence[str] = ()
    ) -> None:
        super().__init__(reason)
        self.zh, self.field, self.near = zh, field, tuple(near)


class ReadError(KgError):
    """A source cannot be read, or is no document, or holds no text."""


class OntologyError(KgError):
    """A page of the ontology is wrong; the message names file, term and way out."""


class StoreError(KgError):
    """A folder holds no graph, a damaged one, or cannot be written."""


class QueryError(KgError):
    """A query, a parameter or a name is wrong; the message says where."""


class RemoteError(KgError):
    """A server elsewhere cannot be reached, refuses, or gives no answer that can be used.

    ``status`` is that of its answer, 0 where there is none.
    """

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.status = status


class ModelError(KgError):
    """The weights of the reader are missing, damaged or of another version."""


class MissingExtraError(KgError):
    """An optional part is not installed; the message says how to get it."""


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that look most like a wrong one, best first; all of a short list.

    >>> nearest("signz", ["signs", "issues"])
    ['signs']
    """
    return get_close_matches(name, sorted(known), n=count, cutoff=0.5)


def did_you_mean(name: str, known: Iterable[str], language: str = "en") -> str:
    """A clause that names the nearest known names, or lists what there is.

    >>> did_you_mean("signz", ["signs", "issues"])
    'did you mean signs?'
    >>> did_you_mean("xyz", ["signs", "issues"])
    'known are issues, signs'
    >>> did_you_mean("xyz", ["signs", "issues"], "zh")
    '可用的有 issues、signs'
    """
    names = sorted(known)
    close = nearest(name, names)
    comma = "、" if language == "zh" else ", "
    shown = comma.join(close or names[:20])
    if language == "zh":
        return f"您要找的是不是 {shown}？" if close else f"可用的有 {shown}{_more(names)}"
    return f"did you mean {shown}?" if close else f"known are {shown}{_more(names, comma)}"


def _more(names: Sequence[str], comma: str = "") -> str:
    return f"{comma}…" if len(names) > 20 else ""
