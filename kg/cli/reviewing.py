"""``kg review``: a graph in, questions out; answers in, decisions in their file out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import open_graph, say, write

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from kg.review.book import Book
    from kg.review.decisions import Decision


def run_review(args: Namespace) -> int:
    """Take decisions, list what is worth deciding, or ask it."""
    from kg.review.actions import enough
    from kg.review.book import place_of, read
    from kg.review.terminal import log

    path = place_of(Path(args.directory), args.corrections)
    book = read(path)
    for wrong in book.unreadable:
        say(f"unreadable correction: {wrong.name}: {wrong.reason}")
    if args.action == "log":
        write(log(book.decisions).encode())
    elif args.action is None:
        _review(args, path, book)
    elif not enough(args.action, args.words):
        args.parser.error(f"{args.action} has too few or too many words; kg review --help")
    else:
        _decided(args, path, book)
    return 1 if book.unreadable else 0


def _review(args: Namespace, path: Path, book: Book) -> None:
    from kg.query.table import counted
    from kg.review.book import append
    from kg.review.queue import questions
    from kg.review.terminal import Session, as_json, question_list

    with open_graph(args) as graph:
        open_questions = questions(graph, book.decisions)
        asked = open_questions[: args.limit]
        if args.json or args.list:
            write((as_json(asked) if args.json else question_list(asked)).encode())
        else:
            session = Session(graph, args.by, lambda d: append(path, [d]), sys.stdin, sys.stderr)
            count = counted(session.run(asked), "decision")
            say(f"{count} kept in {path}; kg build replays them{_reread(session.decisions, book)}")
    more = len(open_questions) - len(asked)
    say(f"{counted(more, 'more question')}" if more else "there are no more questions")


def _decided(args: Namespace, path: Path, book: Book) -> None:
    from kg.review.actions import ACTIONS, ActionOptions, undo_decisions
    from kg.review.book import append
    from kg.review.decide import Who
    from kg.review.decisions import moment
    from kg.review.terminal import log, preview

    who = Who.now(args.by, args.why, moment(args.when) if args.when else "")
    if args.action == "undo":
        decisions = undo_decisions(book, who, args.words, whole=args.alike == "decision")
    else:
        more = ActionOptions(args.quote, args.document, args.status, args.alike, book.decisions)
        with open_graph(args) as graph:
            decisions = ACTIONS[args.action].make(graph, who, args.words, more)
            if args.preview:
                write(preview(graph, decisions).encode())
                say("nothing is decided: without --preview it is")
                return
    append(path, decisions)
    write(log(decisions).encode())
    say(f"kept in {path}; kg build replays it{_reread(decisions, book)}")


def _reread(decisions: Iterable[Decision], book: Book) -> str:
    from kg.review.apply.names import names

    rereads = names((*book.decisions, *decisions)) != names(book.decisions)
    return ", and reads every document again, for names that it did not know" if rereads else ""
