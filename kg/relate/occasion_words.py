"""The words of occasions: the lists of ``words/occasions.yaml`` in, patterns over masks out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.ontology import load
from kg.relate.grammar import grammar
from kg.relate.mask import KINDS, Masks


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled lists of ``words/occasions.yaml``."""

    event: re.Pattern[str]
    thing: re.Pattern[str]
    things: tuple[str, ...]
    events: tuple[str, ...]
    hosts: tuple[str, ...]
    places: tuple[str, ...]
    there: re.Pattern[str]
    within: re.Pattern[str]
    summary: re.Pattern[str]
    intro: re.Pattern[str]
    signing: re.Pattern[str]
    begun: re.Pattern[str]
    goes_on: re.Pattern[str]
    breaks: re.Pattern[str]
    months: re.Pattern[str]
    since: re.Pattern[str]
    show: re.Pattern[str]
    build: re.Pattern[str]
    lists: re.Pattern[str]
    item: re.Pattern[str]
    sign: re.Pattern[str]
    holds: re.Pattern[str]
    same_day: re.Pattern[str]
    that_day: re.Pattern[str]
    held: re.Pattern[str]
    over: re.Pattern[str]
    press: re.Pattern[str]
    ceremony: re.Pattern[str]
    along: re.Pattern[str]
    day: re.Pattern[str]
    reported: re.Pattern[str]
    smaller: re.Pattern[str]
    smaller_lead: re.Pattern[str]
    speaks: re.Pattern[str]
    here: re.Pattern[str]
    briefing: re.Pattern[str]
    briefed: re.Pattern[str]
    one_of: re.Pattern[str]


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
        places=tuple(lists.words["places"]),
        there=re.compile(f"[{event}](?:{raw['there']})|{raw['alone']}"),
        within=re.compile(raw["within"]),
        summary=re.compile(raw["summary"]),
        intro=re.compile(raw["intro"]),
        signing=re.compile(raw["signing"]),
        begun=re.compile(raw["begun"]),
        goes_on=re.compile(raw["goes_on"]),
        breaks=re.compile(raw["breaks"]),
        months=re.compile(raw["months"]),
        since=re.compile(raw["since"]),
        show=re.compile("|".join(sorted(raw["show"], key=len, reverse=True))),
        build=lists.verbs("build", "invest"),
        lists=re.compile(raw["lists"]),
        item=re.compile(
            f"(?:^|[；：●■▲◆]|其中，?|(?<=[。；]))\\s*"
            f"[{masks.characters(raw['things'][:1])}](?={raw['item']})"
        ),
        sign=lists.verbs("sign"),
        holds=lists.verbs("hold"),
        same_day=re.compile(raw["same_day"]),
        that_day=re.compile(f"{raw['same_day']}|{raw['that_day']}"),
        held=re.compile(raw["held"]),
        over=re.compile(raw["over"]),
        press=re.compile(raw["press"]),
        ceremony=re.compile(raw["ceremony"]),
        along=re.compile(raw["along"]),
        reported=re.compile(raw["reported"]),
        smaller=re.compile(
            f"{raw['smaller']}|[\u4e00-\u9fff]{{0,8}}?(?:{raw['smaller_lead']})[{event}]"
        ),
        smaller_lead=re.compile(f"(?:{raw['smaller_lead']})$"),
        speaks=re.compile(raw["speaks"]),
        here=re.compile(f"在[{event}]"),  # 某某说，甲平台|在会上|发布
        briefing=re.compile(raw["briefing"]),
        briefed=re.compile(raw["briefed"]),
        one_of=re.compile(f"(?:[、和与及][{event}])*(?:{raw['one_of']})"),
        day=re.compile(
            f"(?:^|[，。；：）)】讯电▲●在于从]|讯[ 　]|[^自截至到从起由—～~-]"
            f"(?={KINDS['date']}(?:[至到—～~-][^，。]{{1,5}})?(?:上午|下午|晚)?[，,]))"
            f"(?P<v>{KINDS['date']})"
        ),
    )
