"""Titles and the numbers printed beside them in, whose number is which out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.base.records import Span, Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.parts.shape import stated
from kg.extract.mentions.mention import Mention
from kg.ontology import Lexicon, Ontology, Rule

HEAD = 600  # characters of a notice in which its own number stands
# The cells of a row: 甲办法|\t|甲府发〔2031〕7号, and the other way round.
CELL = re.compile(r"[^\t\n。]{0,8}\t[ 　]*(?P<said>[^\t\n]{6,40})")
CELL_BEFORE = re.compile(r"(?:^|\t)[ 　]*(?P<said>[^\t\n]{6,40})\t[^\t\n。]{0,60}$")


def numbers(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """The number in the brackets or the cell beside a title, and that of a notice in its head."""
    pattern = re.compile(str(rule.options["pattern"]))
    titles = [m for m in context.mentions if m.type == rule.options["class"] and not m.reference]
    own = [context.main] if context.main is not None and context.main not in titles else []
    for m in [*titles, *own]:
        yield from _said(
            context, rule, predicate, m, _beside(context.text, m, context.draft.lexicon), pattern
        )
    for issued in context.draft.lexicon.notices.issued_number.finditer(context.text):
        begun = context.sentence(issued.start()).start
        last = [m for m in titles if begun <= m.start and m.end <= issued.start() and not m.nested]
        for m in last[-1:]:
            yield from _said(context, rule, predicate, m, issued, pattern)
    if context.main is not None and context.article.kind == "notice":
        found = _of_head(
            context.text[: rule.options.get("head", HEAD)], pattern, context.draft.lexicon
        )
        if found:
            span, value = Span(*found.span()), _string(found.group())
            yield stated(context, rule, predicate, context.main, None, span, value)


def _said(
    context: ArticleContext,
    rule: Rule,
    predicate: str,
    m: Mention,
    beside: re.Match[str] | None,
    pattern: re.Pattern[str],
) -> Iterator[Statement]:
    found = pattern.search(beside["said"]) if beside else None
    if beside and found:
        start = beside.start("said") + found.start()
        trigger = Span(min(m.start, start), max(m.end, start + len(found.group())))
        yield stated(context, rule, predicate, m, None, trigger, _string(found.group()))


def _beside(text: str, m: Mention, lexicon: Lexicon) -> re.Match[str] | None:
    """What stands in the brackets right behind a title, else in the cell beside it."""
    line = text.rfind("\n", 0, m.start) + 1
    behind = lexicon.notices.number_in_brackets.match(text, m.end, m.end + 60) or CELL.match(
        text, m.end
    )
    return behind or (
        CELL_BEFORE.search(text, line, m.start) if text.find("\t", line, m.start) >= 0 else None
    )


def _of_head(head: str, pattern: re.Pattern[str], lexicon: Lexicon) -> re.Match[str] | None:
    """The first number of a head that is that of the notice itself."""
    notices = lexicon.notices
    for found in pattern.finditer(head):
        line = head.rfind("\n", 0, found.start()) + 1
        before = head[line : found.start()].lstrip(" 　（(")
        cited = notices.cited.search(before) and not notices.comes_out.match(head, found.end())
        if not cited and not _in_brackets(head, found.start()):
            return found
    return None


def _in_brackets(text: str, position: int) -> bool:
    """Whether a position stands in brackets that do not open their line."""
    line = text.rfind("\n", 0, position)
    opened = text.rfind("（", 0, position)
    return (
        opened > max(text.rfind("）", 0, position), line) and text[line + 1 : opened].strip() != ""
    )


def _string(text: str) -> Value:
    return Value("".join(text.split()), "string", text)
