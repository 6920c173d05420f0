"""Decide which names of an article are short for others: coreference between names.

What a text defines (以下简称) and what rules derive is joined elsewhere, with its reason. Here any
two names of one class are compared, by how their characters lie in each other, and what is left
of the longer one. The weights are fitted on the names that readers gave to one thing.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.arbiter.linear import UNIT, buckets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator

    from kg.extract.arbiter.linear import Linear

LENGTHS = (2, 3, 4, 5, 6, 8, 10, 14, 20)
MISSING = (0, 1, 2, 4)
CLEAR = UNIT // 2  # how much surer a name must be short for one thing than for another
BRACKETS = re.compile("[（(]([^（）()]{1,40})[）)]")  # what may say how a name is shortened
MOST = 200  # names of a class in a document that are compared; more are lists


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
    scorer, accepted = AliasScorer(type_, names, text), list[Alias]()
    for short in scorer.names:
        best: dict[Hashable, Alias] = {}
        for full, features in scorer.pairs(short):
            if root(short) != root(full):
                one = Alias(short, full, linear.score(features))
                best[root(full)] = max(best.get(root(full), one), one, key=lambda a: a.score)
        order = sorted(best.values(), key=lambda a: (-a.score, a.full))
        if order and order[0].score >= linear.threshold:
            rival = order[1].score if len(order) > 1 else order[0].score - CLEAR
            if order[0].score - rival >= CLEAR:
                accepted.append(order[0])
    yield from sorted(accepted, key=lambda a: (-a.score, a))


def compared(short: str, full: str) -> bool:
    """Whether two names are alike enough to be compared, in this order.

    >>> compared("市科技局", "甲市科学技术局"), compared("甲市科学技术局", "市科技局")
    (True, False)
    """
    if not short or short == full or (len(short), short) > (len(full), full):
        return False
    return len(set(short) & set(full)) >= min(2, len(set(short)))


class AliasScorer:
    """The names of one class in a document, any two of which may be one.

    Args:
        type_: The class.
        names: The names.
        text: The document without white space.
    """

    def __init__(self, type_: str, names: Collection[str], text: str) -> None:
        self.type, self.names = type_, sorted(names)
        self.times = {name: text.count(name) for name in self.names if name}
        self.behind = _behind(self.times, text)

    def pairs(self, short: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The names that a name may be short for, each with what holds of the two."""
        fuller = [(full, *_lies(short, full)) for full in self.names if compared(short, full)]
        times = Counter(how for _, how, _ in fuller)
        for full, how, rest in fuller:
            yield full, self._features(short, full, how, rest, times[how] - 1)

    def _features(self, short: str, full: str, how: str, rest: str, others: int) -> tuple[str, ...]:
        lies = f"{self.type} {how}"
        missing = buckets(len([c for c in short if c not in full]), MISSING)
        head, tail = shared(short, full), shared(short[::-1], full[::-1])
        size = f"{buckets(len(short), LENGTHS)} of {buckets(len(full), LENGTHS)}"
        alone = min(self.times[short] - self.times[full], 3) if short in full else 4
        features = [
            how,
            lies,
            f"{lies} others {min(others, 2)}",
            f"{how} size {size}",
            f"{lies} missing {missing}",
            f"{how} head {min(head, 4)} tail {min(tail, 4)}",
            f"{lies} ends {short[-1] == full[-1]} begins {short[0] == full[0]}",
            f"{lies} rest {min(len(rest), 6)}",
            f"{lies} rest ends {rest[-1:]}",
            f"{lies} rest begins {rest[:1]}",
            f"{lies} rest is {rest}",
            f"{lies} short ends {short[-1]}",
            f"{lies} full ends {full[-1]}",
            f"{lies} tails {short[-2:]} {full[-2:]}",
            f"{lies} tail {tail > 1} rest {min(len(rest), 6)}",
            f"{how} numbers {any(map(str.isnumeric, rest))}",
            f"{lies} alone {alone}",
        ]
        if short in self.behind[full] or full in self.behind[short]:
            features += ["bracketed", f"{self.type} bracketed {how}"]
        return tuple(features)


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
    at, extra = 0, []
    for char in full:
        if at < len(short) and char == short[at]:
            at += 1
        else:
            extra.append(char)
    if at == len(short):
        return "order", "".join(extra)
    return "some", ""


def shared(one: str, other: str) -> int:
    """How many characters two names begin with in common."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _behind(names: Iterable[str], text: str) -> dict[str, str]:
    """What a text has in brackets right behind each name.

    >>> _behind(["甲大学"], "甲大学（甲大）今天成立，甲大学(一部)")
    {'甲大学': '甲大…一部'}
    """
    brackets = [(m.start(), m.end(), m[1]) for m in BRACKETS.finditer(text)]
    behind = {}
    for name in names:
        inside, last = [], 0
        for start, end, words in brackets:
            if start - len(name) >= last and text.endswith(name, 0, start):
                inside.append(words)
                last = end
        behind[name] = "…".join(inside)
    return behind
