"""The occasions of an article: an event, its day, what is signed and shown there, and by whom.

An article names the event once and goes on for some sentences (会上, 其中, bullets). Each
occasion is found once per article; the rules of ``kg.relate.events`` read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.mention import Mention
from kg.annotate.values import Found
from kg.ontology import Ontology
from kg.records import Value
from kg.relate.clause import Parse
from kg.relate.grammar import grammar
from kg.relate.mask import Masked
from kg.relate.occasion_words import Words, words_of
from kg.relate.scene import Scene
from kg.relate.shown import Shown, named_after, shown_in
from kg.relate.verb import named

# How many sentences a list of signed projects goes on; how many an article speaks of an event.
SCOPE = 6
LASTS = 14
# How far before and behind the name of an event the verb may stand that holds it.
NEAR, HELD = 8, 30
DAYS = ("date", "gMonthDay")
# Places that hold signings of what others sign.
WIDE = ("country", "province", "region", "area")


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event of an article, or a signing without a name, and a sentence that tells of it.

    ``signs`` says that its projects are signed there, not only begun (集中开工).
    """

    sentence: Masked
    event: Mention | None
    day: Value | None
    hosts: tuple[Mention, ...]
    shown: tuple[Shown, ...]
    signs: bool


def occasions(scene: Scene, ontology: Ontology) -> tuple[Occasion, ...]:
    """The occasions of an article; found once, however many rules ask."""
    if scene.occasions is None:
        scene.occasions = tuple(_occasions(scene, ontology))
    return scene.occasions


def _occasions(scene: Scene, ontology: Ontology) -> Iterator[Occasion]:
    words = words_of(str(ontology.folder))
    event: Mention | None = None
    since, signing, listed = -99, -99, -99
    day: Value | None = None
    told: tuple[int, Value] | None = None
    hosts: tuple[Mention, ...] = ()
    signed, apart = True, False
    for i, sentence in enumerate(scene.sentences):
        parse = scene.parse(sentence, grammar(str(ontology.folder)))
        own, today = _event(sentence, words, event is None), day_of(scene, i, words)
        outer = event if own is not None and _within(sentence, words) else None
        if own is not None:
            if event is None or not _same(own.name, event.name):
                signing, hosts, day = -99, (), None
            event, since = own, i
            day = today or day
        if own is None and _another_day(sentence, today, day, words):
            since, signing = -99, -99
        if i - since > LASTS:
            event, day = None, None
        told = (i, today) if today is not None else told
        breaks = own is None and words.breaks.search(sentence.text) is not None
        sums = _sums(scene, sentence, own, words) if not breaks else ""
        if sums:
            hosts = (
                _hosts(scene, parse, words)
                or _holders(scene, parse, own, words)
                or (hosts if i - signing <= 1 else ())
            )
            signing, signed = i, _signs(sums, signed, words)
            apart = own is None and words.months.search(sentence.text) is not None
            if event is None:
                day = today or day
        at_it = (
            own is not None or _refers(sentence, words) or bool(words.there.search(sentence.text))
        )
        follows = i - signing <= 1 or i - listed == 1 or _goes_on(scene, sentence, words)
        goes_on = i - signing <= SCOPE and follows
        signs = today is not None and words.sign.search(sentence.text) is not None
        if breaks or not (goes_on or at_it or signs):
            continue
        if event is None and (at_it or signs) and told is not None and i - told[0] <= SCOPE:
            day = told[1]
        gone = apart and goes_on and own is None
        shown = tuple(shown_in(scene, parse, words, goes_on))
        listed = i if goes_on and (shown or sums) else listed
        first = tuple(s for s in shown if outer and own and s.trigger.start < own.start)
        if first:  # 会上发布甲方案，举行乙签约仪式: the plan is shown before
            yield Occasion(sentence, outer, day, (), first, False)
            shown = tuple(s for s in shown if s not in first)
        shown += tuple(named_after(scene, sentence, own, words))
        own_parties = i > signing and words.sign.search(sentence.text)
        yield Occasion(
            sentence,
            event if (goes_on or at_it) and not gone else None,
            None if gone else day,
            hosts if goes_on and not own_parties else (),
            shown,
            signed and not (gone and words.since.search(sentence.text)),
        )


def _sums(scene: Scene, sentence: Masked, own: Mention | None, words: Words) -> str:
    """The words that open a list of what is signed or begun: a sentence's, or an event's name."""
    lead = words.intro.match(scene.text, sentence.span.start, sentence.span.end)
    found = lead or words.summary.search(sentence.text)
    named = words.summary.search(own.name) if own is not None else None
    return found.group() if found else named.group() if named else ""


def _signs(sums: str, before: bool, words: Words) -> bool:
    """Whether projects are signed, as the words tell that sum them up: 集中签约, not 集中开工."""
    signs, begins = words.signing.search(sums), words.begun.search(sums)
    return before if not signs and not begins else signs is not None


