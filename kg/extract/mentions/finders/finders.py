"""Names found by lists, by patterns and by quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import rjieba

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention, clean
from kg.extract.search import GuardedPattern
from kg.ontology import Ontology, Rule
from kg.ontology.lexicon.names import TitleWords

# A filler of so few characters leaves a quoted name and the noun behind it one name.
ALIKE = 2
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
            beside = start == last > 0  # 中共中央|国务院
            closed = draft.may_end(end) or _glued(draft, start, end)
            if len(form) < 4 and not (closed and (beside or _opens(draft, start))):
                continue
            last = end
            full, subtype, not_before = self.names[form]
            if draft.text[end : end + 1] and draft.text[end] in not_before:
                continue
            also = (full,) if full != form else ()
            rule, score = self.rule.rule, self.rule.confidence
            yield Mention(start, end, self.type, form, rule, subtype, score, other_names=also)


def _split(cell: str) -> list[str]:
    return [c.strip() for c in cell.split("|") if c.strip()]


def _opens(draft: ArticleDraft, start: int) -> bool:
    return start == 0 or draft.may_end(start)


def _glued(draft: ArticleDraft, start: int, end: int) -> bool:
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
            yield Mention(
                start,
                end,
                self.type,
                clean(match["name"]),
                self.rule.rule,
                str(self.rule.options.get("subtype", "")),
                self.rule.confidence,
            )


@lru_cache(maxsize=8)  # every rule of quotations asks for those of its article
def quoted(text: str) -> tuple[re.Match[str], ...]:
    """The quotations of a text, with the words in them as a group."""
    return tuple(QUOTED.finditer(text))


class QuotedFinder:
    """Finds names in quotation marks by what is inside them or by the noun beside them."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        o: dict[str, Any] = rule.options
        vocabulary = ontology.lexicon.titles
        self.inside = GuardedPattern(str(o.get("inside", ".+")))
        self.after = _after(o.get("after", ()), int(o.get("filler", 4)), vocabulary)
        self.before = _before(o.get("before", ()), "[—：:]*")
        self.making = _before(o.get("making", ()), vocabulary.making_gap)
        self.but = tuple(o.get("but", ()))
        self.lead = re.compile(f"(?:{o['lead']})$") if "lead" in o else None
        nouns = "|".join(sorted(map(re.escape, o.get("after", ())), key=len, reverse=True))
        # “甲”“乙”等大模型: the noun after a series of quotations says what they all are.
        self.series = (
            GuardedPattern(
                rf"{vocabulary.series}(?:[\u4e00-\u9fff]{{0,10}}?(?:{nouns})"
                rf"|{vocabulary.series_end}(?:{nouns}))"
            )
            if nouns and o.get("series", True)
            else None
        )

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The quoted names; a noun right after the marks belongs to the name."""
        series = self.series is not None and self.series.may_match(draft.text)
        if not (series or self.inside.may_match(draft.text)):
            return
        for match in quoted(draft.text):
            inner = match[1]
            listed = series and self._series(draft, match.end()) and 3 < len(inner) < 24
            if not (
                self.inside.pattern.fullmatch(inner) or listed
            ) or draft.lexicon.heads.counted.match(inner):
                continue
            if draft.text.startswith(self.but, match.end()):
                continue
            if found := self._extent(draft, match):
                end, also = found
                start = match.start()
                lead = (
                    self.lead.search(draft.text, max(0, start - 12), start) if self.lead else None
                )
                yield self._mention(draft, lead.start() if lead else start, end, also)

    def _mention(self, draft: ArticleDraft, start: int, end: int, also: tuple[str, ...]) -> Mention:
        name, subtype = clean(draft.text[start:end]), str(self.rule.options.get("subtype", ""))
        rule, score = self.rule.rule, self.rule.confidence
        return Mention(start, end, self.type, name, rule, subtype, score, other_names=also)

    def _series(self, draft: ArticleDraft, end: int) -> bool:
        """Whether a noun stands behind the series that a quotation ends or goes on with."""
        return self.series is not None and bool(self.series.pattern.match(draft.text, end))

    def _extent(
        self, draft: ArticleDraft, match: re.Match[str]
    ) -> tuple[int, tuple[str, ...]] | None:
        """Where the name ends, and the bare words in the marks as another name of it."""
        noun = self.after.match(draft.text, match.end()) if self.after is not None else None
        if noun and draft.may_end(noun.end()):
            # “甲某”专项行动 is 甲某 for short; “甲某”杭州主场活动 is not.
            short = len(noun["filler"]) <= ALIKE and noun.start("filler") not in draft.begins
            return noun.end(), ((clean(match[1]),) if short else ())
        lead = draft.text[max(0, match.start() - 8) : match.start()]
        led = self.before is not None and self.before.search(lead)
        made = self.making is not None and self.making.search(lead)
        alone = made and draft.lexicon.titles.alone.match(draft.text, match.end())
        if led or alone or self._series(draft, match.end()):
            return match.end(), ()
        if self.after is not None and "before" in self.rule.options:
            return None
        return (match.end(), ()) if "$" in str(self.rule.options.get("inside", "")) else None


def _after(words: Iterable[str], filler: int, vocabulary: TitleWords) -> re.Pattern[str] | None:
    """One of the nouns right after the marks, with a few characters of its own before it."""
    found = sorted(map(re.escape, words), key=len, reverse=True)
    if not found:
        return None
    return re.compile(
        rf"[^\S\n]*(?P<filler>{vocabulary.filler}{{0,{filler}}}?)(?:{'|'.join(found)}){vocabulary.version}"
    )


def _before(words: Iterable[str], tail: str = "") -> re.Pattern[str] | None:
    """One of the words right before the marks."""
    found = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(found)}){tail}$") if found else None
