"""Classify a name, and the clause that tells it, by industry and link of its chain.

The industries are a concept scheme of the ontology (``words/sectors.yaml``). What puts a thing in
an industry are words: those of its name, else those of the clause that names it. They are told with
it, as the sentence is that holds them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.base.errors import OntologyError, did_you_mean
from kg.ontology.forms import expect
from kg.publish.dossier.scope import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.ontology import Ontology, Text

PAGE = "sectors"
_CLAUSE = re.compile(r"[，。；：！？\n\t（）()]")


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a chain: what it is called, and how far down the stream it is."""

    name: str
    label: Text
    stage: str


@dataclass(frozen=True, slots=True)
class Sector:
    """An industry: what it is called, of which group, and the links of its chain in their order."""

    name: str
    label: Text
    group: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Why a thing is of an industry.

    Attributes:
        sector: The industry.
        links: The links of its chain.
        words: The words that tell it, as printed.
        named: Whether its own name has them; else the clause that names it does.
    """

    sector: str
    links: tuple[str, ...]
    words: tuple[str, ...]
    named: bool


class Sectors:
    """The industries of an ontology, and what puts a text in one.

    >>> from kg.ontology import load
    >>> known = sectors(load())
    >>> known.of("云澜动力电池隔膜项目").sector, known.of("云澜动力电池隔膜项目").links
    ('cars', ('carBatteries',))
    >>> known.of("云澜基地", ["云澜基地开工，另一企业生产芯片。"]) is None
    True
    >>> known.of("云澜基地", ["企业投资建设云澜基地生产光伏组件，另一企业生产芯片。"]).words
    ('光伏组件',)
    """

    def __init__(self, page: Mapping[str, Any], file: str = "words/sectors.yaml") -> None:
        _checked(page, file)
        self.stages: Mapping[str, Text] = page.get("stages", {})
        self.groups: Mapping[str, Text] = page.get("groups", {})
        never = page.get("never", "")
        self._never = re.compile(never) if never else None
        self.each: dict[str, Sector] = {}
        self._words: dict[str, re.Pattern[str]] = {}
        self._links: dict[str, dict[str, re.Pattern[str]]] = {}
        for name, entry in page.get("sectors", {}).items():
            links = entry.get("links") or {}
            self.each[name] = Sector(
                name,
                entry["label"],
                entry.get("group", ""),
                tuple(Link(key, one["label"], one.get("stage", "")) for key, one in links.items()),
            )
            self._links[name] = {key: _pattern(one["words"]) for key, one in links.items()}
            own = (*entry["words"], *(word for one in links.values() for word in one["words"]))
            self._words[name] = _pattern(own)

    def of(self, name: str, quotes: Iterable[str] = ()) -> Belonging | None:
        """The industry of a thing, by its name, else by the first clause that tells one with it."""
        if sector := self._best(name):
            return self._belonging(sector, name, named=True)
        for clause in self.clauses(name, quotes):
            if sector := self._best(clause):
                return self._belonging(sector, clause, named=False)
        return None

    def clauses(self, name: str, quotes: Iterable[str]) -> Iterator[str]:
        """The clauses of some sentences that name a thing, without its name."""
        for quote in quotes:
            text = one_line(quote)
            at = text.find(name)
            if at >= 0:
                before = _CLAUSE.split(text[:at])[-1]
                behind = _CLAUSE.split(text[at + len(name) :])[0]
                yield f"{before} {behind}"

    def _best(self, text: str) -> str:
        """The industry with the most characters of words in a text."""
        if self._never:
            text = self._never.sub(" ", text)
        weights = {name: _weight(words, text) for name, words in self._words.items()}
        best = max(weights, key=lambda name: weights[name], default="")
        return best if best and weights[best] else ""

    def _belonging(self, sector: str, text: str, named: bool) -> Belonging:
        links = tuple(key for key, words in self._links[sector].items() if words.search(text))
        words = [m[0] for m in self._words[sector].finditer(text)]
        return Belonging(sector, links, tuple(dict.fromkeys(words)), named)

    def label(self, name: str, language: str) -> str:
        """What an industry is called; ``""`` of none."""
        return self.each[name].label[language] if name in self.each else ""

    def named(self, text: str) -> str:
        """The industry of a name or a label; ``""`` if there is none."""
        names = {t.casefold(): s.name for s in self.each.values() for t in s.label.values()}
        return text if text in self.each else names.get(text.casefold(), "")


def _checked(page: Mapping[str, Any], file: str) -> None:
    """Refuse a page that is wrong, with the term and the way out.

    Raises:
        OntologyError: If an industry or a link has no label or no words, or words are none.
    """
    for name, entry in page.get("sectors", {}).items():
        whole = f"{file}: sectors: {name}"
        expect(entry, "mapping", whole)
        for key, one in {"": entry, **(entry.get("links") or {})}.items():
            where = f"{whole}: links: {key}" if key else whole
            expect(one, "mapping", where)
            expect(one.get("label"), "texts", f"{where}: label")
            expect(one.get("words"), "list", f"{where}: words")
            try:
                _pattern(one["words"])
            except re.error as error:
                raise OntologyError(f"{where}: words: {error}; mend the expression") from error
        if entry.get("group") not in page.get("groups", {}):
            group, known = str(entry.get("group")), page.get("groups", {})
            raise OntologyError(f"{whole}: group: {group} is none; {did_you_mean(group, known)}")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Some words as one expression, of which the longest that fits is found first."""
    return re.compile("|".join(sorted(dict.fromkeys(words), key=lambda w: (-len(w), w))))


def _weight(words: re.Pattern[str], text: str) -> int:
    return sum(len(word) for word in {m[0] for m in words.finditer(text)})


def sectors(ontology: Ontology) -> Sectors:
    """The industries of an ontology."""
    return Sectors(ontology.words.get(PAGE, {}), str(ontology.folder / "words" / "sectors.yaml"))
