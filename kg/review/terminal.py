"""Questions in, answers read line by line, decisions out; and how questions look as text.

Questions go to stderr and answers come from standard input, a terminal or a pipe: a script can
answer them. Every answer is kept before the next question is asked.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TextIO

from kg.base.errors import KgError
from kg.query.table import counted, plain
from kg.review.actions import ACTIONS, ActionOptions, enough
from kg.review.decide import Who, undo
from kg.review.decisions import line
from kg.review.patterns import effect

if TYPE_CHECKING:
    from kg.query.graph import Graph
    from kg.review.decisions import Decision
    from kg.review.queue import Question

HELP = """  a [WHY]  accept     r [WHY]  reject     s  skip     u  undo the last     q  quit
  rename NAME NEW · retype NAME CLASS · merge NAME OTHER · split NAME ALIAS · drop NAME (it is no
  entity), and ask again"""
EDITS = ("rename", "retype", "merge", "split", "drop")
# What a wrong answer harms, in words.
HARM = {
    "money": "a sum is in question",
    "name": "what is named may be no entity",
    "same": "one thing may be there twice",
    "hub": "many unsure facts rest on one thing",
    "much": "much hangs on it",
    "little": "little hangs on it",
}
# How much of a quotation is shown to judge it, in code points.
SHOWN = 400
FIRST = 10  # claims and things that a preview shows


def question_list(questions: Sequence[Question]) -> str:
    """Questions as text, three lines each: what, why it is asked, the words it rests on."""
    return "".join("\n".join(_lines(i, q)) + "\n" for i, q in enumerate(questions, 1))


def as_json(questions: Iterable[Question]) -> str:
    """Questions for programs: a JSON array."""
    return json.dumps([_plain(q) for q in questions], ensure_ascii=False, indent=1) + "\n"


def log(decisions: Iterable[Decision]) -> str:
    """Decisions as text, a line each, by their time."""
    return "".join(f"{d.id}  {plain(f'{d} {d.note}')}\n" for d in decisions)


def preview(graph: Graph, decisions: Sequence[Decision]) -> str:
    """What decisions would change, as text: how much, and the first of it."""
    outcome = effect(graph, decisions)
    names = graph.names_of
    parts = [
        counted(outcome.decisions, "decision"),
        f"{counted(len(outcome.removed), 'claim')} would go",
        f"{len(outcome.confirmed)} would be confirmed",
        f"in {counted(outcome.documents, 'document')}",
    ]
    rows = [", ".join(parts)]
    for what, things in (("would go", outcome.things), ("would lose the name", outcome.unnamed)):
        if things:
            names_shown = "、".join(e.name for e in things[:FIRST])
            more = f" and {len(things) - FIRST} more" if len(things) > FIRST else ""
            rows.append(f"{what}: {names_shown}{more}")
    claims = (*outcome.removed, *outcome.confirmed)
    for f in claims[:FIRST]:
        other = names.get(f.object, "") or (f.value.lexical if f.value else "")
        rows.append(f"  {names.get(f.subject, f.subject)} — {f.predicate} → {other}")
        rows.append(f"    “{plain(f.quote[:SHOWN])}”")
    if len(claims) > FIRST:
        rows.append(f"  and {len(claims) - FIRST} more")
    return "\n".join(map(plain, rows)) + "\n"


def _plain(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "id": question.id,
        "harm": question.harm,
        "weight": question.weight,
        "reason": question.reason,
        "text": question.text,
        "quote": question.quote,
        "where": question.where,
        "accept": json.loads(line(question.accept)),
        "reject": json.loads(line(question.reject)),
    }


def _lines(number: int, question: Question) -> Iterator[str]:
    claim = f"  {question.id}" if question.kind == "claim" else ""
    yield f"{number}. [{question.kind}] {plain(question.text)}{claim}"
    yield f"   why: {HARM[question.harm]}: {plain(question.reason)}"
    if question.quote:
        cut = "…" if len(question.quote) > SHOWN else ""
        yield f"   “{plain(question.quote[:SHOWN])}{cut}” {plain(question.where)}"


class Session:
    """A round of questions and answers.

    Args:
        graph: The graph that is asked about.
        by: Who answers.
        keep: Puts a decision where it lasts.
        answers: Lines as people type them.
        out: Where the questions go.
    """

    def __init__(
        self,
        graph: Graph,
        by: str,
        keep: Callable[[Decision], None],
        answers: TextIO,
        out: TextIO,
    ) -> None:
        self.graph, self.by, self.keep = graph, by, keep
        self.answers, self.out = answers, out
        self.decisions: list[Decision] = []

    def run(self, questions: Sequence[Question]) -> int:
        """Ask until there are no questions or answers left; how many decisions were kept."""
        if questions:
            self._say(HELP)
        for number, question in enumerate(questions, 1):
            self._say("\n".join(_lines(number, question)))
            if not self._answered(question):
                break
        return len(self.decisions)

    def _answered(self, question: Question) -> bool:
        """Whether to go on after one question."""
        while True:
            self.out.write("> ")
            self.out.flush()
            typed = self.answers.readline()
            word, _, rest = typed.strip().partition(" ")
            if not typed or word in ("q", "quit"):
                return False
            if word in ("s", "skip"):
                return True
            if word in ("a", "accept", "r", "reject"):
                decision = question.accept if word.startswith("a") else question.reject
                self._keep(decision, rest.strip())
                return True
            self._other(word, rest)

    def _other(self, word: str, rest: str) -> None:
        """Anything but an answer; the question is asked again after it."""
        try:
            if word in ("u", "undo"):
                self._undo()
            elif word in EDITS:
                self._edit(word, shlex.split(rest))
            else:
                self._say(HELP)
        except (KgError, ValueError) as error:
            self._say(f"  {plain(str(error))}")

    def _edit(self, word: str, words: list[str]) -> None:
        if not enough(word, words):
            self._say(f"  write: {word} {ACTIONS[word].words}")
            return
        for decision in ACTIONS[word].make(self.graph, Who.now(self.by), words, ActionOptions()):
            self._keep(decision)

    def _undo(self) -> None:
        if not self.decisions:
            self._say("  nothing has been decided here; kg review undo takes back earlier ones")
            return
        self._keep(undo(Who.now(self.by), self.decisions.pop()), counts=False)

    def _keep(self, decision: Decision, why: str = "", *, counts: bool = True) -> None:
        who = Who.now(self.by, why)
        signed = replace(decision, by=who.by, when=who.when, why=why or decision.why)
        self.keep(signed)
        if counts:
            self.decisions.append(signed)
        self._say(f"  kept {signed.id}")

    def _say(self, text: str) -> None:
        print(text, file=self.out)
