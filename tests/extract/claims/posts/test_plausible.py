"""Claims of posts that the words of the text speak against, and titles that nobody found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.base.records import Document, Span, Value
from kg.extract.claims.context import Statement
from kg.extract.claims.posts.plausible import Posts
from kg.extract.document import extract
from kg.extract.mentions.mention import Mention
from kg.ontology import load

ONTOLOGY = load()
POSTS = Posts(ONTOLOGY)


class Context:
    """An article with the names that stand in it."""

    def __init__(self, text: str, **names: str) -> None:
        self.text = text
        found = ((text.index(name), name, type_) for name, type_ in names.items())
        self.mentions = [
            Mention(at, at + len(name), type_, name, "r") for at, name, type_ in sorted(found)
        ]

    def claim(self, who: str, body: str, confidence: float = 0.6) -> Statement:
        by = {m.name: m for m in self.mentions}
        whole = Span(0, len(self.text))
        return Statement(by[who], "worksFor", by[body], None, whole, "reader@0", confidence)


def allowed(text: str, who: str, body: str, confidence: float = 0.6, **others: str) -> set[str]:
    names = {who: "Person", body: "Organisation", **others}
    context = Context(text, **names)
    found = POSTS.allowed(context, [context.claim(who, body, confidence)])  # type: ignore[arg-type]
    return {one.value.lexical if one.value else one.predicate for one in found}


@pytest.mark.parametrize(
    "title", [word for group in ONTOLOGY.words["roles"]["groups"].values() for word in group]
)
def test_every_title_of_the_list_is_one(title: str) -> None:
    assert POSTS.is_title(title)


@pytest.mark.parametrize("title", ["派出", "聘任", "新任", "出局", "策略", "领导任", "训练"])
def test_a_verb_is_no_title(title: str) -> None:
    assert not POSTS.is_title(title)
    value = Value(title, "string", title)
    who = Mention(0, 2, "Person", "甲某", "r")
    claim = Statement(who, "role", None, value, Span(0, 2), "reader@0", 0.9)
    assert not list(POSTS.allowed(Context("甲某"), [claim]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("江启明，现任云澜大学校长。", {"worksFor"}),
        ("江启明在云澜大学工作。", {"worksFor"}),
        ("江启明重仓持有云澜大学的股份。", set()),
    ],
)
def test_a_verb_joins_somebody_to_a_body_behind(text: str, found: set[str]) -> None:
    assert allowed(text, "江启明", "云澜大学") == found


def test_a_sure_claim_of_a_rule_needs_no_verb() -> None:
    context = Context("江启明，云澜大学。", 江启明="Person", 云澜大学="Organisation")
    claim = context.claim("江启明", "云澜大学", 0.9)
    ruled = replace(claim, rule="worksFor.post")
    assert list(POSTS.allowed(context, [ruled])) == [ruled]  # type: ignore[arg-type]
    assert not list(POSTS.allowed(context, [claim]))  # type: ignore[arg-type]


def test_what_another_one_takes_on_is_not_the_first_ones() -> None:
    text = "江启明，现任云桥厂厂长；周一鸣，现任云澜大学校长。"
    others = {"周一鸣": "Person"}
    assert not allowed(text, "江启明", "云澜大学", 0.9, **others)
    assert allowed(text, "周一鸣", "云澜大学", 0.9, 江启明="Person") == {"worksFor"}


@pytest.mark.parametrize(
    "text", ["云澜大学校长周一鸣：江海公司总监江启明表示。", "云澜大学校长周一鸣与江启明会谈。"]
)
def test_a_body_is_of_whom_it_stands_before(text: str) -> None:
    others = {"周一鸣": "Person"} | ({"江海公司": "Organisation"} if "江海公司" in text else {})
    assert not allowed(text, "江启明", "云澜大学", 0.9, **others)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("云澜集团全球信贷策略主管江启明表示。", {"worksFor", "全球信贷策略主管"}),
        ("云澜集团的首席交易员江启明表示。", {"worksFor", "首席交易员"}),
        ("云澜集团某商江启明表示。", {"worksFor"}),
        ("云澜集团在会上邀请专家江启明发言。", {"worksFor"}),
    ],
)
def test_all_that_stands_between_a_body_and_a_name_is_a_title(text: str, found: set[str]) -> None:
    assert allowed(text, "江启明", "云澜集团") == found


def test_who_buys_from_a_firm_does_not_work_for_it(learned: None) -> None:
    text = "云澜航空商业航班乘客江启明表示，云澜航空的服务很好。云澜航空总经理周一鸣感谢江启明。"
    reading = extract(Document("d", "d", text), ONTOLOGY)
    works = {reading.entities[c.subject].name for c in reading.claims if c.predicate == "worksFor"}
    assert "江启明" not in works


@pytest.mark.parametrize(
    "text",
    [
        "云澜大学副校长江启明说。",
        "云澜大学江启明等人完成。",
        "云澜大学首席财务官（CFO）江启明说。",
        "担任云澜大学校长的江启明说。",
        "承办单位为云澜大学，联络代表为江启明。",
        "云澜大学是“云牌”的母公司，成立于2012年，法定代表人为江启明。",
        "云澜大学公布半年报，公司首席财务官江启明说。",
        "云澜大学7月17日依法任命江启明为校长。",
    ],
)
def test_a_title_ties_a_body_to_who_is_named_behind_it(text: str) -> None:
    assert "worksFor" in allowed(text, "江启明", "云澜大学", 0.9)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("据云澜日报，截至发稿，会议通过了关于罢免江启明的议案。", {}),
        ("云澜日报破产，江桥研究所分析师江启明说。", {"江桥研究所": "Organisation"}),
        ("云澜日报的收购计划是江桥公司总裁江启明定下的。", {"江桥公司": "Organisation"}),
        ("云澜日报宣布江启明成为其代言人。", {}),
        ("云澜日报为江桥厂的大股东，实际控制人为江启明。", {"江桥厂": "Organisation"}),
        ("云澜日报（江启明）表示，日元会走强。", {}),
        ("因涉及云澜日报的存款，公司执行董事江启明辞职。", {}),
        ("云澜日报仍面临挑战文/江启明", {}),
        ("云澜日报总裁周一鸣辞职，知名分析师江启明说。", {"周一鸣": "Person"}),
        ("由云澜日报全资控股，法定代表人为江启明。", {}),
        ("云澜日报发表报告指出，该公司主席江启明辞职。", {}),
        ("来自：云澜日报财务官员江启明表示。", {}),
        ("云澜日报执行法官江启明到庭调解。", {}),
        ("云澜日报对财政部长江启明表示。", {}),
        ("甲国驻云澜日报大使江启明说。", {}),
        ("云澜日报轮值主席国科摩罗总统江启明说。", {"科摩罗": "District"}),
    ],
)
def test_a_body_that_only_stands_before_somebody_is_not_his(
    text: str, others: dict[str, str]
) -> None:
    assert not allowed(text, "江启明", "云澜日报", 0.9, **others)


def test_a_career_goes_on_about_who_was_named_before() -> None:
    text = "江启明，1966年生。2001年起，历任云澜大学讲师、教授。江启明昨日出席。"
    context = Context(text, 云澜大学="Organisation")
    again = [Mention(at, at + 3, "Person", "江启明", "r") for at in (0, text.rindex("江启明"))]
    context.mentions = sorted([*context.mentions, *again], key=lambda m: m.start)
    body = next(m for m in context.mentions if m.name == "云澜大学")
    quote = Span(text.index("2001"), len(text))
    claim = Statement(again[1], "worksFor", body, None, quote, "reader@0", 0.8)
    assert claim in list(POSTS.allowed(context, [claim]))  # type: ignore[arg-type]


def test_who_is_wished_to_work_somewhere_does_not() -> None:
    assert not allowed("期待江启明能够进入云澜大学工作。", "江启明", "云澜大学", 0.9)


def test_a_school_does_not_employ_its_pupils() -> None:
    assert not allowed("云澜中学江启明获得一等奖。", "江启明", "云澜中学", 0.9)
    assert allowed("云澜中学校长江启明说。", "江启明", "云澜中学", 0.9)


def test_the_company_is_the_one_that_was_named_last() -> None:
    text = "云澜公司涨了。江桥公司发布了公告。该公司总裁江启明说。"
    context = Context(text, 江启明="Person", 云澜公司="Organisation", 江桥公司="Organisation")
    quote = Span(text.index("该"), len(text))
    for body, found in (("云澜公司", 0), ("江桥公司", 1)):
        claim = replace(context.claim("江启明", body, 0.9), span=quote, rule="worksFor.post")
        assert len(list(POSTS.allowed(context, [claim]))) == found  # type: ignore[arg-type]
