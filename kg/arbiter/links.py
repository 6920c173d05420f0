"""Decide which names of an article are short for others: coreference between names.

What a text defines (以下简称) and what rules derive is joined elsewhere, with its reason. Here any
two names of one class are compared, by how their characters lie in each other, and what is left
of the longer one. The weights are fitted on the names that readers gave to one thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.arbiter.linear import UNIT, buckets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator, Sequence

    from kg.arbiter.linear import Linear

LENGTHS = (2, 3, 4, 5, 6, 8, 10, 14, 20)
MISSING = (0, 1, 2, 4)
CLEAR = UNIT // 2  # how much surer a name must be short for one thing than for another
MOST = 300  # names of a class in a document that are compared; more are lists


class Alias(NamedTuple):
    """A name that is short for another one, and how sure that is (64 are one of log-odds)."""

    short: str
    full: str
    score: int


def aliases(
    type_: str,
    names: Collection[str],
    text: str,
    linear: Linear,
    root: Callable[[str], Hashable],
) -> Iterator[Alias]:
    """For names of one class the names that they are short for, the surest first.

    A name is short for one thing at most; one that could be short for two is for neither.

    Args:
        type_: The class.
        names: The names of a document.
        text: The document without white space.
        linear: The weights.
        root: The thing that a name is known to name; names of one thing are not compared.
    """
    if len(names) > MOST:
        return
    known = sorted(names)
    found: list[Alias] = []
    for short in known:
        best: dict[Hashable, Alias] = {}
        for full in known:
            if compared(short, full) and root(short) != root(full):
                score = linear.score(features(type_, short, full, known, text))
                one = Alias(short, full, score)
                best[root(full)] = max(best.get(root(full), one), one, key=lambda a: a.score)
        order = sorted(best.values(), key=lambda a: (-a.score, a.full))
        if order and order[0].score >= linear.threshold:
            rival = order[1].score if len(order) > 1 else order[0].score - CLEAR
            if order[0].score - rival >= CLEAR:
                found.append(order[0])
    yield from sorted(found, key=lambda a: (-a.score, a))


def compared(short: str, full: str) -> bool:
    """Whether two names are alike enough to be compared, in this order.

    >>> compared("市科技局", "甲市科学技术局"), compared("甲市科学技术局", "市科技局")
    (True, False)
    """
    if short == full or (len(short), short) > (len(full), full):
        return False
    return len(set(short) & set(full)) >= min(2, len(set(short)))


def features(type_: str, short: str, full: str, names: Sequence[str], text: str) -> tuple[str, ...]:
    """What holds of two names, the first of which may be short for the second."""
    how, rest = _lies(short, full)
    missing = buckets(len([c for c in short if c not in full]), MISSING)
    head, tail = _shared(short, full), _shared(short[::-1], full[::-1])
    others = sum(compared(short, name) and _lies(short, name)[0] == how for name in names) - 1
    size = f"{buckets(len(short), LENGTHS)} of {buckets(len(full), LENGTHS)}"
    digits = [c for c in rest if c.isdigit() or c in "一二三四五六七八九十"]
    found = [
        how,
        f"{type_} {how}",
        f"{type_} {how} others {min(others, 2)}",
        f"{how} size {size}",
        f"{type_} {how} missing {missing}",
        f"{how} head {min(head, 4)} tail {min(tail, 4)}",
        f"{type_} {how} ends {short[-1] == full[-1]} begins {short[0] == full[0]}",
        f"{type_} {how} rest {len(rest) if len(rest) < 6 else 6}",
        f"{type_} {how} rest ends {rest[-1:]}",
        f"{type_} {how} rest begins {rest[:1]}",
        f"{type_} {how} rest is {rest}",
        f"{type_} {how} short ends {short[-1]}",
        f"{type_} {how} full ends {full[-1]}",
        f"{type_} {how} tails {short[-2:]} {full[-2:]}",
        f"{type_} {how} tail {tail > 1} rest {min(len(rest), 6)}",
        f"{how} numbers {bool(digits)}",
        f"{type_} {how} alone {_alone(short, full, text)}",
    ]
    if _bracketed(short, full, text) or _bracketed(full, short, text):
        found += ["bracketed", f"{type_} bracketed {how}"]
    if not any(c in full for c in short):
        found.append("nothing shared")
    return tuple(found)


def _lies(short: str, full: str) -> tuple[str, str]:
    """How the characters of a name lie in another, and what that has besides.

    >>> _lies("北甲大学", "北方甲大学"), _lies("甲公司", "甲公司乙部")
    (('order', '方'), ('first', '乙部'))
    """
    if full.startswith(short):
        return "first", full[len(short) :]
    if full.endswith(short):
        return "last", full[: -len(short)]
    if short in full:
        before, _, after = full.partition(short)
        return "within", f"{before}…{after}"
    at, left = 0, []
    for char in full:
        if at < len(short) and char == short[at]:
            at += 1
        else:
            left.append(char)
    if at == len(short):
        return "order", "".join(left)
    return "some", ""


def _alone(short: str, full: str, text: str) -> int:
    """How often a text has a name not as a part of another, up to three times."""
    return min(text.count(short) - text.count(full), 3) if short in full else 4


def _shared(one: str, other: str) -> int:
    """How many characters two names begin with in common."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _bracketed(inner: str, outer: str, text: str) -> bool:
    """Whether a text has a name in brackets or marks right behind another."""
    at = text.find(outer + "（")
    at = at if at >= 0 else text.find(outer + "(")
    while at >= 0:
        opens = at + len(outer)
        ends = next((i for i in range(opens, min(len(text), opens + 40)) if text[i] in "）)"), -1)
        if ends > 0 and inner in text[opens:ends]:
            return True
        at = text.find(outer + "（", at + 1)
    return False
