"""Members of a list are told from names that only stand near each other."""

from __future__ import annotations

import pytest

from kg.extract.arbiter.coordination import coordinated
from kg.extract.model.pairs import PairEnd
from kg.ontology import load

LISTED = load().lexicon.grammar.listed


def listed(text: str, *names: str, kinds: str = "") -> set[frozenset[str]]:
    """The pairs of names that stand beside each other in a list."""
    starts = [text.index(name) for name in names]
    ends = [
        PairEnd(at, at + len(name), int(kind), ("", name))
        for at, name, kind in zip(starts, names, kinds or "0" * len(names), strict=True)
    ]
    return {
        frozenset((key[1], other[1]))
        for key, others in coordinated(text, ends, LISTED).items()
        for other in others
    }


def test_each_member_stands_beside_the_next() -> None:
    found = listed("甲局、乙局和丙局联合印发", "甲局", "乙局", "丙局")
    assert found == {frozenset(("甲局", "乙局")), frozenset(("乙局", "丙局"))}


def test_marks_around_names_part_no_members() -> None:
    assert listed("《甲法》、《乙法》", "甲法", "乙法") == {frozenset(("甲法", "乙法"))}


@pytest.mark.parametrize("text", ["甲局向乙局", "甲局乙局", "甲局。乙局", "甲局近日联合乙局"])
def test_what_only_stands_near_is_no_member(text: str) -> None:
    assert listed(text, "甲局", "乙局") == set()


def test_things_of_two_kinds_make_no_list() -> None:
    assert listed("甲局、乙市", "甲局", "乙市", kinds="01") == set()
