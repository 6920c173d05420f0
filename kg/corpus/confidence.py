"""Leave out the claims whose confidence is below a threshold.

It comes after the corrections: a claim that people accepted has confidence 1, however unsure it
was before. So another limit needs no document to be read again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.base.spool import place, spooled

if TYPE_CHECKING:
    from kg.base.records import Fact, Knowledge


def is_below(fact: Fact, least: float) -> bool:
    """Whether a claim is left out: it is quoted, nobody reviewed it, and it is not sure enough.

    >>> from kg.base.records import Fact
    >>> claim = Fact("c", "a", "signs", "b", None, "d", 0, 4, "甲签约乙", "", 0.6, "signs.verb")
    >>> is_below(claim, 0.6), is_below(claim, 0.61)
    (False, True)
    """
    return bool(fact.quote) and not fact.review and fact.confidence < least


def without_unsure(knowledge: Knowledge, least: float) -> tuple[Knowledge, int]:
    """The graph with the claims that are sure enough, and how many are left out.

    Things stay, also those of which nothing is said any more: the documents name them.

    Args:
        knowledge: The graph as people corrected it.
        least: The least confidence of a claim; 0 keeps all.
    """
    if not least:
        return knowledge, 0
    stay = (fact for fact in knowledge.facts if not is_below(fact, least))
    facts = spooled(stay, place(knowledge.facts))
    return replace(knowledge, facts=facts), len(knowledge.facts) - len(facts)


def left_out_note(left_out: int, least: float) -> tuple[str, ...]:
    """What a report says of it; nothing where nothing is left out.

    >>> left_out_note(1, 0.7)
    ('1 claim is left out: its confidence is below 0.7 (--min-confidence)',)
    """
    if not left_out:
        return ()
    lead = "1 claim is left out: its" if left_out == 1 else f"{left_out} claims are left out: their"
    return (f"{lead} confidence is below {least:g} (--min-confidence)",)
