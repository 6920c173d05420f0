"""Rules that read the occasions of an article: what is shown where, who signs, and the days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule
from kg.records import Span, Value
from kg.relate.mask import KINDS, Masked, Masks
from kg.relate.occasion import Occasion, date_of, day_of, occasions
from kg.relate.occasion_words import Words, words_of
from kg.relate.scene import Scene, Stated
from kg.relate.shown import Shown
from kg.relate.verb import named

# How far behind the name of an event its verb may stand; how far from it a date needs none.
HELD, NEAR = 30, 4
# The year that the name of an event begins with, behind its motto if it has one.
YEAR = re.compile(r"(?:^|(?<=—))(?:19|20)\d\d(?=年|[^\d])")
# How far before an event the date of its sentence may stand, names counted as one.
FAR = 60


def _state(
    rule: Rule, predicate: str, s: Mention, o: Mention | None, shown: Shown, v: Value | None = None
) -> Stated:
    return Stated(
        s, predicate, o, v, shown.sentence, rule.rule, rule.confidence, rule.status, shown.trigger
    )


def announced(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """A thing shown or signed at an event; a press conference tells of what was before it."""
    words = words_of(str(ontology.folder))
    for occasion in occasions(scene, ontology):
        event = occasion.event
        for shown in occasion.shown if event is not None else ():
            trigger = scene.text[shown.trigger.start : shown.trigger.end]
            told = event is not None and words.briefing.search(event.name)
            before = told and not words.briefed.search(trigger)
            if event is not None and not before and event.name not in shown.thing.name:
                yield _state(rule, predicate, shown.thing, event, shown)


def hosted(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Who holds a signing of projects signs each project named of it."""
    for occasion in occasions(scene, ontology):
        for shown in occasion.shown:
            for host in (
                occasion.hosts
                if shown.signed and occasion.signs and shown.thing.type == rule.options["class"]
                else ()
            ):
                yield _state(rule, predicate, host, shown.thing, shown)


