"""Gold as stand-off data: what an article says, and a pointer to the article instead of its text.

A line of a file is an article: its id, where its text comes from, length and SHA-256 of that
text, what the gold is used for, things with their names and where these stand, relations and
attributes between things by their numbers. ``docs/explanation/gold.md`` is the data sheet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kg.base.errors import ReadError
from kg.base.records import Document
from kg.run.evaluate.gold import Sheet, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

TEST, FRESH, ARBITER, NETWORK = "test", "fresh", "arbiter", "network"


@dataclass(frozen=True)
class Article:
    """An article of the gold without its text.

    Attributes:
        id: Its id in its source.
        use: ``test`` and ``fresh`` (only measured on), ``arbiter`` or ``network`` (what is
            fitted on it).
        sha256: Of the text in UTF-8.
        raw: The line.
    """

    id: str
    use: str
    sha256: str
    raw: Mapping[str, Any]

    def sheet(self) -> Sheet:
        """What it says, as scoring sees it."""
        sheet = Sheet()
        for number, (type_, names, _) in enumerate(self.raw["entities"]):
            sheet.things[str(number)] = named(type_, names)
        sheet.relations = {(str(s), p, str(o)) for s, p, o in self.raw["relations"]}
        sheet.attributes = [(str(e), name, value) for e, name, value, _ in self.raw["attributes"]]
        return sheet

    def document(self, text: str) -> Document:
        """The article with its text.

        Raises:
            ReadError: If the text is another one.
        """
        if sha256(text.encode()).hexdigest() != self.sha256:
            raise ReadError(f"{self.id}: the text is not the one that the gold was made of")
        return Document(self.id, self.id, text)


def read(path: Path) -> Iterator[Article]:
    """The articles of a file.

    Raises:
        ReadError: If a line is no article; the message names it.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                raw = json.loads(line)
                yield Article(raw["id"], raw["use"], raw["sha256"], raw)
            except (ValueError, KeyError, TypeError) as error:
                raise ReadError(f"{path}: line {number} is no article of gold: {error}") from error


def with_texts(
    paths: Iterable[Path], texts: Mapping[str, str], use: str
) -> Iterator[tuple[Document, Sheet]]:
    """The articles of one use whose texts are there, or stand in the gold itself.

    Args:
        paths: Files of gold.
        texts: Texts by id.
        use: What they are used for.
    """
    for path in paths:
        for article in read(path):
            text = article.raw.get("text") or texts.get(article.id)
            if article.use == use and text is not None:
                yield article.document(text), article.sheet()
