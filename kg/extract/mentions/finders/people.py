"""Names of persons: a surname and one or two characters beside a position or a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from kg.extract.literals import ahead, either
from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.finders.byline import BylineFinder
from kg.extract.mentions.mention import Mention, clean
from kg.extract.search import GuardedPattern, starting
from kg.ontology import Ontology, Rule
from kg.ontology.lexicon.names import PersonWords, SurnameWords

GIVEN = r"[\u4e00-\u9fff]"
# Tags of the segmenter for names of persons, places and makes.
NAMES = ("nr", "nrfg", "nrt", "nz", "ns", "x")


class PersonFinder:
    """Finds persons beside the positions of ``words/roles.yaml``."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule, self.body = type_, rule, str(rule.options["body"])
        surnames, persons = ontology.lexicon.surnames, ontology.lexicon.persons
        self.trailing = frozenset(persons.trailing)
        self.begins = persons.begins
        self.never = frozenset(persons.never)
        self.compound = frozenset(surnames.compound)
        self.wordlike = frozenset(surnames.words)  # 从, 向, 代: more often words than surnames
        self.roles = role_pattern(ontology)
        self._name_shapes(surnames)
        self._role_shapes(persons)
        self._saying_shapes(persons)
        people = ontology.words["roles"]["groups"]["press"]
        first = set(surnames.single) | {c[0] for c in surnames.compound}
        self.bylines = BylineFinder(
            persons, [w for w in people if len(w) > 1], self.long_name, first
        )

    def _name_shapes(self, surnames: SurnameWords) -> None:
        """Names of two or three characters, as short or as long as they fit, and foreign names."""
        compound = f"(?:{either(surnames.compound)}){GIVEN}{{1,2}}"
        single = f"[{''.join(s for s in surnames.single if len(s) == 1)}]{GIVEN}{{1,2}}"
        # As short as what follows allows: 汉斯·穆勒|来到现场.
        foreign = rf"{GIVEN}{{1,6}}(?:·{GIVEN}{{1,8}}?)+"
        self.short_name = rf"(?:{compound}|{single}?)"
        self.long_name = rf"(?:{compound}|{single}|{foreign})"
        self.any_name = rf"(?P<name>{self.long_name}|{self.short_name})"

    def _role_shapes(self, persons: PersonWords) -> None:
        """What stands right behind a position: names of each kind, and lists of them."""
        behind, gap = rf"(?:{self.roles})", persons.role_gap
        self.role_start = re.compile(self.roles)
        self.role_starts = re.compile(f"(?={self.roles})")
        self.speaks = re.compile("|".join(persons.speaks))
        self.after = rf"(?=[，。、；：！？）)（(”“】/\s\d]|$|{'|'.join(persons.follows)})"
        self.after_role = re.compile(
            rf"{behind}(?:（[^（）]{{1,10}}）)?{gap}{self.any_name}{self.after}"
        )
        self.next_in_list = re.compile(
            rf"[、\s　]{{1,2}}{self.any_name}(?:{persons.list_end}|{self.after})"
        )
        latin = r"[A-Z][A-Za-z.'-]*(?:[ ·][A-Z][A-Za-z.'-]*){1,3}"
        self.latin = re.compile(rf"{behind}{persons.foreign_gap}(?P<name>{latin})(?![A-Za-z])")

    def _saying_shapes(self, w: PersonWords) -> None:
        """Names without a position before them: beside words that are said of persons only."""
        speaks, acts, takes, called = map("|".join, (w.speaks, w.acts, w.takes, w.called))
        appointed, dismissed = "|".join(w.appointed), "|".join(w.dismissed)
        self.saying = GuardedPattern(
            rf"(?:^|[，。；！？”：\n])(?!{self.roles})(?P<name>{self.short_name}|{self.long_name})"
            rf"(?={speaks}|{acts})"
        )
        self.credit = GuardedPattern(
            rf"(?:^|[。\s　\n）)])(?P<name>{self.long_name})\s?(?={w.credit})"
        )
        person = self.any_name
        self.appointments = (
            # 决定|任命|任某为: no person is called 任命.
            GuardedPattern(rf"(?:{appointed}){w.appointing}{person}(?={w.comrade}(?:{takes}))"),
            GuardedPattern(
                rf"(?<!{GIVEN}){w.by_whom}{person}"
                rf"(?=(?:{called})|{w.sex}|(?:{w.office}))"
            ),
            GuardedPattern(
                rf"(?:{dismissed}){person}"
                rf"(?=(?:{called})?{w.dismissed_from}(?:{self.roles}){w.post})"
            ),
        )
        # Right behind a body, before what one does: 云桥科技有限公司|王小明等人.
        self.behind_body = re.compile(
            rf"{w.of_body}(?!{self.roles}){self.any_name}(?={'|'.join(w.beside)})"
        )

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """Persons of the text, in order of the patterns; lists of names are followed."""
        starts: set[int] = set()
        text = draft.text
        for start, end in self.bylines.find(draft):
            if start not in starts:
                starts.add(start)
                name = clean(text[start:end])
                yield Mention(start, end, self.type, name, self.rule.rule, score=0.92)
        roles = [match.start() for match in self.role_starts.finditer(text)]
        for match in starting(self.after_role, text, roles):
            sure = self.speaks.match(text, match.end("name")) is not None
            yield from self._with_list(draft, match.start("name"), match.end("name"), starts, sure)
        for pattern in (self.saying, self.credit, *self.appointments):
            for match in pattern.finditer(text):
                start, end = match.span("name")
                sure = pattern in self.appointments and not self._is_word(draft, start, end)
                yield from self._emit(draft, start, end, starts, sure)
        for m in draft.mentions:
            behind = self.behind_body.match(text, m.end) if m.type == self.body else None
            if behind:
                yield from self._emit(draft, *behind.span("name"), starts)
        for match in starting(self.latin, text, roles):
            yield from self._emit(draft, *match.span("name"), starts, sure=True)

    def _with_list(
        self, draft: ArticleDraft, start: int, end: int, starts: set[int], sure: bool
    ) -> Iterator[Mention]:
        yield from self._emit(draft, start, end, starts, sure)
        while True:
            match = self.next_in_list.match(draft.text, end)
            if not match:
                return
            end = match.end("name")
            yield from self._emit(draft, match.start("name"), end, starts)

    def _emit(
        self, draft: ArticleDraft, start: int, end: int, starts: set[int], sure: bool = False
    ) -> Iterator[Mention]:
        persons = draft.lexicon.persons
        name = draft.text[start:end]
        if name in self.never or persons.polite.fullmatch(name):
            return
        if name[0] in self.wordlike and self.role_start.fullmatch(name, 1):
            return  # 由|县长任组长
        if len(name) == 3 and self._trails(draft, start, end):
            name, end = name[:2], end - 1
        common = draft.words.at(start)
        # 会上|获悉: a longer word of the language begins here.
        inside = common.start == start and common.end > end and common.tag in ("vn", "c", "p", "r")
        wordlike = name[0] in self.wordlike and not (
            common.start == start and common.tag == "nr" and name[1] not in persons.aimed
        )
        if start in starts or (
            not sure and (inside or wordlike or self._is_word(draft, start, end))
        ):
            return
        starts.add(start)
        yield Mention(start, end, self.type, name, self.rule.rule, score=self.rule.confidence)

    def _trails(self, draft: ArticleDraft, start: int, end: int) -> bool:
        """Whether the third character belongs to what follows: 马鹏|说, but 易可为|却说."""
        name = draft.text[start:end]
        if name[:2] in self.compound:
            return False
        if name[2] in draft.lexicon.persons.taking and self.role_start.match(draft.text, end):
            return True  # 沈砚|任组长
        if draft.text.startswith(self.begins, end - 1):
            return True  # 韩松|关于
        word = draft.words.at(start)
        return name[2] in self.trailing and (word.start, word.end) != (start, end)

    @staticmethod
    def _is_word(draft: ArticleDraft, start: int, end: int) -> bool:
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
