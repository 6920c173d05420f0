"""Link what refers to what it stands for: 该公司 to the company, 双方 to the two that meet.

The links of an article are all that later stations know of references. Each has the rule that
made it, ``coreference.`` and the kind of the reference, and may link to nothing: a bare 项目
that means projects in general, or 该公司 where no company was named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.coreference.discourse import Discourse
from kg.extract.coreference.notice_topic import main_policy
from kg.extract.mentions.mention import Mention
from kg.ontology import Ontology, load
from kg.ontology.lexicon.references import ReferenceWords

EVENT_REACH = 14  # how many sentences an article speaks of an event
WORK_REACH = 5  # how many sentences back a work is meant by its noun alone (该线路)
TWO = 2  # whom 双方 means, and any pair without a number
PAIR_REACH = 2  # how many sentences back those stand whom 双方 means
TOPIC_REACH = 3  # how many sentences a subject is left out in a row
OPENING = 60  # characters at either end of a text in which it names whose it is
CLAUSE_END = "，；。！？\n"
BRACKETS = "(?:[（(][^（）()]*[）)])"  # behind a title: （试行）
TITLE = re.compile("[^，。；：！？《]{0,12}《([^》]*)》")
RULERS = ("government", "party")  # what 该公司 never means


@dataclass(frozen=True, slots=True)
class Reference:
    """A link from a reference to the mentions that it stands for, none if the text names none.

    Attributes:
        start, end: Where the reference stands in the article; the sentence where it leaves its
            subject out.
        words: The reference as printed, ``""`` for a subject that is left out.
        antecedents: What it stands for, in reading order.
        rule: The rule that links them.
    """

    start: int
    end: int
    words: str
    antecedents: tuple[Mention, ...]
    rule: str


class References:
    """The links of one article, what it is about, and which places speak in it.

    Args:
        links: Each reference with its link.
        topics: For each sentence where its names and references stand, with what they mean.
        main: The policy that a notice is about.
        home: For each level word (市, 区, 省 …) the place that 我市, 全区 mean here.
    """

    def __init__(
        self,
        links: Mapping[Mention, Reference],
        topics: Sequence[Sequence[tuple[int, tuple[Mention, ...]]]],
        main: Mention | None,
        home: Mapping[str, Mention],
    ) -> None:
        self._links, self._topics = links, topics
        self.main, self.home = main, home

    def link(self, mention: Mention) -> Reference:
        """The link of a mention that refers."""
        return self._links[mention]

    def of(self, mention: Mention) -> tuple[Mention, ...]:
        """What a mention names: itself, or what a reference (该公司, 我市) stands for."""
        return self._links[mention].antecedents if mention.reference else (mention,)

    def topic(
        self, number: int, position: int, types: Sequence[str], reach: int = TOPIC_REACH
    ) -> tuple[Mention, ...]:
        """Who a sentence is about: its first agent before a position, else that of one before.

        Args:
            number: Which sentence.
            position: Where the subject is wanted.
            types: Classes that it may be of.
            reach: How many sentences back it may have been named.
        """
        for sentence in reversed(self._topics[max(0, number - reach) : number + 1]):
            for start, mentions in sentence:
                if start >= position:
                    break
                if agents := tuple(m for m in mentions if m.type in types):
                    return agents
        return ()

    def all(self, discourse: Discourse, types: Sequence[str]) -> list[Reference]:
        """All links in reading order, those of subjects that are left out among them.

        A sentence leaves its subject out if it names nothing of the classes ``types`` at all.
        """
        links = list(self._links.values())
        for number, (span, names) in enumerate(
            zip(discourse.article.sentences, self._topics, strict=True)
        ):
            if any(m.type in types for _, mentions in names for m in mentions):
                continue
            if topic := self.topic(number, span.end, types):
                links.append(Reference(span.start, span.end, "", topic, "coreference.topic"))
        return sorted(links, key=lambda link: (link.start, link.end))


class Antecedents:
    """The rules that find what references stand for, with the words of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.words = ontology.lexicon.references
        self.policy = _policy(ontology)
        kinds = ontology.classes.values()
        self.places = tuple(k.name for k in kinds if k.identified_by == "place")
        self.agents = (*(k.name for k in kinds if k.identified_by == "body"), *self.places)

    def link(self, discourse: Discourse, home: Mapping[str, Mention]) -> References:
        """The links of an article.

        Args:
            discourse: The article with its mentions.
            home: For each level word the place that speaks (``deixis``).
        """
        article = _Article(discourse, home, main_policy(discourse, self.policy), self, self.words)
        links = {m: article.reference(m) for m in discourse.mentions if m.reference}

        def resolved(m: Mention) -> tuple[Mention, ...]:
            return links[m].antecedents if m.reference else (m,)

        topics = [
            [
                (group.start, tuple(r for m in group.mentions for r in resolved(m)))
                for _, group in sorted(masked.groups.items())
                if group.mentions
            ]
            for masked in discourse.sentences
        ]
        return References(links, topics, article.main, home)


