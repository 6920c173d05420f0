"""Titles of papers: in book marks, or named after the verb that issues them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention, clean, of_rule
from kg.ontology import Ontology, Rule

TITLE = re.compile(r"《([^《》\n]{2,120}(?:《[^《》]*》[^《》\n]*)?)》")


class TitleFinder:
    """Finds titles in book marks that end as the titles of this class do.

    A title that ends otherwise is one too when a verb of issuing governs it (印发《…》): a body
    issues papers, and no songs. What is published side by side is of one kind.
    """

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        endings = sorted(map(re.escape, rule.options["endings"]), key=len, reverse=True)
        tail = r"(?:[（(][^（）()]{1,30}[）)])*"
        self.pattern = re.compile(f"(?:{'|'.join(endings)}){tail}$")
        # 《方案》 names nothing by itself: it stands for a title of the text before.
        self.generic = frozenset(rule.options.get("generic", ()))
        self.issued = re.compile(str(rule.options.get("issued", r"(?!)")))
        self.public = re.compile(str(rule.options.get("public", r"(?!)")))
        self.never = re.compile(str(rule.options.get("never", r"(?!)")))

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The titles of a text."""
        titles = draft.lexicon.titles
        last, governing = -1, ""  # where the title before ended, and what verb governs it
        for match in TITLE.finditer(draft.text):
            before = draft.text[max(0, match.start() - 14) : match.start()]
            beside = last >= 0 and titles.beside.fullmatch(draft.text, last, match.start())
            if not beside:
                governing = "issued" if self.issued.search(before) else ""
                governing = governing or ("public" if self.public.search(before) else "")
            is_title = self.pattern.search(match[1].replace("》", "")) is not None
            is_title = is_title or (
                (governing == "issued" or (governing == "public" and bool(beside)))
                and len(match[1]) >= 6
                and not titles.book.match(draft.text, match.end())
            )
            last = match.end() if is_title else -1
            if not is_title or self._bare(match, draft.text) or self.never.search(match[1]):
                continue
            yield of_rule(self.rule, self.type, *match.span(), clean(match[1]))

    def _bare(self, match: re.Match[str], text: str) -> bool:
        """Whether a title only stands for one before it that ends so: 《方案》."""
        if match[1] not in self.generic:
            return False
        ends = re.compile(f"{re.escape(match[1])}(?:[（(][^（）()]*[）)])*》")
        return any(
            m.end() - m.start() > len(match.group())
            for m in TITLE.finditer(text, 0, match.start())
            if ends.search(m.group())
        )
