"""The name of an event as its head noun gives it in, the name as it is printed out.

Events carry more than a noun phrase: an edition begins their name (第三届…), a motto in
quotation marks stands before or after a dash (“云上有约”——某市某活动, 某论坛——“数字引领未来”),
暨 joins two of them. What is held somewhere is one event, though its name says no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention, clean
from kg.ontology.lexicon.names import HeadWords

# A title behind the name: 某发布会——“甲”.
AFTER = re.compile(r"\s*(?:—{1,2}|－|-)\s*“[^“”\n]{6,40}”")
# The half of a name that can stand for the whole has this many characters at the least.
HALF = 6


@dataclass(frozen=True, slots=True)
class EventTitles:
    """The options of a rule whose names are titles of events.

    ``before`` and ``held`` are what stands around the name of an event that takes place;
    ``there`` is what follows where the sentence says what happened at it. ``telling`` is the
    least length of a name that they make one; ``needs_time`` is set where nothing else is an event.
    """

    before: re.Pattern[str]
    held: re.Pattern[str]
    telling: int
    there: re.Pattern[str]
    needs_time: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any], vocabulary: HeadWords) -> EventTitles | None:
        """The options of a rule, or none when its names are no titles."""
        if "held" not in options:
            return None
        return cls(
            before=re.compile(f"(?:{options['before']}){vocabulary.after_verb}$"),
            held=re.compile(str(options["held"])),
            telling=int(options.get("telling", 0)),
            there=re.compile(str(options.get("there", "(?!)"))),
            needs_time=bool(options.get("told")),
        )

    def settle(self, draft: ArticleDraft, mention: Mention, head: int) -> Mention | None:
        """The mention as the article prints it; ``head`` is where its head noun begins.

        None where a rule has a wide head noun and this is no name, or does not take place.
        """
        heads = draft.lexicon.heads
        begin, end = self._edition(draft, mention.start, head), mention.end
        after = AFTER.match(draft.text, end)
        end = after.end() if after else end
        motto = heads.motto_before.search(
            draft.text, max(draft.sentence_start(begin), begin - 40), begin
        )
        begin = motto.start() if motto else begin
        takes_place = self._takes_place(draft, begin, end)
        numbered = heads.edition_told.search(draft.text, begin, end) is not None
        if self.needs_time and (mention.needs_claim or not (takes_place or numbered)):
            return None
        name = clean(draft.text[begin:end])
        needs_claim = (
            mention.needs_claim and begin >= mention.start and not after and not takes_place
        )
        also = tuple(_parts(min(mention.name, name, key=len), name, draft.lexicon.heads))
        return replace(
            mention, start=begin, end=end, name=name, needs_claim=needs_claim, other_names=also
        )

    @staticmethod
    def _edition(draft: ArticleDraft, begin: int, head: int) -> int:
        """Past what stands before the edition, when it is no place, no body and no motto."""
        heads = draft.lexicon.heads
        found = heads.edition.search(draft.text, begin, head)
        if found is None or found.start() == begin:
            return begin
        lead = draft.text[begin : found.start()]
        own = heads.own_before.search(lead) or draft.within(begin, found.start())
        return begin if own or draft.text[begin - 1 : begin] in ("—", "”") else found.start()

    def _takes_place(self, draft: ArticleDraft, begin: int, end: int) -> bool:
        if end - begin < self.telling:
            return False
        before = self.before.search(draft.text, max(draft.sentence_start(begin), begin - 6), begin)
        if before is not None or self.held.match(draft.text, end) is not None:
            return True
        opens = draft.text[max(begin - 1, 0) : begin] in draft.lexicon.heads.opens
        return opens and self.there.match(draft.text, end) is not None


def _parts(short: str, name: str, vocabulary: HeadWords) -> list[str]:
    """Other names that the name itself gives: without its motto, and the half before 暨."""
    first, joined, _ = short.partition(vocabulary.both)
    dashed = name.rpartition("——")[2]
    parts = (short, dashed, first if joined and vocabulary.half_held.search(first) else "")
    return [part for part in parts if part != name and len(part) >= HALF]
