"""Places of an article in, an address read as its places out: each lies in the one before it.

``重庆市綦江区石角镇`` is three places, of which the last is meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.annotate.mention import Mention, clean
from kg.places import Places


def chain(mentions: Iterable[Mention], text: str, places: Places) -> list[Mention]:
    """Places written one right after the other: the last one is meant, the others hold it.

    Each is also named with those before it; all but the last take no part in claims. Two that
    the table of divisions keeps apart only stand side by side (甲市乙省商会).
    """
    ordered = sorted(mentions, key=lambda m: m.start)
    linked: list[Mention] = []
    first = 0
    for i, m in enumerate(ordered):
        before = ordered[i - 1] if i and ordered[i - 1].end == m.start else None
        held = before is not None and places.holds(before.name, m.name)
        apart = before is not None and before.subtype == "country"
        if before is not None and held is not False and (held or not apart):
            linked[-1] = replace(linked[-1], inner=True)
            longer = tuple(
                clean(text[ordered[k].start : m.end])
                for k in range(first, i)
                if ordered[k].start < m.start
            )
            linked.append(replace(m, also=tuple(dict.fromkeys(m.also + longer))))
        else:
            first = i
            linked.append(m)
    return linked
