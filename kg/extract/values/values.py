"""Find amounts of money and dates in a text, as canonical values.

Amounts are exact decimals in yuan; one in another currency is kept with its code and is no
amount in yuan. Dates are found by ``kg.extract.values.dates``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.base.records import Value
from kg.extract.values.dates import DateFinder, FoundValue
from kg.extract.values.partial_date import PartialDate

if TYPE_CHECKING:
    from kg.ontology.lexicon.texts import ValueWords

__all__ = ["FoundValue", "PartialDate", "ValueFinder", "canonical", "number"]

DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
YUAN = "CNY"
# The datatype of an amount in another currency, whose code stands behind the number.
MONEY = "money"


@lru_cache(maxsize=4)
def _money_pattern(
    before: str, after: str, units: str, currencies: str, signs: str, vocabulary: ValueWords
) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<first>{signs})\s*)?(?P<before>{before})?(?:(?P<sign>{signs})\s*)?"
        rf"(?P<number>(?<!\d)(?:{DIGITS})|{vocabulary.vague}{vocabulary.numerals}(?=(?:{units})))"
        rf"(?:(?P<range>{vocabulary.range})(?P<high>{DIGITS}))?"
        rf"(?P<mid>{after})?\s*"
        rf"(?:(?P<big>{vocabulary.big})(?P<more>{vocabulary.more})(?P<of>{vocabulary.yuan}|{currencies})|(?P<unit>{units}))"
        rf"(?P<currency>{currencies})?(?P<after>{after})?"
    )


class ValueFinder:
    """Finds amounts and dates; the words stand in ``ontology/words/values.yaml``."""

    def __init__(self, vocabulary: ValueWords) -> None:
        self.vocabulary = vocabulary
        self.units: dict[str, int] = vocabulary.units
        self.currencies: dict[str, str] = vocabulary.currencies
        self.signs: dict[str, str] = {**self.currencies, **vocabulary.signs}
        self.days = DateFinder(vocabulary)

        def join(words: Iterable[str]) -> str:
            return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

        foreign = list(self.currencies)
        plain = list(self.units) + [
            u[:-1] + c for u in self.units for c in foreign if u[-1] == vocabulary.yuan
        ]
        plain += [u + c for u in (*vocabulary.bare_units, "") for c in foreign if u + c]
        self.money_pattern = _money_pattern(
            join(vocabulary.before),
            join(vocabulary.after),
            join(plain),
            join(foreign),
            join([*self.signs]),
            vocabulary,
        )

    def money(self, text: str) -> Iterator[FoundValue]:
        """The amounts of a text, in reading order.

        >>> from kg.ontology import load
        >>> [f.value.lexical for f in ValueFinder(load().lexicon.values).money("总投资约30.5亿元")]
        ['3050000000']
        >>> finder = ValueFinder(load().lexicon.values)
        >>> [f.value.lexical for f in finder.money("5亿美元，港币2亿元")]
        ['500000000 USD', '200000000 HKD']
        """
        vocabulary = self.vocabulary
        for match in self.money_pattern.finditer(text):
            unit = match["unit"] or f"{match['big']}{match['of']}"
            factor, currency = self._unit(unit, match)
            nothing_counted = vocabulary.bare.match(text, match.end()) or match.end() == len(text)
            if unit in vocabulary.unnamed_units and not nothing_counted:
                continue  # 5万人, 3亿立方米: no money without its unit
            is_money = currency != YUAN or vocabulary.of_money.search(
                text[max(0, match.start() - 8) : match.start()]
            )
            if unit in vocabulary.unnamed_units and not is_money:
                continue
            try:
                low_factor = self.units[match["low"] + vocabulary.yuan] if match["low"] else factor
                low = number(match["number"], vocabulary) * low_factor
                high = number(match["high"], vocabulary) * factor if match["high"] else None
            except ValueError:
                continue
            start = match.start()
            ahead = vocabulary.sum_before.search(text, max(0, start - 8), start)
            if ahead:  # 1亿|5000万元
                low, start = low + number(ahead[1], vocabulary) * 10**8, ahead.start()
            qualifiers = (match[name] for name in ("before", "mid", "more", "after"))
            qualifier = next(filter(None, qualifiers), "")
            value = Value(
                lexical=canonical(low) if currency == YUAN else f"{canonical(low)} {currency}",
                datatype="decimal" if currency == YUAN else MONEY,
                printed=text[start : match.end()],
                qualifier=qualifier,
                high=canonical(high) if high is not None else "",
            )
            yield FoundValue(start, match.end(), "money", value, currency)

    def _unit(self, unit: str, match: re.Match[str]) -> tuple[int, str]:
        """The factor of a unit, and the currency that it or a word beside the number names."""
        for name, code in self.currencies.items():
            if unit.endswith(name):
                stem = unit[: -len(name)]
                return (self.units.get(stem + self.vocabulary.yuan, 1) if stem else 1), code
        signs = (match[group] for group in ("currency", "sign", "first"))
        return self.units[unit], self.signs.get(next(filter(None, signs), ""), YUAN)

    def dates(self, text: str, date: PartialDate) -> Iterator[FoundValue]:
        """The dates of a text, in reading order; ``date`` fills in what a text leaves out.

        >>> from kg.ontology import load
        >>> values = ValueFinder(load().lexicon.values)
        >>> [f.value.lexical for f in values.dates("3月16日开工，2025年底建成", PartialDate(2023))]
        ['2023-03-16', '2025']
        >>> [f.value.lexical for f in values.dates("11月18日", PartialDate())]
        ['--11-18']
        """
        return self.days.find(text, date)


def number(text: str, vocabulary: ValueWords) -> Decimal:
    """The number that digits or Chinese numerals print.

    Raises:
        ValueError: If the text is no number.

    >>> from kg.ontology import load
    >>> words = load().lexicon.values
    >>> number("1,250.5", words), number("十二", words)
    (Decimal('1250.5'), Decimal('12'))
    """
    plain = text.replace(",", "").replace("，", "")
    if plain in vocabulary.round_numbers:
        return Decimal(vocabulary.round_numbers[plain])
    if plain[:1].isdigit():
        return Decimal(plain)
    import cn2an

    for printed, usual in vocabulary.other_numerals.items():
        plain = plain.replace(printed, usual)
    return Decimal(str(cn2an.cn2an(plain, "smart")))


def canonical(amount: Decimal) -> str:
    """A decimal without exponent and without trailing zeros after the point.

    >>> canonical(Decimal("3.050E9"))
    '3050000000'
    """
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
