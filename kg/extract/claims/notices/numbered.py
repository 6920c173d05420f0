"""Match titles with the document numbers that are printed beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.base.records import Span, Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.mentions.mention import Mention

HEAD = 600  # characters of a notice in which its own number stands
# The cells of a row: 甲办法|\t|甲府发〔2031〕7号, and the other way round.
CELL = re.compile(r"[^\t\n。]{0,8}\t[ 　]*(?P<said>[^\t\n]{6,40})")
CELL_BEFORE = re.compile(r"(?:^|\t)[ 　]*(?P<said>[^\t\n]{6,40})\t[^\t\n。]{0,60}$")


class Numbers(RuleReader):
    """The number in the brackets or the cell beside a title, and that of a notice in its head."""

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """A statement for each title with a number."""
        text, main, pattern = context.text, context.main, self.pattern("pattern")
        titles = [m for m in context.mentions if m.type == self.type and not m.reference]
        numbered = [(m, self._beside(text, m)) for m in titles]
        if main is not None and main not in titles:
            numbered.append((main, self._beside(text, main)))
        for issued in self.lexicon.notices.issued_number.finditer(text):
            inside = context.inside(Span(context.sentence(issued.start()).start, issued.start()))
            numbered += [
                (m, issued) for m in [m for m in inside if m in titles and not m.nested][-1:]
            ]
        for m, beside in numbered:
            if beside and (match := pattern.search(beside["said"])):
                start = beside.start("said") + match.start()
                trigger = Span(min(m.start, start), max(m.end, start + len(match.group())))
                yield self.state_at(context, m, trigger, value=_string(match.group()))
        own = self._of_head(text[:HEAD], pattern) if context.article.kind == "notice" else None
        if main is not None and own:
            value = _string(own.group())
            yield self.state_at(context, main, Span(*own.span()), value=value)

    def _beside(self, text: str, m: Mention) -> re.Match[str] | None:
        """What stands in the brackets right behind a title, else in the cell beside it."""
        line = text.rfind("\n", 0, m.start) + 1
        bracket = self.lexicon.notices.number_in_brackets.match(text, m.end, m.end + 60)
        row = text.find("\t", line, m.start) >= 0
        behind = bracket or CELL.match(text, m.end)
        return behind or (CELL_BEFORE.search(text, line, m.start) if row else None)

    def _of_head(self, head: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first number of a head that is that of the notice itself."""
        words = self.lexicon.notices
        for match in pattern.finditer(head):
            line = head.rfind("\n", 0, match.start()) + 1
            before = head[line : match.start()].lstrip(" 　（(")
            cited = words.cited.search(before) and not words.comes_out.match(head, match.end())
            if not cited and not _in_brackets(head, match.start()):
                return match
        return None


def _in_brackets(text: str, position: int) -> bool:
    """Whether a position stands in brackets that do not open their line."""
    line, opened = text.rfind("\n", 0, position), text.rfind("（", 0, position)
    closed = text.rfind("）", 0, position)
    return opened > max(closed, line) and text[line + 1 : opened].strip() != ""


def _string(text: str) -> Value:
    return Value("".join(text.split()), "string", text)
