"""Find the sums that bodies raise or are lent, and make a deal of each.

Who pays it is seldom said (甲公司完成1亿元A轮融资): such a deal has one party and one sum. Which
claims are such sums stands on a page (``funding`` of ``words/deals.yaml``).
"""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.base.records import Deal, Fact
from kg.corpus.compound.deals.circumstances import Circumstances
from kg.corpus.compound.deals.collected import amounts_of, attestations_of, days_of, written
from kg.corpus.entity_merging import digest
from kg.extract.values.sum_kinds import PAGE, parse_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from kg.base.records import Source
    from kg.ontology import Ontology


def of_text(source: Source, facts: Iterable[Fact], ontology: Ontology, base: str) -> Iterator[Deal]:
    """The deals by which bodies are funded that one document tells, in the order of their IRIs.

    Args:
        source: The document, with the places that name things.
        facts: What it says; all but such sums is passed over.
        ontology: Tells which claims are such sums.
        base: What the IRIs begin with.
    """
    page = ontology.words.get(PAGE, {}).get("funding", {})
    begin = f"{base}{str(page.get('class', '')).lower()}/"
    groups: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=attrgetter("start", "end", "id")):
        if fact.predicate != page.get("claim") or not fact.value or not fact.quote:
            continue
        kind = parse_sum(fact.value.lexical)[2]
        if kind in page["kinds"] and fact.subject.startswith(begin):
            groups[fact.subject, fact.value.lexical].append(fact)
    around = Circumstances(source, ontology, base)
    deals = [
        Deal(
            f"{base}deal/{digest(source.id, party, value, size=16)}",
            (party,),
            amounts=amounts_of(map(written, group)),
            days=days_of(around.days(group)),
            statuses=_status(group, page),
            attestations=attestations_of(group),
        )
        for (party, value), group in groups.items()
    ]
    yield from sorted(deals, key=attrgetter("id"))


def _status(facts: Sequence[Fact], page: Mapping[str, Any]) -> tuple[str, ...]:
    """How far a funding is: there, unless one of its claims says otherwise."""
    statuses = [fact.status for fact in facts if fact.status in page.get("keeps", ())]
    return tuple(statuses[:1] or [page["status"]] if "status" in page else statuses[:1])
