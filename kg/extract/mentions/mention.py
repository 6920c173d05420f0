"""The mention: a stretch of an article that names a thing, and the rule that says so."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.ontology import Rule

QUOTES = dict.fromkeys(map(ord, '“”"‘’「」『』《》〈〉 \t\n　'), None)

# White space between two words of Latin letters and figures, one of them longer than a letter.
SPACED = re.compile(
    r"(?<=[A-Za-z][A-Za-z0-9])\s+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])\s+(?=[A-Za-z][A-Za-z0-9])"
)
KEPT_SPACE = "\ufffc"

_MARKS = frozenset("“”\"'‘’「」『』《》〈〉<>`")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in ``SegmentedArticle.text``; offsets are half-open code points of that text.

    Attributes:
        start, end: The stretch, outer quotation marks included.
        type: A class of the ontology.
        name: The name itself, without quotation marks, book marks and white space.
        rule: The rule that found it.
        subtype: What the rule says of it, e.g. ``company``.
        score: How sure the rule is, 0 to 1.
        needs_claim: Whether it counts only if a claim is made of it.
        reference: For a form that names nothing by itself (该公司): what it refers to by.
        nested: A name inside another name (a school's university): it takes no part in claims.
        other_names: Other names that this very place gives (the words in the quotation marks).
        article: Which article of the document the offsets count in, from 0.
        arbiter_score: How sure the arbiter is (64 are one of log-odds); None where rules alone
            decide.
    """

    start: int
    end: int
    type: str
    name: str
    rule: str
    subtype: str = ""
    score: float = 0.8
    needs_claim: bool = False
    reference: str = ""
    nested: bool = False
    other_names: tuple[str, ...] = ()
    article: int = 0
    arbiter_score: int | None = None

    def moved(self, start: int, end: int, text: str) -> Mention:
        """The same mention over another stretch of the text."""
        return replace(self, start=start, end=end, name=clean(text[start:end]))

    def in_article(self, article: int) -> Mention:
        """The same mention, with the number of the article that its offsets count in."""
        return self if self.article == article else replace(self, article=article)


def of_rule(rule: Rule, type_: str, start: int, end: int, name: str, **more: Any) -> Mention:
    """A mention by a rule, with what the rule says of its subtype and how sure it is."""
    subtype = str(rule.options.get("subtype", ""))
    return Mention(start, end, type_, name, rule.rule, subtype, rule.confidence, **more)


def rank(m: Mention) -> tuple[int, int, float, str, str, str, str]:
    """The key that mentions are sorted by: place, longest and surest first, then the rule.

    No two rules have one name, so that the order of the rules on a page changes nothing.
    """
    return m.start, -m.end, -m.score, m.rule, m.type, m.subtype, m.name


def clean(text: str) -> str:
    """A name as it is kept: without quotation marks, book marks and white space.

    One space stays between two words of Latin letters and figures.

    >>> clean("“满天云”行动 计划"), clean("云图 X50 Pro 手机"), clean("5 G 网络")
    ('满天云行动计划', '云图X50 Pro手机', '5G网络')
    """
    name = SPACED.sub(KEPT_SPACE, text).translate(QUOTES).replace(KEPT_SPACE, " ")
    if text[:1].isascii() and " " in text.strip() and name.isascii():
        return " ".join(text.split())
    return name


def folded(name: str) -> str:
    """A name as names are compared: NFKC, lower case, no white space, no quotation marks.

    >>> folded("《ＡＢ 计划》")
    'ab计划'
    """
    text = unicodedata.normalize("NFKC", name).lower()
    return "".join(c for c in text if not c.isspace() and c not in _MARKS)
