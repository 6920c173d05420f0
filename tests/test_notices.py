"""Notices in the forms in which offices print them: who issues what, on what grounds."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.ontology import load
from kg.records import Document
from kg.segment import segment
from tests.growth import grows_evenly

OFFICE = "金华市人民政府办公室"
RULES = "金华市云上茶园若干措施"
BASIS = "浙江省茶园发展意见"
SIGNED = f"　　　　　　　　{OFFICE}\n　　　　　　　　2024年3月6日\n"

FORMS = {
    "bodies side by side before the title": (
        (
            f"金华市农业农村局 金华市财政局 金华市商务局关于印发《{RULES}》的通知\n\n"
            f"各县（市、区）农业农村局：\n　　根据《{BASIS}》，现将《{RULES}》印发给你们。\n"
        ),
        {(body, RULES) for body in ("金华市农业农村局", "金华市财政局", "金华市商务局")},
        {(RULES, BASIS)},
    ),
    "a title over two lines": (
        (
            f"{OFFICE}\n关于加快建设云上\n茶园的实施意见\n\n"
            "金政办发〔2024〕15号\n\n各县（市、区）人民政府：\n"
            f"　　为贯彻落实《{BASIS}》，现提出以下实施意见。\n　　一、总体要求\n\n{SIGNED}"
        ),
        {(OFFICE, "关于加快建设云上茶园的实施意见")},
        {("关于加快建设云上茶园的实施意见", BASIS)},
    ),
    "what a notice makes known, without marks, over two lines": (
        (
            f"{OFFICE}\n关于印发金华市云上茶园\n若干措施的通知\n"
            "金政办发〔2024〕12号\n\n各区人民政府：\n"
            f"　　《{RULES}》已经市政府第20次常务会议审议通过，现印发给你们。\n{SIGNED}"
            f"{RULES}\n　　为抢抓机遇，根据《{BASIS}》等文件精神，特制定以下措施。\n"
        ),
        {(OFFICE, RULES)},
        {(RULES, BASIS)},
    ),
    "the order of a government": (
        (
            "金华市人民政府令\n第66号\n\n"
            "《金华市茶园管理办法》已经2024年2月20日市人民政府第20次常务会议审议通过，"
            "现予公布，自2024年5月1日起施行。\n\n市长　邢一鸣\n"
            "2024年3月6日\n\n金华市茶园管理办法\n\n第一章　总则\n"
            f"　　第一条　为了加强茶园管理，根据《{BASIS}》，结合本市实际，制定本办法。\n"
        ),
        {("金华市人民政府", "金华市茶园管理办法")},
        {("金华市茶园管理办法", BASIS)},
    ),
    "and other departments": (
        (
            "浙江省农业农村厅等七部门关于推动云上茶园创新发展的实施意见\n"
            "浙农发〔2024〕1号\n\n各市人民政府：\n"
            f"　　为把握机遇，根据《{BASIS}》，现提出如下意见。\n　　一、总体要求\n"
        ),
        {("浙江省农业农村厅", "关于推动云上茶园创新发展的实施意见")},
        {("关于推动云上茶园创新发展的实施意见", BASIS)},
    ),
    "below the title, in brackets": (
        (
            "金华市茶园认养管理办法\n"
            "（金农发〔2024〕20号　2024年3月6日金华市农业农村局、金华市财政局印发）\n\n"
            f"第一条　为规范茶园认养，依据《{BASIS}》，制定本办法。\n"
            "第二条　本办法所称认养，是指租用。\n"
        ),
        {(body, "金华市茶园认养管理办法") for body in ("金华市农业农村局", "金华市财政局")},
        {("金华市茶园认养管理办法", BASIS)},
    ),
    "what makes something public": (
        (
            "金华市农业农村局关于2024年度拟认定茶园的公示\n\n"
            f"　　根据《{BASIS}》有关规定，经评审，拟认定下列茶园，现予公示。\n"
            "　　　　　金华市农业农村局\n　　　　　2024年3月6日\n"
        ),
        {("金华市农业农村局", "关于2024年度拟认定茶园的公示")},
        {("关于2024年度拟认定茶园的公示", BASIS)},
    ),
    "fields in brackets": (
        (
            f"【发布机构】{OFFICE}\n【文　　号】金政办发〔2024〕12号\n"
            f"【成文日期】2024-03-06\n{RULES}\n"
            f"　　按照《{BASIS}》的部署要求，结合金华实际，制定本措施。\n　　一、支持企业。\n"
        ),
        {(OFFICE, RULES)},
        {(RULES, BASIS)},
    ),
    "what explains a policy": (
        (
            f"《{RULES}》政策解读\n\n　　近日，{OFFICE}印发了《{RULES}》。现就有关内容解读如下：\n"
            f"　　一、主要依据\n　　1.《{BASIS}》（浙政发〔2024〕3号）；\n"
            "　　2.《金华市云路规划》。\n"
            "　　二、主要内容\n　　1.《金华市茶叶节办法》另行公布。\n"
        ),
        {(OFFICE, RULES)},
        {(RULES, BASIS), (RULES, "金华市云路规划")},
    ),
    "departments together with others": (
        (
            f"本报讯（记者 王一）《{RULES}》由市发展改革委会同市财政局、市农业农村局制定，"
            f"围绕《{BASIS}》确定的目标，提出20条举措。\n"
        ),
        {(body, RULES) for body in ("市发展改革委", "市财政局", "市农业农村局")},
        {(RULES, BASIS)},
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_notice_tells_who_issues_it_and_on_what_grounds(form: str) -> None:
    text, issued, based = FORMS[form]
    reading = extract(Document("d", "d", text), load())
    said = {
        (claim.predicate, reading.entities[claim.subject].name, reading.entities[claim.object].name)
        for claim in reading.claims
        if claim.object is not None
    }
    assert {(s, o) for p, s, o in said if p == "issues" and o != BASIS} == issued
    assert {(s, o) for p, s, o in said if p == "basedOn"} == based


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("高新区管委会同市财政局签署合作协议。", {"高新区管委会", "市财政局"}),
        ("市经信委会同市财政局印发《云上办法》。", {"市经信委", "市财政局"}),
        ("市卫生健康委会同市教育局印发《云上办法》。", {"市卫生健康委", "市教育局"}),
        ("市安委会同市应急局印发《云上办法》。", {"市安委会", "市应急局"}),
    ],
)
def test_committees_are_told_from_what_they_do_together(text: str, names: set[str]) -> None:
    reading = extract(Document("d", "d", text), load())
    assert {e.name for e in reading.entities if e.type == "Organisation"} == names


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "本期关注\n市民热议关于停车难\n区交警大队公布治理方案\n本报讯（记者 王一）今日开会。\n",
            "停车难区交警",
        ),
        (
            "学习关于乡村振兴论述\n金华市农业农村局公布抽检通报\n本报讯 今日开会。\n",
            "论述金华市",
        ),
    ],
)
def test_headlines_below_each_other_stay_apart(text: str, title: str) -> None:
    parts = segment(Document("d", "d", text), load())
    assert not any(title in part.text for part in parts)


def test_many_headings_of_grounds_are_read_in_even_time() -> None:
    head = f"{OFFICE}关于公布重点项目的通知\n金政发〔2024〕1号\n一、总体\n"
    line = "1.制定依据\n《某某办法》\n"
    assert grows_evenly(lambda size: kinds(head + line * (size // len(line))), 20_000)


def test_many_lines_that_may_be_a_title_are_read_in_even_time() -> None:
    line = "云桥港物流枢纽二期扩建改造工程\n"

    def work(size: int) -> None:
        assert segment(Document("d", "d", line * (1 + size // len(line))), load())

    assert grows_evenly(work, 400_000)


def test_many_blanks_are_passed_in_even_time() -> None:
    head = f"{OFFICE}关于公布重点项目的通知\n金政发〔2024〕1号\n一、总体\n甲，"
    assert grows_evenly(lambda size: kinds(head + " " * size + "乙。\n"), 20_000)


def kinds(text: str) -> set[str]:
    return {entity.type for entity in extract(Document("d", "d", text), load()).entities}
