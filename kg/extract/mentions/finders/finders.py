"""Names found by lists, by patterns and by quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import rjieba

from kg.extract.literals import either
from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention, clean, of_rule
from kg.extract.search import GuardedPattern
from kg.extract.segment.dateline import dateline, dateline_fields, layout_patterns
from kg.ontology import Ontology, Rule

# A filler of so few characters leaves a quoted name and the noun behind it one name.
ALIKE = 2
NEVER = "(?!)"
QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』\n]{1,60})[”\"」』]")


class ListFinder:
    """Finds the names of a table of ``gazetteers/`` with one automaton."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        import ahocorasick_rs as aho

        self.type, self.rule = type_, rule
        self.names: dict[str, tuple[str, str, str]] = {}
        for row in ontology.table(str(rule.options["table"])):
            subtype = row.get("subtype") or str(rule.options.get("subtype", ""))
            aliases = _split(row.get("safe_aliases", row.get("aliases", "")))
            names = [] if row.get("safe") == "no" else [row["name"]]
            for form in [*names, *aliases]:
                self.names.setdefault(form, (row["name"], subtype, row.get("not_before", "")))
        self.forms = list(self.names)
        self.automaton = aho.AhoCorasick(self.forms, matchkind=aho.MatchKind.LeftmostLongest)

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The listed names, where a segmenter sees a word begin and end too."""
        last = 0
        for index, start, end in self.automaton.find_matches_as_indexes(draft.text):
            form = self.forms[index]
            adjacent = start == last > 0  # 中共中央|国务院
            ends_word = draft.may_end(end) or _is_glued(draft, start, end)
            if len(form) < 4 and not (ends_word and (adjacent or _begins_word(draft, start))):
                continue
            last = end
            full, subtype, not_before = self.names[form]
            if draft.text[end : end + 1] and draft.text[end] in not_before:
                continue
            other_names = (full,) if full != form else ()
            rule, score = self.rule.rule, self.rule.confidence
            yield Mention(
                start, end, self.type, form, rule, subtype, score, other_names=other_names
            )


def _split(cell: str) -> list[str]:
    return [c.strip() for c in cell.split("|") if c.strip()]


def _begins_word(draft: ArticleDraft, start: int) -> bool:
    return start == 0 or draft.may_end(start)


def _is_glued(draft: ArticleDraft, start: int, end: int) -> bool:
    """Whether a segmenter made one word of a name and the word behind it: 国务院|参事."""
    word = draft.words.at(start)
    rest = draft.text[end : word.end]
    return word.start == start and len(rest) > 1 and bool(rjieba.has_word(rest))


class PatternFinder:
    """Finds names by a regular expression whose group ``name`` is the name."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        self.pattern = GuardedPattern(str(rule.options["pattern"]))

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """Every match of the pattern."""
        for match in self.pattern.finditer(draft.text):
            start, end = match.span("name")
            yield of_rule(self.rule, self.type, start, end, clean(match["name"]))


class DatelineFinder:
    """Finds the paper, agency or site that prints a story, in its dateline."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule, self.layout = type_, rule, layout_patterns(ontology)

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The publisher that each dateline of the article prints."""
        for sentence in draft.article.sentences:
            match = dateline(draft.text[sentence.start : sentence.end], self.layout)
            if match and (paper := dateline_fields(match, self.layout).get("paper")):
                start = sentence.start + paper[1]
                yield of_rule(self.rule, self.type, start, start + len(paper[0]), paper[0])


@lru_cache(maxsize=8)  # every rule of quotations asks for those of its article
def quoted(text: str) -> tuple[re.Match[str], ...]:
    """The quotations of a text, with the words in them as a group."""
    return tuple(QUOTED.finditer(text))


class QuotedFinder:
    """Finds names in quotation marks by what is inside them or by the noun beside them."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        options, words = rule.options, ontology.lexicon.titles
        self.inside = GuardedPattern(str(options.get("inside", ".+")))
        self.bounded = "$" in str(options.get("inside", ""))
        before, making = (
            either(options[k]) if options.get(k) else NEVER for k in ("before", "making")
        )
        self.before = re.compile(f"(?:{before})[—：:]*$")
        self.making = re.compile(f"(?:{making}){words.making_gap}$")
        self.but = tuple(options.get("but", ()))
        self.lead = re.compile(f"(?:{options.get('lead', NEVER)})$")
        self.after = re.compile(NEVER)
        if options.get("after"):
            # With a few characters of its own before it.
            nouns, filler = (
                either(options["after"]),
                f"{words.filler}{{0,{options.get('filler', 4)}}}?",
            )
            self.after = re.compile(rf"[^\S\n]*(?P<filler>{filler})(?:{nouns}){words.version}")
        self.series = GuardedPattern(NEVER)
        self.listing = bool(options.get("after")) and options.get("series", True)
        if self.listing:
            # “甲”“乙”等大模型: the noun after a series of quotations says what they all are.
            self.series = GuardedPattern(
                rf"{words.series}(?:[\u4e00-\u9fff]{{0,10}}?(?:{nouns})"
                rf"|{words.series_end}(?:{nouns}))"
            )

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The quoted names; a noun right after the marks belongs to the name."""
        text, series = draft.text, self.listing and self.series.may_match(draft.text)
        for match in quoted(text) if series or self.inside.may_match(text) else ():
            inner, (start, end) = match[1], match.span()
            listed = series and 3 < len(inner) < 24 and self.series.pattern.match(text, end)
            is_name = listed or self.inside.pattern.fullmatch(inner)
            if not is_name or draft.lexicon.heads.counted.match(inner):
                continue
            if not text.startswith(self.but, end) and (extent := self._extent(draft, match)):
                end, other_names = extent
                lead = self.lead.search(text, max(0, start - 12), start)
                start = lead.start() if lead else start
                name = clean(text[start:end])
                yield of_rule(self.rule, self.type, start, end, name, other_names=other_names)

    def _extent(
        self, draft: ArticleDraft, match: re.Match[str]
    ) -> tuple[int, tuple[str, ...]] | None:
        """Where the name ends, and the bare words in the marks as another name of it."""
        text, (start, end) = draft.text, match.span()
        noun = self.after.match(text, end)
        if noun and draft.may_end(noun.end()):
            # “甲某”专项行动 is 甲某 for short; “甲某”杭州主场活动 is not.
            short = len(noun["filler"]) <= ALIKE and noun.start("filler") not in draft.begins
            return noun.end(), ((clean(match[1]),) if short else ())
        lead = text[max(0, start - 8) : start]
        is_made = self.making.search(lead) and draft.lexicon.titles.alone.match(text, end)
        if self.before.search(lead) or is_made or self.series.pattern.match(text, end):
            return end, ()
        both = self.rule.options.get("after") and "before" in self.rule.options
        return (end, ()) if self.bounded and not both else None
