"""Bytes in, characters out, with the name of the encoding that makes sense of them.

Nearly any bytes are valid GB18030, and much GB18030 is valid Big5, so validity decides
only for UTF-8. Between the others decides plausibility: which decoding yields the
characters that Chinese is made of. Detectors that count byte pairs call 重庆 Big5.
"""

from __future__ import annotations

import codecs
import re

from kg.base.errors import ReadError
from kg.read.text.gb18030 import mended
from kg.read.text.plausible import common, plausibility

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# In order of preference where two make equal sense. cp950 is the Big5 of Windows.
_CANDIDATES = ("gb18030", "utf-8", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_REPORTED = {"cp950": "big5", "big5hkscs": "big5-hkscs"}
_DECLARED = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "hz-gb-2312"), "gb18030"),
    **dict.fromkeys(("big5", "big-5", "x-x-big5", "cp950", "big5-hkscs"), "cp950"),
}
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 64 * 1024
_PLAUSIBLE = 0.12  # 20 texts score 0.72–0.87, their mojibake in any encoding below 0.02
_MOST_BROKEN = 0.02


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Decode a text; characters that are broken become U+FFFD.

    Args:
        data: The bytes, with or without a byte order mark.
        declared: The encoding that the document itself names, or ``""``; it counts where
            the bytes leave the matter open.

    Returns:
        The text, and the name of its encoding.

    Raises:
        ReadError: If no encoding makes text of the bytes.

    >>> decode("重庆".encode("gb18030")), decode("重慶市政府".encode("big5"))
    (('重庆', 'gb18030'), ('重慶市政府', 'big5'))
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"), encoding)
    if wide := _wide_ascii(data):
        return _checked(data.decode(wide, "replace"), wide)
    try:
        valid = data.decode("utf-8")
        if not _is_garbage(valid):
            return valid, "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _codec(declared)
    for encoding in _ranked(data, declared):
        text = _decoded(data, encoding)
        if text is not None:
            return _checked(text, _REPORTED.get(encoding, encoding))
    return _guessed(data)


def _wide_ascii(data: bytes) -> str:
    """UTF-16 of Latin text is valid UTF-8, but every other byte of it is NUL."""
    head = data[: _SAMPLE & ~1]
    if head.count(0) * 4 < len(head):
        return ""
    return max(("utf-16-le", "utf-16-be"), key=lambda e: _usual(head.decode(e, "replace")))


def _usual(text: str) -> float:
    # ASCII counts half: a line of U+3000 is a line of "0" in the other byte order.
    often = common()
    return sum(1.0 if c in often else 0.5 if c.isascii() and c != "\0" else 0 for c in text)


def _codec(declared: str) -> str:
    name = declared.strip().lower()
    name = _DECLARED.get(name, name)
    try:
        return codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""


def _ranked(data: bytes, declared: str) -> list[str]:
    """The encodings that make sense of the bytes, the most plausible first."""
    first = _HIGH.search(data)
    start = (first.start() if first else 0) & ~1
    sample = data[start : start + _SAMPLE]
    scores = {}
    for encoding in _CANDIDATES:
        score = plausibility(sample.decode(encoding, "replace"))
        scores[encoding] = score + (0.05 if encoding == declared else 0)
    ranked = sorted(scores, key=lambda e: -scores[e])
    return [e for e in ranked if scores[e] >= _PLAUSIBLE] or _unlikely(data, declared)


def _unlikely(data: bytes, declared: str) -> list[str]:
    """Encodings for a text of rare characters, or not in Chinese: those it is valid in."""
    valid = []
    for encoding in dict.fromkeys((declared, "gb18030")):
        try:
            if encoding and not _is_garbage(data.decode(encoding)):
                valid.append(encoding)
        except (UnicodeError, LookupError):
            continue
    return valid


def _decoded(data: bytes, encoding: str) -> str | None:
    """Decode all of a text, or None if too much of it is broken."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass
    if encoding != "gb18030":
        text = data.decode(encoding, "replace")
        return text if text.count("\ufffd") <= 1 + _MOST_BROKEN * len(text) else None
    return mended(data)


def _guessed(data: bytes) -> tuple[str, str]:
    """What charset-normalizer makes of a text that is not in Chinese."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        text = data.decode(best.encoding, "replace")
        if text.count("\ufffd") <= _MOST_BROKEN * len(text):
            return _checked(text, best.encoding.replace("_", "-"))
    raise ReadError(_NO_TEXT)


_NO_TEXT = (
    "is no text in an encoding that kg knows (UTF-8, GB18030, Big5, UTF-16, …); save it as UTF-8"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _is_garbage(text: str) -> bool:
    return len(_CONTROL.findall(text[:_SAMPLE])) > 0.1 * min(len(text), _SAMPLE)


def _checked(text: str, encoding: str) -> tuple[str, str]:
    if _is_garbage(text):
        raise ReadError(_NO_TEXT)
    return text, encoding
