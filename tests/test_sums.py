"""What a work costs, in the words that notices, reports and lists tell it with."""

from __future__ import annotations

import pytest

from tests.reading import claims

WORK = "云桥传感器产业园项目"
COSTS = (
    """
总投资51亿元|总投资约51亿元|总投资：51亿元|总投资为51亿元|总投资达到51亿元|总投资额51亿元|计划总投资51亿元
计划总投资：51亿元|计划总投资额51亿元|预计总投资51亿元|预计总投资额达51亿元|投资总额51亿元|投资总额达51亿元
投资额51亿元|协议总投资51亿元|协议投资51亿元|估算总投资51亿元|总投资估算51亿元|概算总投资51亿元|总概算51亿元
总造价51亿元|总投资不低于51亿元|总投资超51亿元|总投资逾51亿元|投资约51亿元|总投资规模51亿元|总投资规模达51亿元
建设总投资51亿元|总投资人民币51亿元|总投资高达51亿元|投资规模51亿元|投资估算51亿元
""".strip()
    .replace("\n", "|")
    .split("|")
)
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
