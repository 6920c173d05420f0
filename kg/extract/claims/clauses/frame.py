"""Rules of kind ``frame``: the relation of a verb between each agent and each object.

An object stands after its verb, in a clause after it (甲与乙签署协议，将共建某项目), before 由
(某平台由甲开发、乙运营), or is a common noun that ends a name of the text before (活动由甲主办).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.claims.clause import MENTION
from kg.extract.claims.clauses.verbs import Verb, VerbReader
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.coreference.antecedents import EVENT_REACH
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, Rule

STOP = re.compile("[；;。！？]")
LEAD = re.compile(r"[^，]{0,2}\S{0,2}")  # before a verb in a clause where nobody else acts


class Frame(VerbReader):
    """The relation of a verb between its agents and its objects."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        super().__init__(rule, predicate, ontology)
        self.ends = re.compile(f"(?:{rule.options.get('object_ends', '.')})$")
        self.then, self.short = self.pattern("then"), self.pattern("short")
        self.passive, self.trailing = rule.options.get("passive"), rule.options.get("trailing")

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """A statement for each agent and each object of a verb."""
        for verb in self.occurrences(context):
            places = self._places(verb)
            things = verb.mentions_at(places, self.objects) or (
                self._short(verb) if self.passive else []
            )
            things = [t for t in things if self.ends.search(t.name)]
            if things and (subjects := self._subjects(verb)):
                stop = verb.stop(max(places[-1] if places else 0, verb.end))
                clause = verb.text[verb.parse.clause(verb.start) : stop]
                if not self.unless.search(clause):
                    yield from self._statements(verb, subjects, things, clause)

    def _statements(
        self, verb: Verb, subjects: Sequence[Mention], things: Sequence[Mention], clause: str
    ) -> Iterator[Statement]:
        pairs = [(s, o) for s in subjects for o in things]
        if len(subjects) == len(things) > 1 and verb.apiece:
            pairs = list(zip(subjects, things, strict=True))
        for s, o in pairs:
            # A notice has a body that issues it; 我市制定本办法 names the place beside it.
            main = verb.context.main
            is_own_paper = self.options.get("own") and main is not None and o.name in main.name
            if not (is_own_paper and s.rule in self.grammar.placing):
                yield self.state_verb(verb, s, o, clause)

    def _subjects(self, verb: Verb) -> list[Mention]:
        """Who acts: those before the verb and who is meant with them (公司与某大学联合开发)."""
        agents = verb.agents
        if agents.places:
            topic = self.topic_body(verb, agents.places[0])
            return [*topic, *verb.mentions_at(agents.places, self.subjects)]
        no_agent = agents.how == "none"
        return (self.topic_body(verb, verb.start) or self._home(verb)) if no_agent else []

    def _home(self, verb: Verb) -> list[Mention]:
        """What a notice says is to be done, with nobody named, is done by the place that speaks."""
        context, parse = verb.context, verb.parse
        home = context.speaker() if context.article.kind == "notice" else None
        if not self.options.get("home") or home is None or home.type not in self.subjects:
            return []
        start = parse.clause(verb.start)
        lead = self.words.marker.match(parse.text, start, verb.start)
        return [home] if parse.only_light_words(lead.end() if lead else start, verb.start) else []

    def _places(self, verb: Verb) -> tuple[int, ...]:
        """Where the objects of a verb stand: after it, else where its agents let them."""
        places = verb.objects(verb.end, self.object_signs)
        if "then" in self.options:  # 推进某大通道|建设
            return places if places and self.then.match(verb.text, places[-1] + 1) else ()
        places = places or self._through(verb)
        return places or (self._passive(verb) if self.passive and verb.agents.places else ())

    def _through(self, verb: Verb) -> tuple[int, ...]:
        """The objects of a verb of making in the clauses after, when no new agent comes up."""
        parse, text = verb.parse, verb.text
        closes = STOP.search(text, verb.end)
        stop = closes.start() if closes else len(text)
        comma = text.find("，", verb.end, stop)
        for match in self.through.finditer(text, comma, stop) if comma >= 0 else ():
            clause = parse.clause(match.start())
            lead = LEAD.fullmatch(text, clause, match.start())
            if not (lead or parse.only_light_words(clause, match.start())):
                return ()
            if places := verb.objects(match.end(), self.object_signs):
                return places
        return ()

    def _topic(self, verb: Verb, at: int) -> int:
        """The nearest thing before a position that is named, or -1: no generic noun (重点项目)."""
        for p in range(at - 1, -1, -1):
            if self.object_signs.match(verb.text[p]) and verb.mentions_at((p,), self.objects):
                return p
        return -1

    def _passive(self, verb: Verb) -> tuple[int, ...]:
        """某平台由甲开发、乙运营: what stands before 由 is built."""
        parse, agents, text = verb.parse, verb.agents, verb.text
        if self.words.attributive.match(text, verb.end):
            return ()  # 甲展会迈入第五年，由乙主办的特别活动启动
        start = parse.segment(agents.at)
        acting = (m.start() for m in self.grammar.agent.finditer(text, start, agents.at + 1))
        first = next((at for at in acting if parse.before(self.grammar.by, at)), None)
        topic = self._topic(verb, agents.at)
        if first is None:
            ends = text[verb.end : verb.end + 1] in ("，", "。", "；", "")
            plain = self.trailing and ends and agents.how == "plain" and parse.holds_body(agents.at)
            return (topic,) if plain and start <= topic < parse.clause(agents.at) else ()
        if self.words.moved.search(text, max(0, first - 4), first):
            return ()
        if topic <= first and (first_topic := self._topic(verb, first)) >= start:
            return (first_topic,)  # else 甲项目由乙投资，丙项目由丁投资
        return (topic,) if topic >= start else ()

    def _short(self, verb: Verb) -> list[Mention]:
        """活动由甲主办: a common noun before 由 that means a name before it, which ends in it."""
        context, at, text = verb.context, verb.agents.at, verb.text
        start = verb.parse.segment(at) if at >= 0 else 0
        if start == 0 and text.startswith(self.words.by):  # 甲项目。由乙投资建设: the one before
            return list(context.last(verb.original(0, 1).start, self.objects, reach=1)[-1:])
        match = self.words.noun_by.search(text, start)
        if match is None or match.end() > at:
            return []
        noun, place = match["noun"], match.start("noun")
        if MENTION.match(noun):  # 大赛由甲主办: a reference
            return verb.mentions_at((place,), self.objects)
        begin = verb.original(place, place + 1).start
        if self.short.fullmatch(noun):
            return list(context.last(begin, self.objects, reach=EVENT_REACH)[-1:])
        ending = re.compile(f".{noun}{self.words.after_noun}$")
        return list(context.nearest_named(begin, self.objects, ending))
