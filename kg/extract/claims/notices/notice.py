"""What the frame of an official notice says: the policy it issues, by whom, on which day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.base.records import Span
from kg.extract.claims.clause_grammar import clause_grammar
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.parts.shape import stated
from kg.extract.coreference.notice_topic import HEAD, explained
from kg.extract.mentions.mention import Mention
from kg.extract.values.values import FoundValue
from kg.ontology import Lexicon, Ontology, Rule


def issuer(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """The bodies whose names open the title of a notice, stand in its head, or sign it."""
    notices = context.draft.lexicon.notices
    main = context.main
    if main is None or context.article.kind != "notice" or explained(context.discourse):
        return
    wanted = rule.options["class"]
    bodies = [m for m in context.mentions if m.type == wanted and not m.nested and not m.reference]
    lines = list(_lines(context.text))
    for i, (start, end) in enumerate(lines):
        inside = [m for m in bodies if start <= m.start and m.end <= end]
        if not inside:
            continue
        rest = notices.and_others.sub("", _without(context.text, start, end, inside))
        following = next(
            (
                context.text[a:b]
                for a, b in lines[i + 1 :]
                if not _names_only(context, a, b, bodies)
            ),
            "",
        )
        titled = start < HEAD and (
            rest.startswith(notices.about) or (not rest and following.startswith(notices.about))
        )
        letterhead = start < HEAD and rest in notices.letterheads and len(inside) == 1
        field = start < HEAD and notices.issuer_field.match(context.text[start:end])
        below = start < HEAD and notices.origin.search(context.text[start:end].strip())
        signed = (not rest and notices.date_line.match(following)) or notices.date_line.match(rest)
        if titled or letterhead or field or below or signed:
            for m in (
                inside
                if not titled or not rest
                else _leading(context.text, inside, context.draft.lexicon)
            ):
                yield stated(context, rule, predicate, m, main, Span(m.start, m.end))


def _leading(text: str, inside: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """The bodies that open a line together: 甲局 乙局、丙局关于印发…."""
    for last, m in zip([None, *inside], inside, strict=False):
        if last is not None and text[last.end : m.start].strip(lexicon.notices.between_bodies):
            return
        yield m


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _without(text: str, start: int, end: int, bodies: Sequence[Mention]) -> str:
    """What a line says besides the names of bodies, without spaces and list marks."""
    kept, at = "", start
    for m in bodies:
        kept, at = kept + text[at : m.start], m.end
    return re.sub(r"[\s、，　]", "", kept + text[at:end])


def _names_only(context: ArticleContext, start: int, end: int, bodies: Sequence[Mention]) -> bool:
    inside = [m for m in bodies if start <= m.start and m.end <= end]
    return bool(inside) and not _without(context.text, start, end, inside)


def issued(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """The day under the signature of a notice, or in the fields of its head.

    What a page was put online on counts only where nothing else is told; the days of a page that
    explains a policy are its own.
    """
    notices = context.draft.lexicon.notices
    main = context.main
    if main is None or context.article.kind != "notice" or explained(context.discourse):
        return
    dates = [v for v in context.draft.values if v.kind == "date"]
    days = [v for v in dates if v.value.datatype == "date"]
    made = [
        v
        for v in days
        if _alone(context.text, v, context.draft.lexicon) or _told(context.text, v, notices.made_on)
    ]
    for v in made or [v for v in dates if _told(context.text, v, notices.put_on)]:
        yield stated(context, rule, predicate, main, None, Span(v.start, v.end), v.value)


def _alone(text: str, v: FoundValue, lexicon: Lexicon) -> bool:
    """Whether a day has its line to itself, or stands in the brackets below a title."""
    notices = lexicon.notices
    line, end = text.rfind("\n", 0, v.start) + 1, text.find("\n", v.end)
    before, after = text[line : v.start].strip(), text[v.end : end].strip()
    return (not before and not after) or (
        v.start < HEAD
        and before[:1] in ("（", "(")
        and notices.numbered.sub("", before, count=1) in ("", "（", "(")
        and (
            (after in ("）", ")") and len(before) > 1)
            or notices.origin.search(f"（{after}") is not None
        )
    )


def _told(text: str, v: FoundValue, field: re.Pattern[str]) -> bool:
    """Whether a day is what a field of the head says."""
    return v.start < HEAD and field.search(text, max(0, v.start - 16), v.start) is not None


def grounds(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """The policies that a notice names as its grounds: 根据甲《…》和乙《…》，制定本办法."""
    notices = context.draft.lexicon.notices
    main = context.main
    if main is None:
        return
    yield from _listed_grounds(context, main, rule, predicate)
    verbs = clause_grammar(str(ontology.folder)).verbs(*rule.options["verbs"])
    ends = re.compile(str(rule.options["ends"]))
    section = notices.section.search(context.text)
    body = section.start() if section else HEAD
    for sentence in context.sentences:
        opens = verbs.search(sentence.text)
        if opens is None:
            continue
        closes = ends.search(sentence.text, opens.end())
        first = context.article.kind == "notice" and sentence.span.start < body
        if closes is None and not (
            first and notices.before_grounds.fullmatch(sentence.text, 0, opens.start())
        ):
            continue  # a notice opens with its grounds, whatever it says behind them
        limit = closes.start() if closes else len(sentence.text)
        last = sentence.text.rfind("，", opens.end(), limit)
        stop = last if last >= 0 else limit
        for at, group in sorted(sentence.groups.items()):
            if not opens.end() <= at < stop:
                continue
            for m in group.mentions:
                if m.type == rule.options["class"] and not m.reference and m.name != main.name:
                    yield stated(context, rule, predicate, main, m, Span(group.start, group.end))


def _listed_grounds(
    context: ArticleContext, main: Mention, rule: Rule, predicate: str
) -> Iterator[Statement]:
    """The policies that open the lines of a section of grounds: 二、制定依据⏎1.《…》."""
    notices = context.draft.lexicon.notices
    headings = [m.end() for m in notices.grounds.finditer(context.text)]
    ends = [m.start() for m in notices.next_section.finditer(context.text)] if headings else []
    if not headings:
        return
    for m in context.mentions:
        if m.type != rule.options["class"] or m.reference or m.name == main.name:
            continue
        begun = bisect_right(headings, m.start)
        closed = bisect_right(ends, m.start)
        line = context.text.rfind("\n", 0, m.start) + 1
        if (
            begun
            and (not closed or ends[closed - 1] < headings[begun - 1])
            and _opens(context.text, line, m.start, context.draft.lexicon)
        ):
            yield stated(context, rule, predicate, main, m, Span(m.start, m.end))


def _opens(text: str, line: int, at: int, lexicon: Lexicon) -> bool:
    """Whether a title opens its line, alone or in a list that does."""
    notices = lexicon.notices
    before = notices.titles.sub("", text[line:at])
    return (
        notices.opens_line.fullmatch(text, line, at) or notices.grounds_said.fullmatch(before)
    ) is not None
