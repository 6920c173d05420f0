"""Compose facts that belong together: the posts of persons, and deals.

A fact joins two things, or a thing and a value. A post or a deal has more parts. Both follow from
the facts of a document as they are after all corrections, so that a rejected claim, a merge, an
update and a job on Spark give what follows from the same claims.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kg.base.records import Deal, Fact, Post
from kg.base.spool import Sorted, ordered, place, spooled
from kg.corpus.compound import posts
from kg.corpus.compound.deals import assemble, funding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base.records import Knowledge, Source
    from kg.ontology import Ontology


class Compound(NamedTuple):
    """What one document tells that has several parts, each in the order of its IRIs."""

    posts: tuple[Post, ...]
    deals: tuple[Deal, ...]


def with_compounds(knowledge: Knowledge, ontology: Ontology, base: str) -> Knowledge:
    """A graph with the posts and deals that follow from its facts.

    Args:
        knowledge: The graph after all corrections.
        ontology: Tells by which words a text says what a post or a sum is.
        base: What the IRIs begin with.
    """
    folder = place(knowledge.facts)
    claims = Sorted[Fact](folder, key=attrgetter("document", "id"))
    for fact in knowledge.facts:
        if fact.quote and (posts.is_about_post(fact) or assemble.is_about_deal(fact, ontology)):
            claims.add(fact)
    all_posts = Sorted[Post](folder, key=posts.order)
    all_deals = Sorted[Deal](folder, key=assemble.order)
    groups = groupby(claims, key=attrgetter("document"))
    document, facts = next(groups, ("", iter(())))
    for source in ordered(knowledge.sources):
        while document and document < source.id:  # of a document that is not there
            document, facts = next(groups, ("", iter(())))
        if source.id == document:
            compound = posts_and_deals(source, facts, ontology, base)
            for post in compound.posts:
                all_posts.add(post)
            for deal in compound.deals:
                all_deals.add(deal)
    return replace(
        knowledge,
        posts=spooled(posts.merge_posts(all_posts), folder),
        deals=spooled(assemble.merge_deals(all_deals), folder),
    )


def posts_and_deals(
    source: Source, facts: Iterable[Fact], ontology: Ontology, base: str
) -> Compound:
    """The posts and deals that one document tells.

    Args:
        source: The document, with the places that name things.
        facts: What it says; what is part of neither is passed over.
        ontology: As ``with_compounds`` takes it.
        base: As ``with_compounds`` takes it.
    """
    every = list(facts)
    deals = (
        assemble.of_text(source, every, ontology, base),
        funding.of_text(source, every, ontology, base),
    )
    return Compound(
        tuple(posts.of_text(source, every, ontology, base)),
        tuple(sorted(chain.from_iterable(deals), key=attrgetter("id"))),
    )
