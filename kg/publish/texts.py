"""The texts of documents by file name, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.corpus.documents import heads

if TYPE_CHECKING:
    from kg.base.records import Source


class Texts(Mapping[str, str]):
    """The texts of documents by the first name of each; they stay where they lie."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self.at = {source.names[0]: i for i, source in enumerate(heads(sources)) if source.names}

    def __getitem__(self, name: str) -> str:
        return self.sources[self.at[name]].text

    def __iter__(self) -> Iterator[str]:
        return iter(self.at)

    def __len__(self) -> int:
        return len(self.at)
