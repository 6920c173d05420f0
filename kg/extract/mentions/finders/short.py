"""Short names that a text defines: 以下简称“甲”, or in brackets behind the full name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention, clean

BRACKET = re.compile(r"[（(]((?:[^（）()\n]|[（(][^（）()\n]{0,20}[）)]){1,80})[）)]")


@dataclass(frozen=True, slots=True)
class ShortForm:
    """Why a short name stands for a full one: the rule and the words, and where they stand."""

    short: str
    full: str
    type: str
    rule: str
    reason: str
    start: int
    end: int


def defined_names(
    draft: ArticleDraft, mentions: Iterable[Mention]
) -> Iterator[tuple[Mention, ShortForm]]:
    """The short names that brackets of a text define, each with the full name before it."""
    by_end: dict[int, Mention] = {}
    ordered = sorted(mentions, key=lambda m: m.end - m.start)
    for m in ordered:
        by_end[m.end] = m
    for match in BRACKET.finditer(draft.text):
        definition = draft.lexicon.shorts.defines.search(match[1])
        behind = match.start()
        while draft.text[behind - 1 : behind] in (" ", "\u3000"):
            behind -= 1
        target = _name_before(by_end, draft.text, behind)
        if target is None:
            continue
        if definition:
            tail = match.start(1) + definition.end()
            yield from _forms(draft, tail, match.end(1), target, "name.defined", match.group())
        elif _abbreviates(clean(match[1]), target.name):
            form = replace(
                target, start=match.start(1), end=match.end(1), name=clean(match[1]), other_names=()
            )
            yield form, _link(form, target, "name.bracketed", match.group())


def _name_before(by_end: dict[int, Mention], text: str, position: int) -> Mention | None:
    for back in range(3):
        if position - back in by_end and not text[position - back : position].strip("”》」’"):
            return by_end[position - back]
    opening = text.rfind("(" if text[position - 1] == ")" else "（", 0, position)
    if text[position - 1 : position] in (")", "）") and opening > 0:
        return by_end.get(opening)
    return None


def _forms(
    draft: ArticleDraft, start: int, end: int, target: Mention, rule: str, reason: str
) -> Iterator[tuple[Mention, ShortForm]]:
    shorts = draft.lexicon.shorts
    for match in shorts.forms.finditer(draft.text, start, end):
        group = 1 if match[1] else 2
        name = clean(match[group])
        if not name or shorts.several.match(match[group]):
            continue
        form = replace(
            target,
            start=match.start(group),
            end=match.end(group),
            name=name,
            other_names=(),
        )
        yield form, _link(form, target, rule, reason)


def _link(form: Mention, target: Mention, rule: str, reason: str) -> ShortForm:
    return ShortForm(form.name, target.name, target.type, rule, reason, form.start, form.end)


def _abbreviates(short: str, full: str) -> bool:
    """Whether a bracketed form is made of characters of the full name, in order.

    >>> _abbreviates("中远南投", "中远南宁投资发展有限公司")
    True
    """
    if not 2 <= len(short) <= 8 or short == full or len(short) > len(full) - 2:
        return False
    if not re.fullmatch(r"[\u4e00-\u9fff]+", short):
        return False
    rest = iter(full)
    return all(c in rest for c in short)
