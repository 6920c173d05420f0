"""Evaluate deals against their gold: how many of their parts are right.

A deal of the gold and one that was read are the same if they are about the same thing, or else
have a party and one more part in common; each is compared with one other at most. Parts are
counted by kind: a name counts if it is one of the names of the gold, a sum if value, currency
and kind are the same, a day if neither contradicts the other.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kg.base.errors import ReadError
from kg.base.records import Document
from kg.base.settings import default
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.extract.document import extract
from kg.extract.mentions.mention import folded
from kg.run.evaluate.values import same_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.base.records import Knowledge
    from kg.ontology import Ontology

PARTS = ("about", "party", "place", "event", "day", "status", "amount")
FEWEST = 2  # parts in common that make two deals one


@dataclass
class Parts:
    """The parts of one deal, each as the forms that it may have.

    ``each`` has for every part a list of things, of each of which any form counts.
    """

    each: dict[str, list[frozenset[str]]] = field(default_factory=dict)

    def add(self, part: str, forms: Iterable[str]) -> None:
        """Add a thing of a part."""
        if folded_forms := frozenset(filter(None, forms)):
            self.each.setdefault(part, []).append(folded_forms)

    def common(self, other: Parts) -> dict[str, int]:
        """How many things of each part two deals have in common."""
        counts: dict[str, int] = {}
        for part, own in self.each.items():
            left = list(other.each.get(part, ()))
            for forms in own:
                match = next((one for one in left if _meet(part, forms, one)), None)
                if match is not None:
                    left.remove(match)
                    counts[part] = counts.get(part, 0) + 1
        return counts


def _meet(part: str, one: frozenset[str], other: frozenset[str]) -> bool:
    if part != "day":
        return not one.isdisjoint(other)
    return any(same_value("date", a.lstrip("-"), b.lstrip("-")) for a in one for b in other)


def of_gold(deal: Mapping[str, Any]) -> Parts:
    """The parts of a deal of the gold."""
    parts = Parts()
    if about := deal["about"]:
        parts.add("about", map(folded, about["names"]))
    for part, key in (("party", "parties"), ("place", "places")):
        for names in deal[key]:
            parts.add(part, map(folded, names))
    parts.add("event", map(folded, deal["event"] or ()))
    parts.add("day", [deal["day"] or ""])
    parts.add("status", [deal["status"] or ""])
    for value, currency, kind, _ in deal["amounts"]:
        parts.add("amount", [f"{value} {currency} {kind}"])
    return parts


def of_graph(knowledge: Knowledge) -> list[Parts]:
    """The parts of the deals of a graph."""
    names = {e.id: frozenset(map(folded, [e.name, *e.aliases])) for e in knowledge.entities}
    deals = []
    for deal in knowledge.deals:
        parts = Parts()
        about = (*deal.projects, *deal.agreements) or deal.events
        for part, things in (("about", about), ("party", deal.parties), ("place", deal.places)):
            for thing in things:
                parts.add(part, names.get(thing, ()))
        for thing in deal.events:
            parts.add("event", names.get(thing, ()))
        for day in deal.days:
            parts.add("day", [day.lexical])
        for status in deal.statuses:
            parts.add("status", [status])
        for one in deal.amounts:
            parts.add("amount", [f"{one.value} {one.currency} {one.kind}"])
        deals.append(parts)
    return deals


def paired(gold: Sequence[Parts], read: Sequence[Parts]) -> list[tuple[int, int]]:
    """Which deals are the same: those that have most in common first, each once."""
    ways = []
    for i, one in enumerate(gold):
        for j, other in enumerate(read):
            common = one.common(other)
            if "about" in common or ("party" in common and sum(common.values()) >= FEWEST):
                ways.append((-sum(common.values()), i, j))
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(ways):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


@dataclass
class Tally:
    """How many parts are right, how many were read, and how many the gold has."""

    right: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Sequence[Parts], read: Sequence[Parts]) -> None:
        """Add the deals of an article.

        >>> one, other, tally = Parts(), Parts(), Tally()
        >>> one.add("about", ["甲项目"]); one.add("party", ["乙公司"])
        >>> other.add("about", ["甲项目"]); tally.add([one], [other])
        >>> tally.right["deal"], tally.right["about"], tally.gold["party"], tally.read["party"]
        (1, 1, 1, 0)
        """
        for counts, deals in ((self.gold, gold), (self.read, read)):
            counts["deal"] += len(deals)
            for deal in deals:
                counts.update({part: len(things) for part, things in deal.each.items()})
        for i, j in paired(gold, read):
            self.right["deal"] += 1
            self.right.update(gold[i].common(read[j]))

    def table(self) -> str:
        """Precision, recall and F1 of each part."""
        rows = [f"{'':10}{'P':>6}{'R':>6}{'F1':>6}{'right':>7}{'read':>6}{'gold':>6}"]
        for part in ("deal", *PARTS):
            right, read, gold = self.right[part], self.read[part], self.gold[part]
            p, r = right / (read or 1), right / (gold or 1)
            f1 = 2 * p * r / ((p + r) or 1)
            rows.append(f"{part:10}{p:6.3f}{r:6.3f}{f1:6.3f}{right:7}{read:6}{gold:6}")
        return "\n".join(rows)


def articles(path: Path, texts: Mapping[str, str]) -> Iterator[tuple[Document, list[Parts]]]:
    """The articles of a file of gold whose texts are there, with their deals.

    Raises:
        ReadError: If a line is no article, or a text is another one; the message names it.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                deals = [of_gold(deal) for deal in row["deals"]]
                id_, digest = row["id"], row["sha256"]
            except (ValueError, KeyError, TypeError) as error:
                raise ReadError(f"{path}: line {number} is no article of gold: {error}") from error
            if (text := texts.get(id_)) is None:
                continue
            if sha256(text.encode()).hexdigest() != digest:
                raise ReadError(f"{path}: line {number}: the text is not the one of the gold")
            yield Document(id_, id_, text), deals


def measure(
    gold: Path, texts: Mapping[str, str], ontology: Ontology, sure: float | None = None
) -> Tally:
    """How good the deals are that are read in articles.

    Args:
        gold: A file of deals, a line of JSON for each article.
        texts: Texts by id; articles without one are left out.
        ontology: What is looked for.
        sure: The least confidence of a claim; that of a build by default.

    Raises:
        ReadError: If gold is none, or there is the text of no article.
    """
    from kg.corpus.confidence import without_unsure as certain

    base = default("base")
    least = default("min_confidence") if sure is None else sure
    tally, count = Tally(), 0
    for document, deals in articles(gold, texts):
        knowledge = assemble([(document, extract(document, ontology))], ontology, base)
        knowledge, _ = certain(knowledge, least)
        tally.add(deals, of_graph(with_compounds(knowledge, ontology, base)))
        count += 1
    if not count:
        raise ReadError(f"{gold}: the texts of no article are there; name their files")
    return tally
