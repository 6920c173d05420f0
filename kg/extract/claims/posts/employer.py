"""A post that names no body in, the body that is meant out.

Two things tell which body that is: a common noun before the post (公司董事长, 联盟秘书长), and the
office itself, which not every body has (校长 is of a school, 厅长 of a department).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.claims.context import ArticleContext
from kg.extract.mentions.mention import Mention
from kg.ontology import Lexicon

REACH = 5  # how many sentences back a common noun means a body
FIRM = "company"  # what it says of itself is said by who founds it, too


@dataclass(frozen=True, slots=True)
class Employers:
    """The words of an ontology that tell whose a post is.

    Attributes:
        nouns: A common noun for a body, with the word that may point at it (该公司).
        subtypes: What such a noun means, by subtype; others mean a name that ends so.
        heads: What a body's name ends in that has an office, by the end of the office.
    """

    nouns: re.Pattern[str]
    subtypes: dict[str, str]
    heads: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]

    def fits(self, role: str, body: Mention) -> bool:
        """Whether a body has such an office: 局长 is of a 局, 会长 of no company."""
        for office, ends in self.heads:
            if office.search(role):
                return ends.search(body.name) is not None
        return True

    def meant(
        self, context: ArticleContext, noun: str, position: int, role: str
    ) -> Sequence[Mention]:
        """The body that 公司, 联盟, 该校 mean before a position: what the text is about then."""
        found = self.nouns.fullmatch(noun)
        if found is None:
            return ()
        first: Mention | None = None
        for m in _earlier(context, position):
            if first is not None and context.sentence(m.start) != context.sentence(first.start):
                break
            if self._named(m, found["noun"]) and self.fits(role, m):
                if m.subtype != FIRM and context.draft.lexicon.offices.founded.search(
                    context.text, max(0, m.start - 8), m.start
                ):
                    return (m,)
                first = first or m
        return (first,) if first is not None else ()

    def _named(self, m: Mention, noun: str) -> bool:
        subtype = self.subtypes.get(noun)
        if subtype and m.subtype == subtype:
            return True
        return m.name.endswith(noun) and len(m.name) > len(noun) + 1


def _earlier(context: ArticleContext, position: int) -> Iterator[Mention]:
    """What is named before a position: sentence by sentence back, each in reading order."""
    sentences = context.article.sentences
    index = sentences.index(context.article.sentence_at(position))
    for span in reversed(sentences[max(0, index - REACH) : index + 1]):
        for m in context.mentions:
            within = span.start <= m.start and m.end <= min(span.end, position)
            if within and not m.reference and not m.nested:
                yield m


@lru_cache(maxsize=4)
def employers(lexicon: Lexicon) -> Employers:
    """The words of an ontology that tell whose a post is, compiled once."""
    words = lexicon.persons.employers
    nouns = sorted(words["nouns"], key=len, reverse=True)
    return Employers(
        nouns=re.compile(rf"(?:{'|'.join(words['points'])})?(?P<noun>{'|'.join(nouns)})"),
        subtypes={noun: kind for kind, group in words["subtypes"].items() for noun in group},
        heads=tuple(
            (re.compile(rf"(?:{office})$"), re.compile(rf"(?:{ends})$"))
            for office, ends in words["heads"].items()
        ),
    )
