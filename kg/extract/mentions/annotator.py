"""Run every finder of the ontology's pages over an article, and choose between what they find.

Finders run in stages, since a later one leans on what an earlier one found: places and listed
names first, titles and quotations, head nouns, towns and zones, persons. Where names overlap
the longer one stands, see ``kg.extract.mentions.choice``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import product
from typing import TYPE_CHECKING, Any, Protocol

from kg.base.errors import did_you_mean
from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.choice import choose
from kg.extract.mentions.finders.address import split_zone
from kg.extract.mentions.finders.finders import (
    DatelineFinder,
    ListFinder,
    PatternFinder,
    QuotedFinder,
)
from kg.extract.mentions.finders.lookup import Covered, Lookup
from kg.extract.mentions.finders.people import PersonFinder, role_pattern
from kg.extract.mentions.finders.place import LevelFinder, PlaceFinder
from kg.extract.mentions.finders.short import ShortForm, defined_names
from kg.extract.mentions.finders.table import ColumnFinder
from kg.extract.mentions.finders.title import TitleFinder
from kg.extract.mentions.heads.post_holders import Holders
from kg.extract.mentions.heads.suffix import SuffixFinder
from kg.extract.mentions.mention import Mention
from kg.extract.mentions.name_grammar import NameGrammar
from kg.extract.segment.articles import SegmentedArticle
from kg.extract.values.values import PartialDate, ValueFinder
from kg.ontology import Ontology, Rule, load
from kg.ontology.places import Places

if TYPE_CHECKING:
    from kg.extract.model.llm import LlmProposals


class Finder(Protocol):
    """Finds the names of one rule in an article."""

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The names of the rule in the text of a draft."""
        ...


# Kind of rule -> the stage it runs in, and what finds its names. Suffix rules of all pages
# run together, in one pass.
KINDS: dict[str, tuple[int, Any]] = {
    "place": (0, PlaceFinder),
    "list": (0, ListFinder),
    "column": (1, ColumnFinder),
    "title": (1, TitleFinder),
    "quoted": (1, QuotedFinder),
    "pattern": (1, PatternFinder),
    "dateline": (1, DatelineFinder),
    "level": (2, LevelFinder),
    "suffix": (3, SuffixFinder),
    "person": (5, PersonFinder),
}