def signed_there(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Who invests in a project signed at a signing is the other party."""
    for occasion in occasions(scene, ontology):
        for shown in occasion.shown:
            told = occasion.signs and shown.signed and shown.thing.type == rule.options["class"]
            for party in shown.by if told else ():
                firm = party.type == rule.options["party"] and party.subtype != "government"
                if occasion.hosts or firm:
                    yield _state(rule, predicate, party, shown.thing, shown)


def total(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The sum of what is signed or started at an event; one party's share of it is not."""
    pattern = re.compile(str(rule.options["counted"]).replace("<v>", f"(?P<v>{KINDS['money']})"))
    party = f"[{Masks(list(ontology.classes)).characters([str(rule.options['party'])])}]"
    share = re.compile(str(rule.options["unless"]).replace("<party>", party))
    press, told = tuple(rule.options["but"]), list[str]()
    for occasion in occasions(scene, ontology):
        text = occasion.sentence.text
        found = pattern.search(text)
        event = _before(scene, occasion, found.start("v"), ontology) if found else None
        if event is None or found is None or _told(event.name, told) or event.name.endswith(press):
            continue
        value = occasion.sentence.groups[found.start("v")].value
        if value is None or share.search(text[: found.end()].rpartition("；")[2]):
            continue
        told.append(event.name)
        trigger = occasion.sentence.original(*found.span())
        span = occasion.sentence.span
        yield Stated(
            event, predicate, None, value.value, span, rule.rule, rule.confidence, "", trigger
        )


def _before(scene: Scene, occasion: Occasion, at: int, ontology: Ontology) -> Mention | None:
    """The event that a sentence names last before a position, else that of the occasion."""
    types = words_of(str(ontology.folder)).events
    places = [p for p in sorted(occasion.sentence.groups) if p < at]
    return next(iter(named(scene, occasion.sentence, places, types)[-1:]), occasion.event)


def when(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The day of an event: the date that opens its sentence, 当天, or else the year in its name."""
    words = words_of(str(ontology.folder))
    dated: list[str] = []
    named_years: list[tuple[Mention, Masked, Value]] = []
    held = re.compile(str(rule.options["held"]).replace("<v>", f"(?P<v>{KINDS['date']})"))
    last: tuple[int, Value | None] = (-1, None)
    for i, sentence, at, event in _events(scene, words):
        day = _own_day(scene, sentence, i, at, words, held, event)
        if day is None and last[0] == i and words.along.search(sentence.text[:at]):
            day = last[1]
        last = (i, day) if day is not None else last
        year = YEAR.search(event.name)
        if day is not None and year and day.datatype == "gMonthDay":
            day = replace(day, lexical=f"{year[0]}-{day.lexical[2:]}", datatype="date")
        if day is not None and not _told(event.name, dated):
            dated.append(event.name)
            yield _dated(scene, rule, predicate, event, sentence, day)
        elif year:
            named_years.append((event, sentence, Value(year[0], "gYear", year[0])))
    for event, sentence, value in named_years:
        if not any(event.name in other or other in event.name for other in dated):
            dated.append(event.name)
            yield _dated(scene, rule, predicate, event, sentence, value)


def _events(scene: Scene, words: Words) -> Iterator[tuple[int, Masked, int, Mention]]:
    """The events that sentences speak of, references resolved, with their places in them."""
    for i, sentence in enumerate(scene.sentences):
        for at, group in sorted(sentence.groups.items()):
            found = [m for m in group.mentions if m.type in words.events][:1]
            if found and found[0].refers and words.smaller_lead.search(sentence.text[:at]):
                continue  # 某博览会|授牌|仪式上: a ceremony of its own
            for event in (r for m in found for r in scene.refer(m)[:1]):
                yield i, sentence, at, event


def _told(name: str, dated: Sequence[str]) -> bool:
    """Whether the day of an event is known, if by a longer or a shorter name."""
    return any(name.endswith(other) or other.endswith(name) for other in dated)


def _own_day(
    scene: Scene,
    sentence: Masked,
    i: int,
    at: int,
    words: Words,
    held: re.Pattern[str],
    event: Mention,
) -> Value | None:
    after = held.match(sentence.text, at + 1)
    if after and after["v"]:
        return date_of(sentence.groups[after.start("v")].value)
    last = None
    for found in words.day.finditer(sentence.text, 0, at):
        last = found
    reported = last and words.reported.search(sentence.text, last.end(), at)
    if reported and not words.press.search(event.name):
        return None
    if last and at - last.start() < FAR:
        return _held_then(sentence, last, at, words)
    same = words.that_day.search(sentence.text, 0, at)
    if same and _holds(sentence.text[same.start() : at], sentence.text[at + 1 :][:HELD], words):
        return day_of(scene, i, words, words.that_day)
    return None


def _held_then(sentence: Masked, found: re.Match[str], at: int, words: Words) -> Value | None:
    """The date before an event, when the event is held then and not only spoken of."""
    between, after = sentence.text[found.end() : at], sentence.text[at + 1 : at + 1 + HELD]
    if _holds(between, after, words):
        return date_of(sentence.groups[found.start("v")].value)
    return None


def _holds(between: str, after: str, words: Words) -> bool:
    """Whether an event is held, as the words behind a day and behind the event tell."""
    if words.over.match(after) or words.smaller.match(after):
        return False
    holds = words.held.search(between.rpartition("，")[2]) or words.held.search(after)
    return holds is not None or len(between) <= NEAR


def _dated(
    scene: Scene, rule: Rule, predicate: str, s: Mention, sentence: Masked, v: Value
) -> Stated:
    return Stated(
        s, predicate, None, v, sentence.span, rule.rule, rule.confidence, "", Span(s.start, s.end)
    )


def when_there(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """What is signed or issued at an event is signed or issued on its day.

    What a press conference tells of was signed before it.
    """
    press = words_of(str(ontology.folder)).press
    types: Sequence[str] = rule.options["classes"]
    when_signed: Sequence[str] = rule.options["signed"]
    for occasion in occasions(scene, ontology):
        told = occasion.event is not None and press.search(occasion.event.name)
        if occasion.day is not None:
            for shown in occasion.shown:
                listed = shown.signed and occasion.signs
                signed = shown.thing.type in when_signed and (listed or shown.paper)
                if shown.thing.type in types or (signed and not told):
                    yield _state(rule, predicate, shown.thing, None, shown, occasion.day)


READERS = {
    "announced": announced,
    "hosted": hosted,
    "signed_there": signed_there,
    "total": total,
    "when": when,
    "when_there": when_there,
}
