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
from kg.relate.shape import stated

BRACKETS = re.compile(r"[（(](?P<in>[^（）()\n。；]{3,40})[）)]")
PIECE = re.compile(r"[^、，和兼 　]+")  # of several positions
GOVERNS = re.compile("长$|书记|主席|主任|委员|常委|代表")  # what one is of a place


@lru_cache(maxsize=4)
def _roles(folder: str) -> re.Pattern[str]:
    return re.compile(f"[\u4e00-\u9fff]{{0,10}}?(?:{role_pattern(load(folder))})")


def held(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Who holds the position, at the body that the brackets open with; the position as value."""
    person = rule.options["class"]
    roles = _roles(str(ontology.folder))
    for m in scene.mentions:
        found = BRACKETS.match(scene.text, m.end) if m.type == person and not m.refers else None
        if found is None:
            continue
        span = Span(m.start, found.end())
        for body, post in _posts(scene, found, rule, roles):
            if rule.options.get("value"):
                yield stated(scene, rule, predicate, m, None, span, Value(post, "string", post))
            else:
                yield stated(scene, rule, predicate, m, body, span)


def _posts(
    scene: Scene, brackets: re.Match[str], rule: Rule, roles: re.Pattern[str]
) -> Iterator[tuple[Mention, str]]:
    """The positions, each with the body that opens its piece or stands before it."""
    bodies, places = rule.options["bodies"], rule.options["places"]
    start, end = brackets.span("in")
    inside = [m for m in scene.mentions if start <= m.start and m.end <= end]
    body: Mention | None = None
    for piece in PIECE.finditer(scene.text, start, end):
        at = piece.start()
        while own := max((m for m in inside if m.start == at), key=lambda m: m.end, default=None):
            body, at = own, own.end  # 甲省|乙市|丙县县长: the last of a chain
        post = scene.text[at : piece.end()]
        whole = all(m.end <= at or m.start >= piece.end() for m in inside)
        if body is None or body.type not in bodies or not whole or not roles.fullmatch(post):
            return
        if body.type not in places or GOVERNS.search(post):
            yield body, post
