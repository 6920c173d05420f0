"""Places that are told by what stands before them: 日本|云某县, 甲区、乙县和|高新区."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.annotate.place import HOME
from kg.annotate.tokens import common
from kg.ontology import Ontology, Rule
from kg.sought import Sought


class AbroadFinder:
    """Finds parts of other countries by their last character, right after the country's name."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        words = "|".join(sorted(map(re.escape, rule.options["words"]), key=len, reverse=True))
        generic = "|".join(map(re.escape, rule.options["generic"]))
        nouns = "|".join(map(re.escape, rule.options["compounds"]))
        self.pattern = re.compile(rf"(?!{generic})[\u4e00-\u9fff]{{2,6}}?(?:{words})(?<!{nouns})")

    def find(self, draft: Draft) -> Iterator[Mention]:
        """Names such as 云某县 in 日本云某县; a common noun (城市, 超市) is none."""
        for country in [m for m in draft.found if m.subtype == "country" and m.name != HOME]:
            match = self.pattern.match(draft.text, country.end)
            if match is None or not draft.closes(match.end()) or match.start() in draft.begins:
                continue
            if common(list(draft.words.between(match.start(), match.end()))):
                continue
            subtype, score = str(self.rule.options["subtype"]), self.rule.confidence
            name = match.group()
            yield Mention(*match.span(), self.type, name, self.rule.rule, subtype, score)


class BesideFinder:
    """Finds zones by their kind alone where a list of places names them: 甲区、乙县和高新区."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        words = "|".join(sorted(map(re.escape, rule.options["words"]), key=len, reverse=True))
        self.pattern = Sought(
            rf"(?<=[、和与及])[\u4e00-\u9fff]{{0,4}}?(?:{words})(?=[、和与及，。；等的获共在将均都]|分别|先后)"
        )
        self.generic = re.compile("|".join(map(re.escape, rule.options["generic"])))

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The zones of a text that stand in a list right after another place."""
        last = -1
        for match in self.pattern.finditer(draft.text):
            before = draft.ends.get(match.start() - 1)
            listed = match.start() - 1 == last or (before is not None and before.type == self.type)
            if not listed or self.generic.match(match.group()):
                continue
            last = match.end()
            subtype, score = str(self.rule.options["subtype"]), self.rule.confidence
            name = match.group()
            yield Mention(*match.span(), self.type, name, self.rule.rule, subtype, score)
