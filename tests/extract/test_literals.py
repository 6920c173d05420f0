"""What an expression needs is told rightly, and joined words are found as they were apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.literals import ahead, either, needed
from kg.extract.search import GuardedPattern, PatternSieve, starting

WORD = st.text(alphabet="市县长委书记+（", min_size=1, max_size=4)


@given(st.lists(WORD, min_size=1, max_size=12), st.text(alphabet="市县长委书记+（，", max_size=30))
def test_joined_words_are_found_where_a_plain_list_of_them_is(words: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    found = re.findall(plain, text)
    assert re.findall(either(words), text) == found
    assert re.findall(ahead(words) + either(words), text) == found


PATTERNS = (
    "本报[讯电]",
    "[讯电](?:日|月)*",
    "(?:[a-z]+日|x{2,}月)",
    "(?P<m>月)+[\u4e00-\u9fff]*",
    "(?=日)(?!月)(?<=年).",
    "日?|月",
    "[^日]x{0,3}",
    "(?<=日)(?:月讯|月电|报)?x",
)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (PATTERNS[0], "本报 讯/电"),
        (PATTERNS[1], "讯/电"),
        (PATTERNS[2], "x/日"),
        (PATTERNS[3], "月"),
        (PATTERNS[4], "年 日"),
        (PATTERNS[5], ""),
        (PATTERNS[6], ""),
        (PATTERNS[7], "x 日"),
    ],
)
def test_only_what_every_match_holds_is_needed(pattern: str, words: str) -> None:
    found = needed(re.compile(pattern))
    assert sorted(found, key=min) == [set(one.split("/")) for one in words.split()]


@given(st.sampled_from(PATTERNS), st.text(alphabet="本报讯电日月年ax", max_size=12))
def test_no_match_is_missed_for_want_of_a_word(pattern: str, text: str) -> None:
    expected = [m.span() for m in re.finditer(pattern, text)]
    sought = GuardedPattern(pattern)
    assert [m.span() for m in sought.finditer(text)] == expected
    assert bool(sought.search(text)) == bool(expected)
    assert bool(sought.match(text)) == bool(re.match(pattern, text))
    passing = PatternSieve([re.compile(pattern)]).passing(text)
    assert passing == [0] if expected else passing in ([], [0])


@given(st.sampled_from(PATTERNS[:4]), st.text(alphabet="本报讯电日月ax", max_size=12))
def test_matches_that_begin_at_given_places_are_those_of_finditer(pattern: str, text: str) -> None:
    expected = [m.span() for m in re.finditer(pattern, text)]
    assert [m.span() for m in starting(re.compile(pattern), text, range(len(text)))] == expected


def test_letters_without_regard_to_case_are_no_words() -> None:
    assert needed(re.compile("app", re.IGNORECASE)) == ()
    assert needed(re.compile("(?i:app)的")) == (frozenset("的"),)


def test_a_text_is_searched_only_if_it_holds_the_words() -> None:
    dateline = GuardedPattern("本报.{0,9}[讯电]")
    assert dateline.may_match("本报北京3月1日电")
    assert not dateline.may_match("北京3月1日电")
    assert not dateline.may_match("本报北京3月1日")
    assert dateline.search("北京3月1日电") is None
