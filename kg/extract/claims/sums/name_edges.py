"""Tell whether the name of what a sum is said of was cut, by the words at its edges.

A sum under half a name (热源厂 of 热源厂锅炉, 发电项目 of 家具、发电项目) says something false.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.values.sum_kinds import NEVER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from kg.extract.claims.context import ArticleContext
    from kg.extract.mentions.mention import Mention
    from kg.extract.mentions.tokens import Word

# Tags of words that belong to a name beside them: nouns, and what says which sort they are.
NOUNS = ("n", "nz", "nt")
SORTS = (*NOUNS, "b")
# Characters before a name that may tell that it is whole.
NEAR = 6


class NameEdges:
    """Tells names that were cut from whole ones by the section ``edges`` of a page.

    Args:
        section: The words.
        works: The classes of works; a body may stand behind a noun that says of which sort it is.
    """

    def __init__(self, section: Mapping[str, Any], works: Collection[str]) -> None:
        self.works = works

        def words(name: str) -> re.Pattern[str]:
            return re.compile(str(section.get(name, NEVER)))

        self.before, self.behind = words("before"), words("behind")
        self.cut, self.listed = words("cut"), words("listed")
        self.whole, self.generic = words("whole"), words("generic")

    def cut_off(self, context: ArticleContext, name: Mention) -> bool:
        """Whether the words beside a name belong to it.

        Args:
            context: The article.
            name: A name where it stands in the article.
        """
        if self.generic.fullmatch(name.name):
            return True
        text, words = context.text, context.draft.words
        line = context.sentence(name.start)
        names = [m for m in context.inside(line) if (m.start, m.end) != (name.start, name.end)]
        low = max(line.start, name.start - NEAR)
        if line.start < name.start and not any(m.end == name.start for m in names):
            if self.cut.search(text, low, name.start):
                return True
            begins = self.before.search(text, low, name.start)
            works = name.type in self.works and not name.name[0].isascii()
            if works and not begins and words.at(name.start - 1).tag in SORTS:
                return True
        whole = name.end >= line.end or self.whole.search(name.name)
        if whole or any(m.start == name.end for m in names):
            return False
        return not self.behind.match(text, name.end) and _is_noun(words.at(name.end))

    def is_one_of_more(self, context: ArticleContext, name: Mention) -> bool:
        """Whether a name goes on a list whose items before it are no names."""
        line = context.sentence(name.start)
        link = self.listed.search(context.text, max(line.start, name.start - NEAR), name.start)
        return link is not None and all(m.end != link.start() for m in context.inside(line))


def _is_noun(word: Word) -> bool:
    import rjieba

    return len(word.text) > 1 and word.tag in NOUNS and rjieba.has_word(word.text)
