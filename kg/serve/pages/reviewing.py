"""What the page of corrections asks in, the answer out: made by a worker, which writes nothing.

The questions, their order and the decisions are those of ``kg review`` (``kg.review``).
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError
from kg.review import decide
from kg.review.actions import ACTIONS, ActionOptions, enough, undo_decisions
from kg.review.apply.names import names
from kg.review.apply.quotes import Quotes
from kg.review.apply.verdicts import find_undone as taken_back
from kg.review.apply.verdicts import verdicts
from kg.review.book import read
from kg.review.decide import Who
from kg.review.decisions import line
from kg.review.patterns import decided_alike, effect
from kg.review.queue import undecided
from kg.serve.pages.sheets import around, most_frequent, review_page, terms
from kg.serve.requests import ReviewPart
from kg.store.folder import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.query.graph import Graph
    from kg.review.book import Book
    from kg.review.decisions import Decision
    from kg.serve.requests import ReviewRequest

    Part = Callable[[Graph, Path, Mapping[str, str]], dict[str, Any]]

# What a client may say of each part; ``decide`` comes another way.
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    ReviewPart.TERMS: (),
    ReviewPart.QUESTIONS: ("kind", "class", "document", "from"),
    ReviewPart.CLAIM: ("id",),
    ReviewPart.THING: ("id",),
    ReviewPart.QUOTE: ("quote", "document"),
    ReviewPart.DECISIONS: ("from",),
    ReviewPart.PATTERN: ("kind", "id", "class", "answer"),
}
QUESTIONS, DECISIONS = 30, 50  # of one answer; the page asks for more
DOCUMENTS = 500  # that can be chosen from; any can be typed


def review_answer(graph: Graph, request: ReviewRequest) -> dict[str, Any]:
    """What one request of the page is answered.

    Raises:
        QueryError: If there is no such thing, or it cannot be decided so.
        ReadError: If the decisions cannot be read.
    """
    return _PARTS[request.part](graph, Path(request.file), dict(request.parameters))


def _terms(graph: Graph, _: Path, __: Mapping[str, str]) -> dict[str, Any]:
    return terms(graph)


def _questions(graph: Graph, file: Path, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Some open questions in the order of ``kg review``, and what they can be filtered by."""
    on = review_page(graph)
    open_ = undecided(on.questions, read(file).decisions)
    kind, klass, document = parameters["kind"], parameters["class"], parameters["document"]
    chosen = [
        q
        for q in open_
        if kind in ("", on.kind(q))
        and (not klass or klass in on.classes(q))
        and (not document or document in on.documents(q))
    ]
    at = int(parameters["from"]) if parameters["from"].isdecimal() else 0
    return {
        "questions": [on.question(q) for q in chosen[at : at + QUESTIONS]],
        "from": at,
        "total": len(chosen),
        "kinds": most_frequent((on.kind(q) for q in open_), QUESTIONS),
        "classes": most_frequent((c for q in open_ for c in on.classes(q)), QUESTIONS),
        "documents": most_frequent((d for q in open_ for d in on.documents(q)), DOCUMENTS),
    }


def _claim(graph: Graph, _: Path, parameters: Mapping[str, str]) -> dict[str, Any]:
    return review_page(graph).claim_question(parameters["id"])


def _thing(graph: Graph, _: Path, parameters: Mapping[str, str]) -> dict[str, Any]:
    return review_page(graph).thing(parameters["id"])


