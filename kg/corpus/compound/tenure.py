"""Tell whether a post is a former one or an acting one, by the words around it.

The words that tell it stand on a page of the ontology (``words/posts.yaml``); a post of which
a text tells nothing so has no tenure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.ontology import load

if TYPE_CHECKING:
    from kg.ontology import Ontology, Text

PAGE = "posts"
NEVER = "(?!)"
# So many characters behind a title may tell of it: （主持全面工作）.
AFTER = 12


@dataclass(frozen=True)
class Tenure:
    """One tenure: its name, what it is called, and by which words it is told."""

    name: str
    label: Text
    title: re.Pattern[str]
    before: re.Pattern[str]
    verbs: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Tenures:
    """All tenures of an ontology, in its order."""

    each: tuple[Tenure, ...]
    holding: re.Pattern[str]
    joins: re.Pattern[str]

    def of(self, text: str, scope: int, body: tuple[int, int], title: tuple[int, int]) -> str:
        """The tenure of a post; ``""`` where nothing is told of it.

        Args:
            text: The document.
            scope: Where the words begin that may tell of the post, in code points.
            body: Where its body stands, half-open; an empty stretch at the title without one.
            title: Where its title stands.

        >>> from kg.ontology import load
        >>> tenures(load()).of("原甲局局长", 0, (1, 3), (3, 5))
        'former'
        """
        start, end = title
        words = "".join(text[start:end].split())
        for tenure in self.each:
            if (
                tenure.title.search(words)
                or tenure.after.search(text[end : end + AFTER])
                or self._before(tenure, text, scope, body, start)
                or (not self.holding.match(words) and self._by_verb(tenure, text[scope:start]))
            ):
                return tenure.name
        return ""

    def _before(
        self, tenure: Tenure, text: str, scope: int, body: tuple[int, int], title: int
    ) -> bool:
        """Whether a word says so before the body, the title, or another title of the body."""
        begins = (min(body[0], title), title)
        if any(tenure.before.search(text, scope, at) for at in begins):
            return True
        for at in range(body[1] + 1, title):
            match = tenure.before.search(text, body[1], at)
            opens = match and (
                match.start() == body[1] or self.joins.fullmatch(text[match.start() - 1])
            )
            if opens and not self.holding.search(text, at, title):
                return True
        return False

    def _by_verb(self, tenure: Tenure, lead: str) -> bool:
        """Whether the last verb before a post tells so, and none that tells of another time."""
        last = max((match.end() for match in tenure.verbs.finditer(lead)), default=-1)
        return last >= 0 and not self.holding.search(lead, last)


@lru_cache(maxsize=8)
def _tenures(folder: str) -> Tenures:
    page = load(folder).words.get(PAGE, {})
    each = tuple(
        Tenure(
            name,
            dict(entry["label"]),
            *(re.compile(entry.get(part, NEVER)) for part in ("title", "before", "verbs", "after")),
        )
        for name, entry in page.get("tenures", {}).items()
    )
    holding, joins = (re.compile(page.get(key, NEVER)) for key in ("held", "between_titles"))
    return Tenures(each, holding, joins)


def tenures(ontology: Ontology) -> Tenures:
    """The tenures of an ontology, and the words that tell them."""
    return _tenures(str(ontology.folder))
