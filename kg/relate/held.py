"""Rules of kind ``held``: the position in brackets behind a person: 甲某（乙公司总经理）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.annotate.mention import Mention
from kg.annotate.people import role_pattern
from kg.ontology import Ontology, Rule, load
from kg.records import Span, Value
from kg.relate.scene import Scene, Stated

BRACKETS = re.compile(r"[（(](?P<in>[^（）()\n。；]{3,40})[）)]")
BESIDE = re.compile(r"[、，和兼 　]")  # between two positions of one body


@lru_cache(maxsize=4)
def _roles(folder: str) -> re.Pattern[str]:
    return re.compile(f"[\u4e00-\u9fff]{{0,10}}?(?:{role_pattern(load(folder))})")


def held(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Who holds the position, at the body that the brackets open with; the position as value."""
    person, bodies = rule.options["class"], rule.options["bodies"]
    roles = _roles(str(ontology.folder))
    for m in scene.mentions:
        found = BRACKETS.match(scene.text, m.end) if m.type == person and not m.refers else None
        body = _body(scene, found.start("in"), found.end("in"), bodies) if found else None
        if found is None or body is None:
            continue
        said = scene.text[body.end : found.end("in")].strip()
        posts = [piece for piece in BESIDE.split(said) if piece]
        if not posts or not all(roles.fullmatch(post) for post in posts):
            continue
        span = Span(m.start, found.end())
        if not rule.options.get("value"):
            yield _stated(scene, rule, predicate, m, body, None, span)
            continue
        for post in posts:
            yield _stated(scene, rule, predicate, m, None, Value(post, "string", post), span)


def _body(scene: Scene, start: int, end: int, bodies: list[str]) -> Mention | None:
    """The longest body that the brackets open with."""
    inside = [m for m in scene.mentions if m.start == start and m.end < end and m.type in bodies]
    return max(inside, key=lambda m: m.end, default=None)


def _stated(
    scene: Scene,
    rule: Rule,
    predicate: str,
    subject: Mention,
    body: Mention | None,
    value: Value | None,
    span: Span,
) -> Stated:
    sentence = scene.sentence(span.start)
    quote = Span(min(sentence.start, span.start), max(sentence.end, span.end))
    return Stated(
        subject, predicate, body, value, quote, rule.rule, rule.confidence, rule.status, span
    )  # fmt: skip
