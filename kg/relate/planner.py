"""A verb without a doer in news of a plan in, the place whose plan it is out.

《甲市某某方案》提出，一是…。二是…，建设乙平台: what a plan says is to be done, with nobody named,
is done by the place in its title, as long as nobody else speaks or acts in between.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.annotate.mention import Mention
from kg.relate.clause import Parse
from kg.relate.scene import AGENTS, Scene

# How many sentences a story goes on about what a plan proposes.
REACH = 12
PROPOSES = re.compile("《(?P<title>[^《》]{2,60})》(?:还|也|同时|明确)?(?:提出|明确|要求|指出)")
# Where what a plan proposes ends: somebody speaks, something is told to have happened.
ENDS = re.compile(
    "记者|表示|介绍|认为|透露|据悉|据了解|目前|截至|近年来|日前|近日|去年|已经|[\u4e00-\u9fff]说"
)


def planner(scene: Scene, parse: Parse, at: int) -> Mention | None:
    """The place in the title of the plan that the sentences up to a position tell of."""
    position = parse.sentence.original(at, at + 1).start
    here = scene.sentences.index(parse.sentence)
    for sentence in reversed(scene.sentences[max(0, here - REACH) : here + 1]):
        end = min(position, sentence.span.end)
        told = list(PROPOSES.finditer(scene.text, sentence.span.start, end))
        if ENDS.search(scene.text, told[-1].end() if told else sentence.span.start, end):
            return None
        if told:
            return _place(scene, told[-1]["title"], position)
    return None


def _place(scene: Scene, title: str, position: int) -> Mention | None:
    """The place that a title begins with; 《行动方案》 is the last one before that ends so."""
    earlier = [m.name for m in scene.mentions if m.start < position and not m.refers]
    full = [n for n in (title, *earlier) if n.endswith(title)]
    places = [m for m in scene.mentions if m.type == AGENTS[1] and not m.refers]
    begun = [p for p in places if any(n.startswith(p.name) and n != p.name for n in full)]
    begun = begun or [p for m in scene.mentions if m.name in full for p in _opening(scene, m)]
    return max(begun, key=lambda p: len(p.name), default=None)


def _opening(scene: Scene, title: Mention) -> list[Mention]:
    """The place that the name of a plan begins with, though the text has it nowhere else."""
    inside = scene.draft.within(title.start, title.end)
    return [
        replace(p, weak=True, inner=True)
        for p in inside
        if p.type == AGENTS[1] and title.name.startswith(p.name) and p.name != title.name
    ]
