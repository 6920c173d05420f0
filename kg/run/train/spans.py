"""Find where the names of gold stand in an article: gold names things, not places."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.mentions.mention import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extract.mentions.tokens import Word


class GoldSpan(NamedTuple):
    """A name of gold at a place of an article: ``id`` is the thing's in the gold."""

    start: int
    end: int
    id: str


class FoldedText:
    """A text as names are compared, with the place that each character comes from.

    >>> FoldedText("印发《ＡＢ 计划》").find("ab计划")
    [(3, 8)]
    """

    def __init__(self, text: str) -> None:
        self.at: list[int] = []
        characters: list[str] = []
        for i, char in enumerate(text):
            for one in folded(char):
                characters.append(one)
                self.at.append(i)
        self.text = "".join(characters)

    def find(self, name: str) -> list[tuple[int, int]]:
        """Where a folded name stands, also over itself; no part of a Latin word counts."""
        spans, at = [], self.text.find(name) if name else -1
        while at >= 0:
            last = at + len(name) - 1
            if not (self._joins(at - 1, at) or self._joins(last, last + 1)):
                spans.append((self.at[at], self.at[last] + 1))
            at = self.text.find(name, at + 1)
        return spans

    def _joins(self, one: int, other: int) -> bool:
        if one < 0 or other >= len(self.text):
            return False
        pair = self.text[one], self.text[other]
        return all(char.isascii() and char.isalnum() for char in pair)


class GoldSpans:
    """The names of gold in an article.

    Attributes:
        outer: Names that lie in no other, the longest first where several overlap.
        inner: Names within those.
        outer_ids: The things that have an outer name: whether an inner one counts is not said.
    """

    def __init__(
        self, text: str, names: Mapping[str, Sequence[str]], words: Sequence[Word]
    ) -> None:
        whole_text = FoldedText(text)
        starts, ends = {word.start for word in words}, {word.end for word in words}
        spans: list[GoldSpan] = []
        for id_, forms in names.items():
            for form in sorted(set(forms)):
                for start, end in whole_text.find(form):
                    whole = (start in starts) + (end in ends)
                    if whole >= max(0, 3 - len(form)):
                        spans.append(GoldSpan(start, end, id_))
        spans.sort(key=lambda s: (s.start - s.end, s.start, s.id))
        self.outer: list[GoldSpan] = []
        self.inner: list[GoldSpan] = []
        covered: dict[int, GoldSpan] = {}
        for one in spans:
            over = {covered.get(at) for at in range(one.start, one.end)}
            if over == {None}:
                self.outer.append(one)
                covered.update(dict.fromkeys(range(one.start, one.end), one))
            elif len(over) == 1 and None not in over:
                around = covered[one.start]
                if around.id != one.id:
                    self.inner.append(one)
        self.outer_ids = {one.id for one in self.outer}

    def nearest(self) -> Iterator[GoldSpan]:
        """The names that count: outer ones, and inner ones of what has no other."""
        yield from self.outer
        yield from (one for one in self.inner if one.id not in self.outer_ids)


def by_form(names: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """The things that each folded name may mean."""
    things: dict[str, set[str]] = defaultdict(set)
    for id_, forms in names.items():
        for form in forms:
            things[form].add(id_)
    return dict(things)
