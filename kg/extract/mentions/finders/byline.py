"""Find the names of who reported, edited or photographed an article.

In a byline nearly any two to four characters are a name, since nothing else stands there: what
makes a byline is a word of the press before it (记者, 编辑), or brackets after a dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from kg.extract.mentions.article_draft import ArticleDraft
from kg.ontology.lexicon.names import PersonWords

HAN = r"[\u4e00-\u9fff]"
SEPARATOR = r"(?:[、,]|[^\S\n]){1,2}"
BRACKETED = re.compile(r"[（(□【][^）)】。，\n]*$")


class BylineFinder:
    """Finds the names in the bylines of an article.

    Args:
        words: The page ``words/persons.yaml``: what follows a byline, what is no name in one.
        press: The words of the press that introduce names (``words/roles.yaml``).
        surnames: An expression for a whole name with its surname.
        first: The characters that surnames begin with.
    """

    def __init__(
        self, vocabulary: PersonWords, press: list[str], surnames: str, first: set[str]
    ) -> None:
        words = vocabulary.byline
        self.first = first
        self.full_name = re.compile(surnames)
        one = "|".join(sorted(map(re.escape, press), key=len, reverse=True))
        self.word = re.compile(one)
        self.attached = re.compile(rf"(?:{'|'.join(words['attached'])})$")
        self.not_name = re.compile(rf"(?:{one}|.*(?:{'|'.join(words['furniture'])})).*")
        closers = "|".join(words["closes"])
        spaced = rf"[{''.join(sorted(first))}][ 　]{HAN}(?!{HAN})"  # 韩 雯, set wide
        name = rf"(?:{HAN}{{1,6}}·{HAN}{{1,6}}|{spaced}|{HAN}{{2,4}}?)"
        signs = rf"{vocabulary.byline_end}(?!{HAN})"
        close = rf"(?=[\s　]*(?:{signs}|{one}|{closers})|[ 　]*\n)"
        self.after_word = re.compile(
            rf"(?:{one})(?P<gap>{vocabulary.byline_gap})(?P<names>{name}(?:{SEPARATOR}{name})*){close}"
        )
        self.name = re.compile(name + rf"(?={SEPARATOR}|{close})")
        self.opening = vocabulary.byline_opening
        self.piece = re.compile(rf"{HAN}{{1,6}}(?:·{HAN}{{1,6}})*")

    def find(self, draft: ArticleDraft) -> Iterator[tuple[int, int]]:
        """Where the names stand, in order of the shapes of bylines."""
        text = draft.text
        for match in self.after_word.finditer(text):
            tight = not match["gap"] and not self.attached.search(text, 0, match.start("names"))
            for name in self.name.finditer(text, *match.span("names")):
                if not tight and self._is_name(draft, *name.span()):
                    yield name.span()
        for match in self.opening.finditer(text):
            inside = self.word.search(match["names"])
            end = match.start("names") + inside.start() if inside else match.end("names")
            for piece in self.piece.finditer(text, match.start("names"), end):
                if self.full_name.fullmatch(piece[0]) and not self.not_name.fullmatch(piece[0]):
                    yield piece.span()

    def _is_name(self, draft: ArticleDraft, start: int, end: int) -> bool:
        """Whether the characters after 记者 are a name: in brackets all are."""
        name = draft.text[start:end]
        if self.not_name.fullmatch(name):
            return False
        tagged = draft.words.at(start).tag in ("nr", "nrfg", "nrt")
        bracketed = BRACKETED.search(draft.text[max(0, start - 30) : start])
        if bracketed or (tagged and name[0] in self.first):
            return True
        return bool(self.full_name.fullmatch(name)) and not rjieba.has_word(name)
