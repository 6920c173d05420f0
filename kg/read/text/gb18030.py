"""Broken GB18030 in, its text out: one broken byte costs one character."""

from __future__ import annotations

import re

from kg.read.text.plausible import plausibility

_WINDOW = 64 * 1024
_MOST_BROKEN = 0.02  # share of characters; beyond, it is no GB18030
_ASCII = re.compile(rb"[\x00-\x2f\x3a-\x3f]")  # never a part of a character in GB18030
_LONGEST_RUN = 400  # bytes; a sentence of 200 characters
_MOST_MENDED = 1000  # each costs up to 1 ms


def mended(data: bytes) -> str | None:
    """Decode GB18030 around broken bytes, so that one costs one character.

    A lost half leaves what follows out of step, first and second bytes swapped, up to the
    next ASCII character, where it shows. So where it shows, the place before it is sought
    whose loss makes most sense of the run, and of two continuations the better is taken.
    """
    pieces: list[str] = []
    at = since = breaks = 0
    while at < len(data):
        window = data[at : at + _WINDOW]
        try:
            pieces.append(window.decode("gb18030"))
            at += len(window)
            continue
        except UnicodeDecodeError as error:
            pieces.append(window[: error.start].decode("gb18030"))
            at += error.start
            if error.reason.startswith("incomplete") and at + 4 < len(data):
                continue  # the window, not the text, cuts the character
        breaks += 1
        if breaks > 1 + _MOST_BROKEN * len(data) / 2:
            return None
        run = _run_before(data, at, since)
        better = _without_a_byte(run, "".join(pieces)) if breaks <= _MOST_MENDED else None
        if better is not None:
            pieces = [better]
            at += 1
        else:
            ahead = [data[at + n : at + n + 60].decode("gb18030", "replace") for n in (1, 2)]
            at += 1 if plausibility(ahead[0]) >= plausibility(ahead[1]) else 2
            pieces.append("\ufffd")
        since = at
    return "".join(pieces)


def _run_before(data: bytes, at: int, since: int) -> bytes:
    """The bytes up to a break (included) since the last one that is ASCII for certain."""
    certain = _ASCII.search(data[max(since, at - _LONGEST_RUN) : at][::-1])
    start = at - certain.start() if certain else max(since, at - _LONGEST_RUN)
    return data[start : at + 1]


def _without_a_byte(run: bytes, before: str) -> str | None:
    """The text with its last run as it reads without the one byte that makes sense of it.

    None if the run makes sense as it is, or begins within a character.
    """
    plain = run[:-1].decode("gb18030", "replace")
    if not before.endswith(plain):
        return None
    repaired, best = None, plausibility(plain) + 0.1
    for cut in range(len(run) - 1):
        try:
            text = run[:cut].decode("gb18030") + "\ufffd" + run[cut + 1 :].decode("gb18030")
        except UnicodeDecodeError:
            continue
        score = plausibility(text.replace("\ufffd", ""))
        if score > best:
            repaired, best = text, score
    return None if repaired is None else before[: len(before) - len(plain)] + repaired