def _quote(graph: Graph, _: Path, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Whether a quotation stands in a document word by word, where, or what comes nearest."""
    quote, name = parameters["quote"].strip(), parameters["document"]
    sources = [decide.source_of(graph, name)] if name else list(graph.knowledge.sources)
    quotes = Quotes(sorted(sources, key=lambda s: (s.names, s.id)))
    places = quotes.loosely(quote)
    place = places[0] if places else quotes.nearest(quote)
    return {
        "found": bool(places),
        "times": len(places),
        "place": around(place.source, place.start, place.end) if place else None,
    }


def _decisions(graph: Graph, file: Path, parameters: Mapping[str, str]) -> dict[str, Any]:
    """What was decided, the latest first, and how much of it the graph does not show yet."""
    assert isinstance(graph.store, Store)  # an endpoint is not reviewed
    book, (built, orphaned) = read(file), _last_build(graph.store.directory)
    whole = list(book.decisions)
    undone_ids, _ = taken_back(whole)
    standing = {d.id for d in verdicts(whole).in_force}
    waiting = max(0, len(whole) - built)
    at = int(parameters["from"]) if parameters["from"].isdecimal() else 0
    rows = [
        {
            **json.loads(line(d)),
            "id": d.id,
            "state": _state(d, undone_ids, standing),
            "waits": i < waiting,
            "orphan": orphaned.get(d.id, ""),
        }
        for i, d in enumerate(reversed(whole))
    ]
    rows = _together(rows)
    return {
        "decisions": rows[at : at + DECISIONS],
        "from": at,
        "total": len(rows),
        "waiting": waiting,
        "reread": names(book.decisions) != names(whole[: len(whole) - waiting]),
        "unreadable": [[u.name, u.reason] for u in book.unreadable],
        "file": file.name,  # not where it lies: whoever may come in reads this
    }


def _together(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was decided at once as one row, with its number; it holds if any of it does."""
    groups: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        pattern = row.get("pattern") or row["id"]
        first = groups.setdefault((row["do"], row["by"], row["when"], pattern), {**row, "count": 0})
        first["count"] += 1
        if row["state"] == "holds":
            first["state"] = "holds"
    return list(groups.values())


def _pattern(graph: Graph, file: Path, parameters: Mapping[str, str]) -> dict[str, Any]:
    """What a decision about all that is alike would change; nothing is decided."""
    decisions = _alike(graph, read(file), Who("", ""), parameters, parameters["class"])
    if not decisions:
        raise QueryError(
            "all of it is decided already; take those decisions back first",
            zh="这些都已作过决定；如要更改，请先撤销",
        )
    return review_page(graph).effect(graph, decisions)


def _alike(
    graph: Graph, book: Book, who: Who, parameters: Mapping[str, Any], klass: str
) -> list[Decision]:
    words = [klass, parameters["id"]] if parameters["kind"] == "ending" else [parameters["id"]]
    return decided_alike(
        graph, who, parameters["kind"], words, parameters["answer"], book.decisions
    )


def _pattern_decisions(
    graph: Graph, book: Book, who: Who, request: dict[str, Any]
) -> list[Decision]:
    """The decisions about all that is alike, if they are those that were shown."""
    klass, digest = (*request["words"], "", "")[:2]
    decisions = _alike(graph, book, who, request, klass)
    if not decisions or effect(graph, decisions).digest != digest:
        raise QueryError(
            "others decided about some of it meanwhile; look at the preview again",
            zh="其间有人对其中一些作了决定，请重新预览",
        )
    return decisions


def _state(decision: Decision, undone_ids: set[str], standing: set[str]) -> str:
    if decision.id in undone_ids:
        return "undone"
    return "holds" if decision.do == "undo" or decision.id in standing else "replaced"


def _last_build(directory: Path) -> tuple[int, dict[str, str]]:
    """How many decisions the last build knew, and which held of nothing, with the reason."""
    try:
        report = json.loads((directory / "report.json").read_text(encoding="utf-8"))
        corrections = report["corrections"]
        orphaned = {one["decision"]: one["why"] for one in corrections["orphaned"]}
        return corrections["decisions"], orphaned
    except (OSError, ValueError, KeyError, TypeError):
        return 0, {}


def _decide(graph: Graph, file: Path, parameters: Mapping[str, str]) -> dict[str, Any]:
    """The lines of what is decided, to be written down; ``reread`` as ``kg review`` says it."""
    request: dict[str, Any] = json.loads(parameters["decision"])
    book = read(file)
    who = Who.now(request["by"].strip(), request["why"].strip())
    decisions = _make_decisions(graph, book, who, request)
    return {
        "lines": [line(d) for d in decisions],
        "ids": [d.id for d in decisions],
        "reread": names((*book.decisions, *decisions)) != names(book.decisions),
    }


def _make_decisions(graph: Graph, book: Book, who: Who, request: dict[str, Any]) -> list[Decision]:
    do, words = request["do"], request["words"]
    if do == "answer":
        return [_answer(graph, who, request)]
    if do == "pattern":
        return _pattern_decisions(graph, book, who, request)
    if do not in ACTIONS and do != "undo":
        raise QueryError(
            f"{do!r} is nothing that can be decided; {', '.join(ACTIONS)} are",
            zh=f"{do!r} 不是可以作的决定；可以的有 {'、'.join(ACTIONS)}",
        )
    if not enough(do, words):
        raise QueryError(f"{do} has too few or too many words", zh=f"{do} 的参数太少或太多")
    if do == "undo":
        return undo_decisions(book, who, words, whole=request["kind"] == "pattern")
    # A status that is not given is kept, where there is one.
    status = None if request["status"] == "" else request["status"].removeprefix("none")
    return ACTIONS[do].make(
        graph, who, words, ActionOptions(request["quote"], request["document"], status)
    )


def _answer(graph: Graph, who: Who, request: dict[str, Any]) -> Decision:
    question = review_page(graph).by_id.get((request["kind"], request["id"]))
    if question is None or request["answer"] not in ("accept", "reject"):
        raise QueryError(
            "this is no question of the graph any more; load the page again",
            zh="图谱里已没有这个问题，请重新载入本页",
        )
    decision = question.accept if request["answer"] == "accept" else question.reject
    return replace(decision, by=who.by, when=who.when, why=who.why)


_PARTS: Mapping[ReviewPart, Part] = {
    ReviewPart.TERMS: _terms,
    ReviewPart.QUESTIONS: _questions,
    ReviewPart.CLAIM: _claim,
    ReviewPart.THING: _thing,
    ReviewPart.QUOTE: _quote,
    ReviewPart.DECISIONS: _decisions,
    ReviewPart.PATTERN: _pattern,
    ReviewPart.DECIDE: _decide,
}
