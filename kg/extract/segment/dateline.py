"""Read the dateline at the head of a story: who printed it, where and on what day.

The patterns are facts about newspapers and notices, told in ``ontology/words/layout.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.search import PatternSieve
from kg.ontology import Ontology, load
from kg.ontology.lexicon.texts import DateWords, LayoutWords, TableWords

# Headings of newspapers stay below this many characters; a longer text without a full stop
# was broken by a column or a page.
LONGEST_HEADING = 40
LONGEST_NAME = 16  # characters of the name of a paper
JOINS = tuple("·－—-")  # between the halves of the name of a paper
# A dateline stands within so many characters of the start of a story.
HEAD = 60


@dataclass(frozen=True, slots=True)
class LayoutPatterns:
    """The patterns of ``ontology/words/layout.yaml``, compiled."""

    datelines: tuple[re.Pattern[str], ...]
    glued: re.Pattern[str]
    publisher: re.Pattern[str]
    sieve: PatternSieve  # of these
    byline: re.Pattern[str]
    turned: re.Pattern[str]
    closing: re.Pattern[str]
    notices: tuple[re.Pattern[str], ...]
    attachment: re.Pattern[str]
    marker: re.Pattern[str]
    caption: re.Pattern[str]
    field: re.Pattern[str]
    folio: re.Pattern[str]
    header: tuple[re.Pattern[str], ...]
    issue: re.Pattern[str]
    signature: re.Pattern[str]
    words: LayoutWords
    tables: TableWords
    dates: DateWords


@lru_cache(maxsize=4)
def _layout(folder: str) -> LayoutPatterns:
    ontology = load(folder)
    vocabulary = ontology.lexicon.layout
    datelines = tuple(re.compile(p) for p in vocabulary.dateline)
    glued = re.compile(vocabulary.glued.replace("{publisher}", _publishers(ontology)))
    return LayoutPatterns(
        datelines=datelines,
        glued=glued,
        publisher=re.compile(f"(?:{_publishers(ontology)})$"),
        sieve=PatternSieve([*datelines, glued]),
        byline=vocabulary.byline,
        turned=vocabulary.turned,
        closing=vocabulary.closing,
        notices=tuple(re.compile(p, re.M) for p in vocabulary.notice),
        attachment=vocabulary.attachment,
        marker=vocabulary.list_marker,
        caption=vocabulary.caption,
        field=vocabulary.field,
        folio=vocabulary.folio,
        header=tuple(re.compile(p.replace("{day}", vocabulary.day)) for p in vocabulary.header),
        issue=vocabulary.issue,
        signature=vocabulary.signature,
        words=vocabulary,
        tables=ontology.lexicon.tables,
        dates=ontology.lexicon.dates,
    )


def _publishers(ontology: Ontology) -> str:
    """The listed newspapers, agencies and sites, longest first, as alternatives."""
    rows = ontology.table("publishers")
    forms = {f for r in rows for f in (r["name"], *r["aliases"].split("|")) if len(f) > 2}
    return "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))


def layout_patterns(ontology: Ontology) -> LayoutPatterns:
    """The layout patterns of an ontology."""
    return _layout(str(ontology.folder))


def dateline(text: str, layout: LayoutPatterns) -> re.Match[str] | None:
    """The dateline at the head of a text; a listed paper's may stand behind a headline.

    Pages that lost their line breaks run the headline into it: …启用澜江网云桥8月1日电.
    """
    head, long = text[:HEAD], text[: HEAD + LONGEST_HEADING]
    for number in layout.sieve.passing(long):
        if number == len(layout.datelines):
            return layout.glued.search(long)
        match = layout.datelines[number].search(head)
        if match and match.start() < 12:
            return match
    return None


def may_have_dateline(text: str, layout: LayoutPatterns) -> bool:
    """Whether a text may have a dateline at its head, whatever spaces are taken out of it."""
    return bool(layout.sieve.passing(text[: 2 * (HEAD + LONGEST_HEADING) + 1]))


def opens_with_dateline(text: str, layout: LayoutPatterns) -> bool:
    """Whether a text opens with a dateline, other than one behind a headline."""
    likely = (n for n in layout.sieve.passing(text) if n < len(layout.datelines))
    return any(layout.datelines[number].match(text) for number in likely)


def dateline_fields(match: re.Match[str], layout: LayoutPatterns) -> dict[str, tuple[str, int]]:
    """What a dateline prints, each with its offset: paper, where, year, month and day.

    A listed paper begins where its name does, whatever headline runs into it.
    """
    groups = {k.rstrip("0123456789"): k for k, v in match.groupdict().items() if v}
    fields = {name: (match[k], match.start(k)) for name, k in groups.items()}
    if "paper" in fields:
        end = match.end(groups["paper"])
        listed = layout.publisher.search(match.string, max(0, end - LONGEST_NAME), end)
        if listed and not match.string.endswith(JOINS, 0, listed.start()):
            fields["paper"] = (listed[0], listed.start())
    return fields
