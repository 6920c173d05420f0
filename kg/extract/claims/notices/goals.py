"""Rules of kind ``goals``: what a policy sets out to reach by a day, clause by clause.

A notice sets its goals itself. In news a sentence that dates a goal belongs to the policy that
this sentence, or one just before, says something was set out in (印发, 提出, 明确); a policy that
is only mentioned sets none, and what has been reached is no goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.base.records import Span, Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.parts.shape import stated
from kg.extract.mentions.mention import Mention
from kg.ontology import Lexicon, Ontology, Rule

# A policy named this near to the head of a sentence is what the sentence is about.
OPENING = 6


def goals(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """Dated, quantified goals of a policy, clause by clause."""
    notices = context.draft.lexicon.notices
    goal, block, lead = (re.compile(str(rule.options[k])) for k in ("goal", "block", "lead"))
    dated = Span(0, 0)  # the section of goals that has named its day
    for sentence in context.article.sentences:
        text = context.text[sentence.start : sentence.end]
        at, reach = _horizon(context, sentence, rule)
        if at >= 0 and sentence.start >= dated.end:
            dated = _section(context, sentence.start)
        elif at < 0 and dated.start <= sentence.start < dated.end:
            at = 0
        ahead = notices.dated_ahead.match(text) is not None
        if at < 0 or (context.article.kind != "notice" and not ahead and block.search(text)):
            continue
        policy = _policy_of(context, sentence, sentence.start + at, reach, rule)
        if policy is None:
            continue
        for start, end in _clauses(text, context.draft.lexicon):
            if end <= at:
                continue
            opening = lead.match(text, start, end)
            begin = opening.end() if opening else start
            piece = notices.goal_tail.split(text[begin:end])[0]
            reached = notices.past.search(piece) or block.search(
                notices.compared.sub("", piece) if ahead else piece
            )
            if goal.search(piece) and not reached:
                span = Span(sentence.start + begin, sentence.start + begin + len(piece))
                value = Value("".join(piece.split()), "string", piece)
                yield stated(context, rule, predicate, policy, None, span, value)


def _section(context: ArticleContext, position: int) -> Span:
    """The section of a notice that is headed as goals and holds a position, else nothing."""
    notices = context.draft.lexicon.notices
    if context.article.kind == "notice":
        headings = [m for m in notices.heading.finditer(context.text) if m.start() <= position]
        following = notices.heading.search(context.text, position)
        if headings and notices.goal in headings[-1].group():
            return Span(position, following.start() if following else len(context.text))
    return Span(0, 0)


def _horizon(context: ArticleContext, sentence: Span, rule: Rule) -> tuple[int, int]:
    """Where a sentence names the day to come, or -1, and how far back its policy may stand.

    A notice sets goals in every sentence. In news 今年 and 每年 tell of a goal only beside a word
    of intent (力争). The years of a title are no such day.
    """
    text = context.text[sentence.start : sentence.end]
    notice = context.article.kind == "notice"
    aims = notice or re.search(str(rule.options["aim"]), text) is not None
    for name in ("firm", "horizon") if aims else ("firm",):
        for found in re.finditer(str(rule.options[name]), text):
            group = context.group_at(sentence.start + found.start())
            if group is None or group.end < sentence.start + found.end():
                return found.start(), int(rule.options["reach"]) if name == "firm" else 1
    return -1, 0


def _policy_of(
    context: ArticleContext, sentence: Span, at: int, reach: int, rule: Rule
) -> Mention | None:
    """The policy a sentence sets goals for: the notice's own, or the one set out just before.

    A policy that the sentence only builds on (围绕甲规划制定) sets none of its goals.
    """
    if (
        context.article.kind == "notice"
        and context.main is not None
        and not context.draft.lexicon.notices.tells_only.search(context.main.name)
    ):
        return context.main
    index = context.article.sentences.index(sentence)
    for span in reversed(context.article.sentences[max(0, index - reach) : index + 1]):
        found = _set_out(context, span, min(at, span.end), rule)
        if found is not None:
            return found
    return _theme(context, rule) if reach == int(rule.options["reach"]) else None


def _theme(context: ArticleContext, rule: Rule) -> Mention | None:
    """The policy that an article is about: the one it opens with, when that has come out."""
    issued = re.compile(str(rule.options["opens"]))
    for span in context.article.sentences[:3]:
        found = _set_out(context, span, span.end, rule)
        if found is not None and issued.search(context.text, span.start, span.end):
            return found
    return None


def _set_out(context: ArticleContext, span: Span, at: int, rule: Rule) -> Mention | None:
    """The last policy before a position in a sentence that says it sets something out."""
    plan = re.compile(str(rule.options["plan"]))
    inside = [
        m
        for m in context.mentions
        if m.type == str(rule.options["class"])
        and span.start <= m.start
        and m.end <= at
        and (m.reference or plan.search(m.name))
    ]
    if not inside:
        return None
    ends = [span.start, *(m.end for m in inside)]
    starts = [*(m.start for m in inside), span.end]
    pieces = [context.text[a:b] for a, b in zip(ends, starts, strict=True)]
    if len(pieces[0]) > OPENING and not re.search(str(rule.options["says"]), "，".join(pieces)):
        return None
    grounds = re.compile(f"(?:{rule.options['grounds']})[^，。；]{{0,8}}$")
    own = [m for m in inside if not grounds.search(context.text[span.start : m.start])] or inside
    titled = [m for m in own if context.text[m.start] == "《"] or own
    named = context.refer(titled[-1])
    return named[0] if named else None


def _clauses(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    notices = lexicon.notices
    start = 0
    for match in notices.goal_ends.finditer(text):
        piece = text[start : match.start()]
        if notices.day_only.fullmatch(piece) and notices.year.search(piece):
            continue
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)