class Annotator:
    """All finders of an ontology, compiled once."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology, self.lexicon = ontology, ontology.lexicon
        self.grammar = NameGrammar.of(
            self.lexicon.grammar,
            [row["word"] for row in ontology.table("verbs")],
        )
        self.values = ValueFinder(self.lexicon.values)
        self.places = Places.load(ontology)
        self.stages: dict[int, list[Finder]] = {}
        self.rules: dict[str, Rule] = {}
        suffix: list[tuple[str, Rule]] = []
        self.solid = frozenset(
            k.name for k in ontology.classes.values() if any(r.kind == "place" for r in k.names)
        )
        for klass in ontology.classes.values():
            for rule in klass.names:
                self.rules[rule.rule] = rule
                if rule.kind not in KINDS:
                    hint = did_you_mean(rule.kind, KINDS)
                    raise rule.refused(f"{rule.kind} is no kind of name; {hint}")
                if rule.kind == "suffix":
                    suffix.append((klass.name, rule))
                    continue
                stage, finder = KINDS[rule.kind]
                compiled = rule.compiled(partial(finder, klass.name, rule, ontology))
                self.stages.setdefault(stage, []).append(compiled)
        # Zones first: 柳东新区 is known when 柳东新区管委会 is read.
        roles = role_pattern(ontology)
        role = re.compile(roles)
        for stage, place_classes in ((3, True), (4, False)):
            of_stage = [(t, r) for t, r in suffix if (t in self.solid) == place_classes]
            self.stages.setdefault(stage, []).append(SuffixFinder(of_stage, role, self.lexicon))
        kinds = ontology.classes.values()
        persons = (k.name for k in kinds if any(r.kind == "person" for r in k.names))
        self.holders = Holders(ontology, roles, next(persons, ""))
        self.anaphora = self._anaphora()

    def _anaphora(self) -> re.Pattern[str] | None:
        self.refers: dict[str, tuple[str, str]] = {}
        for klass in self.ontology.classes.values():
            for key, forms in klass.anaphora.items():
                for form in (w for alternatives in forms for w in spelled_out(alternatives)):
                    self.refers[form] = (klass.name, key)
        forms = sorted(map(re.escape, self.refers), key=len, reverse=True)
        return re.compile("|".join(forms)) if forms else None

    def annotate(
        self,
        article: SegmentedArticle,
        date: PartialDate,
        number: int = 0,
        proposals: LlmProposals | None = None,
    ) -> tuple[ArticleDraft, list[ShortForm]]:
        """Find the names and values of an article, and the short names it defines."""
        values = [*self.values.money(article.text), *self.values.dates(article.text, date)]
        draft = ArticleDraft(
            article, self.grammar, self.lexicon, date, values, self.solid, number, proposals
        )
        for stage in sorted(self.stages):  # what is found in a stage helps the next one only
            by_finder = [
                (isinstance(f, ListFinder), list(f.find(draft))) for f in self.stages[stage]
            ]
            for from_list in (True, False):
                mentions = (
                    m for is_list, names in by_finder if is_list == from_list for m in names
                )
                draft.add(mentions, as_bodies=from_list)
        draft.mentions = [z for m in draft.mentions for z in self._split(m, draft)]
        draft.mentions = list(self.holders.cut(draft.mentions, draft))
        links = []
        for mention, link in list(defined_names(draft, self._choose(draft))):
            draft.add([replace(mention, needs_claim=False)])
            links.append(link)
        full_names = {link.full for link in links}
        draft.mentions = [
            replace(m, needs_claim=False) if m.name in full_names else m for m in draft.mentions
        ]
        return draft, links

    def _split(self, mention: Mention, draft: ArticleDraft) -> Iterator[Mention]:
        rule = self.rules[mention.rule]
        zone = mention.subtype in ("zone", "park") and rule.kind == "suffix"
        if zone and not rule.options.get("placed"):
            yield from split_zone(mention, draft)
        else:
            yield mention

    def _choose(self, draft: ArticleDraft) -> list[Mention]:
        candidates, chosen = draft.choice
        if candidates != draft.mentions:
            chosen = choose(draft.mentions, self.rules, draft.text, self.places, self.lexicon)
            draft.choice = list(draft.mentions), chosen
        return list(chosen)

    def spread(self, drafts: Sequence[ArticleDraft], links: Sequence[Sequence[ShortForm]]) -> None:
        """Look up in every article the names that any article gave.

        A name defined in an article (以下简称“联盟”) holds in that article wherever it stands.
        """
        shared: dict[str, Mention] = {}
        for draft in drafts:
            for m in self._choose(draft):
                if not m.needs_claim and not m.reference and len(m.name) >= 3 and not m.nested:
                    shared.setdefault(m.name, m)
        lookup = Lookup(shared)
        for draft, own in zip(drafts, links, strict=True):
            shorts = {link.short for link in own}
            defined = {m.name: m for m in reversed(draft.mentions) if m.name in shorts}
            draft.add(lookup.find(draft))
            if defined:
                draft.add(Lookup(defined, sure=True).find(draft))

    def finish(self, draft: ArticleDraft) -> list[Mention]:
        """The mentions of an article that stand, in reading order, references included."""
        grammar = draft.lexicon.grammar
        chosen = self._choose(draft)
        covered = Covered(chosen)
        if self.anaphora is not None:
            for match in self.anaphora.finditer(draft.text):
                start, end = match.span()
                if covered.touches(start, end):
                    continue
                word = draft.words.at(start)  # 解决方案 is one word, no 方案
                if len(match.group()) == 2 and not (draft.may_end(end) and word.start == start):
                    continue
                type_, key = self.refers[match.group()]
                opens = draft.text[:start].rstrip("“ 　")[-1:] in OPENS
                if key in OPENING and not opens and match.group()[0] != grammar.this:
                    continue
                if key == PLATFORM and draft.text.startswith(grammar.firms, end):
                    continue  # 平台|公司
                chosen.append(
                    Mention(start, end, type_, match.group(), f"reference.{key}", reference=key)
                )
        ordered = sorted(chosen, key=lambda m: (m.start, -m.end))
        return [m.in_article(draft.number) for m in ordered]


# Nouns that refer back only where a clause opens with them (新区出台…); elsewhere they name a sort.
PLATFORM = "platform"
OPENING, OPENS = frozenset({"zone", PLATFORM}), frozenset("，；。！？\n")


def spelled_out(form: str) -> Iterator[str]:
    """The words that a form with alternatives in brackets stands for.

    >>> list(spelled_out("(本次|本届)(大会|论坛)"))
    ['本次大会', '本次论坛', '本届大会', '本届论坛']
    """
    parts = [part.split("|") for part in re.split("[()]", form) if part]
    return map("".join, product(*parts))


@lru_cache(maxsize=4)
def annotator(folder: str) -> Annotator:
    """The compiled annotator of the ontology in a folder; one for a process."""
    return Annotator(load(folder))