def _goes_on(scene: Scene, sentence: Masked, words: Words) -> bool:
    lead = scene.text[sentence.span.start : sentence.span.start + 8].strip()
    return bool(words.goes_on.search(lead)) or bool(words.sign.search(sentence.text))


def _event(sentence: Masked, words: Words, first: bool) -> Mention | None:
    """The event that a sentence is about: one that is held, or the first when none is known.

    A fair that a prize was won at, or one of a list, does not take the place of the event.
    """
    named = [
        (at, m)
        for at, group in sorted(sentence.groups.items())
        for m in group.mentions[:1]
        if m.type in words.events and not m.refers
        if not words.one_of.match(sentence.text, at + 1)
    ]
    beside = {at for at, _ in named}
    for at, m in named:
        if at + 1 in beside:
            continue  # 甲博览会“乙推介活动”举行: the second is held
        before, after = sentence.text[max(0, at - NEAR) : at], sentence.text[at + 1 :][:HELD]
        if words.held.search(before) or words.held.search(after):
            return m
    return named[0][1] if named and first else None


def _refers(sentence: Masked, words: Words) -> bool:
    """Whether a sentence speaks of the event without its name (会上, 本届大会)."""
    return any(m.type in words.events for g in sentence.groups.values() for m in g.mentions)


def _within(sentence: Masked, words: Words) -> bool:
    """Whether a sentence opens at the event told of: 会上，发布甲方案，举行乙揭牌仪式."""
    opening = sentence.groups.get(0)
    refers = opening is not None and all(
        m.refers and m.type in words.events for m in opening.mentions
    )
    return refers or words.within.match(sentence.text) is not None


def _same(short: str, full: str) -> bool:
    """Whether one name can stand for the other: its characters come in the same order."""
    rest = iter(full)
    return all(c in rest for c in short)


def _hosts(scene: Scene, parse: Parse, words: Words) -> tuple[Mention, ...]:
    summary = words.summary.search(parse.text)
    for found in words.sign.finditer(parse.text, summary.start() if summary else 0):
        if summary is not None and found.start() >= summary.end():
            break
        doers = parse.doers(found.start())
        hosts = named(scene, parse.sentence, doers.places[:1], words.hosts)
        if len(hosts) == 1:
            return tuple(hosts)
    return ()


def _holders(
    scene: Scene, parse: Parse, event: Mention | None, words: Words
) -> tuple[Mention, ...]:
    """The place whose signing it is: 甲区招商项目集中签约仪式, 甲区举行项目集中签约仪式."""
    if event is None or not words.signing.search(event.name):
        return ()
    end, places = event.start, list[Mention]()
    for m in sorted(scene.draft.within(event.start, event.end), key=lambda m: m.end):
        if m.start == end and m.type in words.places and m.end < event.end:
            end, places = m.end, [m]
    at = next((p for p, g in parse.sentence.groups.items() if event in g.mentions), 0)
    holds = list(words.holds.finditer(parse.text, 0, at)) if not places else []
    if holds:
        doers = parse.doers(holds[-1].start())
        places = named(scene, parse.sentence, doers.places, words.places)
    return tuple(places) if len(places) == 1 and places[0].subtype not in WIDE else ()


def day_of(
    scene: Scene, i: int, words: Words, same_day: re.Pattern[str] | None = None
) -> Value | None:
    """The day a sentence is about: the date that opens one of its clauses, or 当天."""
    sentence = scene.sentences[i]
    found = words.day.search(sentence.text)
    if found:
        event = words.event.search(sentence.text, found.end())
        if event and words.reported.search(sentence.text, found.end(), event.start()):
            return None
        return date_of(sentence.groups[found.start("v")].value)
    if (same_day or words.same_day).search(sentence.text):
        for before in reversed(scene.sentences[max(0, i - 8) : i]):
            dates = [
                g.value
                for _, g in sorted(before.groups.items())
                if g.value and g.value.kind == "date"
            ]
            full = [d for d in dates if d.value.datatype in ("date", "gMonthDay")]
            if full:
                return date_of(full[-1])
    return None


def _another_day(sentence: Masked, today: Value | None, day: Value | None, words: Words) -> bool:
    """Whether a sentence opens with a day that is not the event's, and does not speak of it."""
    if today is None or day is None or _refers(sentence, words):
        return False
    opens = (words.day.match(sentence.text) or words.day.match(sentence.text, 1)) is not None
    days = {value.lexical[-5:] for value in (today, day) if value.datatype in DAYS}
    return opens and len(days) == 2 and not words.there.search(sentence.text)


def date_of(found: Found | None) -> Value | None:
    """The value of a find, if it is a date."""
    return found.value if found is not None and found.kind == "date" else None
