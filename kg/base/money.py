"""Amounts of money as people read them: 45亿元, 7600万元, 3亿美元."""

from __future__ import annotations

from decimal import Decimal

# What currencies are called behind a number, by their ISO 4217 codes.
CURRENCIES = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "HKD": "港元",
    "JPY": "日元",
    "GBP": "英镑",
    "AUD": "澳元",
    "CAD": "加元",
    "SGD": "新元",
    "KRW": "韩元",
    "RUB": "卢布",
}
LARGE = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


def money(value: str, currency: str = "CNY") -> str:
    """An amount in 亿 or 万, with the name of its currency.

    Args:
        value: A decimal number in units of the currency.
        currency: Its code, ISO 4217; one without a name here stands as it is.

    >>> money("4500000000"), money("76000000"), money("300000000", "USD"), money("980")
    ('45亿元', '7600万元', '3亿美元', '980元')
    """
    amount, unit = Decimal(value), ""
    for least, name in LARGE:
        if abs(amount) >= least:
            amount, unit = amount / least, name
            break
    number = f"{amount.normalize():f}"
    return f"{number}{unit}{CURRENCIES.get(currency, ' ' + currency)}"
