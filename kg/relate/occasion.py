"""The occasions of an article: an event, its day, what is signed and shown there, and by whom.

An article names the event once and goes on for some sentences (会上, 其中, bullets). Each
occasion is found once per article; the rules of ``kg.relate.events`` read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.annotate.mention import Mention
from kg.annotate.values import Found
from kg.ontology import Ontology, load
from kg.records import Span, Value
from kg.relate.clause import Parse, grammar
from kg.relate.mask import KINDS, Masked, Masks
from kg.relate.scene import Scene
from kg.relate.verb import named

# How many sentences a list of signed projects goes on; how many an article speaks of an event.
SCOPE = 6
LASTS = 14
# How far before and behind the name of an event the verb may stand that holds it.
NEAR, HELD = 8, 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing signed or shown at an event, who signed it, and where it says so.

    ``signed`` is what a list of signed projects names, ``paper`` what a verb of signing does.
    """

    thing: Mention
    by: tuple[Mention, ...]
    signed: bool
    paper: bool
    sentence: Span
    trigger: Span


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event of an article, or a signing without a name, and a sentence that tells of it."""

    sentence: Masked
    event: Mention | None
    day: Value | None
    hosts: tuple[Mention, ...]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled lists of ``words/occasions.yaml``."""

    event: re.Pattern[str]
    thing: re.Pattern[str]
    things: tuple[str, ...]
    events: tuple[str, ...]
    hosts: tuple[str, ...]
    there: re.Pattern[str]
    summary: re.Pattern[str]
    goes_on: re.Pattern[str]
    breaks: re.Pattern[str]
    show: re.Pattern[str]
    build: re.Pattern[str]
    lists: re.Pattern[str]
    sign: re.Pattern[str]
    same_day: re.Pattern[str]
    that_day: re.Pattern[str]
    held: re.Pattern[str]
    over: re.Pattern[str]
    press: re.Pattern[str]
    ceremony: re.Pattern[str]
    along: re.Pattern[str]
    day: re.Pattern[str]
    reported: re.Pattern[str]


@lru_cache(maxsize=4)
def words_of(folder: str) -> Words:
    """The words of the ontology in a folder; compiled once for a process."""
    ontology = load(folder)
    raw = ontology.words["occasions"]
    masks = Masks(list(ontology.classes))
    lists = grammar(folder)
    event = masks.characters(raw["events"])
    return Words(
        event=re.compile(f"[{event}]"),
        thing=re.compile(f"[{masks.characters(raw['things'])}]"),
        things=tuple(raw["things"]),
        events=tuple(raw["events"]),
        hosts=tuple(raw["hosts"]),
        there=re.compile(f"[{event}](?:{raw['there']})|{raw['alone']}"),
        summary=re.compile(raw["summary"]),
        goes_on=re.compile(raw["goes_on"]),
        breaks=re.compile(raw["breaks"]),
        show=re.compile("|".join(sorted(raw["show"], key=len, reverse=True))),
        build=lists.verbs("build", "invest"),
        lists=re.compile(raw["lists"]),
        sign=lists.verbs("sign"),
        same_day=re.compile(raw["same_day"]),
        that_day=re.compile(f"{raw['same_day']}|{raw['that_day']}"),
        held=re.compile(raw["held"]),
        over=re.compile(raw["over"]),
        press=re.compile(raw["press"]),
        ceremony=re.compile(raw["ceremony"]),
        along=re.compile(raw["along"]),
        reported=re.compile(raw["reported"]),
        day=re.compile(
            f"(?:^|[，。；：）)】讯电▲●在于从]|[^自截至到从起由—～~-]"
            f"(?={KINDS['date']}(?:[至到—～~-][^，。]{{1,5}})?(?:上午|下午|晚)?[，,]))"
            f"(?P<v>{KINDS['date']})"
        ),
    )


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
    for i, sentence in enumerate(scene.sentences):
        parse = scene.parse(sentence, grammar(str(ontology.folder)))
        own = _event(sentence, words, event is None)
        if own is not None:
            if event is None or not _same(own.name, event.name):
                signing, hosts, day = -99, (), None
            event, since = own, i
            day = day_of(scene, i, words) or day
        if i - since > LASTS:
            event, day = None, None
        today = day_of(scene, i, words)
        told = (i, today) if today is not None else told
        breaks = words.breaks.search(sentence.text) is not None
        if words.summary.search(sentence.text) and not breaks:
            signing = i
            hosts = _hosts(scene, parse, words)
            if event is None:
                day = day_of(scene, i, words)
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
        shown = tuple(_shown(scene, parse, words, goes_on))
        listed = i if goes_on and shown else listed
        shown += tuple(_own(scene, sentence, own, words))
        own_parties = i > signing and words.sign.search(sentence.text)
        yield Occasion(
            sentence,
            event if goes_on or at_it else None,
            day,
            hosts if goes_on and not own_parties else (),
            shown,
        )


