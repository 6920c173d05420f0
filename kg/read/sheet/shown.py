"""A number of a spreadsheet and its format in, the number as its cell shows it out.

A day that is shown as 2024年5月 is kept as the first of May: what is shown is what is said.
Formats are those of ECMA-376, part 1, 18.8.30 and 18.8.31, with the built-in ones of Chinese
programs.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from kg.ontology.lexicon.files import file_words

GENERAL = "General"
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "yyyy/m/d", 16: "m/d", 17: "yyyy-mm", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 30: "m-d", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 49: "@",
}  # fmt: skip
_MOST_DIGITS = 15  # that a cell keeps and shows
_BEGIN, _BEGIN_1904 = datetime(1899, 12, 30, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC)
_LARGEST = 1e30  # shown with a format; what is larger is no sum
_LAST_SERIAL = 2_958_466  # the day after 9999-12-31
_NONE = re.compile(r"(?i)general|g/.{0,8}")  # G/ and a word is what Chinese programs call it
_CURRENCY = re.compile(r"\$([^-]+)")
_SIGNS = "0#?.,%ymdhsabeg@/"


@lru_cache(maxsize=1)
def built_in() -> dict[int, str]:
    """The formats that programs have, by their numbers."""
    chinese = file_words().date_formats
    return _BUILT_IN | {number: code for code, numbers in chinese.items() for number in numbers}


@lru_cache(maxsize=1)
def _token() -> re.Pattern[str]:
    # A quoted text, one escaped character, a stretch as wide as a character or as the cell (which
    # show nothing), something in brackets (a colour, a currency, a language), or one character.
    noon = re.escape(file_words().half_days)
    return re.compile(rf'"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|(AM/PM|A/P|{noon})|(.)', re.DOTALL)


# A text of the format, or a sign that stands for a part of the number.
Token = tuple[str, bool]


def shown(value: float, code: str = GENERAL, *, since_1904: bool = False) -> str:
    """A number as a cell of a format shows it.

    Args:
        value: The number; a date counts the days since the end of 1899.
        code: The format; one that is not understood shows the number as it is.
        since_1904: Whether dates are counted from the first day of 1904.

    >>> shown(45413, "yyyy年m月"), shown(45413.375, "yyyy-mm-dd hh:mm"), shown(0.125, "0.0%")
    ('2024年5月', '2024-05-01 09:00', '12.5%')
    >>> shown(8.6), shown(1234.5, '#,##0.00"万元"'), shown(7, "000"), shown(0.1 + 0.2)
    ('8.6', '1,234.50万元', '007', '0.3')
    """
    sections = _sections(code)
    below = value < 0 and len(sections) > 1
    tokens = sections[below]
    if not tokens or not -_LARGEST < value < _LARGEST:
        return plain(value)
    if _is_date(tokens):
        moment = _moment(value, since_1904)
        return _of_day(tokens, moment, int(value * 24)) if moment else plain(value)
    text = _of_number(tokens, abs(value))
    return f"-{text}" if value < 0 and not below and any(d in text for d in "123456789") else text


def plain(value: float) -> str:
    """A number without a format: its first fifteen digits, without an exponent.

    >>> plain(30.0), plain(1e21), plain(-0.00001)
    ('30', '1000000000000000000000', '-0.00001')
    """
    if not math.isfinite(value):
        return ""
    text = format(Decimal(f"{value:.{_MOST_DIGITS}g}"), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=1024)
def _sections(code: str) -> list[list[Token]]:
    """The parts of a format for numbers from 0 on, below 0, for 0 and for texts."""
    sections: list[list[Token]] = [[]]
    for match in _token().finditer("" if _NONE.fullmatch(code) else code[:255]):
        quoted, escaped, bracket, noon, sign = match.groups()
        if sign == ";":
            sections.append([])
        elif quoted is not None or escaped is not None:
            sections[-1].append((quoted if quoted is not None else escaped, False))
        elif bracket is not None:
            currency = _CURRENCY.match(bracket)
            sections[-1] += [("H", True)] if bracket in ("h", "hh") else []
            sections[-1] += [(currency[1], False)] if currency else []
        elif sign is not None and not noon:
            small = sign.lower()
            sections[-1].append((small if small in _SIGNS else sign, small in _SIGNS))
    return sections


def _is_date(tokens: list[Token]) -> bool:
    return any(special and sign in "ymdhsH" for sign, special in tokens)


def _moment(value: float, since_1904: bool) -> datetime | None:
    begin = _BEGIN_1904 if since_1904 else _BEGIN
    if not 0 <= value < _LAST_SERIAL:
        return None
    value += 1 if not since_1904 and value < 60 else 0  # Excel's calendar has a 29 February 1900
    try:
        return begin + timedelta(seconds=round(value * 86400))
    except OverflowError:
        return None


def _of_day(tokens: list[Token], moment: datetime, hours: int) -> str:
    """A day or an hour, no more precise than its format; or how many hours there are in all."""
    runs = _runs(tokens)
    kinds = _kinds(runs)
    days = [kind for kind in kinds if kind in ("y", "M", "d")]
    if days != sorted(days, key="yMd".index) or "mmm" in "".join(run for run, _ in runs):
        # Another order, or the name of a month, is not how a day is written in Chinese.
        known = [_piece(kind, "00", moment) for kind in "yMd" if kind in days]
        return "-".join(known)
    pieces = (
        str(hours) if kind == "H" else _piece(kind, run, moment)
        for kind, (run, _) in zip(kinds, runs, strict=True)
    )
    return "".join(pieces).strip()


def _kinds(runs: list[Token]) -> list[str]:
    """What each part of a format is: a letter of ``yMdhms``, ``""`` for a text."""
    kinds: list[str] = []
    for number, (run, special) in enumerate(runs):
        kind = run[:1] if special else ""
        if kind == "m":
            following = (r[0] for r, s in runs[number + 1 :] if s and r.isalpha())
            before = next((k for k in reversed(kinds) if k.isalpha()), "")
            kind = "m" if before in ("h", "H") or next(following, "") == "s" else "M"
        if kind == "d" and len(run) > 2:
            kind = "a"  # a day of the week
        kinds.append({"e": "y"}.get(kind, kind))
    return kinds


def _piece(kind: str, run: str, moment: datetime) -> str:
    parts = {
        "y": moment.year, "M": moment.month, "d": moment.day, "h": moment.hour,
        "m": moment.minute, "s": moment.second,
    }  # fmt: skip
    if kind in parts:
        return f"{parts[kind]:02}" if len(run) == 2 and kind != "y" else str(parts[kind])
    return "" if kind and kind in "abg0#?@" else run  # a day of the week, an era, a fraction


def _runs(tokens: list[Token]) -> list[Token]:
    """Signs that repeat each other as one."""
    runs: list[Token] = []
    for sign, special in tokens:
        if special and runs and runs[-1][1] and runs[-1][0][0] == sign:
            runs[-1] = runs[-1][0] + sign, True
        else:
            runs.append((sign, special))
    return runs


def _of_number(tokens: list[Token], value: float) -> str:
    """A number with the digits, the signs and the words of its format."""
    places = [n for n, (sign, special) in enumerate(tokens) if special and sign in "0#?"]
    signs = "".join(sign for sign, special in tokens if special)
    if not places or set("/e@") & set(signs):
        return plain(value) if places or "@" in signs else _words(tokens)
    first, last = places[0], places[-1]
    point = next((n for n in range(first, last + 1) if tokens[n] == (".", True)), last + 1)
    exact = Decimal(f"{value:.{_MOST_DIGITS}g}") * (100 if "%" in signs else 1)
    scale = 0
    while last + 1 < len(tokens) and tokens[last + 1] == (",", True):
        last, scale = last + 1, scale + 1
    decimals = [n for n in places if n > point]
    with localcontext(prec=60):
        exact = (exact / 1000**scale).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, rest = format(exact, "f").partition(".")
    rest = _shortened(rest, [tokens[n][0] for n in decimals])
    body = _filled(tokens[first:point], whole)
    body += f".{rest}" if rest and body else f"0.{rest}" if rest else ""
    return (_words(tokens[:first]) + body + _words(tokens[max(last + 1, point) :])).strip()


def _shortened(digits: str, places: list[str]) -> str:
    """Decimals without the zeros that a format does not ask for."""
    while digits and digits[-1] == "0" and places[len(digits) - 1] != "0":
        digits = digits[:-1]
    return digits


def _filled(tokens: list[Token], digits: str) -> str:
    """The whole part of a number in its places, from the right."""
    digits = digits.lstrip("0")
    places = [n for n, (sign, special) in enumerate(tokens) if special and sign in "0#?"]
    grouped = any(t == (",", True) for t in tokens[: places[-1]]) if places else False
    least = sum(tokens[n][0] == "0" for n in places)
    digits = digits.rjust(least, "0")
    if not any(not special for _, special in tokens):
        return f"{int(digits or 0):,}" if grouped and len(digits) > 3 else digits
    out: list[str] = []
    for number, (sign, special) in reversed(list(enumerate(tokens))):
        if not special:
            out.append(sign)
        elif sign in "0#?":
            take = len(digits) if places and number == places[0] else 1
            out.append(digits[len(digits) - take :] if take else "")
            digits = digits[: len(digits) - take]
    return "".join(reversed(out))


def _words(tokens: list[Token]) -> str:
    return "".join(sign for sign, special in tokens if not special or sign == "%")
