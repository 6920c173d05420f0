"""Tasks of a plan with who answers for them in brackets in, who leads what a task makes out.

``编制《甲规划》。（牵头单位：乙局；责任单位：丙局）``: the brackets close the task that stands
before them on its line. A task that makes several things, or only carries out a paper, tells of
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule
from kg.records import Span
from kg.relate.scene import Scene, Stated

# （牵头单位：甲局；…）, （甲局、乙局牵头，…）
BRACKET = re.compile(
    r"[（(【〔\[](?:[^（）()【】〔〕\n]{0,24}?[；;])?(?:牵头(?:责任)?(?:单位|部门)[：:]"
    r"(?P<field>(?:(?![，,][\u4e00-\u9fff]{2,8}[：:])[^；;（）()【】〔〕\n]){2,80})|(?P<said>[^，；：（）()【】〔〕\n]{2,60}?)(?:负责)?牵头)"
    r"[^（）()【】〔〕\n]{0,120}[）)】〕\]]"
)
LONGEST = 200  # characters of a task


def tasked(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Who leads the one thing that the task before a pair of brackets makes."""
    made = re.compile(f"(?:{rule.options['through']})$")
    closed = 0  # where the brackets before end
    for bracket in BRACKET.finditer(scene.text) if "牵头" in scene.text else ():
        line = scene.text.rfind("\n", 0, bracket.start()) + 1
        task = Span(max(closed, line, bracket.start() - LONGEST), bracket.start())
        closed = bracket.end()
        things = _inside(scene, task, tuple(rule.options["object_class"]))
        if len({m.name for m in things}) != 1:
            continue
        thing = things[0]
        if not made.search(scene.text, max(task.start, thing.start - 8), thing.start):
            continue
        who = Span(*bracket.span("field" if bracket["field"] else "said"))
        for body in _inside(scene, who, (rule.options["subject_class"],)):
            quoted = Span(task.start, bracket.end())
            yield Stated(
                body, predicate, thing, None, quoted, rule.rule, rule.confidence, "", quoted
            )


def _inside(scene: Scene, span: Span, types: tuple[str, ...]) -> list[Mention]:
    """The names of some classes in a stretch of the text."""
    return [
        m
        for m in scene.mentions
        if m.type in types and span.start <= m.start and m.end <= span.end
        if not m.refers and not m.inner
    ]
