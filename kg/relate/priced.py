"""Rules of kind ``priced``: what brackets with a sum say of the work before them.

In a list of works the brackets behind each tell what it costs, and often who builds it or where:
甲基地项目（乙公司，50亿元）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule
from kg.records import Span, Value
from kg.relate.mask import PRICED
from kg.relate.scene import Scene, Stated

# Between a name and its brackets.
BEHIND = re.compile("[”]?(?:项目|工程)?")


def priced(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """What the work costs, or, with ``party``, who or what place stands with the sum.

    A party of the class that the relation begins with is its subject, any other its object.
    """
    party = rule.options.get("party")
    page = ontology.relations.get(predicate)
    acts = page is not None and party in page.domain
    for m in scene.mentions:
        if m.type != rule.options["class"] or m.refers or m.inner:
            continue
        gap = BEHIND.match(scene.text, m.end)
        found = PRICED.match(scene.text, gap.end() if gap else m.end)
        if found is None:
            continue
        span = Span(m.start, found.end())
        if party is None:
            if (value := _sum(scene, found)) is not None:
                yield _stated(scene, rule, predicate, m, None, value, span)
            continue
        for other in scene.mentions:
            inside = (other.start, other.end) == found.span("party")
            if inside and other.type == party and not other.refers:
                ends = (other, m) if acts else (m, other)
                yield _stated(scene, rule, predicate, *ends, None, span)


def _sum(scene: Scene, brackets: re.Match[str]) -> Value | None:
    start, end = brackets.span("sum")
    values = (
        v for v in scene.draft.values if v.kind == "money" and start <= v.start < v.end <= end
    )
    return next((v.value for v in values), None)


def _stated(
    scene: Scene,
    rule: Rule,
    predicate: str,
    subject: Mention,
    obj: Mention | None,
    value: Value | None,
    span: Span,
) -> Stated:
    sentence = scene.sentence(span.start)
    quote = Span(min(sentence.start, span.start), max(sentence.end, span.end))
    return Stated(
        subject, predicate, obj, value, quote, rule.rule, rule.confidence, rule.status, span
    )  # fmt: skip