@dataclass(frozen=True, slots=True)
class _Article:
    """One article with what its references may stand for."""

    discourse: Discourse
    home: Mapping[str, Mention]
    main: Mention | None
    rules: Antecedents
    words: ReferenceWords

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.discourse.text

    def reference(self, mention: Mention) -> Reference:
        """The link of a mention that refers."""
        place, words = (mention.start, mention.end), mention.name
        if self._generic(mention):
            return Reference(*place, words, (), "coreference.general")
        antecedents = KINDS.get(mention.reference, _Article.last)(self, mention)
        return Reference(*place, words, antecedents, f"coreference.{mention.reference}")

    def _generic(self, mention: Mention) -> bool:
        """Whether a bare noun means things in general (签约项目21个), not one named before."""
        words, text = self.words, self.text
        if mention.reference not in BARE or mention.name[0] in words.demonstratives:
            return False
        if mention.name.endswith(words.there):
            return False
        sentence = self.discourse.sentence(mention.start)
        if words.counted.search(text, sentence.start, mention.start):
            return True
        before = text[: mention.start].rstrip("“”")[-1:]
        return before not in words.opens or words.kinds.match(text, mention.end) is not None

    def last(self, mention: Mention) -> tuple[Mention, ...]:
        """What was named last and can be called so: no company is 我校, no bureau 该公司."""
        last = self.discourse.last
        if nearest := last(mention.start, (mention.type,), mention.reference):
            return nearest
        nearest = last(mention.start, (mention.type,))
        bare_noun = mention.reference in BARE and mention.name[0] not in self.words.demonstratives
        if bare_noun and nearest and all(self._is_stage(m) for m in nearest):
            nearest = last(nearest[0].start, (mention.type,)) or nearest
        if (
            bare_noun and len(nearest) > TWO
        ):  # 沿线设甲站、乙站、丙站。项目由…建设: none of the stations
            return ()
        if ends := self.words.bodies.get(mention.reference):
            return tuple(m for m in nearest if m.name.endswith(tuple(ends)))
        return tuple(m for m in nearest if m.subtype not in RULERS)

    def _is_stage(self, mention: Mention) -> bool:
        """Whether a name says but which stage of a work is meant: 其中一期工程…."""
        return re.fullmatch(self.words.stage, mention.name) is not None

    def by_noun(self, mention: Mention) -> tuple[Mention, ...]:
        """新区, 该生产线: the last thing named whose name ends so."""
        noun = re.escape(mention.name.lstrip(self.words.demonstratives))
        work = mention.reference == "work"
        ending = re.compile(f".{noun}{self.words.stage if work else ''}$")
        reach = WORK_REACH if work else None
        return self.discourse.nearest_named(mention.start, (mention.type,), ending, reach)

    def event(self, mention: Mention) -> tuple[Mention, ...]:
        """The event that 本届论坛, 大会, 会上 mean: the last one named so, else the last one."""
        last = self.discourse.last(mention.start, (mention.type,), "", EVENT_REACH)
        if not last or mention.name.endswith(self.words.there):
            return last
        noun = mention.name[-2:]
        same = self.discourse.nearest_named(mention.start, (mention.type,), re.compile(f".{noun}$"))
        loose = mention.name[0] in self.words.demonstratives or noun == self.words.any_event
        return same or (last if loose else ())

    def place(self, mention: Mention) -> tuple[Mention, ...]:
        """该市: the last city named, else, as 我市, the one that speaks."""
        if mention.name[0] in self.words.demonstratives[0]:
            level = mention.name[-1]
            for group in self.discourse.before(mention.start):
                for m in group.mentions:
                    if m.type == mention.type and not m.reference and m.name.endswith(level):
                        return (m,)
        home = self.home.get(mention.name[-1])
        return (home,) if home else ()

    def title(self, mention: Mention) -> tuple[Mention, ...]:
        """该措施, 《方案》: what a notice is about, else the last title that ends so."""
        if self.main is not None:
            return (self.main,)
        words = self.words
        noun = mention.name.strip("《》").lstrip(words.demonstratives).lstrip(words.counts)
        same_noun = f"{re.escape(noun)}{BRACKETS}*$" if noun not in words.papers else ""
        return self.discourse.nearest_named(mention.start, (mention.type,), re.compile(same_noun))

    def own(self, mention: Mention) -> tuple[Mention, ...]:
        """我局: the body of that kind that signs the text, else the only one that opens it."""
        text, noun = self.text, mention.name[1:]
        bodies = (m for m in self.discourse.mentions if m.type == mention.type and not m.reference)
        kind = [m for m in bodies if m.name.endswith(noun)]
        lines = ((m, text.rfind("\n", 0, m.start) + 1, f"{text}\n".find("\n", m.end)) for m in kind)
        in_own_line = [
            m for m, begin, end in lines if text[begin:end].strip() == text[m.start : m.end]
        ]
        signs = [m for m in in_own_line if m.start > mention.end]
        heading = text.find("\n", len(text) - len(text.lstrip()))
        first = [m for m in kind if m.end <= min(heading, OPENING)]
        return tuple(signs[-1:] or first[: len({m.name for m in first}) == 1])

    def pair(self, mention: Mention) -> tuple[Mention, ...]:
        """双方 are the last two agents that a text joins (甲与乙), else the last two named before.

        三方 are the last three, 两市 two places.
        """
        rules, words, name = self.rules, self.words, mention.name
        count = words.numbers.get(name[0], TWO)
        begin = self.discourse.sentence(mention.start).start
        if words.unnamed.search(self.text, begin, mention.start):  # 袁某向银行借款，双方…
            return ()
        types = rules.places if name.endswith(words.levels) else rules.agents
        if name.endswith(words.firms):  # 两家公司: no places
            types = tuple(one for one in types if one not in rules.places)
        if in_title := self._titled(mention.end, types, count):
            return in_title
        if count == TWO and (joined := self._joined(mention.start, types)):
            return joined
        parties: list[Mention] = []
        for m in self._parties(mention.start):
            party = m.type in types and m.subtype not in words.never_party and not m.reference
            if party and all(m.name != one.name for one in parties):
                parties.append(m)
            if len(parties) == count:
                return tuple(reversed(parties))
        return ()

    def _parties(self, position: int) -> Iterator[Mention]:
        """Who is named before a position, the last first; not where they meet or what they make."""
        text, floor = self.text, self.discourse.floor(position, PAIR_REACH)
        for group in self.discourse.before(position):
            if group.start < floor:
                return
            no_party = self.words.no_party.search(text, max(0, group.start - 6), group.start)
            some = self.words.more.match(text, group.end)  # 甲、乙等3家企业: two of several
            if not no_party and not some and not self.words.judges.match(text, group.end):
                yield from reversed(group.mentions)

    def _titled(self, end: int, types: Sequence[str], count: int) -> tuple[Mention, ...]:
        """Whom the title of what they sign names: 双方签署《甲与乙合作协议》."""
        if (title := TITLE.match(self.text, end)) is None:
            return ()
        agents = (m for m in self.discourse.mentions if m.type in types and not m.reference)
        by_name = {m.name: m for m in agents if m.name in title[1]}
        agents_named = sorted(by_name.values(), key=lambda m: title[1].find(m.name))
        longest = [
            m for m in agents_named if not any(m.name in o.name for o in agents_named if o is not m)
        ]
        return tuple(longest) if len(longest) == count else ()

    def _joined(self, position: int, types: Sequence[str]) -> tuple[Mention, ...]:
        """The last two agents before a position that stand joined: 甲局局长某某与乙公司."""
        text, behind, joins = self.text, None, self.words.joins
        for m in self._parties(position):
            if m.reference or m.type not in types:
                behind = None
                continue
            if behind and m.name != behind.name and joins.fullmatch(text, m.end, behind.start):
                return (m, behind)
            behind = m
        return ()


# How each kind of reference (`anaphora` on the page of its class) finds what it stands for; any
# other is a subtype, and means the last thing of that subtype.
KINDS: dict[str, Callable[[_Article, Mention], tuple[Mention, ...]]] = {
    "here": _Article.place,
    "zone": _Article.by_noun,
    "work": _Article.by_noun,
    "policy": _Article.title,
    "pair": _Article.pair,
    "own": _Article.own,
    "event": _Article.event,
}
# Kinds whose nouns stand alone as well: 项目, 平台, 大会.
BARE = ("project", "system", "platform", "event")


def _policy(ontology: Ontology) -> str:
    """The class that notices issue: what the rule of kind ``issuer`` ranges over."""
    for relation in ontology.relations.values():
        if any(rule.kind == "issuer" for rule in relation.rules):
            return relation.range[0]
    return ""


@lru_cache(maxsize=4)
def antecedents(folder: str) -> Antecedents:
    """The rules of references with the words of the ontology in a folder; one for a process."""
    return Antecedents(load(folder))
