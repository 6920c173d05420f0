"""What a work costs, in the words that notices, reports and lists tell it with."""

from __future__ import annotations

import pytest

from kg.extract.values.sum_kinds import sum_kinds
from kg.ontology import load
from tests.testing.reading import claims

WORK = "云桥传感器产业园项目"
SAID = (
    """
{work}{costs}。|{work}{costs}，占地200亩。|{work}，{costs}，占地200亩。|{work}占地200亩，{costs}。
该批项目中，{work}由远桥集团建设，{costs}。|{work}（{costs}）开工。|{costs}的{work}开工。
近日，{costs}的{work}在无锡开工。|{work}位于惠山区，占地200亩，{costs}。|{work}开工。项目{costs}。
{work}开工。该项目{costs}，占地200亩。
""".strip()
    .replace("\n", "|")
    .split("|")
)
# No sum of the whole work, or none of it at all.
OTHER = (
    """
累计投资51亿元|首期投资51亿元|累计完成投资51亿元|年产值51亿元|注册资本51亿元|新增税收51亿元
带动就业51亿元|本年度完成投资51亿元
""".strip()
    .replace("\n", "|")
    .split("|")
)


def costs(text: str) -> set[tuple[str, str]]:
    return {(s, str(o)) for s, p, o in claims(text) if p == "investment"}


@pytest.mark.parametrize(
    "sum_", ["总投资控制在51亿元以内", "总投资计划为51亿元", "总投资预计为51亿元"]
)
def test_a_sum_that_is_only_planned_is_one(sum_: str) -> None:
    assert costs(f"{WORK}{sum_}，占地200亩。") == {(WORK, "5100000000")}


@pytest.mark.parametrize("sum_", OTHER)
def test_a_sum_of_another_kind_is_not_what_the_work_costs(sum_: str) -> None:
    for said in SAID[:5]:
        assert not costs(said.format(work=WORK, costs=sum_))


def values(text: str) -> set[tuple[str, str, str]]:
    """What a text says of sums, by every attribute that has them."""
    found = {"investment", "output", "otherSum", "jointSum"}
    return {(s, p, o) for s, p, o in claims(text) if p in found}


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("5亿美元", "500000000 USD"),
        ("5亿多美元", "500000000 USD"),
        ("3万欧元", "30000 EUR"),
        ("2亿英镑", "200000000 GBP"),
        ("80亿日元", "8000000000 JPY"),
        ("港币2亿元", "200000000 HKD"),
        ("2亿元港币", "200000000 HKD"),
        ("2.5亿澳元", "250000000 AUD"),
    ],
)
def test_a_sum_in_another_currency_is_kept_and_is_never_yuan(printed: str, kept: str) -> None:
    assert values(f"{WORK}总投资{printed}，占地200亩。") == {(WORK, "otherSum", f"{kept} total")}


def test_the_same_in_yuan_beside_another_currency_is_an_investment() -> None:
    assert values(f"{WORK}总投资5亿美元（约合36亿元人民币），占地200亩。") == {
        (WORK, "otherSum", "500000000 USD total"),
        (WORK, "investment", "3600000000"),
    }


OTHERS = ("澜江电池项目", "远桥港扩建项目")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("{0}、{1}两个项目总投资30亿元。", "3000000000 CNY sum"),
        ("{0}、{1}签约，合计投资30亿元。", "3000000000 CNY sum"),
        ("公司拟募集资金30亿元，分别用于{0}、{1}。", "3000000000 CNY raised"),
        ("公司拟募集资金30亿元，扣除发行费用后拟用于{0}和{1}。", "3000000000 CNY raised"),
        ("云桥市投资30亿元建设{0}、{1}。", "3000000000 CNY sum"),
    ],
)
def test_a_sum_of_several_is_of_all_of_them_and_of_none_alone(text: str, kept: str) -> None:
    assert values(text.format(*OTHERS)) == {(name, "jointSum", kept) for name in OTHERS}


def test_each_has_its_own_of_a_row_of_sums() -> None:
    assert values("{}、{}分别投资3亿元和5亿元。".format(*OTHERS)) == {
        (OTHERS[0], "investment", "300000000"),
        (OTHERS[1], "investment", "500000000"),
    }


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("云桥产业园项目总投资100亿元，其中，{0}投资3亿元。", "300000000"),
        ("云桥产业园项目总投资100亿元，包括{0}和配套道路。", ""),
    ],
)
def test_a_part_has_not_the_sum_of_the_whole(text: str, own: str) -> None:
    found = {o for s, p, o in values(text.format(*OTHERS)) if s == OTHERS[0]}
    assert found == ({own} if own else set())


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("公司拟募集资金3亿元，全部用于{work}。", "raised"),
        ("{work}中标价为3亿元。", "contract"),
        ("{work}合同金额3亿元。", "contract"),
        ("{work}获得银行贷款3亿元。", "loan"),
        ("{work}获得专项资金3亿元。", "budget"),
    ],
)
def test_what_is_lent_granted_raised_or_contracted_is_no_investment(said: str, kept: str) -> None:
    assert values(said.format(work=WORK)) == {(WORK, "otherSum", f"300000000 CNY {kept}")}


@pytest.mark.parametrize("said", ["预算总投资", "概算投资", "总投资概算"])
def test_an_estimate_of_the_whole_is_no_public_money(said: str) -> None:
    found = sum_kinds(load()).of("investment", "Project", said)
    assert found == "total"


@pytest.mark.parametrize(
    ("lead", "tail", "kind"),
    [
        ("获得", "的银行贷款", "loan"),
        ("中央财政投入", "", "budget"),
        ("累计完成投资", "", "spent"),
        ("以", "中标", "contract"),
        ("去年实现营业收入", "", "turnover"),
        ("投资总额", "", "total"),
        ("拟使用募集资金", "", "total"),
        ("其中", "用于", "total"),
    ],
)
def test_the_words_around_a_sum_tell_what_it_is(lead: str, tail: str, kind: str) -> None:
    assert sum_kinds(load()).of("investment", "Project", lead, tail) == kind


def test_figures_in_a_name_are_no_sum() -> None:
    text = "公司拟募集资金8亿元，用于澜江三元材料建设项目。"
    assert all(not o.startswith("3 ") for _, _, o in values(text))
