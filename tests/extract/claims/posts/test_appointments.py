"""Who takes a post and who gives one up, in the set words of notices of personnel."""

from __future__ import annotations

from itertools import product

import pytest

from tests.testing.reading import Facts, claims, read

HOLDERS = ("陈立", "陈立明", "欧阳建国")
POSTS = (
    ("宜兴市商务局", "局长"),
    ("云澜科技股份有限公司", "总经理"),
    ("宜兴高新技术产业开发区管理委员会", "主任"),
)
TAKES = (
    "任命{who}为{body}{post}；",
    "任命{who}同志为{body}{post}。",
    "聘任{who}为{body}{post}。",
    "决定：\n{who}任{body}{post}；\n",
    "　　任命：\n　　{who}为{body}{post}；\n",
    "{who}同志任{body}{post}（试用期一年）。",
    "经研究决定，{who}同志任{body}{post}，试用期一年。",
    "{who}（女）任{body}{post}；",
    "推举{who}担任{body}{post}。",
    "由{who}同志担任{body}{post}。",
    "{who}获任{body}{post}。",
    "{who}接任{body}{post}。",
    "{who}出任{body}{post}。",
    "{who}当选为{body}{post}。",
)
LEAVES = (
    "免去{who}的{body}{post}职务；",
    "免去{who}同志{body}{post}职务。",
    "免去：\n　　{who}的{body}{post}职务。",
    "{who}不再担任{body}{post}职务。",
    "{who}同志不再担任{body}{post}。",
    "{who}已不再担任{body}{post}一职。",
    "{who}因工作变动，不再担任{body}{post}。",
    "接受{who}辞去{body}{post}职务的请求。",
    "{who}辞去{body}{post}职务。",
    "{who}提出辞去{body}{post}等职务。",
    "{who}卸任{body}{post}。",
    "{who}被免去{body}{post}职务。",
)
CHANGES = (
    "任命{who}为九江市文化局副局长，免去其{body}{post}职务。",
    "{who}任九江市文化局副局长，免去{body}{post}职务；",
    "{who}同志任九江市文化局副局长，不再担任{body}{post}。",
    "{who}任九江市文化局副局长，其原任的{body}{post}职务自然免除。",
)
CASES = tuple((who, *post) for who, post in product(HOLDERS, POSTS))


def held(text: str) -> Facts:
    """The posts that a text says are held."""
    return {claim for claim in claims(text) if claim[1] in ("worksFor", "role")}


def names(text: str) -> set[str]:
    return {e.name for e in read(text).entities if e.type in ("Organisation", "Person")}


@pytest.mark.parametrize(("who", "body", "post"), CASES)
@pytest.mark.parametrize("says", LEAVES)
def test_who_leaves_a_post_does_not_hold_it(says: str, who: str, body: str, post: str) -> None:
    text = says.format(who=who, body=body, post=post)
    assert not held(text)
    assert body in names(text)
    assert names(text) <= {who, body}


@pytest.mark.parametrize(("who", "body", "post"), CASES)
@pytest.mark.parametrize("says", CHANGES)
def test_who_changes_posts_holds_the_new_one(says: str, who: str, body: str, post: str) -> None:
    text = says.format(who=who, body=body, post=post)
    assert held(text) == {(who, "worksFor", "九江市文化局"), (who, "role", "副局长")}
    assert names(text) == {who, body, "九江市文化局"}


def test_a_session_of_a_congress_does_not_employ_who_speaks_at_it() -> None:
    text = "云和县第八届人民代表大会第六次会议上县长陈立新作报告。"
    assert held(text) == {("陈立新", "role", "县长")}


@pytest.mark.parametrize("verb", ["任命", "决定任命", "会议决定任命"])
@pytest.mark.parametrize("who", ["任海波", "任一鸣", "王海波"])
@pytest.mark.parametrize("called", ["", "同志"])
def test_who_is_appointed_may_be_called_like_the_verb(verb: str, who: str, called: str) -> None:
    text = f"{verb}{who}{called}为溧阳市商务局副局长。"
    assert [e.name for e in read(text).entities if e.type == "Person"] == [who]
    assert (who, "worksFor", "溧阳市商务局") in claims(text)


@pytest.mark.parametrize("name", ["宁波", "安康", "高平", "向阳"])
@pytest.mark.parametrize(
    "said",
    ["免去{}的市财政局局长职务", "任命{}为市财政局局长", "任命{}同志为市财政局局长"],
)
def test_who_is_called_like_a_city_is_a_person(name: str, said: str) -> None:
    text = f"会议决定，{said.format(name)}。市长李一鸣主持会议。"
    assert {e.type for e in read(text).entities if e.name == name} == {"Person"}
    assert ("李一鸣", "worksFor", name) not in claims(text)
