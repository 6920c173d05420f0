"""Compile the pattern of a rule into a regular expression over masked sentences.

A pattern is a regular expression in which
    <s> <o>     stand for the subject and the object: classes of the relation's domain, range
    <v>         stands for the value: an amount or a date
    <Class>     stands for any mention of a class (``<Project|System>`` for one of several)
    <.>         up to 8 characters without a mention or a comma
    <..>        up to 24 characters without a mention; commas and values are allowed
    <...>       up to 60 characters of the same sentence, mentions included
    <@words>    stands for one of the words of that list in ``words/triggers.yaml``
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from kg.base.errors import did_you_mean
from kg.extract.coreference.mask import KINDS, Masks
from kg.extract.literals import either
from kg.ontology import Ontology, Rule
from kg.ontology.lexicon.section import ANY_MENTION, ANY_VALUE

GAPS = {
    ".": rf"[^。；！？，{ANY_MENTION}{ANY_VALUE}]{{0,8}}?",
    "..": rf"[^。；！？{ANY_MENTION}]{{0,24}}?",
    "...": r"[^。！？]{0,60}?",
}
MACRO = re.compile(r"<([^<>=!?]{1,60})>")


# Two classes share lists (甲区、乙公司) when this many relations take both at one end.
SHARED = 3


def companions(ontology: Ontology) -> frozenset[frozenset[str]]:
    """The pairs of classes that play the same part in relations, so may share a list."""
    count: Counter[frozenset[str]] = Counter()
    for relation in ontology.relations.values():
        for end in (relation.domain, relation.range):
            count.update(frozenset(p) for p in combinations(sorted(set(end)), 2))
    return frozenset(pair for pair, n in count.items() if n >= SHARED)


class Compiler:
    """Compiles the patterns of an ontology's rules."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.words: Mapping[str, Sequence[str]] = ontology.words.get("triggers", {})
        self.masks = Masks(ontology, companions(ontology))

    def compile(
        self, rule: Rule, domain: Sequence[str], range_: Sequence[str], kinds: Sequence[str]
    ) -> re.Pattern[str]:
        """The expression of a rule whose subject, object and value are of these kinds.

        Raises:
            OntologyError: If a macro is unknown.
            re.error: If the expression is wrong.
        """
        source = str(rule.options["pattern"])

        def group(name: str, types: Sequence[str]) -> str:
            one = f"[{self.masks.characters(types)}]"
            most = 0 if rule.options.get("alone") else 6
            joined = self.ontology.lexicon.clauses.joined
            return f"(?P<{name}>{one}(?:{joined}{one}){{0,{most}}})"

        def expand(match: re.Match[str]) -> str:
            macro = match[1]
            if macro in GAPS:
                return GAPS[macro]
            if macro == "s":
                return group("s", rule.classes("subject_class", domain))
            if macro == "o":
                return group("o", rule.classes("object_class", range_))
            if macro == "v":
                return f"(?P<v>[{''.join(KINDS[k] for k in kinds)}])"
            if macro.startswith("@"):
                return f"(?:{either(self.words_of(match[0], rule))})"
            return self._classes(macro, rule)

        return re.compile(MACRO.sub(expand, source))

    def words_of(self, reference: str, rule: Rule) -> Sequence[str]:
        """The words of a list that a rule names, as ``name`` or as ``<@name>``.

        Raises:
            OntologyError: If there is no such list.
        """
        name = reference.strip("<@>")
        if name not in self.words:
            raise rule.refused(
                f"{reference} is no list of words/triggers.yaml; add '{name}: […]' to that file, "
                f"or use a list of it: {did_you_mean(name, self.words)}"
            )
        return self.words[name]

    def _classes(self, macro: str, rule: Rule) -> str:
        names = macro.split("|")
        if names[0] in KINDS:
            return f"[{''.join(KINDS[n] for n in names)}]"
        for name in names:
            if name not in self.ontology.classes:
                hint = did_you_mean(name, self.ontology.classes)
                raise rule.refused(f"<{macro}> is no macro and no class; {hint}")
        return f"[{self.masks.characters(names)}]"
