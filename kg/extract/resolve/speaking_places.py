"""The articles of one page in, for which place each speaks out: 市科技局 is that of its city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.mention import Mention
from kg.extract.resolve.clusters import Clusters, Key
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class ArticleStatement:
    """A statement and the article it stands in."""

    context: ArticleContext
    statement: Statement


class SpeakingPlaces:
    """What 市科技局 means where the articles of one page speak for different cities.

    The key of such a name carries the place that its article speaks for, after a separator
    that no text holds; on a page with one voice the name alone is the key.
    """

    MARK = "\x1f"

    def __init__(self, contexts: Sequence[ArticleContext], ontology: Ontology) -> None:
        self.contexts = contexts
        self.bodies = {k.name for k in ontology.classes.values() if k.identified_by == "body"}
        heard: dict[str, set[str]] = defaultdict(set)
        for context in contexts:
            for level, place in context.home.items():
                heard[level].add(place.name)
        self.mixed = {level for level, names in heard.items() if len(names) > 1}

    def key(self, m: Mention) -> Key:
        """The key of a mention: its class and name, with the place that speaks where needed."""
        level, context = m.name[0], self.contexts[m.article]
        if m.type in self.bodies and level in self.mixed and level in context.home:
            return m.type, f"{m.name}{self.MARK}{context.home[level].name}"
        return m.type, m.name

    def join(self, clusters: Clusters, mentions: Sequence[tuple[ArticleContext, Mention]]) -> None:
        """Make a short name one with the full name of the same place: 合肥市科技局."""
        for _, m in mentions:
            key = self.key(m)
            if key[1] == m.name:
                continue
            full = (m.type, key[1].partition(self.MARK)[2] + m.name[1:])
            if full in clusters.parent:
                clusters.union(key, full, "name.bureau", f"{m.name} is that of {full[1]}")
