"""Parse what is wanted of a register, from ``key=value``; and what its parts are called.

All words stand in ``words/registers.yaml``, and those that a dossier has too in
``words/dossier.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError, did_you_mean
from kg.publish.dossier.wording import LANGUAGES, Wording
from kg.publish.register.register_data import LEVELS
from kg.publish.register.sectors import sectors
from kg.query.questions import no_choice, no_date, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.ontology import Ontology
    from kg.publish.register.sectors import Sectors
    from kg.query.graph import Graph

PAGE = "registers"
# What every register takes.
EVERY = ("part", "lang")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Terms(Wording):
    """The words of registers, in one language.

    >>> from kg.ontology import load
    >>> words = Terms(load(), "en")
    >>> words.label("parts", "stalled"), words.label("parts", "deals"), words.value_of("several")
    ('Not moving or cancelled', 'Deals', 'several places')
    """

    def __init__(self, ontology: Ontology, language: str = LANGUAGES[0]) -> None:
        super().__init__(ontology, language)
        own: Mapping[str, Any] = ontology.words.get(PAGE, {})
        groups = {key: one for key, one in own.items() if isinstance(one, dict)}
        merged = {key: {**self.page.get(key, {}), **one} for key, one in groups.items()}
        self.page = {**self.page, **own, **merged}

    @property
    def registers(self) -> Mapping[str, Any]:
        """The registers that there are, by name."""
        return dict(self.page.get("registers", {}))

    def value_of(self, name: str, **filled: object) -> str:
        """What a cell says that is no name of the graph."""
        return self.label("values", name).format(**filled)

    def unit_of(self, figure: str) -> str:
        """What a figure counts, behind its number; nothing where its label says so."""
        texts: Mapping[str, str] = self.page.get("units", {}).get(figure, {})
        return texts.get(self.language, "")

    @cached_property
    def sectors(self) -> Sectors:
        """The industries."""
        return sectors(self.ontology)

    def sector(self, name: str) -> str:
        """What an industry is called; a word for what is none."""
        return self.sectors.label(name, self.language) or self.value_of("unsorted")

    def text(self, texts: Mapping[str, str], name: str = "") -> str:
        """A text of the ontology in this language."""
        return self._text(texts, name)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a register: its kind, label and help, and what it is without a value."""

    name: str
    kind: str
    label: Mapping[str, str]
    comment: Mapping[str, str]
    default: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRequest:
    """What is wanted of a register.

    Attributes:
        arguments: The parameters as they were given, those that are not empty.
        district, event, party: What names stand for, by IRI; empty for any.
        sector, status, relation, level: Names of the ontology; ``""`` for any.
        since, until, on: Days, as precise as given.
        minimum, stale, build: Numbers.
        part: The part that is wanted alone; ``""`` for all.
        lang: The language.
    """

    arguments: Mapping[str, str]
    district: frozenset[str] = frozenset()
    event: frozenset[str] = frozenset()
    party: frozenset[str] = frozenset()
    sector: str = ""
    status: str = ""
    relation: str = ""
    level: str = ""
    since: str = ""
    until: str = ""
    on: str = ""
    minimum: Decimal = Decimal(0)
    stale: Decimal = Decimal(12)
    build: Decimal = Decimal(0)
    part: str = ""
    lang: str = LANGUAGES[0]

    def time(self, day: str) -> bool:
        """Whether a day is of the time that is wanted; ``""`` is of none.

        >>> RegisterRequest({}, since="2023-05").time("2023")
        True
        >>> RegisterRequest({}, until="2023").time("2024-01")
        False
        """
        if not (self.since or self.until):
            return True
        after = day[: len(self.since)] >= self.since[: len(day)]
        before = day[: len(self.until)] <= self.until[: len(day)]
        return bool(day) and after and before


def parameters(ontology: Ontology, name: str) -> tuple[Parameter, ...]:
    """The parameters of a register."""
    page: Mapping[str, Any] = ontology.words.get(PAGE, {})
    known = page.get("parameters", {})
    return tuple(
        Parameter(name=one, **{"default": "", **known[one]})
        for one in (*page.get("registers", {})[name]["parameters"], *EVERY)
    )


