"""Say in plain words what weighed for or against a statement when its words were judged.

``EVIDENCE`` has a line for every family of features that ``kg.extract.arbiter.verdicts`` makes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.arbiter.verdicts import LENGTHS

# The families of features, the special ones before those that would match them too.
EVIDENCE = {
    r"(?P<kind>\w+) by (?P<rule>\S+) status (?P<status>\w+)": "{rule} states it with {status}",
    r"(?P<side>[SO]) by (?P<rule>\S*)": "{rule} found {side}",
    r"(?P<kind>\w+) by (?P<rule>\S+)": "{rule} states it",
    r"(?P<kind>\w+) status (?P<status>\w+)": "{status}",
    r"(?P<kind>\w+) confidence (?P<tenths>\d+)": "the arbiter is sure of it at {tenths}",
    r"(?P<kind>\w+) of (?P<one>\w+) and (?P<other>\w+)": "{kind} between {one} and {other}",
    r"(?P<kind>\w+) quotes (?P<quoted>[SO]*)": "its sentence holds {quoted}",
    r"(?P<kind>\w+) within its object": "its subject's name lies in its object's",
    r"(?P<kind>\w+) words (?P<word>\S+) (?P<next>\S+)": "{word} and {next} stand side by side",
    r"(?P<kind>\w+) apart (?P<side>[SO]) (?P<length>\d)": "{length} apart, {side} first",
    r"(?P<kind>\w+) near (?P<word>.+)": "{word} stands near",
    r"(?P<kind>\w+) (?P<side>[SO]) sure (?P<sure>\w+)": "{sure} {side}",
    r"(?P<kind>\w+) (?P<side>[SO]) (?P<made>common|proper) (?P<marked>quoted|bare)": (
        "{side} is made of {made}, {marked}"
    ),
    r"(?P<kind>\w+) (?P<side>[SO]) (?P<place>before|behind) (?P<away>\d) (?P<word>.+)": (
        "{word} stands {away} {place} {side}"
    ),
    r"(?P<side>[SO]) tag (?P<tag>\w+)": "a word of {side} has the tag {tag}",
    r"(?P<side>[SO]) (?P<place>before|behind) (?P<word>.+)": (
        "{word} stands right {place} {side}, whatever the relation"
    ),
    r"(?P<side>[SO]) (?P<type>\w+) (?P<made>common|proper) (?P<marked>quoted|bare)": (
        "{side} is {type}, made of {made}, {marked}"
    ),
    r"(?P<kind>\w+)": "{kind} in general",
}
CLASS = re.compile(r"[A-Z][a-zA-Z]+")
_SIDES = {"S": "its subject", "O": "its object"}
_WORDS = {
    **_SIDES,
    "R": "a reference",
    "A": "a Latin word",
    "9": "a number",
}
_SURE = ("very unsure", *("unsure",) * 2, "fairly sure", *("sure",) * 2)
_MADE = {"common": "common words", "proper": "words that may name"}
_MARKED = {"quoted": "in marks", "bare": "without marks"}
_QUOTED = {"SO": "both ends", "OS": "both ends", "S": "its subject alone", "O": "its object alone"}


@lru_cache(maxsize=4096)
def describe_evidence(feature: str) -> str:
    """A feature of a judged statement in plain words; itself if it is of no known family.

    >>> describe_evidence("develops near 推出")
    '“推出” stands near'
    >>> describe_evidence("develops O behind 0 新品")
    '“新品” stands right behind its object'
    """
    for family, phrase in EVIDENCE.items():
        if match := re.fullmatch(family, feature, re.DOTALL):
            return phrase.format(**{k: _named(k, v) for k, v in match.groupdict().items()})
    return feature


def _named(name: str, code: str) -> str:
    """What a part of a feature is called."""
    match name:
        case "side":
            return _SIDES[code]
        case "word" | "next":
            return _word(code)
        case "status":
            return "no status" if code == "none" else f"the status {code}"
        case "tenths":
            return f"{int(code) / 10:g}"
        case "quoted":
            return _QUOTED.get(code, "neither end")
        case "length":
            return _length(int(code))
        case "away":
            return "right" if code == "0" else "two words"
        case "sure":
            return _surety(code)
        case "made":
            return _MADE[code]
        case "marked":
            return _MARKED[code]
        case "rule":
            return "the network" if code == "reader" else code or "nobody"
        case _:
            return code


def _word(code: str) -> str:
    """A word, or what stands for one."""
    if len(code) > 1 and code.startswith("<"):
        return f"a word with the tag {code[1:-1]}"
    return _WORDS.get(code) or (code if CLASS.fullmatch(code) else f"“{code}”")


def _surety(code: str) -> str:
    """How sure the arbiter is of a name, up to what it is sure of."""
    if code == "unknown":
        return "the arbiter did not weigh the name of"
    bucket = int(code)
    return f"the arbiter is {_SURE[bucket] if bucket < len(_SURE) else 'very sure'} of the name of"


def _length(bucket: int) -> str:
    if bucket == len(LENGTHS):
        return f"{LENGTHS[-1]} words or more"
    return f"fewer than {LENGTHS[bucket]} words"
