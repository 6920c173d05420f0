"""A language model that takes part in a build: asked before files are read, told of in the report.

Without one nothing here does anything but drop answers to texts that are gone.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.base.errors import KgError
from kg.extract.arbiter.arbiter import RULES, reader_name
from kg.extract.model.llm import Model
from kg.extract.model.llm.reasons import REASONS
from kg.run.reading.llm_answers import LlmAnswers
from kg.run.reading.llm_requests import LlmRequests, LlmResult, LlmServer
from kg.run.reading.resume import unknown
from kg.run.reading.workers import outcomes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from kg.base.records import Fact
    from kg.ontology import Ontology
    from kg.read import File
    from kg.run.file_summary import FileSummary
    from kg.run.reading.child import Bounds
    from kg.run.reading.journal import Journal


class LlmStage:
    """A language model that takes part in a build.

    Args:
        server: Which one, and where it is asked.
        directory: The folder of the graph, in which its answers are kept.
        ontology: What it is asked for.
        say: Is told how far it is.

    Raises:
        KgError: If rules alone decide, or its name is none.
    """

    def __init__(
        self, server: LlmServer, directory: Path, ontology: Ontology, say: Callable[[str], None]
    ) -> None:
        if reader_name() == RULES:
            raise KgError(
                "a language model only proposes, and with KG_READER=rules nobody decides about "
                "it; leave out --llm, or take another --reader"
            )
        self.server, self.model, self.say = server, Model.of(server.model, ontology), say
        self.path = LlmAnswers.of(directory)
        self.result = LlmResult()

    @property
    def digest(self) -> str:
        """What a reading depends on: which model takes part, and what it is asked."""
        return self.model.digest

    @property
    def answers_for(self) -> tuple[str, str]:
        """What processes that read need to know."""
        return self.model.name, str(self.path)

    def ask(
        self, files: Sequence[File], journal: Journal, ontology: str, workers: int, bounds: Bounds
    ) -> None:
        """Ask about the files that the journal does not know; as ``resumed`` has them."""
        with LlmAnswers(self.path, writes=True) as answers:
            unknown_files = unknown(files, journal)
            if not unknown_files:
                return
            asking = LlmRequests(self.server, self.model, answers, self.say)
            try:
                about = self.model.name, ""  # what it has answered does not matter yet
                read = outcomes(unknown_files, ontology, workers, bounds, extracts=False, llm=about)
                self.result = asking.ask(read, len(unknown_files))
            finally:
                asking.close()

    def summary(self, summaries: Iterable[FileSummary], facts: Iterable[Fact]) -> dict[str, Any]:
        """What is reported of it.

        Args:
            summaries: What came of each file.
            facts: The claims of the graph.
        """
        counts, unanswered = Counter[str](), 0
        for summary in summaries:
            counts.update({one.name: one.count for one in summary.llm_counts})
            unanswered += summary.unanswered
        return {
            "model": self.model.name,
            "prompt": self.model.prompt.digest,
            **{name: counts[name] for name in ("passages", "answers", "cut", "names", "claims")},
            "unanswered": unanswered,
            "facts": sum(fact.rule == self.model.rule for fact in facts),
            "dropped": {reason: counts[reason] for reason in REASONS if counts[reason]},
            "failures": dict(sorted(self.result.failures.items())),
        }


def forget(directory: Path, summaries: Sequence[FileSummary]) -> None:
    """Drop the answers to texts that are in no document any more.

    Where a file could not be read this time, all are kept: they are asked for at a price.
    """
    path = LlmAnswers.of(directory)
    if path.exists() and all(summary.row or summary.key for summary in summaries):
        with LlmAnswers(path, writes=True) as answers:
            answers.only({summary.row.id for summary in summaries if summary.row})