def register_list(ontology: Ontology) -> list[list[str]]:
    """A row for each register: its name, its parameters, and its labels."""
    page: Mapping[str, Any] = ontology.words.get(PAGE, {})
    return [
        [
            name,
            " ".join(f"[{one.name}]" for one in parameters(ontology, name)),
            entry["label"]["zh"],
            entry["label"]["en"],
        ]
        for name, entry in page.get("registers", {}).items()
    ]


def register_request(graph: Graph, name: str, arguments: Mapping[str, str]) -> RegisterRequest:
    """What is wanted of a register, by the parameters of a command line or an address.

    Raises:
        QueryError: If a parameter is none of the register's, or its value is wrong; what is known
            is named.
    """
    known = {one.name: one for one in parameters(graph.ontology, name)}
    for key in arguments:
        if key not in known:
            raise QueryError(
                f"{key} is no parameter of {name}; {did_you_mean(key, known)}",
                zh=f"{name} 没有参数 {key}；{did_you_mean(key, known, 'zh')}",
            )
    values = {key: text.strip() for key, text in arguments.items() if text.strip()}
    parsed: dict[str, Any] = {
        key: _READ[known[key].kind](graph, key, text) for key, text in values.items()
    }
    return RegisterRequest(values, **parsed)


def _names(graph: Graph, key: str, text: str) -> frozenset[str]:
    try:
        return frozenset(graph.entity(text))
    except QueryError as error:
        raise QueryError(f"{key}: {error}", zh=error.zh, field=key, near=error.near) from error


def _places(graph: Graph, key: str, text: str) -> frozenset[str]:
    kinds_by_iri = {e.id: e.type for e in graph.entities(_names(graph, key, text)).values()}
    places = frozenset(iri for iri, kind in kinds_by_iri.items() if kind == "District")
    if not places:
        kinds = ", ".join(sorted(set(kinds_by_iri.values())))
        raise QueryError(
            f"{key}: {text!r} is no place but {kinds}; give the name of a district",
            zh=f"“{text}”不是地区；请填区划的名称",
            field=key,
        )
    return places


def _sector(graph: Graph, key: str, text: str) -> str:
    known = sectors(graph.ontology)
    if sector := known.named(text):
        return sector
    labels = [one.label["zh"] for one in known.each.values()]
    raise no_choice(key, text, labels, "no industry")


def _date(_: Graph, key: str, text: str) -> str:
    if not _DATE.fullmatch(text):
        raise no_date(key, text)
    return text


def _number(_: Graph, key: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
        if number.is_finite() and 0 <= number < Decimal(10) ** 12:
            return number
    except InvalidOperation:
        pass
    raise QueryError(
        f"{key}: {text!r} is no number; write it in digits, such as 12",
        zh=f"“{text}”不是数；请写数字，如 12",
        field=key,
    )


def _sum(graph: Graph, key: str, text: str) -> Decimal:
    """A sum in 亿, or with a unit of its own: 12, 12亿元, 8000万."""
    try:
        return _number(graph, key, text)
    except QueryError:
        page = graph.ontology.words.get("search", {})
    try:
        return _number(graph, key, str(Decimal(number(key, text, page)) / 10**8))
    except QueryError as error:
        units = ", ".join(page.get("scales", {}))
        message = f"{key}: {text!r} is no number; write it in hundred millions, such as 12"
        raise QueryError(
            f"{message}, or with one of {units}",
            zh=f"“{text}”不是数；请写多少亿元，如 12，或带单位 {units}",
            field=key,
        ) from error


def _choice(known: Callable[[Graph], Sequence[str]]) -> Callable[[Graph, str, str], str]:
    def read(graph: Graph, key: str, text: str) -> str:
        names = known(graph)
        if text not in names:
            raise no_choice(key, text, names)
        return text

    return read


_READ: dict[str, Callable[[Graph, str, str], Any]] = {
    "place": _places,
    "name": _names,
    "sector": _sector,
    "date": _date,
    "number": _number,
    "sum": _sum,
    "status": _choice(lambda graph: tuple(graph.ontology.statuses)),
    "relation": _choice(lambda g: (*g.ontology.relations, *g.ontology.attributes)),
    "level": _choice(lambda _: tuple(LEVELS)),
    "lang": _choice(lambda _: LANGUAGES),
    "text": lambda _, __, text: text,
}
