"""An article in, the names of who reported, edited or photographed it out.

In a byline nearly any two to four characters are a name, since nothing else stands there: what
makes a byline is a word of the press before it (记者, 编辑), brackets after a dateline or behind
the last sentence, or a stroke beside 文, 图 or 编译.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rjieba

from kg.annotate.draft import Draft

HAN = r"[\u4e00-\u9fff]"
AT = re.compile(r"在(?=\d)")  # 记者 李某|在8月4日…: no part of the name
GAP = r"[\s　:：|｜丨/】]{0,3}"
LINE = 12  # characters before the names of a byline that has a line to itself
SEPARATOR = r"(?:[、,]|[^\S\n]){1,2}"


class Bylines:
    """Finds the names in the bylines of an article.

    Args:
        words: The page ``words/persons.yaml``: what follows a byline, what is no name in one.
        press: The words of the press that introduce names (``words/roles.yaml``).
        surnames: An expression for a whole name with its surname.
        first: The characters that surnames begin with.
    """

    def __init__(
        self, words: dict[str, Any], press: list[str], surnames: str, first: set[str]
    ) -> None:
        self.first = first
        self.whole = re.compile(surnames)
        one = "|".join(sorted(map(re.escape, press), key=len, reverse=True))
        self.word = re.compile(one)
        self.attached = re.compile(rf"(?:{'|'.join(words['attached'])})$")
        self.not_name = re.compile(rf"(?:{one}|.*(?:{'|'.join(words['furniture'])})).*")
        closers = "|".join(words["closes"])
        spaced = rf"[{''.join(sorted(first))}][ 　]{HAN}(?!{HAN})"  # 韩 雯, set wide
        name = rf"(?:{HAN}{{1,6}}·{HAN}{{1,6}}|{spaced}|{HAN}{{2,4}}?)"
        credit = "|".join(words["credit"])
        signs = rf"[）)】/｜|，。、”□■◆]|\d|$|摄|[\s　/]+[文图](?!{HAN})"
        close = rf"(?=[\s　]*(?:{signs}|{one}|{closers})|[ 　]*\n)"
        self.after_word = re.compile(
            rf"(?:{one})(?P<gap>{GAP})(?P<names>{name}(?:{SEPARATOR}{name})*){close}"
        )
        self.name = re.compile(name + rf"(?={SEPARATOR}|{close})")
        inside = r"[（(](?P<names>[^（）()。]{2,60})[）)]"
        self.opening = re.compile(rf"(?:[讯电]|消息)[\s\n]*{inside}")
        # 某网讯|周某 李某|记者王某: who wrote it stands before the reporter.
        self.wired = re.compile(
            rf"(?:[讯电]|消息)[ 　]+(?P<names>{HAN}{{2,3}}(?:[ 　]{HAN}{{2,3}}){{0,4}})"
            rf"[ 　]+(?={one})"
        )
        self.closing = re.compile(
            rf"(?<=[。！？”’）)…\n]){inside}(?=\s*(?:\n|$|[（(【]|{closers}))"
        )
        self.piece = re.compile(rf"{HAN}{{1,6}}(?:·{HAN}{{1,6}})*")
        self.stroke = re.compile(
            rf"(?<!{HAN})(?:{credit})\s?[/|｜]\s?(?P<after>{HAN}{{2,4}}?){close}"
            rf"|(?<!{HAN})(?P<before>{HAN}{{2,4}})\s?/\s?(?:{credit})"
        )

    def find(self, draft: Draft) -> Iterator[tuple[int, int]]:
        """Where the names stand, in order of the shapes of bylines."""
        text = draft.text
        for match in self.after_word.finditer(text):
            tight = not match["gap"] and not self.attached.search(text, 0, match.start("names"))
            for name in self.name.finditer(text, *match.span("names")):
                start, end = name.span()
                end -= AT.match(text, end - 1) is not None and end - start > 2
                if self._is_name(draft, start, end, tight):
                    yield start, end
        for pattern in (self.opening, self.closing):
            for match in pattern.finditer(text):
                yield from self._bracket(draft, match, sure=pattern is self.opening)
        for match in self.wired.finditer(text):
            for piece in self.piece.finditer(text, *match.span("names")):
                if self.whole.fullmatch(piece[0]) and not self.not_name.fullmatch(piece[0]):
                    yield piece.span()
        for match in self.stroke.finditer(text):
            start, end = match.span(match.lastgroup or "after")
            if self.whole.fullmatch(text, start, end) and self._is_name(draft, start, end, False):
                yield start, end

    def _is_name(self, draft: Draft, start: int, end: int, tight: bool) -> bool:
        """Whether the characters after 记者 are a name: in brackets or alone in a line all are."""
        name = draft.text[start:end]
        if tight or self.not_name.fullmatch(name):
            return False
        before = draft.text[max(0, start - 30) : start]
        bracketed = bool(re.search(r"[（(□【][^）)】。，\n]*$", before)) or self._alone(
            draft, start, end
        )
        tagged = draft.words.at(start).tag in ("nr", "nrfg", "nrt")
        if bracketed or (tagged and name[0] in self.first):
            return True
        return bool(self.whole.fullmatch(name)) and not rjieba.has_word(name)

    def _alone(self, draft: Draft, start: int, end: int) -> bool:
        """Whether a byline has a line to itself (本报记者 陌轶川)."""
        lead = draft.text[draft.text.rfind("\n", 0, start) + 1 : start].strip()
        fills = len(lead) <= LINE and draft.text.startswith("\n", end)
        said = fills and self.word.search(lead, max(0, len(lead) - 4))
        return bool(said) and not rjieba.has_word(draft.text[start:end])

    def _bracket(self, draft: Draft, match: re.Match[str], sure: bool) -> Iterator[tuple[int, int]]:
        """The names of a bracket that holds nothing else: (甲某 乙某), （甲某、乙某 记者丙某）."""
        start = match.start("names")
        inside = self.word.search(match["names"])
        stop = start + inside.start() if inside else match.end("names")
        pieces = list(self.piece.finditer(draft.text, start, stop))
        tight = inside and inside.start() and pieces and pieces[-1].end() == stop
        if tight or re.sub(rf"{SEPARATOR}|·|{HAN}", "", draft.text[start:stop]):
            return
        names = [p.span() for p in pieces if self._listed(draft, *p.span(), sure)]
        if sure or len(names) == len(pieces):  # a byline behind a story holds nothing else
            yield from names

    def _listed(self, draft: Draft, start: int, end: int, sure: bool) -> bool:
        name = draft.text[start:end]
        if self.not_name.fullmatch(name):
            return False
        if self.whole.fullmatch(name):
            return True
        return sure and 2 <= len(name) <= 4 and not rjieba.has_word(name)
