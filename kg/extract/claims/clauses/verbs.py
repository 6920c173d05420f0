"""What rules of kinds ``frame`` and ``together`` have at hand: verbs, classes, named things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.base.records import Span
from kg.extract.claims.clause import MENTION, Agents, ClauseParse
from kg.extract.claims.clause_grammar import clause_grammar
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.rule_reader import NEVER, RuleReader
from kg.extract.claims.status.denial import Denial
from kg.extract.coreference.antecedents import RULERS
from kg.extract.coreference.mask import Masks
from kg.extract.literals import signs
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

# How far an object may stand from its verb, in characters of the masked sentence.
REACH = 26


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb in a sentence, half-open, with what stands around it."""

    context: ArticleContext
    parse: ClauseParse
    start: int
    end: int

    @property
    def text(self) -> str:
        """The masked sentence."""
        return self.parse.text

    @property
    def agents(self) -> Agents:
        """Who does what the verb says."""
        return self.parse.agents(self.start)

    @property
    def apiece(self) -> bool:
        """Whether each of some does it with one of the others (分别) up to the verb."""
        return self.parse.vocabulary.apiece in self.text[: self.end]

    def stop(self, at: int) -> int:
        """Where the clause of a position ends."""
        stop = self.text.find("，", at)
        return stop if stop >= 0 else len(self.text)

    def mentions_at(self, places: Sequence[int], types: Sequence[str]) -> list[Mention]:
        """The things that groups name, references resolved."""
        return self.context.named_in(self.parse.sentence, places, types)

    def objects(self, end: int, object_signs: re.Pattern[str]) -> tuple[int, ...]:
        """The groups behind a position that it is done to; of two side by side the last counts."""
        parse, words, text = self.parse, self.parse.vocabulary, self.text
        groups, places = parse.sentence.groups, list[int]()
        for match in MENTION.finditer(text, end, parse.stop(end)):
            p = match.start()
            between = text[(places[-1] + 1 if places else end) : p]
            if places:
                if between and not words.items.fullmatch(between):
                    break
            elif "，" in between or len(between) > REACH or parse.grammar.between.search(between):
                break
            if object_signs.match(match.group()):
                if parse.grammar.several.search(text, max(0, p - 14), p):
                    return ()  # 建成多个国家级平台: none of them by name
                if places and groups[p].start == groups[places[-1]].end:
                    places.pop()  # 政务大模型“南风”: the name itself
                places.append(p)
            elif not (places or parse.before(parse.grammar.oblique, p)):
                break
        after = places[-1] + 1 if places else len(text)
        owned = words.owns.match(text, after) or words.qualifies.match(text, after)
        return () if owned else tuple(places)

    def original(self, start: int, end: int) -> Span:
        """Where a stretch of the masked sentence stands in the article."""
        return self.parse.sentence.original(start, end)


class VerbReader(RuleReader):
    """Reads what verbs say of those around them."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        super().__init__(rule, predicate, ontology)
        page, options = ontology.relations[predicate], rule.options
        self.grammar, self.denial = clause_grammar(str(ontology.folder)), Denial(ontology)
        self.words = ontology.lexicon.clauses
        self.verbs = self.grammar.verbs(*options["verbs"])
        self.signs = signs(self.verbs)  # a sentence without one of these has none of the verbs
        through = options.get("through")
        self.through = self.grammar.verbs(*through) if through else re.compile(NEVER)
        self.subjects = self.classes("subject_class", page.domain)
        self.objects = self.classes("object_class", page.range)
        self.object_signs = re.compile(f"[{Masks(ontology).characters(self.objects)}]")
        self.unless, self.agreed = self.pattern("unless"), self.pattern("agreed")

    def occurrences(self, context: ArticleContext) -> Iterator[Verb]:
        """Where the verbs of the rule stand as verbs, not inside a noun (建设单位)."""
        for sentence in context.sentences:
            if not sentence.groups or self.signs.isdisjoint(sentence.characters):
                continue
            parse = context.parse(sentence, self.grammar)
            for match in self.verbs.finditer(parse.text):
                is_signing = (
                    match.group() in self.grammar.signs
                )  # 签署协议: the paper is what is signed
                if is_signing or not self.grammar.nominal.match(parse.text, match.end()):
                    yield Verb(context, parse, *match.span())

    def topic_body(self, verb: Verb, at: int) -> list[Mention]:
        """公司将投资…: the body that the sentences before are about."""
        parse, context = verb.parse, verb.context
        start = parse.clause(at)
        while parse.only_light_words(start, at) and start > parse.segment(at):
            at = start - 1  # 公司计划投资10亿元，|建设甲项目
            start = parse.clause(at)
        reference = self.grammar.self.match(parse.text, start, at)
        if reference is None or not parse.only_light_words(reference.end(), at):
            return []
        place = verb.original(*reference.span()).start
        if reference.group() in self.grammar.words["firm"]:
            last = context.last(place, self.subjects[:1], reach=2)
            return [m for m in last if m.subtype not in RULERS][-1:]
        return list(context.ending(place, self.subjects[:1], reference.group()))

    def state_verb(self, verb: Verb, s: Mention, o: Mention, clause: str) -> Statement:
        """A statement that a verb licenses; denied when the words of its clause deny it."""
        begin = verb.parse.clause(verb.start)
        denied = self.denial.of(clause, verb.start - begin, verb.end - begin)
        trigger = verb.original(verb.start, verb.end)
        return self.state(s, o, None, verb.parse.sentence.span, trigger, denied)
