"""Rules of kind ``when``: an event with the words around it in, the day that it is held on out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.annotate.mention import Mention
from kg.annotate.values import Found
from kg.ontology import Ontology, Rule, load
from kg.records import Span, Value
from kg.relate.mask import KINDS, Masked, Masks
from kg.relate.scene import Scene, Stated

# How far behind the name of an event its verb may stand; how far from it a date needs none.
HELD, NEAR = 30, 4
# The year that the name of an event begins with, behind its motto if it has one.
YEAR = re.compile(r"(?:^|(?<=—))(?:19|20)\d\d(?=年|[^\d])")
# How far before an event the date of its sentence may stand, names counted as one.
FAR = 60
# How many sentences back the day may stand that 当天 means.
BACK = 8
DAYS = ("date", "gMonthDay")


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled lists of ``words/occasions.yaml``."""

    events: tuple[str, ...]
    day: re.Pattern[str]
    that_day: re.Pattern[str]
    held: re.Pattern[str]
    over: re.Pattern[str]
    press: re.Pattern[str]
    along: re.Pattern[str]
    reported: re.Pattern[str]
    smaller: re.Pattern[str]
    smaller_lead: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(folder: str) -> Words:
    ontology = load(folder)
    raw = ontology.words["occasions"]
    event = Masks(list(ontology.classes)).characters(raw["events"])
    return Words(
        events=tuple(raw["events"]),
        day=re.compile(
            f"(?:^|[，。；：）)】讯电▲●在于从]|讯[ 　]|[^自截至到从起由—～~-]"
            f"(?={KINDS['date']}(?:[至到—～~-][^，。]{{1,5}})?(?:上午|下午|晚)?[，,]))"
            f"(?P<v>{KINDS['date']})"
        ),
        that_day=re.compile(str(raw["that_day"])),
        held=re.compile(raw["held"]),
        over=re.compile(raw["over"]),
        press=re.compile(raw["press"]),
        along=re.compile(raw["along"]),
        reported=re.compile(raw["reported"]),
        smaller=re.compile(
            f"{raw['smaller']}|[\u4e00-\u9fff]{{0,8}}?(?:{raw['smaller_lead']})[{event}]"
        ),
        smaller_lead=re.compile(f"(?:{raw['smaller_lead']})$"),
    )


def when(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The day of an event: the date that opens its sentence, 当天, or else the year in its name."""
    words = _words(str(ontology.folder))
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
        return _date(sentence.groups[after.start("v")].value)
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
        return _day_before(scene, i)
    return None


def _held_then(sentence: Masked, found: re.Match[str], at: int, words: Words) -> Value | None:
    """The date before an event, when the event is held then and not only spoken of."""
    between, after = sentence.text[found.end() : at], sentence.text[at + 1 : at + 1 + HELD]
    if _holds(between, after, words):
        return _date(sentence.groups[found.start("v")].value)
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


def _day_before(scene: Scene, i: int) -> Value | None:
    """The day that 当天 means in a sentence: the last one of the sentences before."""
    for before in reversed(scene.sentences[max(0, i - BACK) : i]):
        dates = (_date(g.value) for _, g in sorted(before.groups.items()))
        full = [d for d in dates if d is not None and d.datatype in DAYS]
        if full:
            return full[-1]
    return None


def _date(found: Found | None) -> Value | None:
    """The value of a find, if it is a date."""
    return found.value if found is not None and found.kind == "date" else None
