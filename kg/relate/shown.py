"""What is shown and signed at an event: a sentence in, its things and who signs them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.mention import Mention
from kg.records import Span
from kg.relate.after import objects
from kg.relate.clause import Parse
from kg.relate.mask import ANY_MENTION, Masked
from kg.relate.occasion_words import Words
from kg.relate.scene import Scene
from kg.relate.verb import named

# Between two things of a list: a sign and the parties of the second, if they are named.
ITEM = re.compile(f"[、和及与](?:[{ANY_MENTION}](?:—{{1,2}}|－|-|与))?[{ANY_MENTION}]?")
# After the last thing of a list that is counted, its items may stand between commas.
COUNTED = re.compile("等(?:\\d+|[一二两三四五六七八九十]+)个")


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


def shown_in(scene: Scene, parse: Parse, words: Words, signing: bool) -> Iterator[Shown]:
    """What a sentence says was shown, signed or, in a list of signed projects, will be built."""
    listed = ((words.build, True), (words.lists, True)) if signing else ()
    yield from _items(scene, parse, words) if signing else ()
    for pattern, signed in ((words.show, False), *listed):
        for found in pattern.finditer(parse.text):
            if _spoken_of(parse, found.start(), words):
                continue
            signs = found.group() in parse.grammar.signs
            if not signs and parse.grammar.nominal.match(parse.text, found.end()):
                continue
            places = objects(parse, found.end(), words.thing)
            doers = parse.doers(found.start())
            if not places and words.sign.match(found.group()):
                places = _later(parse, found.end(), words)
            if not places:
                places = _before(parse, found.start(), words)
            things = named(scene, parse.sentence, places, words.things)
            parties = _parties(scene, parse, found.start(), doers.places, len(things), words)
            for thing, by in zip(things, parties, strict=True):
                yield Shown(
                    thing,
                    by,
                    signed,
                    signs,
                    parse.sentence.span,
                    parse.sentence.original(*found.span()),
                )


def _parties(
    scene: Scene, parse: Parse, at: int, doers: tuple[int, ...], size: int, words: Words
) -> list[tuple[Mention, ...]]:
    """Who signs each of some things: who acts first, or each its own (甲、乙分别签约丙、丁)."""
    all_ = named(scene, parse.sentence, doers, words.hosts)
    if "分别" in parse.text[:at] and len(all_) == size > 1:
        return [(party,) for party in all_]
    return [tuple(named(scene, parse.sentence, doers[:1], words.hosts))] * size


def _items(scene: Scene, parse: Parse, words: Words) -> Iterator[Shown]:
    """The projects that open the items of a list of signed ones: 甲项目，总投资5亿元；乙项目，…."""
    for found in words.item.finditer(parse.text):
        for thing in named(scene, parse.sentence, (found.end() - 1,), words.things[:1]):
            span = parse.sentence.original(found.end() - 1, found.end())
            yield Shown(thing, (), True, False, parse.sentence.span, span)


def _spoken_of(parse: Parse, at: int, words: Words) -> bool:
    """Whether somebody speaks of it at an event: 会上，某某表示，去年建成的某平台…."""
    ends = [m.end() for m in words.speaks.finditer(parse.text, 0, at)]
    if not ends:
        return False
    return not any(p.search(parse.text, ends[-1], at) for p in (words.there, words.here))


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
        if not near and not parse.text.startswith("由", clause):
            return ()
        return (*_listed(parse, p, words), p) if words.sign.match(parse.text, at) else (p,)
    return ()


def _listed(parse: Parse, last: int, words: Words) -> tuple[int, ...]:
    """The things listed before one, with their parties or none (甲区—乙项目、丙县—丁项目|签约)."""
    found: list[int] = []
    for match in reversed(list(words.thing.finditer(parse.text, parse.segment(last), last))):
        end = found[-1] if found else last
        comma = parse.text[match.end() : end] == "，" and COUNTED.match(parse.text, last + 1)
        if not comma and not ITEM.fullmatch(parse.text, match.end(), end):
            break
        found.append(match.start())
    return tuple(reversed(found))


def named_after(
    scene: Scene, sentence: Masked, event: Mention | None, words: Words
) -> Iterator[Shown]:
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
