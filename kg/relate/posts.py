"""Positions of persons: 甲局局长王某, 由副市长李某任组长, 历任乙局科长、处长.

A post without a body has that of the post before it, and a clause without a person tells of the
one whose posts were told last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule
from kg.records import Span, Value
from kg.relate.employer import Employers, employers
from kg.relate.mask import ANY_MENTION, Masked
from kg.relate.office import HELD, TAKEN, Offices, offices, told
from kg.relate.scene import Scene, Stated

HEADS = re.compile("([市区县省州旗盟镇乡村])(?:长|领导)$")
PARTY = re.compile(r"(?P<unit>(?:宣传|组织|统战)部|政法委|纪委)(?:常务|副)*(?:部长|书记)")
PLAIN = ("是", "为")  # say what one is, not where
# Parks and zones are places that have general managers.
PARKS = ("zone", "park")
PART = re.compile("(?<=委)(?:(?:宣传|组织|统战)部|政法委)$")  # a department, behind its committee
# Between two posts of one body: 甲局局长张某、副局长李某; …张某主持会议，副局长李某出席.
GOES_ON = re.compile(
    rf"(?:博士|教授|研究员|院士|先生|女士|同志)?[、，和及与；]{{1,2}}|[^{ANY_MENTION}（）()。；：“”]{{1,30}}，"
)
# Before a post that somebody without a name is given: 由县长任组长，|局长王某.
MADE = re.compile("(?<![主责现时新前原曾历首继后离])任[^，。；、]{0,4}$")
OPENS = re.compile("^[“”\\s]*$|[。！？]”$")  # nobody stands before a post
AND, THEIRS = "和与及", "其"
LEVEL = re.compile("[村镇乡县市区省州社]")  # 村主任: of a village, not of the body before
# What companies have in a part of the country, and no place has: 辽宁总经理.
BRANCH = re.compile("(?:常务|执行)?副?(?:总经理|总裁|总监|经理)")
# 甲局局长王某和李某|代表双方签约: the second is of the other party.
BOTH = re.compile("(?:分别)?代表(?:双方|两家|各自)")
# The party committee of a zone, and the body that governs the zone.
COMMITTEE, RULING = "党工委", "管委会"
# A career is told in sentences that follow each other.
REACH = 3


def posts(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """Posts of persons: a statement for each post, of its body or of its title as a value."""
    options = rule.options
    grammar = offices(
        str(ontology.folder),
        str(options["class"]),
        tuple(options["bodies"]),
        tuple(options["places"]),
    )
    reader = _Reader(scene, rule, predicate, grammar, employers(str(ontology.folder)))
    career = _Career(reader)
    for number, sentence in enumerate(scene.sentences):
        if grammar.someone.search(sentence.text):
            yield from reader.told(sentence)
        yield from career.told(number, sentence)


@dataclass(frozen=True, slots=True)
class _Reader:
    scene: Scene
    rule: Rule
    predicate: str
    grammar: Offices
    employers: Employers

    def told(self, sentence: Masked) -> Iterator[Stated]:
        """The posts that a sentence tells of the persons in it."""
        text, matches = sentence.text, told(self.grammar, sentence.text)
        taken = 0  # what one person takes on is not the next one's: 甲任局长，乙局长丙出席
        for name in TAKEN:
            for found in matches.get(name, ()):
                taken = max(taken, found.end("posts"))
                plain = found.groupdict().get("verb") in PLAIN
                topic = () if plain else self._topic(sentence, found.start())
                yield from self.read(sentence, found.span("who"), found.span("posts"), topic)
        for name in HELD:
            last, after = tuple[Mention, ...](), 0  # whose the post told before is, and its end
            for found in matches.get(name, ()):
                start, end = found.span("posts")
                start = max(start, taken) if start < taken < end else start
                if MADE.search(text, max(0, start - 6), start):
                    start = text.find("，", start, end) + 1 or start
                joint = text[start] in AND  # 总经理王某|和副总经理李某
                listed = name == "before" and GOES_ON.fullmatch(text, after, start + joint)
                if joint and (LEVEL.match(text, start + 1) or any(self._place(m) for m in last)):
                    listed = None
                shared, after = last if listed else (), found.end()
                if name == "before" and not shared and OPENS.search(text[:start]):
                    shared = tuple(self._spoken_of(sentence))
                yield from self.read(sentence, found.span("who"), (start, end), (), shared)
                if name == "before":
                    for _, _, bodies in self.offices(sentence, (start, end), (), shared):
                        last = tuple(bodies)

    def _spoken_of(self, sentence: Masked) -> Sequence[Mention]:
        """The nearest body of the sentence before: 甲公司落户乙区。总经理丙表示: of 甲公司."""
        start, types = sentence.span.start, ("Organisation",)
        bodies = [m for m in self.scene.last(start, types, reach=1) if not m.refers]
        return bodies if len({m.name for m in bodies}) == 1 else ()

    def _place(self, body: Mention) -> bool:
        return body.type in self.rule.options["places"]

    def _topic(self, sentence: Masked, at: int) -> Sequence[Mention]:
        """The bodies that a post given in a sentence may be of, the likeliest first."""
        start, types = sentence.original(at, at).start, ("Organisation",)
        noun = self.employers.nouns.match(sentence.text)
        named = self.employers.meant(self.scene, noun[0], sentence.span.start, "") if noun else ()
        about = self.scene.topic(start, types, reach=1)[:1]
        return (*named, *about, *self.scene.last(start, types, reach=2)[:1])

    def read(
        self,
        sentence: Masked,
        who: tuple[int, int],
        span: tuple[int, int],
        topic: Sequence[Mention] = (),
        shared: Sequence[Mention] = (),
    ) -> Iterator[Stated]:
        """The posts of the persons named in a stretch of a sentence."""
        around = (min(who[0], span[0]), max(who[1], span[1]))
        people = self.people(sentence, who)
        if len(people) > 1 and BOTH.match(self.scene.text, sentence.original(*who).end):
            people = people[:1]
        yield from self.state(sentence, people, around, span, topic, shared)

    def state(
        self,
        sentence: Masked,
        people: Sequence[Mention],
        around: tuple[int, int],
        span: tuple[int, int],
        topic: Sequence[Mention] = (),
        shared: Sequence[Mention] = (),
    ) -> Iterator[Stated]:
        """A statement for each post in a stretch, of each of the persons."""
        for place, role, bodies in self.offices(sentence, span, topic, shared):
            quoted = sentence.original(min(place[0], around[0]), max(place[1], around[1]))
            for who in people:
                yield from self._state(who, bodies, role, quoted, sentence)

    def offices(
        self,
        sentence: Masked,
        span: tuple[int, int],
        topic: Sequence[Mention],
        shared: Sequence[Mention],
    ) -> Iterator[tuple[tuple[int, int], str, Sequence[Mention]]]:
        """Each post in a stretch with its body; one without a body has that of the last.

        The first has one of ``topic``, if such bodies have such posts, else that of the person
        told before (``shared``).
        """
        bodies: Sequence[Mention] | None = None
        for post in self.grammar.post.finditer(sentence.text, *span):
            role, noun = post["role"], post["fill"].removeprefix("兼").lstrip(AND)
            if post["body"]:
                unit = re.search(str(self.rule.options.get("no_unit", "(?!)")), post["fill"])
                said, before = self._bodies(sentence, post.start(), role), bodies or ()
                # 甲市委常委、市委秘书长: the same committee.
                bodies = [next((b for b in before if b.name.endswith(m.name)), m) for m in said]
                if unit:  # 甲区|某委副主任: a body that is not known, no place
                    bodies = [m for m in bodies if m.type not in self.rule.options["places"]]
                bodies = self._branch(bodies, role, before or shared)
                if role.endswith("长") and role.strip("常务副") == "长":
                    role = role[:-1] + bodies[0].name[-1] + "长" if bodies else role
            elif noun == RULING and (
                ruled := self._named(sentence, post.start("fill"), noun, bodies or shared)
            ):
                bodies = ruled
            elif self.grammar.unknown.fullmatch(noun):
                bodies = ()
            elif noun == THEIRS or self.employers.nouns.fullmatch(noun):
                bodies = self._meant(noun, sentence.places[post.start()], role)
            elif named := self._named(sentence, post.start("role"), role, bodies or shared):
                bodies = named
            elif within := self._opening(sentence, post.start("fill"), role):
                bodies = within
            elif seat := self._unit(
                sentence, post.start("role"), role, bodies or shared
            ) or self._seat(noun + role, bodies or (), sentence):
                bodies = seat
            elif bodies is None:
                bodies = self._first(noun, role, topic, shared)
            yield post.span(), role, bodies or ()

    def _first(
        self, noun: str, role: str, topic: Sequence[Mention], shared: Sequence[Mention]
    ) -> Sequence[Mention]:
        """Whose the first post of a stretch is, if no body stands before it."""
        own = [m for m in topic if self.employers.fits(role, m)][:1]
        if own or (noun and not noun.endswith("部")) or not self.employers.shared.search(role):
            return own
        return [m for m in shared if self.employers.fits(role, m)]

    def _branch(
        self, bodies: Sequence[Mention], role: str, before: Sequence[Mention]
    ) -> Sequence[Mention]:
        """Who a post is of that no place has: 甲集团总裁张某和辽宁|总经理李某."""
        places = self.rule.options["places"]
        regions = bool(bodies) and all(m.type in places and m.subtype not in PARKS for m in bodies)
        own = [m for m in before if self.employers.fits(role, m)]
        return own if own and regions and BRANCH.fullmatch(role) else bodies

    def _meant(self, noun: str, at: int, role: str) -> Sequence[Mention]:
        """The body that a common noun means: 联盟|秘书长; 其|董事长 is of the last one."""
        if noun != THEIRS:
            return self.employers.meant(self.scene, noun, at, role)
        told = self.scene.last(at, ("Organisation",), reach=1)[:1] if not HEADS.search(role) else ()
        return [m for m in told if self.employers.fits(role, m)]

    def _named(
        self, sentence: Masked, at: int, role: str, before: Sequence[Mention]
    ) -> Sequence[Mention]:
        """The body in the word for a post: 管委会主任.

        Behind a post in the party committee of a zone (甲某区党工委、管委会主任) it is the
        zone's, though the article names it nowhere.
        """
        noun = self.employers.units.match(role)
        if noun is None:
            return ()
        start = sentence.places[at]
        known = self.employers.meant(self.scene, noun[0], start, role)
        party = next((m for m in before if m.name.endswith(COMMITTEE)), None)
        if known or party is None or noun[0] != RULING:
            return known
        zone = party.name.removesuffix(COMMITTEE)
        end, name = start + len(RULING), zone + RULING
        return (replace(party, start=start, end=end, name=name, also=(RULING,)),) if zone else ()

    def _opening(self, sentence: Masked, at: int, role: str) -> Sequence[Mention]:
        """The body that opens the name of what a post is of: 甲公司|某项目负责人.

        Who speaks at its session is of another: 甲县人大|第三次会议上县长某某.
        """
        named = sentence.groups[at].mentions if at in sentence.groups else ()
        employers = set(self.rule.options["bodies"]) - set(self.rule.options["places"])
        inside = [b for m in named for b in self.scene.draft.within(m.start, m.end)]
        opens = [b for b in inside if b.type in employers and b.start == named[0].start]
        opens = [b for b in opens if self.employers.fits(role, b)]
        return (max(opens, key=lambda b: b.end),) if opens else ()

    def people(self, sentence: Masked, span: tuple[int, int]) -> list[Mention]:
        """The persons that stand in a stretch of a sentence."""
        groups = [sentence.groups[at] for at in range(*span) if at in sentence.groups]
        return [m for g in groups for m in g.mentions if m.type == self.rule.options["class"]]

    def _seat(self, role: str, bodies: Sequence[Mention], sentence: Masked) -> Sequence[Mention]:
        """副市长 after 甲市委 is that of 甲市; without a place that of the city that speaks."""
        head = HEADS.search(role)
        if head is None:
            return ()
        home = self.scene.home.get(head[1])
        party = next((b for b in bodies if b.name.endswith(head[1] + "委")), None)
        if party is None or len(party.name) == 2:
            party = self._committee(head[1], sentence)
        if party is None:
            return (home,) if home else ()
        if home and party.name.endswith(home.name + "委"):
            return (home,)
        place, name = self.rule.options["places"][0], party.name[:-1]
        if name.endswith(head[1] * 2):  # 甲市市委
            name = name[:-1]
        known = [m for m in self.scene.mentions if m.name == name and m.type == place]
        outer = [m for m in known if not m.inner]
        end = party.start + len(name)
        made = replace(party, end=end, type=place, name=name, also=(), subtype="")
        return (*outer, made)[:1]

    def _committee(self, level: str, sentence: Masked) -> Mention | None:
        """The one committee of a level that a sentence names with its place: 甲市委 for 市委."""
        span, ends = sentence.span, level + "委"
        full = {
            m.name: m
            for m in self.scene.mentions
            if span.start <= m.start < span.end and m.name.endswith(ends) and len(m.name) > 3
        }
        return next(iter(full.values())) if len(full) == 1 else None

    def _unit(
        self, sentence: Masked, at: int, role: str, bodies: Sequence[Mention]
    ) -> Sequence[Mention]:
        """组织部部长 after 甲市委 is that of 甲市委组织部, whether the article names it or not."""
        unit = PARTY.match(role)
        named = ((b, PART.sub("", b.name)) for b in bodies)
        party, whole = next(((b, n) for b, n in named if n.endswith("委")), (None, ""))
        if unit is None or party is None:
            return ()
        # 甲市委宣传部, but 甲市纪委.
        name = whole.removesuffix("委" * (unit["unit"] == "纪委")) + unit["unit"]
        start = sentence.places[at]
        known = [m for m in self.scene.mentions if m.name == name and not m.inner][:1]
        end = start + len(unit["unit"])
        return known or (replace(party, start=start, end=end, name=name, also=()),)

    def _bodies(self, sentence: Masked, at: int, role: str) -> list[Mention]:
        """What a body before a post names; 该公司 is the one that the text is about."""
        scene, found = self.scene, list[Mention]()
        for m in sentence.groups[at].mentions:
            meant = self.employers.meant(scene, m.name, m.start, role) if m.refers else ()
            found += meant or scene.refer(m)
        return found

    def _state(
        self, who: Mention, bodies: Sequence[Mention], role: str, span: Span, sentence: Masked
    ) -> Iterator[Stated]:
        options = self.rule.options
        if self.predicate in options.get("value", ()):
            if re.search(str(options.get("no_value", "(?!)")), role):
                return
            yield self._stated(who, None, Value(role, "string", role), sentence.span, span)
            return
        if re.search(str(options.get("no_body", "(?!)")), role):
            return
        placeless = re.search(str(options.get("no_place", "(?!)")), role)
        for body in bodies:
            place = body.type in options["places"] and body.subtype not in PARKS
            if body.type in options["bodies"] and not (placeless and place):
                yield self._stated(who, body, None, sentence.span, span)

    def _stated(
        self, who: Mention, body: Mention | None, value: Value | None, quote: Span, span: Span
    ) -> Stated:
        rule = self.rule
        return Stated(who, self.predicate, body, value, quote, rule.rule, rule.confidence, "", span)


class _Career:
    """Reads clauses that name nobody: 2017年调任副市长 tells of the one told of before."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.who: list[Mention] = []
        self.last = -REACH - 1  # the sentence that told of them

    def told(self, number: int, sentence: Masked) -> Iterator[Stated]:
        """The posts of a sentence's clauses without a person, and whom the next is about."""
        reader, text = self.reader, sentence.text
        people = [p for p in sentence.groups if reader.grammar.someone.match(text, p)]
        for found in reader.grammar.goes_on.finditer(text):
            before = [p for p in people if p < found.start("posts")]
            if before:
                self._about(number, sentence, self._doer(text, before))
            named = before or 0 not in sentence.groups  # 某市…, 曾任: it is of that one
            if named and len(self.who) == 1 and number - self.last <= REACH:
                self.last = number
                yield from reader.state(sentence, self.who, found.span(), found.span("posts"))
        if people:
            self._about(number, sentence, people[0])

    def _about(self, number: int, sentence: Masked, place: int) -> None:
        self.who, self.last = self.reader.people(sentence, (place, place + 1)), number

    @staticmethod
    def _doer(text: str, people: Sequence[int]) -> int:
        """The first person of the nearest clause that names one: 甲接替乙，出任局长."""
        clause = max(text.rfind(c, 0, people[-1]) for c in "，；。：") + 1
        return next(p for p in people if p >= clause)
