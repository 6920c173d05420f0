"""The words and expressions that references are linked by (``kg.extract.coreference``).

Each class is the record of one file of ``ontology/words``, which explains its entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.ontology.lexicon.section import Part, Pattern, Words


@dataclass(frozen=True, eq=False)
class ReferenceWords:
    """What 该公司, 双方, 我市 stand for."""

    demonstratives: str
    counts: str
    papers: Words
    stage: Part
    bodies: dict[str, Any]
    there: Words
    any_event: str
    opens: Words
    kinds: Pattern
    counted: Pattern
    no_party: Pattern
    judges: Pattern
    serves: Pattern
    joins: Pattern
    firms: Words
    unnamed: Pattern
    more: Pattern
    levels: Words
    numbers: dict[str, Any]
    level_words: dict[str, str]
    ours: Pattern
    paper: str
    never_party: Words
