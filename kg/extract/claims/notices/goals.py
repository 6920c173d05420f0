"""Rules of kind ``goals``: what a policy sets out to reach by a day, clause by clause.

A notice sets its goals itself. In news a sentence that dates a goal belongs to the policy that
this sentence, or one just before, says something was set out in (印发, 提出, 明确); a policy that
is only mentioned sets none, and what has been reached is no goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.base.records import Span, Value
from kg.extract.claims.context import Scene, Stated
from kg.extract.claims.parts.shape import stated
from kg.extract.mentions.mention import Mention
from kg.ontology import Lexicon, Ontology, Rule

# A policy named this near to the head of a sentence is what the sentence is about.
OPENING = 6


def goals(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Dated, quantified goals of a policy, clause by clause."""
    notices = scene.draft.lexicon.notices
    goal, block, lead = (re.compile(str(rule.options[k])) for k in ("goal", "block", "lead"))
    dated = Span(0, 0)  # the section of goals that has named its day
    for sentence in scene.part.sentences:
        text = scene.text[sentence.start : sentence.end]
        at, reach = _horizon(scene, sentence, rule)
        if at >= 0 and sentence.start >= dated.end:
            dated = _section(scene, sentence.start)
        elif at < 0 and dated.start <= sentence.start < dated.end:
            at = 0
        ahead = notices.dated_ahead.match(text) is not None
        if at < 0 or (scene.part.kind != "notice" and not ahead and block.search(text)):
            continue
        policy = _policy_of(scene, sentence, sentence.start + at, reach, rule)
        if policy is None:
            continue
        for start, end in _clauses(text, scene.draft.lexicon):
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
                yield stated(scene, rule, predicate, policy, None, span, value)


def _section(scene: Scene, position: int) -> Span:
    """The section of a notice that is headed as goals and holds a position, else nothing."""
    notices = scene.draft.lexicon.notices
    if scene.part.kind == "notice":
        headings = [m for m in notices.heading.finditer(scene.text) if m.start() <= position]
        following = notices.heading.search(scene.text, position)
        if headings and notices.goal in headings[-1].group():
            return Span(position, following.start() if following else len(scene.text))
    return Span(0, 0)


def _horizon(scene: Scene, sentence: Span, rule: Rule) -> tuple[int, int]:
    """Where a sentence names the day to come, or -1, and how far back its policy may stand.

    A notice sets goals in every sentence. In news 今年 and 每年 tell of a goal only beside a word
    of intent (力争). The years of a title are no such day.
    """
    text = scene.text[sentence.start : sentence.end]
    notice = scene.part.kind == "notice"
    aims = notice or re.search(str(rule.options["aim"]), text) is not None
    for name in ("firm", "horizon") if aims else ("firm",):
        for found in re.finditer(str(rule.options[name]), text):
            group = scene.group_at(sentence.start + found.start())
            if group is None or group.end < sentence.start + found.end():
                return found.start(), int(rule.options["reach"]) if name == "firm" else 1
    return -1, 0


def _policy_of(scene: Scene, sentence: Span, at: int, reach: int, rule: Rule) -> Mention | None:
    """The policy a sentence sets goals for: the notice's own, or the one set out just before.

    A policy that the sentence only builds on (围绕甲规划制定) sets none of its goals.
    """
    if (
        scene.part.kind == "notice"
        and scene.main is not None
        and not scene.draft.lexicon.notices.tells_only.search(scene.main.name)
    ):
        return scene.main
    index = scene.part.sentences.index(sentence)
    for span in reversed(scene.part.sentences[max(0, index - reach) : index + 1]):
        found = _set_out(scene, span, min(at, span.end), rule)
        if found is not None:
            return found
    return _theme(scene, rule) if reach == int(rule.options["reach"]) else None


def _theme(scene: Scene, rule: Rule) -> Mention | None:
    """The policy that an article is about: the one it opens with, when that has come out."""
    issued = re.compile(str(rule.options["opens"]))
    for span in scene.part.sentences[:3]:
        found = _set_out(scene, span, span.end, rule)
        if found is not None and issued.search(scene.text, span.start, span.end):
            return found
    return None


def _set_out(scene: Scene, span: Span, at: int, rule: Rule) -> Mention | None:
    """The last policy before a position in a sentence that says it sets something out."""
    plan = re.compile(str(rule.options["plan"]))
    inside = [
        m
        for m in scene.mentions
        if m.type == str(rule.options["class"])
        and span.start <= m.start
        and m.end <= at
        and (m.refers or plan.search(m.name))
    ]
    if not inside:
        return None
    ends = [span.start, *(m.end for m in inside)]
    starts = [*(m.start for m in inside), span.end]
    pieces = [scene.text[a:b] for a, b in zip(ends, starts, strict=True)]
    if len(pieces[0]) > OPENING and not re.search(str(rule.options["says"]), "，".join(pieces)):
        return None
    grounds = re.compile(f"(?:{rule.options['grounds']})[^，。；]{{0,8}}$")
    own = [m for m in inside if not grounds.search(scene.text[span.start : m.start])] or inside
    titled = [m for m in own if scene.text[m.start] == "《"] or own
    named = scene.refer(titled[-1])
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
