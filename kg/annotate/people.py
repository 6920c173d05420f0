"""Names of persons: a surname and one or two characters beside a position or a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule
from kg.signs import ahead, either

# Tags of the segmenter for names of persons, places and makes.
NAMES = ("nr", "nrfg", "nrt", "nz", "ns", "x")


class PersonFinder:
    """Finds persons beside the positions of ``words/roles.yaml``."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        surnames, around = ontology.words["surnames"], ontology.words["persons"]
        self.trailing = frozenset(around["trailing"])
        self.speaks = re.compile("|".join(around["speaks"]))
        after = rf"(?=[，。、；：！？）)（(”“】/\s]|$|{'|'.join(around['follows'])})"
        self.compound = frozenset(surnames["compound"])
        self.wordlike = frozenset(surnames["words"])  # 从, 向, 代: more often words than surnames
        compound = "|".join(surnames["compound"])
        single = "".join(s for s in surnames["single"] if len(s) == 1)
        given = r"[\u4e00-\u9fff]"
        self.one = rf"(?:(?:{compound}){given}{{1,2}}|[{single}]{given}{{1,2}}?)"
        # As short as what follows allows: 汉斯·穆勒|来到现场.
        foreign = rf"{given}{{1,6}}(?:·{given}{{1,8}}?)+"
        self.long = rf"(?:(?:{compound}){given}{{1,2}}|[{single}]{given}{{1,2}}|{foreign})"
        self.roles = role_pattern(ontology)
        self.role_start = re.compile(self.roles)
        gap = r"(?:[\s　:：]{0,2})"
        self.after_role = re.compile(
            rf"(?:{self.roles})(?:（[^（）]{{1,10}}）)?{gap}(?P<name>{self.long}|{self.one}){after}"
        )
        self.first = set(single) | {c[0] for c in surnames["compound"]}
        self.tagged = re.compile(rf"(?:{self.roles})[\s　:：]{{0,2}}(?=[\u4e00-\u9fff])")
        self.more = re.compile(
            rf"[、\s　]{{1,2}}(?P<name>{self.long}|{self.one})"
            rf"(?:(?=[、，。；）)\s　等摄图出分一]|$)|{after})"
        )
        self.saying = re.compile(
            rf"(?:^|[，。；！？”：\n])(?P<name>{self.one}|{self.long})"
            rf"(?={'|'.join(around['speaks'])})"
        )
        self.credit = re.compile(
            rf"(?:^|[。\s　\n）)])(?P<name>{self.long})\s?(?=[摄图](?:[\s\n/]|$|[\u4e00-\u9fff]))"
        )
        self.paren = re.compile(
            rf"(?:日电|日讯|网讯|本报讯)\s*[（(](?!记者|通讯员)(?P<name>{self.long})"
            rf"(?P<rest>(?:[、\s　]+{self.long})*)[）)]"
        )
        self.signed = re.compile(rf"[（(](?P<name>{self.long})[）)](?=\s*(?:\n|$))")
        # In a byline any two to four characters are a name: 记者 白音, 通讯员 文静.
        press = "|".join(w for w in ontology.words["roles"]["groups"]["press"] if len(w) > 1)
        any_name = r"[\u4e00-\u9fff]{2,4}"
        self.press = re.compile(
            rf"(?:{press})[\s　:：]{{0,2}}(?P<names>{any_name}(?:[、\s　]+{any_name})*)"
            rf"(?=[\s　]*(?:[）)】/，|\n\d]|$|{press}|[文图摄]\b))"
        )
        self.whole = re.compile(rf"(?:{self.long})(?=[、\s　]|$)")
        self.piece = re.compile(r"[\u4e00-\u9fff]{2,4}")
        self.not_name = re.compile(rf"(?:{press}|.*(?:报道|摄影|日电|实习|见习|本报|讯)).*")

    def find(self, draft: Draft) -> Iterator[Mention]:
        """Persons of the text, in order of the patterns; lists of names are followed."""
        seen: set[int] = set()
        text = draft.text
        for match in self.press.finditer(text):
            for name in self.piece.finditer(text, *match.span("names")):
                if self._byline(draft, name.start(), name.group()):
                    seen.add(name.start())
                    yield Mention(
                        name.start(),
                        name.end(),
                        self.type,
                        name.group(),
                        self.rule.rule,
                        score=0.92,
                    )
        for match in self.after_role.finditer(text):
            sure = self.speaks.match(text, match.end("name")) is not None
            yield from self._with_list(draft, match.start("name"), match.end("name"), seen, sure)
        for match in self.paren.finditer(text):
            for name in self.whole.finditer(text, match.start("name"), match.end("rest")):
                yield from self._emit(draft, name.start(), name.end(), seen)
        for match in self.tagged.finditer(text):
            word = draft.words.at(match.end())
            whole = word.start == match.end() and 2 <= len(word.text) <= 4
            if whole and word.tag in ("nr", "nrfg") and word.text[0] in self.first:
                yield from self._emit(draft, word.start, word.end, seen)
        for pattern in (self.saying, self.credit, self.signed):
            for match in pattern.finditer(text):
                yield from self._emit(draft, match.start("name"), match.end("name"), seen)

    def _byline(self, draft: Draft, start: int, name: str) -> bool:
        """Whether the characters after 记者 are a name: in brackets nearly all are."""
        import rjieba

        if self.not_name.fullmatch(name):
            return False
        bracketed = re.search(r"[（(□【][^）)】。，\n]*$", draft.text[max(0, start - 30) : start])
        common = rjieba.has_word(name) and draft.words.at(start).tag not in ("nr", "nrfg", "nrt")
        return bool(bracketed) or (name[0] in self.first and not common)

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
        if len(name) == 3 and self._trails(draft, start, end):
            name, end = name[:2], end - 1
        common = draft.words.at(start)
        # 会上|获悉: a longer word of the language begins here.
        inside = common.start == start and common.end > end and common.tag in ("vn", "c", "p", "r")
        wordlike = name[0] in self.wordlike and not (common.start == start and common.tag == "nr")
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
        if name[2] not in self.trailing:
            return False
        word = draft.words.at(start)
        whole = word.start == start and word.end == end
        return not whole and not (name[2] == "为" and draft.text[end : end + 1] in "任却等")

    @staticmethod
    def _is_word(draft: Draft, start: int, end: int) -> bool:
        """Whether a common word of the language stands where the name would be (方案, 管理)."""
        import rjieba

        word = draft.words.at(start)
        whole = word.start == start and word.end == end
        return whole and word.tag not in NAMES and rjieba.has_word(draft.text[start:end])


def role_pattern(ontology: Ontology) -> str:
    """A regular expression for a position: prefixes and a base word (常务副 + 区长)."""
    raw = ontology.words["roles"]
    bases = [w for group in raw["groups"].values() for w in group if len(w) > 1]
    prefixes = raw["prefixes"]
    return f"{ahead([*prefixes, *bases])}{either(prefixes)}*{either(bases)}"
