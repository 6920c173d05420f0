"""Compare two values of an attribute: sums, days, roles and targets."""

from __future__ import annotations

from kg.extract.mentions.mention import folded

_AMOUNTS = frozenset({"investment", "output"})
_CLAUSES = frozenset({"target", "role"})


def same_value(attribute: str, gold: str, found: str) -> bool:
    """Whether two values of an attribute agree.

    Amounts agree as numbers, dates as far as both go, clauses where one holds the other.

    >>> same_value("date", "11-18", "2020-11-18"), same_value("investment", "3e9", "3000000000")
    (True, True)
    """
    if attribute in _AMOUNTS:
        return _same_amount(gold, found)
    if attribute == "date":
        return _same_date(gold.strip(), found.strip()[:10])
    one, other = folded(gold), folded(found)
    if attribute in _CLAUSES:
        return bool(one and other) and (one in other or other in one)
    return one == other


def _same_amount(gold: str, found: str) -> bool:
    try:
        wanted, actual = float(gold), float(found)
    except ValueError:
        return False
    # Rounding in 亿元 and 万元 stays far below a millionth.
    return abs(wanted - actual) <= 1e-6 * max(abs(wanted), 1.0)


def _same_date(gold: str, found: str) -> bool:
    if not found:
        return False
    pairs = ((gold, found), (found, gold))
    return gold == found or any(a.endswith(f"-{b}") or a.startswith(f"{b}-") for a, b in pairs)
