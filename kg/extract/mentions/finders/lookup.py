"""Find the other places of a text where names stand that are known already."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace

import rjieba

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention


class Lookup:
    """Finds names that are known already, in one pass over a text.

    Args:
        names: For each name a mention; its other places get the same class, rule and score.
        sure: Whether short names count wherever they stand, since the text defines them.
    """

    def __init__(self, names: Mapping[str, Mention], sure: bool = False) -> None:
        import ahocorasick_rs as aho

        self.names, self.sure = dict(names), sure
        self.forms = list(self.names)
        self.automaton = aho.AhoCorasick(
            self.forms,
            matchkind=aho.MatchKind.LeftmostLongest,
            # Searched once or twice only: what is made fast counts, not what searches fast.
            implementation=aho.Implementation.ContiguousNFA,
        )

    def find(self, draft: ArticleDraft) -> list[Mention]:
        """The places of the names where nothing has been found yet."""
        covered = Covered(draft.mentions)
        return [
            replace(
                self.names[self.forms[i]],
                start=start,
                end=end,
                name=self.forms[i],
                nested=False,
                needs_claim=False,
                other_names=(),
            )
            for i, start, end in self.automaton.find_matches_as_indexes(draft.text)
            if not covered.holds(start, end)
            and (self.sure or end - start >= 4 or draft.may_end(end))
            and (self.sure or end - start > 2 or not _cuts(draft, start))
            and not (
                self.sure and draft.lexicon.shorts.sort.search(draft.text, max(0, start - 2), start)
            )
        ]


def _cuts(draft: ArticleDraft, start: int) -> bool:
    """Whether a position is inside a word of the dictionary: 天|云澜 in 天云, none in 甲云澜."""
    word = draft.words.at(start)
    return word.start < start and rjieba.has_word(word.text)


class Covered:
    """The stretches that mentions cover, to ask whether one lies within any of them."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        spans = sorted((m.start, m.end) for m in mentions)
        self.starts = [s for s, _ in spans]
        self.reach: list[int] = []
        furthest = 0
        for _, end in spans:
            furthest = max(furthest, end)
            self.reach.append(furthest)

    def holds(self, start: int, end: int) -> bool:
        """Whether a mention begins at or before a stretch and reaches past its end."""
        i = bisect_right(self.starts, start) - 1
        return i >= 0 and self.reach[i] >= end

    def touches(self, start: int, end: int) -> bool:
        """Whether a mention shares a character with a stretch."""
        i = bisect_left(self.starts, end) - 1
        return i >= 0 and self.reach[i] > start
