"""What 我市, 全区, 本报 mean in an article: the place and the paper that speak in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention
from kg.extract.segment.articles import SegmentedArticle
from kg.ontology import Ontology
from kg.ontology.places import PlaceContext, Places

NOTICE_HEAD = 700  # characters of a notice in which its issuer stands


class DeixisResolver:
    """The speakers of a page: what each of its articles calls here.

    Args:
        articles: The articles.
        drafts: The articles as they were annotated, with names inside names.
        mentions: The mentions of each.
        ontology: For the tables of places and publishers.
    """

    def __init__(
        self,
        articles: Sequence[SegmentedArticle],
        drafts: Sequence[ArticleDraft],
        mentions: Sequence[Sequence[Mention]],
        ontology: Ontology,
    ) -> None:
        self.articles, self.drafts, self.mentions = articles, drafts, mentions
        self.places, self.vocabulary = Places.load(ontology), ontology.lexicon.references
        self.kinds = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
        self.place_mentions = [
            [m for m in group if m.type in self.kinds and not m.reference] for group in mentions
        ]
        every = [m for group in self.place_mentions for m in group]
        readings = {m.name: self.places.by_name(m.name) for m in every}
        unambiguous = (r[0].code for r in readings.values() if len(r) == 1)
        self.context = PlaceContext(unambiguous, self.places)
        self.divisions = {name: self.places.resolve(name, self.context) for name in readings}
        self.by_code: dict[str, Mention] = {}
        for m in every:
            division = self.divisions[m.name]
            if division and division.code not in self.by_code:
                self.by_code[division.code] = m
        self.all_votes = self._votes(self.place_mentions)
        self.paper = self._paper()

    def of(self, number: int) -> dict[str, Mention]:
        """For 市, 区, 省 … the place that an article means by it; its paper as ``publisher``."""
        home: dict[str, Mention] = {}
        decided_keys: set[str] = set()  # who speaks may not be named: then nobody else does
        for code in self._codes(number):
            division = self.places.by_code(code)
            for place in (division, *self.places.ancestors(code)) if division else ():
                for key in {self.vocabulary.level_words.get(place.level, ""), place.name[-1]} - {
                    "",
                    *decided_keys,
                }:
                    decided_keys.add(key)
                    if place.code in self.by_code:
                        home[key] = self.by_code[place.code]
        if self.paper is not None:
            home["publisher"] = self.paper
        return home

    def _paper(self) -> Mention | None:
        papers = [
            m
            for group in self.mentions
            for m in group
            if m.subtype == "media" and m.name.endswith(self.vocabulary.paper)
        ]
        count = Counter(m.name for m in papers)
        return max(papers, key=lambda m: (count[m.name], -m.start), default=None)

    def _codes(self, number: int) -> Iterator[str]:
        """Codes of the places that may speak, surest first."""
        article = self.articles[number]
        if article.kind == "notice":
            yield from self._issuers(number)
        for name in (article.publisher, self.paper.name if self.paper else ""):
            if name and (division := self.places.publisher(name)):
                yield division.code
        if article.place and (reading := self.places.resolve(article.place, self.context)):
            yield reading.code
        for votes in (
            *self._speaking(number),
            self._votes([self.place_mentions[number]]),
            self.all_votes,
        ):
            yield from (code for code, _ in votes.most_common())

    def _votes(self, groups: Iterable[Iterable[Mention]]) -> Counter[str]:
        """How often each place is named, by its code."""
        return Counter(d.code for g in groups for m in g if (d := self.divisions[m.name]))

    def _speaking(self, number: int) -> Iterator[Counter[str]]:
        """The places of the articles that say 我市 or 我区, for one that does not.

        On a page of a paper that is not named, 区委 alone is that of the place that speaks.
        """
        speaking = [
            i
            for i, article in enumerate(self.articles)
            if self.vocabulary.ours.search(article.text)
        ]
        if speaking and number not in speaking and not self.articles[number].place:
            yield self._votes(self.place_mentions[i] for i in speaking)

    def _issuers(self, number: int) -> Iterator[str]:
        for m in self.mentions[number]:
            if m.subtype == "government" and m.start < NOTICE_HEAD:
                reading = self.places.resolve(self._leading_place(m.name), self.context)
                if reading:
                    self._take_issuer_place(number, m, reading.code)
                    yield reading.code

    def _take_issuer_place(self, number: int, body: Mention, code: str) -> None:
        """Take the place that opens the name of an issuer for one that the text names."""
        for place in self.drafts[number].within(body.start, body.end):
            if place.type in self.kinds and place.start == body.start:
                self.by_code.setdefault(code, replace(place, needs_claim=True, nested=True))

    def _leading_place(self, name: str) -> str:
        """The place that a body's name begins with, or ``""``."""
        sizes = range(min(12, len(name) - 1), 1, -1)
        return next((name[:n] for n in sizes if self.places.by_name(name[:n])), "")
