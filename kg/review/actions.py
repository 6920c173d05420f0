"""The words of ``kg review ACTION WORD…`` in, decisions out: one row an action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base.errors import QueryError
from kg.review import decide
from kg.review.book import Book, ids
from kg.review.decisions import Decision

if TYPE_CHECKING:
    from kg.query.graph import Graph
    from kg.review.decide import Who


@dataclass(frozen=True, slots=True)
class Given:
    """What goes with the words of an action; each is ``None`` or ``""`` where it is not given."""

    quote: str = ""
    document: str = ""
    status: str | None = None


Make = Callable[["Graph", "Who", Sequence[str], Given], list[Decision]]


@dataclass(frozen=True, slots=True)
class Action:
    """An action: the words that it wants, and how decisions are made of them."""

    words: str
    make: Make


def _judge(do: str) -> Make:
    def make(graph: Graph, who: Who, words: Sequence[str], given: Given) -> list[Decision]:
        return [decide.judge(graph, who, do, word, given.status) for word in words]

    return make


def _merge(graph: Graph, who: Who, words: Sequence[str], _: Given) -> list[Decision]:
    return [decide.merge(graph, who, words[0], other) for other in words[1:]]


def _split(graph: Graph, who: Who, words: Sequence[str], given: Given) -> list[Decision]:
    return [decide.split(graph, who, words[0], name, given.document) for name in words[1:]]


def _rename(graph: Graph, who: Who, words: Sequence[str], _: Given) -> list[Decision]:
    return [decide.rename(graph, who, *words)]


def _retype(graph: Graph, who: Who, words: Sequence[str], _: Given) -> list[Decision]:
    return [decide.retype(graph, who, *words)]


def _add(graph: Graph, who: Who, words: Sequence[str], given: Given) -> list[Decision]:
    if not given.quote:
        raise QueryError(
            "what is added must be said by a document: quote it with --quote",
            zh="增加的事实须有文档为据：请引用原文",
        )
    status = given.status or ""
    return [decide.add(graph, who, words, given.quote, given.document, status)]


ACTIONS: Mapping[str, Action] = {
    "accept": Action("CLAIM…", _judge("accept")),
    "reject": Action("CLAIM…", _judge("reject")),
    "merge": Action("NAME OTHER…", _merge),
    "split": Action("NAME ALIAS…", _split),
    "rename": Action("NAME NEW", _rename),
    "retype": Action("NAME CLASS", _retype),
    "add": Action("SUBJECT PREDICATE OBJECT", _add),
}


def enough(action: str, words: Sequence[str]) -> bool:
    """Whether an action has as many words as it wants.

    >>> enough("merge", ["甲"]), enough("merge", ["甲", "乙", "丙"]), enough("accept", ["0a1b"])
    (False, True, True)
    """
    wanted = "DECISION…" if action == "undo" else ACTIONS[action].words
    least = len(wanted.split())
    return len(words) >= least if wanted.endswith("…") else len(words) == least


def undone(book: Book, who: Who, words: Sequence[str]) -> list[Decision]:
    """Decisions that take back those of some ids, or of their first digits."""
    return [decide.undo(who, _one(book, word)) for word in words]


def _one(book: Book, word: str) -> Decision:
    found = ids(book.decisions, word) if word else []
    if not found:
        raise QueryError(
            f"{word!r} is no decision; kg review log shows their ids", zh=f"没有决定 {word!r}"
        )
    if len(found) > 1:
        raise QueryError(
            f"{word} begins the ids of {len(found)} decisions; give more digits",
            zh=f"编号以 {word} 开头的决定有 {len(found)} 项；请多写几位",
        )
    return found[0]
