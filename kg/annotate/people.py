"""Names of persons: a surname and one or two characters beside a position or a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import rjieba

from kg.annotate.byline import Bylines
from kg.annotate.draft import Draft
from kg.annotate.mention import Mention, clean
from kg.ontology import Ontology, Rule
from kg.signs import ahead, either
from kg.sought import Sought, starting

GIVEN = r"[\u4e00-\u9fff]"
# What brackets behind a name say of the person first: 甲某（女）, 甲某（女，回族）.
SEX = r"（[男女][^（）]{0,12}）"
# A surname alone is nobody's name: 王先生.
POLITE = re.compile(f"{GIVEN}(?:先生|女士|小姐|老师|师傅|经理|主任|同学|同志)")
# Who is told by surname and age only: 71岁的李奶奶.
KIN = "[\u4e00-\u9fff](?:阿姨|大爷|大妈|大叔|奶奶|爷爷|婆婆|师傅|先生|女士)"
HAN = re.compile(f"{GIVEN}+")
# Behind a word like a surname: it is the word (院士向|在某地企业转化, 向|社会公布).
AIMED = frozenset("在社全各其该本此有这")
# Behind a word of the press, what they learn and from whom: 记者|从某公司|获悉.
ASKED = re.compile(
    "^[记笔作]者[从向在由](?:[^，。；：]{1,16}?(?:得知|获悉|获知|了解|求证|核实|证实)"
    "|[^，。；：]{4,16}?(?:表示|介绍|透露|说明|展示|讲述|反映))"
)
# Tags of the segmenter for names of persons, places and makes.
NAMES = ("nr", "nrfg", "nrt", "nz", "ns", "x")


class PersonFinder:
    """Finds persons beside the positions of ``words/roles.yaml``."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule, self.body = type_, rule, str(rule.options["body"])
        surnames, around = ontology.words["surnames"], ontology.words["persons"]
        self.trailing = frozenset(around["trailing"])
        self.begins = tuple(around["begins"])
        self.never = frozenset(around["never"])
        self.compound = frozenset(surnames["compound"])
        self.wordlike = frozenset(surnames["words"])  # 从, 向, 代: more often words than surnames
        self.first = set(surnames["single"]) | {c[0] for c in surnames["compound"]}
        self.roles = role_pattern(ontology)
        self._name_shapes(surnames)
        self._role_shapes(around)
        self._saying_shapes(around)
        people = ontology.words["roles"]["groups"]["press"]
        self.bylines = Bylines(
            around["byline"], [w for w in people if len(w) > 1], self.long, self.first
        )

    def _name_shapes(self, surnames: Mapping[str, list[str]]) -> None:
        """A name of two or three characters, as few as fit or as many; with a foreign one."""
        compound = f"(?:{either(surnames['compound'])}){GIVEN}{{1,2}}"
        single = f"[{''.join(s for s in surnames['single'] if len(s) == 1)}]{GIVEN}{{1,2}}"
        # As short as what follows allows: 汉斯·穆勒|来到现场.
        foreign = rf"{GIVEN}{{1,6}}(?:·{GIVEN}{{1,8}}?)+"
        self.one = rf"(?:{compound}|{single}?)"
        self.long = rf"(?:{compound}|{single}|{foreign})"
        self.either = rf"(?P<name>{self.long}|{self.one})"

    def _role_shapes(self, around: Mapping[str, Any]) -> None:
        """What stands right behind a position: names of each kind, and lists of them."""
        behind, gap = rf"(?:{self.roles})", r"(?:[\s　:：|｜丨]{0,2})"
        self.role_start = re.compile(self.roles)
        self.role_starts = re.compile(f"(?={self.roles})")
        self.speaks = re.compile("|".join(around["speaks"]))
        self.after = rf"(?=[，。、；：！？）)（(”“】/\s\d]|$|{'|'.join(around['follows'])})"
        self.after_role = re.compile(
            rf"{behind}(?:（[^（）]{{1,10}}）)?{gap}{self.either}{self.after}"
        )
        self.tagged = re.compile(rf"{behind}{gap}(?={GIVEN})")
        self.more = re.compile(
            rf"[、\s　]{{1,2}}{self.either}(?:(?=[、，。；）)\s　等摄图出分一]|$)|{self.after})"
        )
        latin = r"[A-Z][A-Za-z.'-]*(?:[ ·][A-Z][A-Za-z.'-]*){1,3}"
        self.latin = re.compile(rf"{behind}(?:为|是|：|[\s　])?(?P<name>{latin})(?![A-Za-z])")
        sound = f"[{''.join(around['sounds'])}]"
        self.sounded = re.compile(
            rf"{behind}(?P<name>{sound}{{2,6}}(?:·{sound}{{1,8}})*)(?!{sound}|·)"
        )
        self.strange = re.compile(
            rf"{behind}(?P<name>(?![及和与等]){GIVEN}{{2,5}}?)(?={'|'.join(around['acts'])})"
        )

    def _saying_shapes(self, around: Mapping[str, Any]) -> None:
        """Where no position stands before a name: what is said of a person only."""
        said = {k: w if isinstance(w, str) else "|".join(w) for k, w in around.items()}
        self.saying = Sought(
            rf"(?:^|[，。；！？”：\n])(?!{self.roles})(?P<name>{self.one}|{self.long})"
            rf"(?={said['speaks']}|{said['acts']})"
        )
        self.named = (*self._taking(said), *self._told(said))
        # Right behind a body, before what one does: 云桥科技有限公司|王小明等人.
        self.behind = re.compile(
            rf"(?:的|员工|职工|选手)?(?!{self.roles}){self.either}(?={said['beside']})"
        )
        self.dignity = Sought(rf"(?:{said['dignities']})(?!们|团队|工作|级|领衔)")
        self.credit = Sought(
            rf"(?:^|[。\s　\n）)])(?P<name>{self.long})\s?(?=[摄图](?:[\s\n/]|$|{GIVEN}))"
        )
        self._listed_shapes(said)

    def _taking(self, said: Mapping[str, str]) -> tuple[Sought, ...]:
        """Who is appointed, called comrade, said to be a man or a woman, given or leaves a post."""
        person, given = self.either, GIVEN
        return (
            # 决定|任命|任某为: no person is called 任命.
            Sought(rf"(?:{said['appointed']})(?!任[命免]){person}(?=(?:同志)?(?:{said['takes']}))"),
            Sought(
                rf"(?<!{given})(?:由(?={given}{{2}}))?{person}"
                rf"(?=(?:{said['called']})|，[男女]，|(?:{said['office']}))"
            ),
            Sought(rf"(?:{said['appointed']}){person}(?=(?:{said['called']})?(?:[，。]|的))"),
            Sought(
                rf"由{person}(?=(?:{said['called']}|{said['dignities']})?(?:担任|出任|兼任|任)"
                rf"[^，。；]{{0,24}}?(?:{self.roles}))"
            ),
            Sought(
                rf"(?:{said['dismissed']}){person}"
                rf"(?=(?:{said['called']})?(?!志)[^，。；的]{{2,30}}?(?:{self.roles})[等的一]{{0,2}}职)"
            ),
            Sought(rf"(?:^|[，。；：\s]){person}(?={SEX}(?:{said['takes']}))"),
            Sought(
                rf"(?:^|\n)[\s　]*{person}"
                rf"(?=(?:{SEX}|{said['called']})?为[^，。；\n]{{3,24}}?(?:{self.roles})[；。])"
            ),
            Sought(
                rf"(?:{self.roles})(?:则|也|均|仍|暂)?由{person}"
                rf"(?=(?:同志|{said['dignities']})?(?:担任|出任|兼任|接任))"
            ),
            Sought(
                rf"(?:^|[，。；！？”\n]){person}"
                rf"(?=(?:出任|受聘|系|是)[^，。；]{{3,24}}?(?:{self.roles})(?:[，。；、]|$|兼))"
            ),
        )

    def _told(self, said: Mapping[str, str]) -> tuple[Sought, ...]:
        """Who stands before a post in a list or in brackets, or is told of in a set way."""
        person = self.either
        return (
            # A list of members: 组　长：王某　甲局局长.
            Sought(
                rf"(?:^|[：:\n])[ 　]*{person}"
                rf"(?=[ 　]{{1,8}}[^\n，。：:；]{{1,40}}?(?:{self.roles})[ 　]*(?:\n|$))"
            ),
            Sought(rf"的{person}(?=(?:{said['called']})(?:[，。、说在曾已将也获]|表示|介绍|告诉))"),
            Sought(rf"(?:{said['held']})[^，。；]{{2,24}}(?:{self.roles})的{person}{self.after}"),
            Sought(rf"(?:{said['told']})(?:为|是){person}{self.after}"),
            Sought(rf"(?:{said['livings']}){person}(?={said['speaks']})"),
            Sought(rf"(?:^|[。！？”\n]){person}(?={said['being']})"),
            Sought(rf"\d岁的(?!{KIN}){person}(?:{self.after}|(?=[现今一正也已来曾]))"),
            Sought(
                rf"(?:^|[，。；：、\s“”]){person}"
                rf"(?=[（(][^（）()。；\n]{{2,30}}?(?:{self.roles})[）)、，])"
            ),
            Sought(rf"(?:^|[。\n]){person}(?=，[^，。；]{{4,24}}(?:{self.roles})[。；，、])"),
        )

    def _listed_shapes(self, said: Mapping[str, str]) -> None:
        """Where several stand one after the other, in a sentence or a line each."""
        person, given = self.either, GIVEN
        # The list of those who sat at a meeting: 列席：甲局|王某，乙公司|李某.
        self.sitting = Sought(rf"(?:^|[\n。；])[ 　]*(?:{said['sits']})[：:](?P<list>[^\n。]+)")
        self.seated = re.compile(rf"[ 　]?{person}(?=[，、；。\s（(]|$)")
        # 王某（女）　甲小学教师: a line of such a list; 孙　浩 is as wide as the names around.
        spaced = rf"[{''.join(sorted(self.first))}][ 　]{{1,2}}{given}"
        self.rolled = Sought(
            rf"(?:^|\n)[ 　]*(?P<name>{self.long}|{spaced})"
            rf"(?=(?:{SEX})?[ 　]+[^\s，。；：]{{4,30}}?(?:{self.roles})[ 　]*(?:\n|$))"
        )
        self.gathered = Sought(
            rf"(?:^|[。；，！？”\n])(?P<names>{self.long}(?:、{self.long})+)(?={said['gathers']})"
        )

    def find(self, draft: Draft) -> Iterator[Mention]:
        """Persons of the text, in order of the patterns; lists of names are followed."""
        seen: set[int] = set()
        text = draft.text
        for start, end in self.bylines.find(draft):
            if start not in seen:
                seen.add(start)
                name = clean(text[start:end])
                yield Mention(start, end, self.type, name, self.rule.rule, score=0.92)
        roles = [match.start() for match in self.role_starts.finditer(text)]
        for match in starting(self.after_role, text, roles):
            sure = self.speaks.match(text, match.end("name")) is not None
            yield from self._with_list(draft, match.start("name"), match.end("name"), seen, sure)
        for pattern in (self.saying, self.credit, *self.named):
            for match in pattern.finditer(text):
                start, end = match.span("name")
                sure = pattern in self.named and not self._is_word(draft, start, end)
                yield from self._emit(draft, start, end, seen, sure)
        yield from self._gathered(draft, seen)
        yield from self._seated(draft, seen)
        yield from self._rolled(draft, seen)
        yield from self._dignified(draft, seen)
        for m in draft.found:
            found = self.behind.match(text, m.end) if m.type == self.body else None
            if found:
                yield from self._emit(draft, *found.span("name"), seen)
        for match in starting(self.tagged, text, roles):
            yield from self._closed(draft, match.end(), seen)
        yield from self._unusual(draft, roles, seen)

    def _gathered(self, draft: Draft, seen: set[int]) -> Iterator[Mention]:
        """A list of nothing but names that opens a clause: 甲某、乙某|出席."""
        for match in self.gathered.finditer(draft.text):
            names = list(HAN.finditer(draft.text, *match.span("names")))
            if all(not self._is_word(draft, *n.span()) for n in names):
                for n in names:
                    yield from self._emit(draft, *n.span(), seen, sure=True)

    def _seated(self, draft: Draft, seen: set[int]) -> Iterator[Mention]:
        """Who sat at a meeting, right behind the body: 列席：甲局|王某，乙公司|李某."""
        for match in self.sitting.finditer(draft.text):
            for m in draft.within(*match.span("list")):
                found = self.seated.match(draft.text, m.end) if m.type == self.body else None
                if found and not self.role_start.match(draft.text, m.end):
                    start, end = found.span("name")
                    sure = not self._is_word(draft, start, end)
                    yield from self._with_list(draft, start, end, seen, sure)

    def _rolled(self, draft: Draft, seen: set[int]) -> Iterator[Mention]:
        """Who opens a line of a list, before the body and the post: 王某　甲小学教师."""
        for match in self.rolled.finditer(draft.text):
            start, end = match.span("name")
            name = clean(draft.text[start:end])
            if start not in seen and not self._is_word(draft, start, end):
                seen.add(start)
                yield Mention(start, end, self.type, name, self.rule.rule, score=0.88)

    def _dignified(self, draft: Draft, seen: set[int]) -> Iterator[Mention]:
        """The name that a segmenter sees before a title: 贯彻|甲某某|总书记."""
        for match in self.dignity.finditer(draft.text):
            end = match.start()
            word = draft.words.at(end - 1) if end else None
            if word and word.end == end and word.tag in ("nr", "nrfg") and 2 <= len(word.text) <= 4:
                known = len(word.text) > 2 or not rjieba.has_word(word.text)  # 荣誉|教授
                if known and word.text[0] in self.first:
                    yield from self._emit(draft, word.start, end, seen)

    def _closed(self, draft: Draft, start: int, seen: set[int]) -> Iterator[Mention]:
        """A name right behind a position whose end a segmenter sees: 董事长沈一|递交材料."""
        word = draft.words.at(start)
        if draft.text[start] not in self.first:
            return
        if word.start == start and len(word.text) > 1 and word.tag in ("nr", "nrfg"):
            # A surname of one character leaves three: 沈云志|握着.
            most = 4 if word.text[:2] in self.compound else 3
            end = min(word.end, start + most)
            yield from self._emit(draft, start, end - self._verbal(draft, start, end), seen)
            return
        for end in (start + 3, start + 2):
            if HAN.fullmatch(draft.text, start, end) and draft.closes(end):
                if self._made_up(draft, start, end):
                    yield from self._emit(draft, start, end, seen)
                return

    @staticmethod
    def _verbal(draft: Draft, start: int, end: int) -> bool:
        """Whether a verb begins with the last character of a made-up name: 崔健|拿到."""
        rest = draft.text[end - 1 : end + 1]
        if end - start < 3 or rjieba.has_word(draft.text[start:end]) or not rjieba.has_word(rest):
            return False
        follower = draft.words.at(end)
        return follower.end == end + 1 and rjieba.tag(rest)[0][1] == "v"

    def _unusual(self, draft: Draft, roles: Sequence[int], seen: set[int]) -> Iterator[Mention]:
        """Names behind a position that are not Chinese, or begin with no known surname."""
        for pattern, fits in (
            (self.latin, None),
            (self.sounded, self._foreign),
            (self.strange, self._unknown),
        ):
            for match in starting(pattern, draft.text, roles):
                if fits is None or fits(draft, *match.span("name")):
                    yield from self._emit(draft, *match.span("name"), seen, sure=True)

    def _with_list(
        self, draft: Draft, start: int, end: int, seen: set[int], sure: bool
    ) -> Iterator[Mention]:
        yield from self._emit(draft, start, end, seen, sure)
        while True:
            match = self.more.match(draft.text, end)
            if not match:
                return
            end = match.end("name")
            yield from self._emit(draft, match.start("name"), end, seen)

    def _emit(
        self, draft: Draft, start: int, end: int, seen: set[int], sure: bool = False
    ) -> Iterator[Mention]:
        name = draft.text[start:end]
        if name in self.never or POLITE.fullmatch(name):
            return
        if name[0] in self.wordlike and self.role_start.fullmatch(name, 1):
            return  # 由|县长任组长
        if "·" in name:  # 汉斯·穆勒|会谈, and 汉斯·穆勒会|晤 where the name was read on
            over = next((k for k in (1, 2) if draft.text.startswith(self.begins, end - k)), 0)
            name, end = name[: len(name) - over], end - over
        if len(name) == 3 and self._trails(draft, start, end):
            name, end = name[:2], end - 1
        common = draft.words.at(start)
        # 会上|获悉: a longer word of the language begins here.
        inside = common.start == start and common.end > end and common.tag in ("vn", "c", "p", "r")
        wordlike = name[0] in self.wordlike and not (
            common.start == start and common.tag == "nr" and name[1] not in AIMED
        )
        asked = name[0] in self.wordlike and ASKED.search(draft.text[max(0, start - 2) : end + 16])
        if asked:
            return
        if start in seen or (not sure and (inside or wordlike or self._is_word(draft, start, end))):
            return
        seen.add(start)
        yield Mention(start, end, self.type, name, self.rule.rule, score=self.rule.confidence)

    def _trails(self, draft: Draft, start: int, end: int) -> bool:
        """Whether the third character belongs to what follows: 马鹏|说, but 易可为|却说."""
        name = draft.text[start:end]
        if name[:2] in self.compound:
            return False
        if name[2] in "任兼为" and self.role_start.match(draft.text, end):
            return True  # 沈砚|任组长
        if draft.text.startswith(self.begins, end - 1):
            return True  # 韩松|关于
        if name[2] not in self.trailing:
            return False
        word = draft.words.at(start)
        whole = word.start == start and word.end == end
        return not whole and not (name[2] == "为" and draft.text[end : end + 1] in "任却等")

    def _foreign(self, draft: Draft, start: int, end: int) -> bool:
        """Whether a name written by its sound is none of the language's words: 克林顿, not 尔后."""
        short = end - start <= 3 and draft.text[start] in self.first
        return not short and draft.closes(end) and self._made_up(draft, start, end)

    @staticmethod
    def _made_up(draft: Draft, start: int, end: int) -> bool:
        return not any(
            len(w.text) > 1 and w.tag not in NAMES and rjieba.has_word(w.text)
            for w in draft.words.between(start, end)
        )

    def _unknown(self, draft: Draft, start: int, end: int) -> bool:
        """Whether what speaks after a position is no word at all: 副州长多杰桑珠|出席."""
        name = draft.text[start:end]
        whole = draft.closes(end) and not set(name) & self.trailing
        return whole and not rjieba.has_word(name) and self._made_up(draft, start, end)

    @staticmethod
    def _is_word(draft: Draft, start: int, end: int) -> bool:
        """Whether a common word stands where the name would be (方案), or ends one (学生|宿舍)."""
        word, name = draft.words.at(start), draft.text[start:end]
        ends = word.start <= start and word.end == end
        tag = word.tag if word.start == start else rjieba.tag(name)[0][1]
        return ends and tag not in NAMES and rjieba.has_word(name)


def role_pattern(ontology: Ontology) -> str:
    """A regular expression for a position: prefixes and a base word (常务副 + 区长).

    A base word that goes on as another word is none: 委员 in 委员会, 代表 in 代表团.
    """
    raw = ontology.words["roles"]
    bases = sorted({w for group in raw["groups"].values() for w in group if len(w) > 1})
    guards = "".join(
        f"(?!(?<={base})(?:{'|'.join(tails)}))" for base, tails in sorted(raw["goes_on"].items())
    )
    prefixes, suffixes = raw["prefixes"], "|".join(raw["suffixes"])
    lead = f"(?:{ahead(prefixes)}{either(prefixes)})*"
    words = "|".join([f"{ahead(bases)}{either(bases)}{guards}", *raw["shapes"]])
    return f"{lead}(?:{words})(?:{suffixes})?"
