"""What the parts of a dossier are called, out of ``words/dossier.yaml``, in one language."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.base.money import CURRENCIES
from kg.extract.values.sum_kinds import sum_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.extract.values.sum_kinds import SumKinds
    from kg.ontology import Ontology

PAGE, POSTS = "dossier", "posts"
LANGUAGES = ("zh", "en")
# The reason of a sum that a total counts.
COUNTS = "counts"


class Wording:
    """The words of a dossier.

    Args:
        ontology: Its page ``words/dossier.yaml``, and the labels of its classes and relations.
        language: ``zh`` or ``en``.

    >>> from kg.ontology import load
    >>> words = Wording(load(), "en")
    >>> words.label("parts", "deals"), words.note("since", value="2024"), words.status("signed")
    ('Deals', 'since 2024', 'signed')
    """

    def __init__(self, ontology: Ontology, language: str = LANGUAGES[0]) -> None:
        self.ontology, self.language = ontology, language
        self.page: Mapping[str, Any] = ontology.words.get(PAGE, {})

    def label(self, group: str, name: str) -> str:
        """What something of a group is called; its name where the page has none."""
        return self._text(self.page.get(group, {}).get(name, {}), name)

    def kind_of(self, figure: str) -> str:
        """The class whose things a figure counts."""
        return str(self.page.get("counts", {}).get(figure, ""))

    def counted(self, reason: str) -> str:
        """Whether a total counts a sum, and if not why."""
        why = self.label("reasons", reason)
        return why if reason == COUNTS else self.note("refused", why=why)

    def note(self, name: str, /, **filled: object) -> str:
        """A remark with what it is about filled in."""
        return self.label("notes", name).format(**filled)

    @cached_property
    def columns(self) -> dict[str, str]:
        """What all columns are called."""
        return {name: self.label("columns", name) for name in self.page.get("columns", {})}

    @cached_property
    def answers(self) -> dict[str, str]:
        """What the columns of questions are called."""
        own = {name: self.label("answers", name) for name in self.page.get("answers", {})}
        return {**self.columns, **own}

    def value(self, column: str, text: str) -> str:
        """A cell of a question in words, where its column holds names of the ontology."""
        say = _NAMED.get(column)
        return "、".join(say(self, one) for one in text.split("、")) if say and text else text

    @cached_property
    def kinds(self) -> SumKinds:
        """The kinds of sums."""
        return sum_kinds(self.ontology)

    def kind(self, name: str) -> str:
        """What a kind of sum is called."""
        known = self.kinds[name]
        return self._text(known.label, name) if known else name

    def currency(self, code: str) -> str:
        """What a currency is called."""
        other = CURRENCIES.get(code, code) if self.language == "zh" else code
        return self._text(self.page.get("currencies", {}).get(code, {}), other)

    def unit(self, code: str) -> str:
        """The unit of sums in a currency: 亿元, 亿美元."""
        zh = self.language == "zh"
        return self.label("units", "money") + (CURRENCIES.get(code, code) if zh else f" {code}")

    def klass(self, name: str) -> str:
        """What a class is called."""
        known = self.ontology.classes.get(name)
        return self._text(known.label, name) if known else name

    def subtype(self, klass: str, name: str) -> str:
        """What a finer kind of a class is called."""
        known = self.ontology.classes.get(klass)
        return self._text(known.subtypes.get(name, {}), name) if known else name

    def predicate(self, name: str) -> str:
        """What a relation or attribute is called."""
        relations, attributes = self.ontology.relations, self.ontology.attributes
        known = relations.get(name) or attributes.get(name)
        return self._text(known.label, name) if known else name

    def status(self, name: str) -> str:
        """What a status is called."""
        known = self.ontology.statuses.get(name)
        return self._text(known.label, name) if known else name

    def tenure(self, name: str) -> str:
        """What a former or acting post is called."""
        known = self.ontology.words.get(POSTS, {}).get("tenures", {}).get(name, {})
        return self._text(known.get("label", {}), name)

    def relations(self, part: str) -> Sequence[str]:
        """The relations and attributes that a part tells."""
        return tuple(self.page.get("relations", {}).get(part, ()))

    def form(self, klass: str) -> Sequence[str]:
        """The parts of the dossier of a thing of a class; all of them where the page tells none."""
        known = self.page.get("forms", {})
        return known.get(klass) or tuple(dict.fromkeys(part for f in known.values() for part in f))

    def _text(self, texts: Mapping[str, str], name: str) -> str:
        return texts.get(self.language) or texts.get(LANGUAGES[1]) or name


# The columns of questions whose cells are names of the ontology, and what these are called.
_NAMED = {
    "status": Wording.status,
    "statuses": Wording.status,
    "relation": Wording.predicate,
    "attribute": Wording.predicate,
    "class": Wording.klass,
    "kind": Wording.kind,
    "tenure": Wording.tenure,
}
