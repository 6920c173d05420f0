"""Find which names of an article stand in one list: the same is said of 甲、乙和丙.

For each end of a pair the ends that stand beside it in a list. What the network says of one of
them speaks for the others.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.extract.model.pairs import PairEnd

WIDEST = 3  # characters between two members, with the marks around their names
NEXT = 3  # ends behind one among which the next member is: a name may hold others
MARKS = '《》“”"'


def coordinated(
    text: str, ends: Sequence[PairEnd], between: Collection[str]
) -> Mapping[tuple[str, str], set[tuple[str, str]]]:
    """For each thing the things of its kind that stand right beside it in a list.

    Args:
        text: The article.
        ends: Its mentions and values.
        between: What stands between two members of a list (、 and 和).

    >>> from kg.extract.model.pairs import PairEnd
    >>> names = [(0, "甲"), (3, "乙"), (7, "丙")]
    >>> ends = [PairEnd(at, at + 2, 0, ("A", name)) for at, name in names]
    >>> sorted(coordinated("甲厂、乙厂前往丙厂", ends, {"、"}).items())
    [(('A', '乙'), {('A', '甲')}), (('A', '甲'), {('A', '乙')})]
    """
    neighbours: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    order = sorted(ends, key=lambda end: end[:3])
    for at, one in enumerate(order):
        for other in order[at + 1 : at + 1 + NEXT]:
            gap = other.start - one.end
            if other.kind != one.kind or other.key == one.key or not 0 < gap <= WIDEST:
                continue
            if text[one.end : other.start].strip(MARKS) in between:
                neighbours[one.key].add(other.key)
                neighbours[other.key].add(one.key)
    return neighbours
