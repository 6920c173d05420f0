"""What a language model answered, kept in the folder of the graph: nothing is asked twice.

One SQLite file beside the journal. An answer belongs to the model, the prompt and the passage; the
address where it was asked has no part in it, so that the folder can go to another machine. It is
kept whatever becomes of the graph, until its text is in no document any more.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Self

from kg.base.errors import ReadError, StoreError
from kg.extract.model.llm import AnsweredModel, Model

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from kg.ontology import Ontology

_TABLE = """
create table if not exists answers (
    key text primary key, document text not null, model text not null, answer text not null
) without rowid
"""
NAME = "answers.sqlite"


class LlmAnswers:
    """The kept answers of a graph's folder; ``close`` them, or use them in a ``with``."""

    def __init__(self, path: Path, writes: bool = False) -> None:
        """Open the file.

        Args:
            path: The file.
            writes: Whether more is to be kept; without, it must be there.

        Raises:
            StoreError: If it cannot be opened.
        """
        self.path = path
        mode = "rwc" if writes else "ro"
        try:
            if writes:
                path.parent.mkdir(parents=True, exist_ok=True)
            address = f"{path.resolve().as_uri()}?mode={mode}"
            self.database = sqlite3.connect(address, uri=True, isolation_level=None)
            if writes:
                self.database.execute(_TABLE)
            self.database.execute("select count(*) from answers").fetchone()
        except (sqlite3.Error, OSError) as error:
            raise self._damaged(error) from error

    @classmethod
    def of(cls, directory: Path) -> Path:
        """Where the answers of a graph's folder lie."""
        return directory / "store" / NAME

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    def answer(self, key: str) -> str | None:
        """The answer that is kept under a key.

        Raises:
            StoreError: If the file is damaged.
        """
        try:
            row = self.database.execute(
                "select answer from answers where key = ?", (key,)
            ).fetchone()
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        return row[0] if row else None

    def keep(self, key: str, document: str, model: str, answer: str) -> None:
        """Keep an answer; it lies on the disk when this returns.

        Raises:
            StoreError: If it cannot be written.
        """
        try:
            row = (key, document, model, answer.encode("utf-8", "replace").decode("utf-8"))
            self.database.execute("insert or replace into answers values (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def models(self) -> list[str]:
        """The models whose answers are kept, in order."""
        rows = self.database.execute("select distinct model from answers order by model")
        return [row[0] for row in rows]

    def only(self, documents: Collection[str]) -> None:
        """Drop the answers to all documents but these: a text that is deleted is not to stay."""
        try:
            known = self.database.execute("select distinct document from answers").fetchall()
            dropped = [row for row in known if row[0] not in documents]
            if dropped:
                self.database.execute("begin")
                self.database.executemany("delete from answers where document = ?", dropped)
                self.database.execute("commit")
                self.database.execute("vacuum")
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> StoreError:
        return StoreError(
            f"{self.path}: cannot be used ({error}); make room if the disk is full, else "
            "delete it, and the language model is asked again"
        )


def answered_model(directory: Path, name: str, ontology: Ontology) -> AnsweredModel:
    """A language model with what it answered for a graph.

    Args:
        directory: The folder of the graph.
        name: The model; ``""`` if only one has answered.
        ontology: What it was asked for.

    Raises:
        ReadError: If nothing is kept there, or not of this model, or of several.
        StoreError: If it cannot be read.
    """
    path = LlmAnswers.of(directory)
    if not path.exists():
        raise ReadError(
            f"{directory}: keeps no answers of a language model; kg build --llm makes them"
        )
    answers = LlmAnswers(path)
    known = answers.models()
    if name not in known if name else len(known) != 1:
        which = f"answers of {', '.join(known)} are there; name one with --llm-model"
        raise ReadError(f"{directory}: {which if known else 'keeps no answers'}")
    return AnsweredModel(Model.of(name or known[0], ontology), answers.answer)
