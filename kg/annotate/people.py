"""Names of persons: a surname and one or two characters beside a position or a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule

# What may follow a name: a sign, or a word that persons stand before.
AFTER = (
    r"(?=[，。、；：！？）)（(”\s]|$|等|说|表示|介绍|告诉|坦言|认为|指出|强调|透露|出席|参加|主持|宣布|致辞|作|发言"
    r"|摄|图|文|率|带队|一行|教授|院士|博士|先生|女士|任|为|担任|兼任|牵头|补充|提出|回忆|感慨|解释|谈|呼吁|直言"
    r"|再次|正|在|对|向|和|与|带|团队|发表|获|当选|被|又|也|还|是|的|用|从|将|分别|共同|陪同|会见|来到|走进|看|家|组成|组长|合影)"
)


class PersonFinder:
    """Finds persons beside the positions of ``words/roles.yaml``."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        surnames = ontology.words["surnames"]
        compound = "|".join(surnames["compound"])
        single = "".join(s for s in surnames["single"] if len(s) == 1)
        given = r"[\u4e00-\u9fff]"
        self.one = rf"(?:(?:{compound}){given}{{1,2}}|[{single}]{given}{{1,2}}?)"
        self.long = rf"(?:(?:{compound}){given}{{1,2}}|[{single}]{given}{{1,2}}|[\u4e00-\u9fff]{{2,6}}·[\u4e00-\u9fff]{{2,8}})"
        self.roles = role_pattern(ontology)
        gap = r"(?:[\s　:：]{0,2})"
        self.after_role = re.compile(
            rf"(?:{self.roles})(?:（[^（）]{{1,10}}）)?{gap}(?P<name>{self.long}|{self.one}){AFTER}"
        )
        self.more = re.compile(rf"[、\s　]{{1,2}}(?P<name>{self.long}|{self.one})(?=[、，。；）)\s　等摄图出分一]|$)")
        self.saying = re.compile(
            rf"(?:^|[，。；！？”：\n])(?P<name>{self.one}|{self.long})"
            r"(?=说|表示|介绍|告诉|坦言|认为|指出|强调|透露|谈道|补充|直言|回忆|感慨)"
        )
        self.credit = re.compile(rf"(?:^|[。\s　\n）)])(?P<name>{self.long})\s?(?=[摄图](?:[\s\n/]|$|[\u4e00-\u9fff]))")
        self.paren = re.compile(
            rf"(?:日电|日讯|网讯|本报讯)\s*[（(](?!记者|通讯员)(?P<name>{self.long})(?P<rest>(?:[、\s　]+{self.long})*)[）)]"
        )
        self.whole = re.compile(self.long)

    def find(self, draft: Draft) -> Iterator[Mention]:
        """Persons of the text, in order of the patterns; lists of names are followed."""
        seen: set[int] = set()
        text = draft.text
        for match in self.after_role.finditer(text):
            yield from self._with_list(draft, match.start("name"), match.end("name"), seen)
        for match in self.paren.finditer(text):
            for name in self.whole.finditer(text, match.start("name"), match.end("rest")):
                yield from self._emit(draft, name.start(), name.end(), seen)
        for pattern in (self.saying, self.credit):
            for match in pattern.finditer(text):
                yield from self._emit(draft, match.start("name"), match.end("name"), seen)

    def _with_list(
        self, draft: Draft, start: int, end: int, seen: set[int]
    ) -> Iterator[Mention]:
        start, end = self._widest(draft, start, end)
        yield from self._emit(draft, start, end, seen)
        while True:
            match = self.more.match(draft.text, end)
            if not match:
                return
            end = match.end("name")
            yield from self._emit(draft, match.start("name"), end, seen)

    @staticmethod
    def _widest(draft: Draft, start: int, end: int) -> tuple[int, int]:
        return start, end

    def _emit(self, draft: Draft, start: int, end: int, seen: set[int]) -> Iterator[Mention]:
        name = draft.text[start:end]
        common = draft.words.at(start)
        ordinary = (
            common.start == start
            and common.end >= end
            and common.tag not in ("nr", "nz", "ns", "x", "n", "zg", "j", "nrt", "a", "v", "d", "m", "i")
        )
        if start in seen or ordinary or self._is_word(draft, start, end):
            return
        seen.add(start)
        yield Mention(
            start, end, self.type, name, self.rule.rule, score=self.rule.confidence
        )

    @staticmethod
    def _is_word(draft: Draft, start: int, end: int) -> bool:
        """Whether the segmenter sees one common word of the language where the name would be."""
        word = draft.words.at(start)
        return word.start == start and word.end == end and word.tag in ("n", "vn", "v", "a", "an", "b", "c", "p", "d", "r", "u", "t", "l", "s", "f", "i")


def role_pattern(ontology: Ontology) -> str:
    """A regular expression for a position: prefixes and a base word (常务副 + 区长)."""
    raw = ontology.words["roles"]
    bases = sorted({w for group in raw["groups"].values() for w in group}, key=len, reverse=True)
    prefixes = sorted(raw["prefixes"], key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, prefixes))})*(?:{'|'.join(map(re.escape, bases))})"
