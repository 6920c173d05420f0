"""Compare two values of an attribute: sums, days, roles and targets."""

from __future__ import annotations

from kg.extract.mentions.mention import folded

_AMOUNTS = frozenset({"investment", "output"})
_CLAUSES = frozenset({"target", "role"})


def same_value(attribute: str, gold: str, predicted: str) -> bool:
    """Whether two values of an attribute agree.

    Amounts agree as numbers, dates as far as both go, clauses where one holds the other.

    >>> same_value("date", "11-18", "2020-11-18"), same_value("investment", "3e9", "3000000000")
    (True, True)
    """
    if attribute in _AMOUNTS:
        return _same_amount(gold, predicted)
    if attribute == "date":
        return _same_date(gold.strip(), predicted.strip()[:10])
    one, other = folded(gold), folded(predicted)
    if attribute in _CLAUSES:
        return bool(one and other) and (one in other or other in one)
    return one == other


def _same_amount(gold: str, predicted: str) -> bool:
    try:
        wanted, actual = float(gold), float(predicted)
    except ValueError:
        return False
    # Rounding in 亿元 and 万元 stays far below a millionth.
    return abs(wanted - actual) <= 1e-6 * max(abs(wanted), 1.0)


def _same_date(gold: str, predicted: str) -> bool:
    if not predicted:
        return False
    pairs = ((gold, predicted), (predicted, gold))
    return gold == predicted or any(a.endswith(f"-{b}") or a.startswith(f"{b}-") for a, b in pairs)
