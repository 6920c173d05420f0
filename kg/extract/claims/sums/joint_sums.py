"""Tell the sum of one thing from that of several, and from that of a whole that it is part of.

What stands between a sum and a name tells whose it is: 甲项目总投资5亿元,
募集资金9亿元分别用于甲项目、乙项目, 总投资9亿元，其中甲项目….
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.base.records import Span
from kg.extract.values.sum_kinds import NEVER, SUM, lead, tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from kg.extract.claims.context import ArticleContext
    from kg.extract.mentions.mention import Mention
    from kg.extract.values.values import FoundValue

OWN, JOINT, PART = "own", "joint", "part"
STOPS = re.compile("[，。；（(\n]")


class JointSums:
    """Tells the sum of one thing from that of several, and from that of a whole it is part of."""

    def __init__(self, page: Mapping[str, Any]) -> None:
        def words(section: Mapping[str, Any], name: str) -> re.Pattern[str]:
            return re.compile(str(section.get(name, NEVER)))

        joint, part = page.get("joint", {}), page.get("part", {})
        self.behind, self.before = words(joint, "behind"), words(joint, "before")
        self.joined, self.onward = words(joint, "joined"), words(page, "onward")
        self.counted, self.named = words(joint, "counted"), words(joint, "named")
        self.each = words(joint, "each")
        self.row, self.shared = words(joint, "row"), words(joint, "shared")
        self.in_row = words(joint, "in_row")
        self.qualifies, self.counting = words(joint, "qualifies"), words(joint, "counting")
        self.elsewhere, self.place = words(joint, "elsewhere"), words(joint, "place")
        self.counts, self.own_subject = words(page, "counts"), words(page, "own_subject")
        self.source = words(page, "source")
        self.between, self.closes = words(part, "between"), words(part, "closes")
        self.opens = words(part, "before")
        self.gloss = words(page, "gloss")
        self.modifies, self.stage = words(page, "modifies"), words(page, "stage")
        self.staged = words(page, "staged")
        self.rival, self.beside = words(page, "rival"), words(page, "beside")
        self.others_counted, self.fund = words(page, "others_counted"), words(page, "fund")
        proceeds, invested = page.get("proceeds", {}), page.get("invested", {})
        self.raised, self.raised_kind = words(proceeds, "told"), str(proceeds.get("kind", ""))
        self.proceeds = words(proceeds, "before"), words(proceeds, "behind")
        self.of_these = words(proceeds, "of_these")
        self.invested = words(invested, "told") if invested else re.compile("")
        self.given = words(invested, "never")

    def role(
        self, context: ArticleContext, amount: FoundValue, name: Span | None, subject: Mention
    ) -> str:
        """What a sum is to a thing: its own, of several, of what it is part of; ``""`` for none.

        Args:
            context: The article.
            amount: The sum.
            name: Where the thing is named in its sentence.
            subject: The thing.
        """
        text, sentence = context.text, context.sentence(amount.start)
        if self.named.match(subject.name):
            return JOINT
        before = lead(text, amount.start, sentence.start)
        if name is None:
            return JOINT if self.counted.search(before) else OWN
        if name.start >= amount.end:
            return self._follows(context, amount, name)
        between = text[name.end : amount.start]
        if self.modifies.match(between) or self._other_stage(subject.name, between):
            return ""
        if self.others_counted.search(between):
            return ""
        if self.opens.search(text[sentence.start : name.start]) and self.closes.match(between):
            return PART
        if self.each.search(between):
            return OWN if self._in_turn(context, amount, name) else ""
        if self._goes_on(context, amount, name):
            return ""
        counted = self.counted.search(text[name.end : amount.start + 1][-len(before) - 2 : -1])
        return JOINT if counted or self._listed(context, sentence, name, amount) else OWN

    def is_of_one_work(self, context: ArticleContext, amount: FoundValue) -> bool:
        """Whether a sum is what one work costs, where no works are counted before it."""
        text, start = context.text, context.sentence(amount.start).start
        before = lead(text, amount.start, start)
        counted = context.draft.lexicon.references.counted.search(text, start, amount.start)
        return self.own_subject.search(before) is not None and not counted

    def _follows(self, context: ArticleContext, amount: FoundValue, name: Span) -> str:
        """The role of a sum that stands before the name."""
        text = context.text
        between = text[amount.end : name.start]
        if self.between.search(between):
            return PART
        if self.elsewhere.search(between) or self.place.search(between):
            return ""
        before = lead(text, amount.start, context.sentence(amount.start).start)
        if self.counts.search(between) or ("，" in between and self.own_subject.search(before)):
            return ""
        rivals = (self._rivals(context, one) for one in sums_in(context, amount.end, name.start))
        if self.beside.search(between) or any(rivals):
            return ""
        alone = self.qualifies.match(between) and not self.counting.match(text, name.end)
        if alone or self.each.search(between):
            return OWN
        sentence = context.sentence(amount.start)
        shared = self.shared.search(between) and self._is_first(context, amount, sentence)
        return JOINT if shared or self._listed(context, sentence, name, amount) else OWN

    def _is_first(self, context: ArticleContext, amount: FoundValue, sentence: Span) -> bool:
        """Whether no sum stands right before a sum, in a row with it (3亿元、5亿元分别用于…)."""
        sums = sums_in(context, sentence.start, amount.start)
        between = (context.text[one.end : amount.start] for one in sums)
        return not any(self.in_row.fullmatch(words) for words in between)

    def _listed(
        self, context: ArticleContext, sentence: Span, name: Span, amount: FoundValue
    ) -> bool:
        """Whether a name is one of a list that has the sum in common."""
        text, group = context.text, context.group_at(name.start)
        around = (m for m in context.inside(sentence) if not m.reference)
        if any(m.start <= name.start and name.end < m.end for m in around):
            return False
        kinds = [m.type for m in group.mentions if not m.reference] if group else []
        if len(kinds) > 1 and len(set(kinds)) == 1:
            return True
        stop = STOPS.search(text, name.end, sentence.end)
        end = stop.start() if stop else sentence.end
        others = (one for one in sums_in(context, name.end, end) if one is not amount)
        if self.behind.match(text[name.end : end]) and not any(others):
            return True
        if self.row.match(text, name.end, sentence.end) and self.shared.search(
            text, min(amount.end, name.start), name.start
        ):
            return True
        before = text[max(sentence.start, name.start - 6) : name.start]
        if self.before.search(before):
            return True
        link = self.joined.search(before)
        at = name.start - len(before) + link.start() if link else -1
        return any(m.end == at for m in context.inside(sentence))

    def _in_turn(self, context: ArticleContext, amount: FoundValue, name: Span) -> bool:
        """Whether a sum has the place in its row that the name has in its list (甲、乙分别…)."""
        group = context.group_at(name.start)
        listed = [m.start for m in group.mentions] if group else []
        sentence = context.sentence(amount.start)
        row = [one.start for one in sums_in(context, name.end, sentence.end)]
        if len(listed) < 2 or len(row) < len(listed):
            return True
        return name.start in listed and row.index(amount.start) == listed.index(name.start)

    def _goes_on(self, context: ArticleContext, amount: FoundValue, name: Span) -> bool:
        """Whether a sum behind a name is for what follows it (甲厂已投产，再投资3亿元建设乙厂)."""
        text, sentence = context.text, context.sentence(amount.start)
        stop = STOPS.search(text, amount.end, sentence.end)
        clause = Span(amount.end, stop.start() if stop else sentence.end)
        kinds = {m.type for m in context.inside(sentence) if m.start == name.start}
        others = [m for m in context.inside(clause) if m.type in kinds and not m.reference]
        return bool(others) and self.onward.match(text[clause.start : clause.end]) is not None

    def _rivals(self, context: ArticleContext, other: FoundValue) -> bool:
        """Whether another sum is what is invested in the thing that follows it."""
        words = lead(context.text, other.start), tail(context.text, other.end, len(context.text))
        return self.rival.search(SUM.join(words)) is not None

    def _other_stage(self, name: str, between: str) -> bool:
        """Whether the sum behind the name of a stage is that of another one."""
        own, stages = set(self.stage.findall(name)), self.stage.findall(between)
        return bool(own and stages and stages[-1] not in own)


def sums_in(context: ArticleContext, start: int, end: int) -> Iterator[FoundValue]:
    """The sums that stand in a stretch of an article."""
    sums, begins = context.discourse.money
    for value in sums[bisect_left(begins, start) : bisect_left(begins, end)]:
        if value.end <= end:
            yield value
