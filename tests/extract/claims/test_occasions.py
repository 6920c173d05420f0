"""Occasions of a place: what they are held for, where, and what is begun at them."""

from __future__ import annotations

import pytest

from tests.testing.reading import claims, read


def named(text: str) -> set[str]:
    return {e.name for e in read(text).entities}


def test_a_university_whose_name_begins_with_the_word() -> None:
    assert "暨南大学" in named("8月2日，暨南大学与云澜集团签署协议。")


def test_works_elsewhere_that_a_place_helps_are_not_there() -> None:
    text = "宜兴市推进对口援建项目，云湖储能产线项目、云山光伏电站项目顺利投产。"
    assert not {s for s, p, o in claims(text) if p == "locatedIn" and o == "宜兴市"}


def test_who_holds_another_event_is_not_in_the_row() -> None:
    text = "无锡市举办推介会，云澜大学承办的第二届云湖论坛同期举行。"
    assert {s for s, p, _ in claims(text) if p == "organises"} == {"云澜大学"}


HERE = "11月18日，2023太湖助老大会在无锡市举行。"


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("活动现场宣读了《太湖助老倡议书》，举行了太湖项目签约仪式。", "太湖助老倡议书"),
        ("会上，云湖康养项目签约，并举行了太湖养老联盟成立仪式。", "云湖康养项目"),
        ("大会期间，无锡市发布《太湖助老计划》，同时举行了太湖养老联盟成立仪式。", "太湖助老计划"),
    ],
)
def test_what_is_shown_before_a_ceremony_within_an_event(said: str, what: str) -> None:
    shown = {o for s, p, o in claims(HERE + said) if (s, p) == (what, "announcedAt")}
    assert shown == {"2023太湖助老大会"}


@pytest.mark.parametrize("said", ["嘉宾使用了太湖养老服务平台。", "太湖养老服务平台去年建成。"])
def test_what_nobody_shows_is_announced_nowhere(said: str) -> None:
    assert not [c for c in claims(HERE + said) if c[1] == "announcedAt"]


def test_what_happens_for_the_second_time_is_no_session() -> None:
    found = named("8月8日，第三届云湖杯足球联赛第二场馆启用。")
    assert "第三届云湖杯足球联赛" in found
    assert not {n for n in found if n.endswith("第二场")}


HEADS = (
    "{event}\n时间：2024年5月16日\n地点：无锡市滨湖区\n主办单位：{host}\n承办单位：{others}\n",
    "{event}议程\n一、时间：2024年5月16日上午9:00\n二、地点：无锡市滨湖区\n三、主办单位：{host}\n四、承办单位：{others}\n",
    "活动名称：{event}\n举办时间：2024年5月16日\n举办地点：无锡市滨湖区\n主办方：{host}\n承办方：{others}\n",
    "论坛名称：{event}；论坛时间：2024年5月16日；论坛地点：无锡市滨湖区；主办：{host}；协办：{others}。",
)


@pytest.mark.parametrize("head", HEADS, ids=range(len(HEADS)))
def test_the_head_of_an_agenda_tells_when_where_and_whose_an_event_is(head: str) -> None:
    event, host = "第三届太湖智能制造论坛", "无锡市工业和信息化局"
    others = ("云澜机器人有限公司", "江南大学")
    text = head.format(event=event, host=host, others="、".join(others))
    told = {
        (event, "date", "2024-05-16"),
        (event, "locatedIn", "滨湖区"),
        *((who, "organises", event) for who in (host, *others)),
    }
    assert told <= claims(text)


def test_who_but_supports_an_event_does_not_hold_it() -> None:
    text = "第三届太湖智能制造论坛\n时间：2024年5月16日\n支持单位：江南大学\n指导单位：无锡市政府\n"
    assert ("第三届太湖智能制造论坛", "date", "2024-05-16") in claims(text)
    assert not {c for c in claims(text) if c[1] == "organises"}


@pytest.mark.parametrize("mark", ["1.", "2．", "（1）", "(3)"])
@pytest.mark.parametrize("event", ["第四届江海数字经济博览会", "2024江海工业软件创新大赛"])
def test_the_number_of_an_item_is_no_part_of_an_event(mark: str, event: str) -> None:
    text = f"同期活动：\n{mark}{event}\n{mark}{event}于9月13日在无锡举行。\n"
    assert [e.name for e in read(text).entities if e.type == "Event"] == [event]


def test_an_item_that_begins_with_a_year_begins_a_line() -> None:
    text = "同期活动\n1.第二届江海数字产业论坛（9月12日下午）\n2.2024江海软件创新大赛（9月13日）\n"
    names = {e.name for e in read(text).entities if e.type == "Event"}
    assert names == {"第二届江海数字产业论坛", "2024江海软件创新大赛"}


@pytest.mark.parametrize("place", ["（合肥）", "（合肥·滨湖）", ""])
@pytest.mark.parametrize("paper", ["议程", "日程安排", "邀请函", ""])
def test_the_title_over_those_who_hold_an_event_may_hold_brackets(place: str, paper: str) -> None:
    text = (
        f"2024中国{place}量子产业大会{paper}\n"
        "主办：合肥市人民政府　中国信息协会\n承办：合肥高新区管委会\n"
    )
    holders = {who for who, what, _ in claims(text) if what == "organises"}
    assert holders == {"合肥市人民政府", "中国信息协会", "合肥高新区管委会"}


@pytest.mark.parametrize("whose", ["公司", "本公司", "", "公司临时"])
def test_the_meeting_that_must_pass_a_matter_is_no_event(whose: str) -> None:
    text = f"2024年3月5日，公司签署了《云湖合作框架协议》，无需提交{whose}股东大会审议。"
    assert not [e for e in read(text).entities if e.type == "Event"]
