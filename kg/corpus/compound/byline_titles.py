"""Bylines: who wrote, edited or photographed an article, and holds no other post that is told.

Such a post is said of the document as well (``schema:author``, ``schema:editor``). Its person
stays in the graph and the tables, and is left out where a graph is looked at as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.base.spool import place, spooled
from kg.corpus.compound.tenure import PAGE
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base.records import Knowledge, Post
    from kg.ontology import Ontology

AUTHOR = "author"  # who signs an article without a title


@dataclass(frozen=True)
class BylineTitles:
    """Which titles are bylines: by what the person is of the document, how they read."""

    each: Mapping[str, re.Pattern[str]]

    def of(self, title: str) -> str:
        """What somebody with a title is of a document; ``""`` if it is no byline.

        >>> from kg.ontology import load
        >>> known = byline_titles(load())
        >>> known.of("首席记者"), known.of("责任编辑"), known.of("局长")
        ('author', 'editor', '')
        """
        return next((name for name, pattern in self.each.items() if pattern.fullmatch(title)), "")


@lru_cache(maxsize=8)
def _bylines(folder: str) -> BylineTitles:
    page = load(folder).words.get(PAGE, {})
    return BylineTitles(
        {name: re.compile(pattern) for name, pattern in page.get("bylines", {}).items()}
    )


def byline_titles(ontology: Ontology) -> BylineTitles:
    """The bylines of an ontology (``words/posts.yaml``)."""
    return _bylines(str(ontology.folder))


def persons(posts: Iterable[Post]) -> frozenset[str]:
    """The persons all of whose titles are bylines, by IRI."""
    signed, others = set[str](), set[str]()
    for post in posts:
        if post.byline:
            signed.add(post.person)
        elif post.title:
            others.add(post.person)
    return frozenset(signed - others)


def without(knowledge: Knowledge) -> Knowledge:
    """A graph without the persons of bylines, their facts and posts: to look at as a whole."""
    bylined = persons(knowledge.posts)
    if not bylined:
        return knowledge
    folder = place(knowledge.facts)
    facts = (f for f in knowledge.facts if f.subject not in bylined and f.object not in bylined)
    return replace(
        knowledge,
        entities=spooled((e for e in knowledge.entities if e.id not in bylined), folder),
        facts=spooled(facts, folder),
        posts=spooled((post for post in knowledge.posts if post.person not in bylined), folder),
    )
