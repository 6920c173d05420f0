"""The words around a trigger in, the status of a claim out: planned, signed, denied, and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ontology import Ontology, Status

# Behind a word of the ladder: what follows comes after that, which is yet to be.
AFTER = re.compile(
    "(?:达产|投产|投用|投运|运营)?(?:以|之)?后[，]?(?:预计|可|将|年|能|每年|整体|全面)?|"
    "(?:后|时|年)?(?:预计|可|将)?(?:实现|新增)?年(?:产值|营收|产能|税收|销售|产)"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words around a trigger say: the rung of the ladder, and whether it is denied."""

    status: str
    denied: bool


def shown(status: Status) -> re.Pattern[str]:
    """What shows a rung of the ladder, the longest words first."""
    words = sorted(map(re.escape, status.words), key=lambda word: (-len(word), word))
    return re.compile("|".join([*status.shows, *words]) or "(?!)")


class Statuses:
    """Reads status and denial; the words stand in ``ontology.yaml`` and ``words/denial.yaml``."""

    def __init__(self, ontology: Ontology) -> None:
        self.ladder = [(s.name, shown(s)) for s in ontology.statuses.values()]
        raw = ontology.words["denial"]
        self.denial = re.compile("|".join(raw["denial"]))
        self.harmless = re.compile("|".join(raw["harmless"]))
        self.talks = re.compile(raw["talks"])

    def judge(
        self, clause: str, trigger_start: int, trigger_end: int, default: str = ""
    ) -> Verdict:
        """Judge a clause by the words before and in its trigger; the nearest word counts.

        >>> from kg.ontology import load
        >>> Statuses(load()).judge("双方未能签约", 4, 6).denied
        True
        """
        plain = self.harmless.sub(lambda m: "　" * len(m.group()), clause)
        denied = bool(self.denial.search(plain)) or self._talked(clause, trigger_start, trigger_end)
        best, distance = default, 99
        for name, words in self.ladder:
            for match in words.finditer(clause):
                if AFTER.match(clause, match.end()):
                    continue  # 建成后年产值可达…: nobody says that it is
                away = min(abs(match.end() - trigger_start), abs(match.start() - trigger_end))
                if match.end() <= trigger_start + 1 and trigger_start - match.end() > 12:
                    continue
                if away < distance:
                    best, distance = name, away
        return Verdict(best if best else default, denied)

    def _talked(self, clause: str, start: int, end: int) -> bool:
        """Whether a trigger is but what some talk about: 双方就|共建|某园进行交流."""
        if clause.startswith("的", end):
            return False  # 就乙建设|的某项目进行座谈: it is being built
        return any(m.start() < start and end <= m.end() for m in self.talks.finditer(clause))
