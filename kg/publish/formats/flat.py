"""Flatten a graph to nodes and links with plain values, for graph formats and Cypher."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import TYPE_CHECKING, Any, TypeVar

from kg.query.network import edge_data, files, links, nodes, where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base.records import Knowledge
    from kg.ontology import Ontology

    Data = dict[str, Any]

T = TypeVar("T")

# XML 1.0 has no way to write these, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def flat(
    knowledge: Knowledge, ontology: Ontology
) -> tuple[Iterator[tuple[str, Data]], Iterator[tuple[str, str, str, Data]]]:
    """The nodes and the links of the network with plain values only, all in order."""
    names, details = files(knowledge), _details(knowledge)

    def linked() -> Iterator[tuple[str, str, str, Data]]:
        for (source, target, key), claims in links(knowledge):
            quoted = [fact for fact in claims if fact.quote]
            place = where(quoted[0], names) if quoted else _NOWHERE
            pair_details = {
                name: sorted(values) for name, values in details.get((source, target), {}).items()
            }
            whole = {
                **edge_data(claims[0], ontology),
                **place,
                "said": len(quoted),
                **_BARE,
                **pair_details,
            }
            yield source, target, f"{source} {key} {target}", plainly(whole)

    return ((node, plainly(data)) for node, data in nodes(knowledge)), linked()


# What a link has that no post or deal is told of.
_BARE: Data = {"title": "", "tenure": "", "term": "", "sums": "", "days": ""}


def _details(knowledge: Knowledge) -> dict[tuple[str, str], dict[str, set[str]]]:
    """What posts and deals say of two things: titles and tenures, sums and days."""
    details: dict[tuple[str, str], dict[str, set[str]]] = {}
    for post in knowledge.posts:
        if post.organisation and post.title:
            pair_details = details.setdefault((post.person, post.organisation), {})
            pair_details.setdefault("title", set()).add(post.title)
            tenures = {attestation.tenure for attestation in post.attestations} - {""}
            pair_details.setdefault("tenure", set()).update(tenures)
            pair_details.setdefault("term", set()).update(
                {t.term for t in post.attestations} - {""}
            )
    for deal in knowledge.deals:
        about = (*deal.projects, *deal.agreements)
        sums = {f"{one.value} {one.currency} {one.kind}" for one in deal.amounts}
        for pair in product(deal.parties, about):
            pair_details = details.setdefault(pair, {})
            pair_details.setdefault("sums", set()).update(sums)
            pair_details.setdefault("days", set()).update(day.lexical for day in deal.days)
    return details


_NOWHERE = {"quote": "", "document": "", "start": -1, "end": -1}


def plainly(data: Data) -> Data:
    """What is said of a node or a link, in order, as texts and numbers."""
    return {name: _plain(data[name]) for name in sorted(data)}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        value = "|".join(v.replace("\\", "\\\\").replace("|", "\\|") for v in value)
    # A carriage return comes back as a line feed from every XML reader.
    return _NOT_XML.sub("\ufffd", value).replace("\r", "\n") if isinstance(value, str) else value


def portions(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield things in lists of a size; the last one may be shorter.

    >>> list(portions("abc", 2))
    [['a', 'b'], ['c']]
    """
    left = iter(things)
    while portion := list(islice(left, size)):
        yield portion
