"""Complete the name of an event from its head noun to the name as it is printed.

Events carry more than a noun phrase: a motto in quotation marks stands before or after a dash
(“云上有约”——某市某活动, 某论坛——“数字引领未来”). What is held somewhere is one event, though its
name says no place.
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


@dataclass(frozen=True, slots=True)
class EventTitles:
    """The options of a rule whose names are titles of events.

    ``before`` and ``behind`` are what stands around the name of an event that takes place;
    ``there`` is what follows where the sentence says what happened at it. ``least_length`` is that
    of a name that they make one; ``needs_time`` is set where nothing else is an event.
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    least_length: int
    there: re.Pattern[str]
    needs_time: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any], vocabulary: HeadWords) -> EventTitles | None:
        """The options of a rule, or none when its names are no titles."""
        if "held" not in options:
            return None
        return cls(
            before=re.compile(f"(?:{options['before']}){vocabulary.after_verb}$"),
            behind=re.compile(str(options["held"])),
            least_length=int(options.get("telling", 0)),
            there=re.compile(str(options.get("there", "(?!)"))),
            needs_time=bool(options.get("told")),
        )

    def settle(self, draft: ArticleDraft, mention: Mention) -> Mention | None:
        """The mention as the article prints it.

        None where a rule has a wide head noun and this is no name, or does not take place.
        """
        heads = draft.lexicon.heads
        begin, end = mention.start, mention.end
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
        return replace(mention, start=begin, end=end, name=name, needs_claim=needs_claim)

    def _takes_place(self, draft: ArticleDraft, begin: int, end: int) -> bool:
        if end - begin < self.least_length:
            return False
        before = self.before.search(draft.text, max(draft.sentence_start(begin), begin - 6), begin)
        if before is not None or self.behind.match(draft.text, end) is not None:
            return True
        opens = draft.text[max(begin - 1, 0) : begin] in draft.lexicon.heads.opens
        return opens and self.there.match(draft.text, end) is not None
