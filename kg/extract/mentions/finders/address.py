"""Read an address as its places, each of which lies in the one before it.

``鄂州市葛店经开区`` is a zone and its city; ``重庆市綦江区石角镇`` is three places, of which the
last is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention, clean
from kg.ontology.places import Places


def split_zone(mention: Mention, draft: ArticleDraft) -> Iterator[Mention]:
    """A zone named with the full name of its city is that zone, within that city.

    ``鄂州市葛店经开区`` is 葛店经开区 in 鄂州市; ``成都高新区`` is one name.
    """
    inner = [
        m
        for m in draft.within(mention.start, mention.end - 1)
        if m.type == mention.type and draft.lexicon.towns.full.search(m.name) and len(m.name) > 2
    ]
    if not inner:
        yield _from_place(mention, draft)
        return
    last = max(inner, key=lambda m: m.end)
    rest = draft.text[last.end : mention.end]
    if len(rest) < 4 or rest[0] in "（(":
        yield mention
        return
    yield replace(
        mention.moved(last.end, mention.end, draft.text),
        other_names=(clean(draft.text[mention.start : mention.end]),),
    )


def _from_place(mention: Mention, draft: ArticleDraft) -> Mention:
    """A zone starts at the place it is named after: 选址合肥高新区 is 合肥高新区."""
    places = [
        m.start
        for m in draft.within(mention.start, mention.end)
        if m.type == mention.type and not m.needs_claim and m.rule != mention.rule
    ]
    first = min(places, default=mention.start)
    lead = draft.text[mention.start : first]
    if len(clean(lead)) < 2 or set(lead) & set(
        draft.lexicon.towns.before_zone
    ):  # 中国西安云湖产业园
        return mention
    return mention.moved(first, mention.end, draft.text)


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
        holds = before is not None and places.holds(before.name, m.name)
        apart = before is not None and before.subtype == "country"
        if before is not None and holds is not False and (holds or not apart):
            linked[-1] = replace(linked[-1], nested=True)
            longer = tuple(
                clean(text[ordered[k].start : m.end])
                for k in range(first, i)
                if ordered[k].start < m.start
            )
            linked.append(replace(m, other_names=tuple(dict.fromkeys(m.other_names + longer))))
        else:
            first = i
            linked.append(m)
    return linked
