"""Other names that a text tells of a thing in, both joined out: 甲会，又名“乙会”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention, clean
from kg.annotate.short import OTHER, Link

RULE = "name.other"
RENAMED = "[更改]名为|改称|升格为"
TOLD = re.compile(f"{OTHER}|{RENAMED}|（原")
# Between a name and another one; 拟, 将 and 计划 stand in neither.
ALSO = re.compile(f"[”」》]?(?:，?(?:{OTHER})[为是叫作：]*|（原)(?P<quote>“)?")
ANEW = re.compile(
    "[”」》]?(?:[于在]?\\d{4}年(?:\\d{1,2}月(?:\\d{1,2}日)?)?)?"
    f"(?:正式|已|现|后|获准|经批准|成功)*(?:{RENAMED})[：“]*"
)
QUOTED = re.compile("([\u4e00-\u9fffA-Za-z0-9·]{2,30})”")


def renamed(draft: Draft, mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Link]]:
    """The names of a text that it says to be another name's, each with why."""
    if TOLD.search(draft.text) is None:
        return
    found = [m for m in mentions if not m.refers and m.type not in draft.solid]
    begins = {m.start: m for m in sorted(found, key=lambda m: m.end)}  # of several the longest
    for m in found:
        other = ALSO.match(draft.text, m.end)
        if other:
            form = _form(draft, m, begins.get(other.end()), other)
            if form is not None and form.name != m.name:
                yield form, _link(draft, form, m, m)
            continue
        anew = ANEW.match(draft.text, m.end)
        now = begins.get(anew.end()) if anew else None
        if now is not None and now.type == m.type and now.name != m.name:
            yield m, _link(draft, m, now, m)


def _form(draft: Draft, m: Mention, named: Mention | None, told: re.Match[str]) -> Mention | None:
    """The other name behind the words that tell it: one found already, or one in marks."""
    if named is not None and named.type == m.type:
        return named
    quoted = QUOTED.match(draft.text, told.end()) if told["quote"] else None
    if quoted is None:
        return None
    return replace(m, start=quoted.start(1), end=quoted.end(1), name=clean(quoted[1]), also=())


def _link(draft: Draft, form: Mention, full: Mention, first: Mention) -> Link:
    reason = draft.text[first.start : max(form.end, full.end)]
    return Link(form.name, full.name, full.type, RULE, reason, form.start, form.end)
