"""Parse a search: what of it says where, when, how far, of what kind and how much.

The words for all this stand on a page of the ontology (``words/search.yaml``). A word in quotation
marks is always looked for as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.base.money import money
from kg.publish.search.grams import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.ontology import Ontology

PAGE = "search"
PLACE, DATE, STATUS, CLASS, RELATION, AMOUNT = (
    "place",
    "date",
    "status",
    "class",
    "relation",
    "amount",
)
_TOKEN = re.compile(r"[\"“”]([^\"“”]*)[\"“”]|([^\s,，、；;\"“”]+)")
_YEAR = r"(?:19|20)\d\d"
_NUMBER = r"\d+(?:\.\d+)?"


@dataclass(frozen=True)
class Filter:
    """What a word says of what is looked for.

    Attributes:
        kind: ``place``, ``date``, ``status``, ``class``, ``relation`` or ``amount``.
        text: The word as it is typed.
        label: What it is understood as, by language.
        values: IRIs of places, names of terms, or the first and last date.
        least, most: Bounds of an amount in ``currency``; None for none.
    """

    kind: str
    text: str
    label: Mapping[str, str]
    values: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    currency: str = ""


@dataclass(frozen=True)
class ParsedQuery:
    """A search: the words to be looked for, and the filters, in the order typed."""

    typed: str
    words: tuple[str, ...]
    filters: tuple[Filter, ...]
    parts: tuple[str | Filter, ...]

    def without(self, one: Filter) -> str:
        """The search without one of its filters, as it would be typed."""
        return " ".join(_typed(part) for part in self.parts if part is not one)

    def plainly(self, one: Filter) -> str:
        """The search with the words of a filter looked for as they stand."""
        parts = (
            f'"{p.text}"' if p is one and isinstance(p, Filter) else _typed(p) for p in self.parts
        )
        return " ".join(parts)


def _typed(part: str | Filter) -> str:
    text = part if isinstance(part, str) else part.text
    return f'"{text}"' if isinstance(part, str) and re.search(r"\s", text) else text


class QueryParser:
    """Reads what is typed, by the words of an ontology.

    Args:
        ontology: Its words and labels.
        places: Gives the IRI and the name of each place that is called so, as ``fold`` has it.
    """

    def __init__(
        self, ontology: Ontology, places: Callable[[Sequence[str]], list[tuple[str, str]]]
    ) -> None:
        page: Mapping[str, Any] = ontology.words.get(PAGE, {})
        self.page, self.places = page, places
        self.known = _terms(ontology, page)
        self.amounts = _Amounts(page)
        self.dates = _Dates(page.get("parts", {}), page.get("dates", {}))

    def read(self, typed: str) -> ParsedQuery:
        """What is typed, understood. Words that alone say no more than a name are no filters."""
        tokens = [(m[1] is not None, (m[1] or m[2] or "").strip()) for m in _TOKEN.finditer(typed)]
        tokens = [(quoted, text) for quoted, text in tokens if text]
        parts: list[str | Filter] = []
        for quoted, text in tokens:
            parts += [text] if quoted else self._parts(text)
        if len(parts) == 1 and isinstance(parts[0], Filter) and parts[0].kind not in (DATE, AMOUNT):
            parts = [parts[0].text]
        words = tuple(part for part in parts if isinstance(part, str))
        filters = tuple(part for part in parts if isinstance(part, Filter))
        return ParsedQuery(typed, words, filters, tuple(parts))

    def _parts(self, text: str) -> list[str | Filter]:
        """A word as it is, or cut where all of it is understood: 宝安2023签约."""
        whole = self._filter(text)
        if whole:
            return [whole]
        for find in (self.amounts.search, self.dates.search):
            span = find(text)
            if span:
                start, end = span
                around = [part for part in (text[:start], text[end:]) if part]
                parts = [self._parts(part) for part in around]
                if all(isinstance(one, Filter) for part_filters in parts for one in part_filters):
                    middle = self._filter(text[start:end])
                    before = parts[0] if text[:start] else []
                    after = parts[-1] if text[end:] else []
                    return [*before, *([middle] if middle else []), *after]
        return [text]

    def _filter(self, text: str) -> Filter | None:
        key = fold(text)
        return (
            self.amounts.read(text)
            or self.dates.read(text)
            or self._term(text, key)
            or self._place(text, key)
        )

    def _term(self, text: str, key: str) -> Filter | None:
        if key not in self.known:
            return None
        kind, name, label = self.known[key]
        return Filter(kind, text, label, (name,))

    def _place(self, text: str, key: str) -> Filter | None:
        places = self.places([key, *(key + head for head in self.page.get("heads", ()))])
        if not places:
            return None
        names = list(dict.fromkeys(name for _, name in places))
        more = "…" if len(names) > 3 else ""
        label = "、".join(names[:3]) + more
        return Filter(PLACE, text, {"zh": label, "en": label}, tuple(iri for iri, _ in places))


def _terms(
    ontology: Ontology, page: Mapping[str, Any]
) -> dict[str, tuple[str, str, Mapping[str, str]]]:
    """The words for statuses, classes and relations: kind, name and label."""
    terms_by_word: dict[str, tuple[str, str, Mapping[str, str]]] = {}
    rows: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [
        (STATUS, ontology.statuses, page.get("statuses", {})),
        (CLASS, ontology.classes, page.get("classes", {})),
        (RELATION, ontology.relations, {}),
    ]
    for kind, terms, more in rows:
        for name, term in terms.items():
            for text in (*term.label.values(), *more.get(name, ())):
                terms_by_word.setdefault(fold(text), (kind, name, term.label))
    for text in page.get("deal", ()):
        terms_by_word.setdefault(fold(text), (RELATION, "deal", page["deal_label"]))
    return terms_by_word


class _Amounts:
    """Bounds of amounts: 10亿以上, 5-10亿元, 不超过3000万美元."""

    def __init__(self, page: Mapping[str, Any]) -> None:
        self.scales: Mapping[str, int] = page.get("scales", {})
        self.currencies: Mapping[str, str] = page.get("currencies", {})
        longest = sorted(self.scales, key=len, reverse=True)
        units = "|".join(sorted(self.currencies, key=len, reverse=True))
        self.number = rf"({_NUMBER})({'|'.join(longest)})?({units})?"
        # A number alone (1,200+) is no amount of money.
        self.patterns = {
            name: re.compile(page[name].replace("<n>", self.number))
            for name in ("range", "least", "most")
            if name in page
        }

    def search(self, text: str) -> tuple[int, int] | None:
        spans = (
            m.span()
            for pattern in self.patterns.values()
            for m in pattern.finditer(text)
            if _unit(m)
        )
        return next(spans, None)

    def read(self, text: str) -> Filter | None:
        for name, pattern in self.patterns.items():
            match = pattern.fullmatch(text.replace(",", ""))
            if match and _unit(match):
                return self._filter(name, text, match.groups())
        return None

    def _filter(self, name: str, text: str, groups: Sequence[str | None]) -> Filter:
        triples = [groups[i : i + 3] for i in range(0, len(groups), 3)]
        numbers = [one for one in triples if one[0]]
        scale = next((one[1] for one in reversed(numbers) if one[1]), None)
        unit = next((one[2] for one in reversed(numbers) if one[2]), None)
        currency = self.currencies.get(unit or "", "CNY")
        ends = [
            Decimal(number or 0) * self.scales.get(own or scale or "", 1)
            for number, own, _ in numbers
        ]
        low = min(ends) if name != "most" else None
        high = max(ends) if name != "least" else None
        bounds = [f"≥ {money(str(low), currency)}" if low is not None else ""]
        bounds += [f"≤ {money(str(high), currency)}" if high is not None else ""]
        label = " ".join(filter(None, bounds))
        return Filter(
            AMOUNT,
            text,
            {"zh": label, "en": label},
            least=None if low is None else float(low),
            most=None if high is None else float(high),
            currency=currency,
        )


def _unit(match: re.Match[str]) -> bool:
    """Whether what is matched has a 万, a 亿 or a currency: else it is no amount of money."""
    return any(group and not group[0].isdigit() for group in match.groups())


class _Dates:
    """Years, months, days and what lies between two: 2023, 2023年5月, 2023-05-18, 2021-2023."""

    def __init__(self, parts: Mapping[str, Sequence[int]], dates: Mapping[str, str]) -> None:
        self.parts = parts
        named = "|".join(sorted(parts, key=len, reverse=True)) or "(?!)"
        forms = {name: form.replace("<y>", f"({_YEAR})") for name, form in dates.items()}
        self.one, self.two = (re.compile(forms.get(name, "(?!)")) for name in ("one", "two"))
        self.part = re.compile(forms.get("part", "(?!)").replace("<p>", f"({named})"))

    def search(self, text: str) -> tuple[int, int] | None:
        for pattern in (self.part, self.two, self.one):
            for match in pattern.finditer(text):
                start, end = match.span()
                if (
                    not (text[start - 1 : start].isdigit() and start)
                    and not text[end : end + 1].isdigit()
                ):
                    return start, end
        return None

    def read(self, text: str) -> Filter | None:
        if match := self.two.fullmatch(text):
            first, last = sorted((match[1], match[2]))
            return _dated(text, first, last)
        if match := self.part.fullmatch(text):
            low, high = self.parts[match[2]]
            return _dated(text, f"{match[1]}-{low:02}", f"{match[1]}-{high:02}")
        if match := self.one.fullmatch(text):
            numbers = [int(part) for part in match.groups()[1:] if part]
            if all(1 <= n <= most for n, most in zip(numbers, (12, 31), strict=False)):
                date = "-".join([match[1], *(f"{n:02}" for n in numbers)])
                return _dated(text, date, date)
        return None


def _dated(text: str, first: str, last: str) -> Filter:
    label = first if first == last else f"{first} – {last}"
    return Filter(DATE, text, {"zh": label, "en": label}, (first, last))
