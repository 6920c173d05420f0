"""A rule of head nouns, and one of them in a text with what stands before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.heads.titles import EventTitles
from kg.extract.mentions.mention import Mention, clean
from kg.extract.mentions.name_grammar import NameLimits
from kg.ontology import Lexicon, Rule


@dataclass(frozen=True, slots=True)
class Heads:
    """A rule of head nouns, ready to use: what names of it may contain, what makes none."""

    type: str
    rule: Rule
    limits: NameLimits
    generic: re.Pattern[str]
    prefixes: tuple[str, ...]
    yields: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    unless: re.Pattern[str]
    options: dict[str, Any]
    follows: tuple[str, ...]  # before these a head noun is none
    compounds: Mapping[int, tuple[str, ...]]  # longer words with the ends of heads, by length
    titles: EventTitles | None = None

    def word_at(self, text: str, head: int) -> str:
        """The head noun of this rule that stands at a position, the longest."""
        words = sorted(self.rule.options["words"], key=len, reverse=True)
        return next((w for w in words if text.startswith(w, head)), "")

    @classmethod
    def of(cls, type_: str, rule: Rule, lexicon: Lexicon) -> Heads:
        o = rule.options
        words = sorted(map(re.escape, o.get("generic", ())), key=len, reverse=True)
        return cls(
            type=type_,
            rule=rule,
            limits=NameLimits(
                longest=int(o.get("longest", 26)),
                digits=bool(o.get("digits")),
                joins=bool(o.get("joins")),
                quotes=bool(o.get("quotes")),
                names=bool(o.get("names")),
                loose=bool(o.get("short")),
                works=bool(o.get("works")),
                halves=bool(o.get("halves")),
                cut=frozenset(o.get("cut", ())),
                keep=frozenset(o.get("keep", ())),
            ),
            generic=re.compile(f"(?:{'|'.join(words)})+" if words else r"(?!)"),
            prefixes=tuple(o.get("prefixes", ())),
            yields=re.compile(f"(?:{o['yields']})") if o.get("yields") else None,
            needs=re.compile(f"(?:{o['needs']})") if o.get("needs") else None,
            unless=re.compile(str(o.get("unless", r"(?!)"))),
            options=o,
            follows=tuple(o.get("not_before", ())),
            compounds={
                size: tuple(w for w in o.get("compounds", ()) if len(w) > size)
                for size in {len(word) for word in o["words"]}
            },
            titles=EventTitles.of(o, lexicon.heads),
        )


@dataclass(frozen=True)
class Candidate:
    """A head noun with what stands before it, half-open positions of the article's text.

    ``begin`` is where the name would begin, ``head`` where its head noun does.
    """

    draft: ArticleDraft
    heads: Heads
    begin: int
    head: int
    end: int

    def moved(self, begin: int) -> Candidate:
        """The same head noun with another begin."""
        if begin == self.begin:
            return self
        return Candidate(self.draft, self.heads, begin, self.head, self.end)

    @cached_property
    def body(self) -> str:
        """What stands before the head noun."""
        return clean(self.draft.text[self.begin : self.head])

    @cached_property
    def inside(self) -> list[Mention]:
        """The mentions found so far that lie before the head noun."""
        return self.draft.within(self.begin, self.head)

    @cached_property
    def name(self) -> str:
        """The whole name."""
        return clean(self.draft.text[self.begin : self.end])

    def option(self, name: str, default: Any = None) -> Any:
        """An option of the rule."""
        return self.heads.options.get(name, default)
