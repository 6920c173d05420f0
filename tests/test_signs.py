"""What an expression needs is told rightly, and joined words are found as they were apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.signs import ahead, either, may_match, signs

WORD = st.text(alphabet="市县长委书记+（", min_size=1, max_size=4)


@given(st.lists(WORD, min_size=1, max_size=12), st.text(alphabet="市县长委书记+（，", max_size=30))
def test_joined_words_are_found_where_a_plain_list_of_them_is(words: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    found = re.findall(plain, text)
    assert re.findall(either(words), text) == found
    assert re.findall(ahead(words) + either(words), text) == found


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("本报[讯电]", "报|本"),
        ("[讯电](?:日|月)*", "讯电"),
        ("(?:[a-z]+日|x{2,}月)", "日月|日x"),
        ("(?P<m>月)+[\u4e00-\u9fff]*", "月"),
        ("(?=日)(?!月)(?<=年).", ""),
        ("日?|月", ""),
        ("[^日]x{0,3}", ""),
    ],
)
def test_only_what_every_match_holds_is_needed(pattern: str, needed: str) -> None:
    found = signs(re.compile(pattern))
    assert any(found == set(one) for one in needed.split("|"))


def test_letters_without_regard_to_case_are_no_signs() -> None:
    assert signs(re.compile("app", re.IGNORECASE)) == frozenset()


def test_a_text_is_searched_only_if_it_holds_a_sign() -> None:
    needed = signs(re.compile("本报[讯电]"))
    assert may_match(needed, "本报北京3月1日电")
    assert not may_match(needed, "北京3月1日")
    assert may_match(frozenset(), "")
