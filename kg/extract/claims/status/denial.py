"""Whether the words of a clause deny what it says, or make it a mere supposition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology import Ontology


class Denial:
    """Reads denial by the words of ``words/denial.yaml``."""

    def __init__(self, ontology: Ontology) -> None:
        vocabulary = ontology.lexicon.denial
        self.denial = re.compile("|".join(vocabulary.denial))
        self.harmless = re.compile("|".join(vocabulary.harmless))
        self.modifies = ontology.lexicon.clauses.of
        self.talks = vocabulary.talks

    def of(self, clause: str, start: int, end: int) -> bool:
        """Whether a clause denies what the words ``start:end`` of it say.

        >>> from kg.ontology import load
        >>> Denial(load()).of("双方未能签约", 4, 6)
        True
        """
        plain = self.harmless.sub(lambda m: "\u3000" * len(m.group()), clause)
        return bool(self.denial.search(plain)) or self._only_talked_about(clause, start, end)

    def _only_talked_about(self, clause: str, start: int, end: int) -> bool:
        """Whether a trigger is but what some talk about: 双方就|共建|某园进行交流."""
        if clause.startswith(self.modifies, end):
            return False  # 就乙建设|的某项目进行座谈: it is being built
        return any(m.start() < start and end <= m.end() for m in self.talks.finditer(clause))
