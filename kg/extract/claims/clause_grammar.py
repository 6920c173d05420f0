"""Compile the word lists that clauses are parsed with: what marks who does what.

The words stand in ``words/triggers.yaml``; ``kg.extract.claims.clause`` reads sentences with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.extract.coreference.mask import Masks
from kg.ontology import Ontology, load
from kg.ontology.lexicon.section import ANY_MENTION, ANY_VALUE


class ClauseGrammar:
    """The compiled word lists that clauses are read with."""

    def __init__(self, ontology: Ontology) -> None:
        masks = Masks(ontology)
        words: Mapping[str, Sequence[str]] = ontology.words["triggers"]
        self.words = words
        self.lexicon = ontology.lexicon
        self.placing = ontology.placing
        vocabulary = self.lexicon.clauses
        self.signs = frozenset(words["sign"])

        def join(name: str) -> str:
            return "|".join(sorted(map(re.escape, words[name]), key=len, reverse=True))

        agent, place = masks.characters(words["agents"]), masks.characters(words["places"])
        person = masks.characters(words["persons"])
        self.agent = re.compile(f"[{agent}]")
        self.by = re.compile(f"(?:{join('by')})(?:{join('kind')})?$")
        self.oblique = re.compile(
            f"(?:(?:{join('oblique')}){vocabulary.done}(?:{join('kind')})?"
            # 在甲国第四大城市——|乙市
            f"|{vocabulary.at}[{place}]?[^，。；{ANY_MENTION}]{{0,8}}—+)$"
        )
        self.joined = re.compile(f"(?:{join('with')})(?:{join('kind')})?$")
        self.owner = re.compile(f"(?:{join('owner')})")
        self.person = re.compile(f"[^，；。{ANY_MENTION}]{{0,14}}[{person}]")
        self.light = re.compile(
            f"(?:(?:{join('with')})(?:{join('kind')})?[{agent}]"
            f"|{vocabulary.with_some}|{vocabulary.leaning}[{agent}]|{vocabulary.within}[{place}]{vocabulary.inside}"
            f"|{vocabulary.in_park}|[{ANY_VALUE}]|{vocabulary.and_more}"
            f"|{join('will')}|{join('light')})*"
        )
        self.several = re.compile(f"(?:{join('several')})[^，。；]{{0,8}}$")
        self.nominal = re.compile(f"(?:{join('nominal')})")
        self.between = re.compile(f"(?:{join('between')})")
        self.modifies = re.compile(
            f"{vocabulary.some_of}(?:{join('modified')})|{vocabulary.a_certain}(?:{join('modified')})"
        )
        self.opens = re.compile(f"[^，。；{ANY_MENTION}]{{1,8}}?(?:{join('opened')})")
        self.jointly = re.compile(join("jointly"))
        doing = [w for name in ("make", "hold", "invest", "lead", "assist") for w in words[name]]
        self.verb_end = re.compile(f"(?:{'|'.join(sorted(doing, key=len, reverse=True))})$")
        self.self = re.compile(f"(?:{join('firm')}|{join('self')})")

    def verbs(self, *names: str) -> re.Pattern[str]:
        """One of the verbs of these lists."""
        return _verbs(tuple(w for n in names for w in self.words[n]))


@lru_cache(maxsize=64)
def _verbs(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, set(words)), key=len, reverse=True)))


@lru_cache(maxsize=4)
def clause_grammar(folder: str) -> ClauseGrammar:
    """The grammar of the ontology in a folder; one for a process."""
    return ClauseGrammar(load(folder))
