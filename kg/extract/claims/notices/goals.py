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
from kg.ontology import Ontology, Rule

# Where a clause ends: after a number at a 、 as well (培育企业300家、产值达10亿元).
BREAK = re.compile(
    r"[，；。！？]|(?<=[个家项条座户人元次])、(?=[\u4e00-\u9fff]{2,16}(?:达|超|突破|\d))"
)
# 到2025年底， belongs to the clause after it; so does 总体目标：2025年，.
DAY_ONLY = re.compile(
    r"(?:.{0,3}|[^，。；]{0,4}目标[：:])(?:到|至|力争)?(?:20\d\d年)(?:底|末)?(?:前)?"
)
# What only says that it is a goal: …达到2万个”等目标.
TAIL = re.compile(r"”等|的[^，。；]{0,4}目标")
# What a paper went through is none of its goals: 先后征求了28家单位意见, 经常务会议审议通过.
PAST = re.compile(
    r"征求了?[^，。；]{0,30}意见|(?:审议|讨论|表决|研究|审查)(?:通过|同意|审定)|(?:印发|出台|发布|召开)了"
)
# What only tells of something sets no goals itself.
SAYS = re.compile("(?:公示|公告|通告|批复|函|通报)$")
HEADING = re.compile(r"^[ 　]*[一二三四五六七八九十]+、[^\n。]{2,24}", re.M)
YEAR = re.compile(r"20\d\d(?=年)")
# A sentence that opens with the day to come, and what is compared with a year before in it.
AHEAD = re.compile(r"(?:力争|确保|计划|目标是)，?(?:到|至)20\d\d年(?:底|末)?，")
COMPARED = re.compile(r"比20\d\d年[^，。；]{0,8}?(?=下降|降低|减少|提高|增长|提升|增加)")
# A policy named this near to the head of a sentence is what the sentence is about.
OPENING = 6


def goals(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Dated, quantified goals of a policy, clause by clause."""
    goal, block, lead = (re.compile(str(rule.options[k])) for k in ("goal", "block", "lead"))
    dated = Span(0, 0)  # the section of goals that has named its day
    for sentence in scene.part.sentences:
        text = scene.text[sentence.start : sentence.end]
        at, reach = _horizon(scene, sentence, rule)
        if at >= 0 and sentence.start >= dated.end:
            dated = _section(scene, sentence.start)
        elif at < 0 and dated.start <= sentence.start < dated.end:
            at = 0
        ahead = AHEAD.match(text) is not None
        if at < 0 or (scene.part.kind != "notice" and not ahead and block.search(text)):
            continue
        policy = _policy_of(scene, sentence, sentence.start + at, reach, rule)
        if policy is None:
            continue
        for start, end in _clauses(text):
            if end <= at:
                continue
            opening = lead.match(text, start, end)
            begin = opening.end() if opening else start
            piece = TAIL.split(text[begin:end])[0]
            reached = PAST.search(piece) or block.search(
                COMPARED.sub("", piece) if ahead else piece
            )
            if goal.search(piece) and not reached:
                span = Span(sentence.start + begin, sentence.start + begin + len(piece))
                value = Value("".join(piece.split()), "string", piece)
                yield stated(scene, rule, predicate, policy, None, span, value)


def _section(scene: Scene, position: int) -> Span:
    """The section of a notice that is headed as goals and holds a position, else nothing."""
    if scene.part.kind == "notice":
        headings = [m for m in HEADING.finditer(scene.text) if m.start() <= position]
        following = HEADING.search(scene.text, position)
        if headings and "目标" in headings[-1].group():
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
    if scene.part.kind == "notice" and scene.main is not None and not SAYS.search(scene.main.name):
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


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in BREAK.finditer(text):
        piece = text[start : match.start()]
        if DAY_ONLY.fullmatch(piece) and YEAR.search(piece):
            continue
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)