def _own(scene: Scene, sentence: Masked, event: Mention | None, words: Words) -> Iterator[Shown]:
    """What a ceremony is named after: 某项目签约仪式 is where 某项目 is signed."""
    if event is None:
        return
    things = (
        (m, words.ceremony.match(event.name, at + len(m.name)))
        for m in scene.mentions
        if m.type in words.things and not m.refers
        for at in [event.name.rfind(m.name)]
        if at >= 0
    )
    held = [(m, found) for m, found in things if found is not None]
    for thing, found in sorted(held, key=lambda pair: -len(pair[0].name))[:1]:
        signed = words.sign.search(found.group()) is not None
        span = Span(event.start, event.end)
        yield Shown(thing, (), False, signed, sentence.span, span)


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
    ]
    for at, m in named:
        before, after = sentence.text[max(0, at - NEAR) : at], sentence.text[at + 1 :][:HELD]
        if words.held.search(before) or words.held.search(after):
            return m
    return named[0][1] if named and first else None


def _refers(sentence: Masked, words: Words) -> bool:
    """Whether a sentence speaks of the event without its name (会上, 本届大会)."""
    return any(m.type in words.events for g in sentence.groups.values() for m in g.mentions)


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


def date_of(found: Found | None) -> Value | None:
    """The value of a find, if it is a date."""
    return found.value if found is not None and found.kind == "date" else None


def _shown(scene: Scene, parse: Parse, words: Words, signing: bool) -> Iterator[Shown]:
    """What a sentence says was shown, signed or, in a list of signed projects, will be built."""
    listed = ((words.build, True), (words.lists, True)) if signing else ()
    for pattern, signed in ((words.show, False), *listed):
        for found in pattern.finditer(parse.text):
            signs = found.group() in parse.grammar.signs
            if not signs and parse.grammar.nominal.match(parse.text, found.end()):
                continue
            places = parse.objects(found.end(), words.thing)
            doers = parse.doers(found.start())
            if not places and words.sign.match(found.group()):
                places = _later(parse, found.end(), words)
            if not places:
                places = _before(parse, found.start(), words)
            by = named(scene, parse.sentence, doers.places[:1], words.hosts)
            for thing in named(scene, parse.sentence, places, words.things):
                yield Shown(
                    thing,
                    tuple(by),
                    signed,
                    signs,
                    parse.sentence.span,
                    parse.sentence.original(*found.span()),
                )


def _later(parse: Parse, end: int, words: Words) -> tuple[int, ...]:
    """甲与乙签约，…某项目落户: the first thing of the clauses after a signing."""
    stop = (
        next((m.start() for m in re.finditer("[；;。]", parse.text[end:])), len(parse.text) - end)
        + end
    )
    found = words.thing.search(parse.text, end, stop)
    return (found.start(),) if found else ()


def _before(parse: Parse, at: int, words: Words) -> tuple[int, ...]:
    """某平台在会上发布, 某项目由某公司投资建设: the thing stands before."""
    clause = parse.clause(at)
    for match in reversed(list(words.thing.finditer(parse.text, parse.segment(at), at))):
        p = match.start()
        if (
            all(m.refers for m in parse.sentence.groups[p].mentions)
            and parse.text[p - 1 : p] not in "，。；"
        ):
            continue
        between = parse.text[p + 1 : at]
        near = p >= clause and (len(between) < 18 or "在" in between or "由" in between)
        return (p,) if near or parse.text.startswith("由", clause) else ()
    return ()
