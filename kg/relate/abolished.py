"""A decision on papers in, those that its lists abolish out.

``附件1 决定废止的文件目录`` heads a list or a table whose every item opens with a title; the next
heading ends it (二、继续有效的文件).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.grid import MARK
from kg.ontology import Ontology, Rule
from kg.records import Span
from kg.relate.scene import Scene, Stated
from kg.relate.shape import stated

# A line that says what becomes of the papers below it, and no sentence about one.
HEADING = re.compile(
    rf"^[ 　]{{0,8}}(?:{MARK}|[一二三四五六七八九十]{{1,3}}、|附件[ 　]?\d{{0,2}}[：:]?)?"
    r"[^\n\t。，；《》〔]{0,24}"
    r"(?:废止|失效|继续有效|保留|修改|修订)[^\n\t。；《》〔]{0,24}$"
    r"|^[^\n\t。；《》〔]{0,60}(?:废止|失效|停止执行)[^\n\t。；《》〔]{0,12}[：:]$",
    re.M,
)
ABOLISHED = re.compile("废止|失效|停止执行")
ABOUT = re.compile(f"{ABOLISHED.pattern}|清理")
KEPT = re.compile("继续有效|保留|修改|修订")
# What may stand before the title of an item: its mark, its serial number, who issued what.
ITEM = re.compile(
    rf"[ 　]{{0,8}}(?:{MARK}|[一二三四五六七八九十]{{1,3}}、|\d{{1,3}}[ 　\t])[ 　\t]{{0,4}}"
    r"[^\n，。；：]{0,60}"
)


def abolished(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """The papers that the lists of a decision abolish, one an item."""
    main = scene.main
    if main is None or not ABOUT.search(main.name):
        return
    headings = list(HEADING.finditer(scene.text, main.end))
    starts = [h.start() for h in headings]
    begun = -1  # where the last item began
    for m in scene.mentions:
        if m.type != rule.options["class"] or m.refers or m.inner or m.name == main.name:
            continue
        at = bisect_right(starts, m.start) - 1
        line = scene.text.rfind("\n", 0, m.start) + 1
        ended = at >= 0 and _ends(headings[at][0])
        if ended and line > max(begun, starts[at]) and ITEM.fullmatch(scene.text, line, m.start):
            begun = line
            yield stated(scene, rule, predicate, main, m, Span(m.start, m.end))


def _ends(heading: str) -> bool:
    """Whether the papers below a heading are abolished, all of them."""
    return ABOLISHED.search(heading) is not None and KEPT.search(heading) is None
