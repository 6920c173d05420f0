"""How numbers of lists are written, by the names that Word has for the forms: 一, 12, iv, ③."""

from __future__ import annotations

import cn2an

_MOST = 9999  # what no list reaches
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Where the signs of circled and dotted numbers begin in Unicode, and up to which number they go.
_SIGNS = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}
_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
    "japaneseDigitalTenThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "taiwaneseDigital",
})  # fmt: skip
_CAPITAL = "chineseLegalSimplified"
_LATIN = ("decimal", "decimalZero", "decimalFullWidth", "upperLetter", "lowerLetter", "upperRoman")
_KNOWN = frozenset({*_LATIN, "lowerRoman", "none", _CAPITAL, *_CHINESE, *_SIGNS})


def spaced_label(label: str) -> str:
    """A label as it stands before a text: with a space behind a letter, a digit, a full stop.

    >>> spaced_label("一、"), spaced_label("1."), spaced_label("(2)")
    ('一、', '1. ', '(2)')
    """
    label = label.strip()
    return f"{label} " if label and label[-1].isascii() and label[-1] not in ")]}" else label


def is_known(form: str) -> bool:
    """Whether numbers of this form can be written; lists of others have no labels."""
    return form in _KNOWN


def number_text(number: int, form: str) -> str:
    """A number as Word writes it.

    Args:
        number: It, from 0.
        form: What ``w:numFmt`` calls the way of writing, one that is known (``is_known``).

    >>> [number_text(n, "chineseCountingThousand") for n in (1, 10, 12, 20, 105)]
    ['一', '十', '十二', '二十', '一百零五']
    >>> number_text(3, "decimalEnclosedCircle"), number_text(4, "upperRoman")
    ('③', 'IV')
    >>> number_text(28, "lowerLetter")
    'bb'
    """
    if not 0 <= number <= _MOST:
        return str(number)
    if form == "decimal":
        return str(number)
    if form == "decimalZero":
        return f"{number:02}"
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form in _SIGNS:
        first, most = _SIGNS[form]
        return chr(first + number - 1) if 0 < number <= most else str(number)
    if form in _CHINESE:
        return str(cn2an.an2cn(number, "low"))
    if form == _CAPITAL:
        return str(cn2an.an2cn(number, "up"))
    return _latin(number, form)


def _latin(number: int, form: str) -> str:
    """A number in letters."""
    text = ""
    if form.endswith("Letter") and number:
        times, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) * min(times + 1, 20)
    elif form.endswith("Roman"):
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            text += sign * times
    return text.upper() if form.startswith("upper") else text


def number_in(value: str, otherwise: int) -> int:
    """The number that an attribute holds, or another if it holds none."""
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise
