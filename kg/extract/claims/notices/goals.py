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
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

# A policy named this near to the head of a sentence is what the sentence is about.
OPENING = 6


class Goals(RuleReader):
    """Dated, quantified goals of a policy, clause by clause."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        super().__init__(rule, predicate, ontology)
        self.words, self.reach = ontology.lexicon.notices, int(rule.options["reach"])
        self.goal, self.block, self.lead = map(self.pattern, ("goal", "block", "lead"))
        self.aim, self.plan, self.says = map(self.pattern, ("aim", "plan", "says"))
        self.opens, self.firm, self.horizon = map(self.pattern, ("opens", "firm", "horizon"))
        self.grounds = re.compile(f"(?:{rule.options['grounds']})[^，。；]{{0,8}}$")

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """A statement for each clause that sets a goal."""
        dated = Span(0, 0)  # the section of goals that has named its day
        for sentence in context.article.sentences:
            text = context.text[sentence.start : sentence.end]
            at, reach = self._horizon(context, sentence)
            if at >= 0 and sentence.start >= dated.end:
                dated = self._section(context, sentence.start)
            elif at < 0 and dated.start <= sentence.start < dated.end:
                at = 0
            ahead = self.words.dated_ahead.match(text) is not None
            news = context.article.kind != "notice"
            if at < 0 or (news and not ahead and self.block.search(text)):
                continue
            policy = self._policy_of(context, sentence, sentence.start + at, reach)
            for start, end in self._clauses(text) if policy else ():
                opening = self.lead.match(text, start, end)
                begin = opening.end() if opening else start
                piece = self.words.goal_tail.split(text[begin:end])[0]
                if end > at and policy and self._sets(piece, ahead):
                    span = Span(sentence.start + begin, sentence.start + begin + len(piece))
                    value = Value("".join(piece.split()), "string", piece)
                    yield self.state_at(context, policy, span, value=value)

    def _sets(self, piece: str, ahead: bool) -> bool:
        """Whether a clause sets a goal that has not been reached."""
        stripped = self.words.compared.sub("", piece) if ahead else piece
        reached = self.words.past.search(piece) or self.block.search(stripped)
        return self.goal.search(piece) is not None and not reached

    def _section(self, context: ArticleContext, position: int) -> Span:
        """The section of a notice that is headed as goals and holds a position, else nothing."""
        if context.article.kind == "notice":
            headings = list(self.words.heading.finditer(context.text))
            following = self.words.heading.search(context.text, position)
            headings = [m for m in headings if m.start() <= position]
            if headings and self.words.goal in headings[-1].group():
                return Span(position, following.start() if following else len(context.text))
        return Span(0, 0)

    def _horizon(self, context: ArticleContext, sentence: Span) -> tuple[int, int]:
        """Where a sentence names the day to come, or -1, and how far back its policy may stand.

        A notice sets goals in every sentence. In news 今年 and 每年 tell of a goal only beside a
        word of intent (力争). The years of a title are no such day.
        """
        text = context.text[sentence.start : sentence.end]
        aims = context.article.kind == "notice" or self.aim.search(text) is not None
        for words, reach in ((self.firm, self.reach), (self.horizon, 1))[: 1 + aims]:
            for match in words.finditer(text):
                group = context.group_at(sentence.start + match.start())
                if group is None or group.end < sentence.start + match.end():
                    return match.start(), reach
        return -1, 0

    def _policy_of(
        self, context: ArticleContext, sentence: Span, at: int, reach: int
    ) -> Mention | None:
        """The policy a sentence sets goals for: the notice's own, or the one set out just before.

        Else it is the policy that the article is about: the one it opens with, when that has come
        out. A policy that the sentence only builds on (围绕甲规划制定) sets none of its goals.
        """
        main, sentences = context.main, context.article.sentences
        notice = context.article.kind == "notice"
        if notice and main and not self.words.tells_only.search(main.name):
            return main
        index = sentences.index(sentence)
        for span in reversed(sentences[max(0, index - reach) : index + 1]):
            if policy := self._set_out(context, span, min(at, span.end)):
                return policy
        for span in sentences[:3] if reach == self.reach else ():
            policy = self._set_out(context, span, span.end)
            if policy and self.opens.search(context.text, span.start, span.end):
                return policy
        return None

    def _set_out(self, context: ArticleContext, span: Span, at: int) -> Mention | None:
        """The last policy before a position in a sentence that says it sets something out."""
        inside = [
            m
            for m in context.inside(Span(span.start, at))
            if m.type == self.type and (m.reference or self.plan.search(m.name))
        ]
        if not inside:
            return None
        ends = [span.start, *(m.end for m in inside)]
        starts = [*(m.start for m in inside), span.end]
        pieces = [context.text[a:b] for a, b in zip(ends, starts, strict=True)]
        if len(pieces[0]) > OPENING and not self.says.search("，".join(pieces)):
            return None
        before = ((m, context.text[span.start : m.start]) for m in inside)
        policies = [m for m, lead in before if not self.grounds.search(lead)] or inside
        titled = [m for m in policies if context.text[m.start] == "《"] or policies
        return next(iter(context.refer(titled[-1])), None)

    def _clauses(self, text: str) -> Iterator[tuple[int, int]]:
        """The clauses of a sentence; a day alone goes with what follows."""
        start = 0
        for match in self.words.goal_ends.finditer(text):
            piece = text[start : match.start()]
            if self.words.day_only.fullmatch(piece) and self.words.year.search(piece):
                continue
            if match.start() > start:
                yield start, match.start()
            start = match.end()
        if text[start:].strip():
            yield start, len(text)
