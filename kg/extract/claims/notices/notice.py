"""What the frame of an official notice says: the policy it issues, by whom, on which day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.base.records import Span
from kg.extract.claims.context import Scene, Stated
from kg.extract.claims.grammar import grammar
from kg.extract.claims.parts.shape import stated
from kg.extract.coreference.about import HEAD, explained
from kg.extract.mentions.mention import Mention
from kg.extract.values.values import Found
from kg.ontology import Lexicon, Ontology, Rule


def issuer(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The bodies whose names open the title of a notice, stand in its head, or sign it."""
    notices = scene.draft.lexicon.notices
    main = scene.main
    if main is None or scene.part.kind != "notice" or explained(scene.discourse):
        return
    wanted = rule.options["class"]
    bodies = [m for m in scene.mentions if m.type == wanted and not m.inner and not m.refers]
    lines = list(_lines(scene.text))
    for i, (start, end) in enumerate(lines):
        inside = [m for m in bodies if start <= m.start and m.end <= end]
        if not inside:
            continue
        rest = notices.and_others.sub("", _without(scene.text, start, end, inside))
        following = next(
            (scene.text[a:b] for a, b in lines[i + 1 :] if not _names_only(scene, a, b, bodies)), ""
        )
        titled = start < HEAD and (
            rest.startswith(notices.about) or (not rest and following.startswith(notices.about))
        )
        letterhead = start < HEAD and rest in notices.letterheads and len(inside) == 1
        field = start < HEAD and notices.issuer_field.match(scene.text[start:end])
        below = start < HEAD and notices.origin.search(scene.text[start:end].strip())
        signed = (not rest and notices.date_line.match(following)) or notices.date_line.match(rest)
        if titled or letterhead or field or below or signed:
            for m in (
                inside
                if not titled or not rest
                else _leading(scene.text, inside, scene.draft.lexicon)
            ):
                yield stated(scene, rule, predicate, m, main, Span(m.start, m.end))


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


def _names_only(scene: Scene, start: int, end: int, bodies: Sequence[Mention]) -> bool:
    inside = [m for m in bodies if start <= m.start and m.end <= end]
    return bool(inside) and not _without(scene.text, start, end, inside)


def issued(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The day under the signature of a notice, or in the fields of its head.

    What a page was put online on counts only where nothing else is told; the days of a page that
    explains a policy are its own.
    """
    notices = scene.draft.lexicon.notices
    main = scene.main
    if main is None or scene.part.kind != "notice" or explained(scene.discourse):
        return
    dates = [v for v in scene.draft.values if v.kind == "date"]
    days = [v for v in dates if v.value.datatype == "date"]
    made = [
        v
        for v in days
        if _alone(scene.text, v, scene.draft.lexicon) or _told(scene.text, v, notices.made_on)
    ]
    for v in made or [v for v in dates if _told(scene.text, v, notices.put_on)]:
        yield stated(scene, rule, predicate, main, None, Span(v.start, v.end), v.value)


def _alone(text: str, v: Found, lexicon: Lexicon) -> bool:
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


def _told(text: str, v: Found, field: re.Pattern[str]) -> bool:
    """Whether a day is what a field of the head says."""
    return v.start < HEAD and field.search(text, max(0, v.start - 16), v.start) is not None


def grounds(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The policies that a notice names as its grounds: 根据甲《…》和乙《…》，制定本办法."""
    notices = scene.draft.lexicon.notices
    main = scene.main
    if main is None:
        return
    yield from _listed_grounds(scene, main, rule, predicate)
    verbs = grammar(str(ontology.folder)).verbs(*rule.options["verbs"])
    ends = re.compile(str(rule.options["ends"]))
    section = notices.section.search(scene.text)
    body = section.start() if section else HEAD
    for sentence in scene.sentences:
        opens = verbs.search(sentence.text)
        if opens is None:
            continue
        closes = ends.search(sentence.text, opens.end())
        first = scene.part.kind == "notice" and sentence.span.start < body
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
                if m.type == rule.options["class"] and not m.refers and m.name != main.name:
                    yield stated(scene, rule, predicate, main, m, Span(group.start, group.end))


def _listed_grounds(scene: Scene, main: Mention, rule: Rule, predicate: str) -> Iterator[Stated]:
    """The policies that open the lines of a section of grounds: 二、制定依据⏎1.《…》."""
    notices = scene.draft.lexicon.notices
    headings = [m.end() for m in notices.grounds.finditer(scene.text)]
    ends = [m.start() for m in notices.next_section.finditer(scene.text)] if headings else []
    if not headings:
        return
    for m in scene.mentions:
        if m.type != rule.options["class"] or m.refers or m.name == main.name:
            continue
        begun = bisect_right(headings, m.start)
        closed = bisect_right(ends, m.start)
        line = scene.text.rfind("\n", 0, m.start) + 1
        if (
            begun
            and (not closed or ends[closed - 1] < headings[begun - 1])
            and _opens(scene.text, line, m.start, scene.draft.lexicon)
        ):
            yield stated(scene, rule, predicate, main, m, Span(m.start, m.end))


def _opens(text: str, line: int, at: int, lexicon: Lexicon) -> bool:
    """Whether a title opens its line, alone or in a list that does."""
    notices = lexicon.notices
    before = notices.titles.sub("", text[line:at])
    return (
        notices.opens_line.fullmatch(text, line, at) or notices.grounds_said.fullmatch(before)
    ) is not None
