"""The words of ``kg review ACTION WORD…`` in, decisions out: one row an action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base.errors import QueryError
from kg.review import decide
from kg.review.book import Book, ids
from kg.review.decisions import Decision
from kg.review.patterns import OF_A_CLAIM, decided_alike

if TYPE_CHECKING:
    from kg.query.graph import Graph
    from kg.review.decide import Who


@dataclass(frozen=True, slots=True)
class ActionOptions:
    """What goes with the words of an action; each is ``None`` or ``""`` where it is not given.

    ``alike`` is a pattern (``kg.review.patterns.KINDS``), ``known`` what was decided before.
    """

    quote: str = ""
    document: str = ""
    status: str | None = None
    alike: str = ""
    known: tuple[Decision, ...] = ()


Make = Callable[["Graph", "Who", Sequence[str], ActionOptions], list[Decision]]


@dataclass(frozen=True, slots=True)
class Action:
    """An action: the words that it wants, and how decisions are made of them."""

    words: str
    make: Make


def _judge(do: str) -> Make:
    def make(
        graph: Graph, who: Who, words: Sequence[str], options: ActionOptions
    ) -> list[Decision]:
        if options.alike:
            if options.alike not in OF_A_CLAIM:
                raise QueryError(f"claims are alike in {' or '.join(OF_A_CLAIM)}")
            known = options.known
            groups = (decided_alike(graph, who, options.alike, [w], do, known) for w in words)
            return list({d.id: d for group in groups for d in group}.values())
        return [decide.judge(graph, who, do, word, options.status) for word in words]

    return make


def _drop(graph: Graph, who: Who, words: Sequence[str], options: ActionOptions) -> list[Decision]:
    """Of some things, of names everywhere, or of all of a class whose names end so."""
    if options.alike == "ending":
        if len(words) != 2:
            raise QueryError(
                "write a class and how names end: kg review drop CLASS ENDING --alike ending"
            )
        return decided_alike(graph, who, "ending", words, "reject", options.known)
    if options.alike not in ("", "phrase"):
        raise QueryError("names are alike in phrase (the same name everywhere) or ending")
    return [decide.drop(graph, who, word, everywhere=bool(options.alike)) for word in words]


def _merge(graph: Graph, who: Who, words: Sequence[str], _: ActionOptions) -> list[Decision]:
    return [decide.merge(graph, who, words[0], other) for other in words[1:]]


def _split(graph: Graph, who: Who, words: Sequence[str], options: ActionOptions) -> list[Decision]:
    return [decide.split(graph, who, words[0], name, options.document) for name in words[1:]]


def _rename(graph: Graph, who: Who, words: Sequence[str], _: ActionOptions) -> list[Decision]:
    return [decide.rename(graph, who, *words)]


def _retype(graph: Graph, who: Who, words: Sequence[str], _: ActionOptions) -> list[Decision]:
    return [decide.retype(graph, who, *words)]


def _add(graph: Graph, who: Who, words: Sequence[str], options: ActionOptions) -> list[Decision]:
    if not options.quote:
        raise QueryError(
            "what is added must be said by a document: quote it with --quote",
            zh="增加的事实须有文档为据：请引用原文",
        )
    status = options.status or ""
    return [decide.add(graph, who, words, options.quote, options.document, status)]


ACTIONS: Mapping[str, Action] = {
    "accept": Action("CLAIM…", _judge("accept")),
    "reject": Action("CLAIM…", _judge("reject")),
    "merge": Action("NAME OTHER…", _merge),
    "split": Action("NAME ALIAS…", _split),
    "rename": Action("NAME NEW", _rename),
    "retype": Action("NAME CLASS", _retype),
    "drop": Action("NAME…", _drop),
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


def undo_decisions(
    book: Book, who: Who, words: Sequence[str], *, whole: bool = False
) -> list[Decision]:
    """Decisions that take back those of some ids, or of their first digits.

    Args:
        book: What was decided.
        who: Who takes it back.
        words: The ids.
        whole: Whether all goes that was decided with it at once.
    """
    targets = [_one(book, word) for word in words]
    if not whole:
        return [decide.undo(who, one) for one in targets]
    decisions = (
        decide.undo(who, d, d.pattern) for one in targets for d in at_once(book.decisions, one)
    )
    return list({d.id: d for d in decisions}.values())


def at_once(decisions: Sequence[Decision], one: Decision) -> list[Decision]:
    """What was decided at once with a decision, itself among it."""
    key = one.do, one.by, one.when, one.pattern
    together = [d for d in decisions if (d.do, d.by, d.when, d.pattern) == key]
    return together if one.pattern else [one]


def _one(book: Book, word: str) -> Decision:
    matches = ids(book.decisions, word) if word else []
    if not matches:
        raise QueryError(
            f"{word!r} is no decision; kg review log shows their ids", zh=f"没有决定 {word!r}"
        )
    if len(matches) > 1:
        raise QueryError(
            f"{word} begins the ids of {len(matches)} decisions; give more digits",
            zh=f"编号以 {word} 开头的决定有 {len(matches)} 项；请多写几位",
        )
    return matches[0]
