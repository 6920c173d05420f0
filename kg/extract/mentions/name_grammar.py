"""What a name may contain, by word lists: one grammar, and limits for each rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology.lexicon.names import GrammarWords


@dataclass(frozen=True, slots=True)
class NameGrammar:
    """The word lists of ``ontology/words/grammar.yaml``, and the table of common verbs."""

    cut: frozenset[str]
    inner: frozenset[str]
    adjacent: frozenset[str]
    making: frozenset[str]
    works: frozenset[str]
    trades: re.Pattern[str]
    before_place: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    holding: re.Pattern[str] = re.compile("(?!)")
    lately: re.Pattern[str] = re.compile("(?!)")

    @classmethod
    def of(cls, vocabulary: GrammarWords, verbs: Iterable[str] = ()) -> NameGrammar:
        """Read the lists; lines of words are split at spaces."""
        cut, inner = (
            [w for line in lines for w in line.split()]
            for lines in (vocabulary.cut, vocabulary.inner)
        )
        return cls(
            cut=frozenset(cut),
            inner=frozenset(inner),
            adjacent=frozenset(vocabulary.adjacent),
            making=frozenset(vocabulary.making),
            works=frozenset(vocabulary.works),
            trades=_several([*vocabulary.making, *vocabulary.industry, *inner]),
            before_place=frozenset(vocabulary.before_place),
            verbs=frozenset(verbs),
            holding=re.compile(f"(?:{_either(vocabulary.holding)}){vocabulary.after_holding}"),
            lately=re.compile(f"(?:{_either(vocabulary.lately)}){vocabulary.part_of_day}"),
        )


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _several(words: Iterable[str]) -> re.Pattern[str]:
    """One or more of the words, one after the other."""
    return re.compile(f"(?:{_either(words)})+")


@dataclass(frozen=True, slots=True)
class NameLimits:
    """What the names of one rule may contain to the left of their head noun.

    ``longest`` is in characters; ``digits`` allows Arabic numbers, ``joins`` a conjunction
    between two of its words, ``quotes`` a stretch in quotation marks; ``names`` lets a
    function word stand in a coined name (甲从); ``loose`` lets any verb stand in it that is
    not in the list of cuts (飞机维修工程有限公司); ``works`` the verbs of works right before
    the head noun (功能提升改造工程); ``halves`` lets 暨 join two names into one, each of which
    may be as long; ``cut`` and ``keep`` overrule the grammar.
    """

    longest: int = 26
    digits: bool = False
    joins: bool = False
    quotes: bool = False
    names: bool = False
    loose: bool = False
    works: bool = False
    halves: bool = False
    cut: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
