"""Notices in the forms in which offices print them: who issues what, on what grounds."""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.segment.articles import segment
from kg.ontology import load
from tests.testing.growth import grows_evenly
from tests.testing.reading import claims, read

OFFICE = "金华市人民政府办公室"
RULES = "金华市云上茶园若干措施"
BASIS = "浙江省茶园发展意见"
SIGNED = f"　　　　　　　　{OFFICE}\n　　　　　　　　2024年3月6日\n"


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
    articles = segment(Document("d", "d", text), load())
    assert not any(title in article.text for article in articles)


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


OWN_NUMBER = "金政规〔2024〕3号"
OLD = ("金华市夜市摊点办法", "金华市古桥养护若干措施")


def told(text: str) -> set[tuple[str, str, str]]:
    """Subject, relation and object, or value, of every claim of a text."""
    reading = extract(Document("d", "d", text), load())
    return {
        (
            reading.entities[claim.subject].name,
            claim.predicate,
            reading.entities[claim.object].name
            if claim.object is not None
            else claim.value.lexical
            if claim.value
            else "",
        )
        for claim in reading.claims
    }


def test_a_decision_that_changes_a_paper_is_not_that_paper() -> None:
    said = told(
        f"{OFFICE}\n关于修改《{RULES}》的决定\n{OWN_NUMBER}\n各区人民政府：\n"
        f"经研究，决定对《{RULES}》（金政〔2016〕5号）作如下修改：\n一、删去第九条。\n{SIGNED}"
    )
    title = f"关于修改{RULES}的决定"
    assert (title, "replaces", RULES) in said
    assert {s for s, p, _ in said if p in ("date", "repeals")} == {title}
    assert {(s, o) for s, p, o in said if p == "documentNumber"} == {
        (title, OWN_NUMBER),
        (RULES, "金政〔2016〕5号"),
    }


def test_who_passes_a_paper_on_does_not_bear_its_number() -> None:
    said = told(
        f"金华市财政局关于转发《{BASIS}》的通知\n{OWN_NUMBER}\n各区财政局：\n"
        f"现将《浙江省财政厅关于印发〈{BASIS}〉的通知》（浙财〔2023〕5号）转发给你们。\n"
        "金华市财政局\n2024年3月6日\n"
    )
    assert {s for s, p, o in said if o in (OWN_NUMBER, "2024-03-06")} == {f"关于转发{BASIS}的通知"}


@pytest.mark.parametrize(
    "says",
    [
        f"近日，金华市人大常委会建议废止《{OLD[0]}》。",
        f"金华市拟对《{OLD[0]}》予以废止。",
        f"2023年，金华市共废止《{OLD[0]}》等文件12件。",
    ],
)
def test_news_of_an_abolition_names_no_paper_that_abolishes(says: str) -> None:
    assert "repeals" not in {p for _, p, _ in told(f"本报讯（记者 王一）{says}\n")}


def test_a_gazette_is_about_none_of_the_papers_it_lists() -> None:
    said = told(
        "金华市人民政府公报\n2024年第2期\n目　录\n"
        f"市政府关于印发《{RULES}》的通知（金政发〔2024〕5号）\n"
        "市政府关于调整部分行政区划界线的批复（金政复〔2024〕2号）\n"
        f"市财政局关于印发《{OLD[0]}》的通知（金财规〔2024〕1号）\n"
    )
    assert {(s, o) for s, p, o in said if p == "documentNumber"} == {
        (RULES, "金政发〔2024〕5号"),
        ("市政府关于调整部分行政区划界线的批复", "金政复〔2024〕2号"),
        (OLD[0], "金财规〔2024〕1号"),
    }
    assert ("市财政局", "issues", RULES) not in said


EXPLAINS = f"近日，{OFFICE}印发了《{RULES}》，现解读如下：\n"


@pytest.mark.parametrize(
    "head", [f"《{RULES}》政策解读", f"一图读懂《{RULES}》", f"图解：《{RULES}》"]
)
def test_a_page_that_explains_a_paper_has_days_of_its_own(head: str) -> None:
    said = told(
        f"{head}\n发布日期：2024-05-20\n{EXPLAINS}一、制定依据\n（一）《{BASIS}》（浙政〔2023〕1号）；\n"
        "（二）《金华市云路规划》。\n二、主要内容\n（一）《金华市茶叶节办法》另行公布。\n"
        f"《{RULES}》自2024年6月1日起施行。原《{OLD[0]}》同时废止。\n"
        "金华市农业农村局\n2024年5月20日\n"
    )
    assert not {o for s, p, o in said if p == "date"}
    assert ("金华市农业农村局", "issues", RULES) not in said
    assert {o for s, p, o in said if p == "basedOn"} == {BASIS, "金华市云路规划"}
    assert (RULES, "repeals", OLD[0]) in said


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("成文日期：2024年03月06日\n发布日期：2024年03月12日", "2024-03-06"),
        ("【成文日期】2024-03-06\n【发布时间】2024-03-12", "2024-03-06"),
        ("发布日期：2024年03月12日", "2024-03-12"),
    ],
)
def test_the_day_of_a_paper_is_when_it_was_made(fields: str, day: str) -> None:
    said = told(
        f"{fields}\n文号：金政办发〔2024〕12号\n{RULES}\n"
        f"按照《{BASIS}》的要求，制定本措施。\n一、支持企业。\n"
    )
    assert {o for s, p, o in said if p == "date"} == {day}


def test_a_goal_has_no_mark_of_its_list_and_is_nothing_past() -> None:
    said = told(
        f"{OFFICE}关于印发《{RULES}》的通知\n{OWN_NUMBER}\n各区人民政府：\n一、工作目标\n"
        "（一）2031年，产值突破60亿元。\n（二）2031年，引育企业20家。\n"
        f"2030年9月，先后征求了市财政局等28家单位意见。\n{SIGNED}"
    )
    assert {o for s, p, o in said if p == "target"} == {
        "2031年，产值突破60亿元",
        "2031年，引育企业20家",
    }


def test_a_paper_printed_whole_is_what_its_text_is_about() -> None:
    said = told(
        f"近日，{OFFICE}印发《{RULES}》。\n《{RULES}》全文如下。\n"
        f"为落实《{BASIS}》，推动茶业发展，制定如下措施。\n"
    )
    assert (RULES, "basedOn", BASIS) in said


@pytest.mark.parametrize(
    "grounds",
    [
        f"办法主要依据《中华人民共和国商标法》《{BASIS}》等，借鉴了《福建省岩茶条例》等经验。",
        f"（一）《中华人民共和国商标法》；\n（二）省政府《{BASIS}》（浙政〔2023〕1号）。",
        f"1.《中华人民共和国商标法》\n2.《{BASIS}》",
    ],
)
def test_a_section_of_grounds_lists_or_says_them(grounds: str) -> None:
    said = told(
        f"关于《{RULES}》的起草说明\n现就有关情况说明如下：\n一、必要性\n加强保护。\n"
        f"二、起草依据\n{grounds}\n三、主要内容\n（一）《金华市茶叶节办法》另行公布。\n"
    )
    assert {(s, o) for s, p, o in said if p == "basedOn"} == {
        (RULES, "中华人民共和国商标法"),
        (RULES, BASIS),
    }


@pytest.mark.parametrize(
    "title",
    [
        f"关于《{RULES}》的批复",
        f"关于同意《{RULES}》的复函",
        f"关于延长《{RULES}》有效期的通知",
        f"关于贯彻落实《{RULES}》的通知",
        f"关于做好《{RULES}》实施工作的通知",
        f"关于修改《{RULES}》的通知",
    ],
)
def test_a_notice_that_does_something_with_a_paper_is_not_that_paper(title: str) -> None:
    said = told(
        f"{OFFICE}{title}\n{OWN_NUMBER}\n各区人民政府：\n"
        f"《{RULES}》（金政办发〔2019〕12号）收悉。经研究，现答复如下：\n一、总体\n{SIGNED}"
    )
    own = title.replace("《", "").replace("》", "")
    assert {s for s, p, o in said if o in (OWN_NUMBER, "2024-03-06")} == {own}
    assert {o for s, p, o in said if (s, p) == (OFFICE, "issues")} == {own}


@pytest.mark.parametrize("verb", ["印发", "发布", "公布", "重新印发", "公开征求"])
def test_a_notice_that_makes_a_paper_known_speaks_for_it(verb: str) -> None:
    said = told(f"{OFFICE}关于{verb}《{RULES}》的通知\n{OWN_NUMBER}\n各区：\n一、总体\n{SIGNED}")
    assert {s for s, p, o in said if o in (OWN_NUMBER, "2024-03-06")} == {RULES}


def test_an_order_below_the_title_has_a_number_and_abolishes_what_it_says() -> None:
    said = told(
        f"浙江省人民政府关于废止《{OLD[0]}》等2件规章的决定\n"
        "（2023年12月20日浙江省人民政府令第321号公布　自公布之日起施行）\n"
        f"经审议通过，现决定：\n废止《{OLD[0]}》（2001年省人民政府令第138号）、《{OLD[1]}》。\n"
    )
    title = f"关于废止{OLD[0]}等2件规章的决定"
    assert {(s, o) for s, p, o in said if p == "date"} == {(title, "2023-12-20")}
    assert {(s, o) for s, p, o in said if p == "repeals"} == {(title, old) for old in OLD}
    assert {(s, o) for s, p, o in said if p == "documentNumber"} == {
        (title, "浙江省人民政府令第321号"),
        (OLD[0], "省人民政府令第138号"),
    }


def test_a_paper_abolishes_another_whoever_drew_it_up() -> None:
    said = told(
        f"《{RULES}》由市经信局牵头制定，自2024年4月1日起实施，有效期3年，"
        f"原《{OLD[0]}》（金政办发〔2020〕11号）同时废止。\n"
    )
    assert (RULES, "repeals", OLD[0]) in said


@pytest.mark.parametrize("paper", ["任务分工方案", "实施方案", "重点任务清单"])
def test_a_paper_on_a_paper_is_not_that_paper(paper: str) -> None:
    plan = "金华市云茶产业发展规划"
    said = told(
        f"关于印发《{plan}》{paper}的通知\n{OWN_NUMBER}\n各区人民政府：\n"
        f"《{plan}{paper}》已经市政府同意，现印发给你们。\n{SIGNED}"
        f"为推动《{plan}》（金政办发〔2021〕60号）落地，制定本方案。\n一、总体\n"
    )
    assert {s for s, p, o in said if o in (OWN_NUMBER, "2024-03-06")} == {plan + paper}
    assert (plan, "documentNumber", "金政办发〔2021〕60号") in said
    assert (OFFICE, "issues", plan) not in said


def test_a_commendation_bears_its_number() -> None:
    title = "关于表彰2023年度云茶产业先进企业的通报"
    said = told(
        f"金华市人民政府文件\n{OWN_NUMBER}\n金华市人民政府{title}\n各区人民政府：\n"
        "经市政府2024年第4次常务会议研究同意，予以通报。\n金华市人民政府\n2024年3月6日\n"
    )
    assert {s for s, p, o in said if o in (OWN_NUMBER, "2024-03-06")} == {title}
    assert "target" not in {p for _, p, _ in said}


@pytest.mark.parametrize(
    ("brackets", "day"),
    [
        ("（金农发〔2024〕20号　2024年3月6日金华市农业农村局印发）", {"2024-03-06"}),
        ("（2024年3月6日金华市人民政府令第7号公布）", {"2024-03-06"}),
        ("（金农发〔2024〕20号　2024年3月6日）", {"2024-03-06"}),
        ("（金农发〔2024〕20号　根据2024年3月6日金华市农业农村局决定修订）", set()),
    ],
)
def test_brackets_below_a_title_tell_its_day(brackets: str, day: set[str]) -> None:
    said = told(
        f"金华市茶园认养办法\n{brackets}\n第一条　为规范认养，依据《{BASIS}》，制定本办法。\n"
    )
    assert {o for s, p, o in said if p == "date"} == day


PLANS = (
    "深圳市加快推动脑机接口产业突破行动方案（2031—2034年）",
    "深圳市人工智能产业发展行动计划",
    "无锡市支持低空经济发展若干措施",
    "湖州市数字经济“十五五”规划",
    "关于加快推进人工智能产业发展的实施意见",
    "云湖新区促进生物医药产业高质量发展实施方案（试行）",
)
GROUNDS = (
    "为贯彻落实国家战略部署，制定本方案。",
    "为抢抓机遇，结合实际，制定方案如下。",
    "根据国家有关规定，特制定如下措施。",
    "各区县人民政府，市政府各部门：\n为抢抓机遇，提出以下实施意见。",
)


@pytest.mark.parametrize("grounds", GROUNDS)
@pytest.mark.parametrize("title", PLANS)
def test_a_plan_without_its_notice_is_called_by_the_title_at_its_head(
    title: str, grounds: str
) -> None:
    text = (
        f"{title}\n{grounds}\n一、总体要求\n（一）指导思想。以创新为动力。\n"
        "二、主要目标\n到2034年，产业规模突破1000亿元。\n"
    )
    name = title.replace("“", "").replace("”", "")
    assert name in {e.name for e in read(text).entities if e.type == "Policy"}
    goals = {s for s, p, o in claims(text) if p == "target"}
    assert goals == {name}


@pytest.mark.parametrize(
    "headline",
    ["深圳出台人工智能行动方案", "一图读懂无锡市低空经济若干措施解读", "湖州市发布数字经济规划"],
)
def test_a_headline_of_news_about_a_plan_is_no_title(headline: str) -> None:
    text = f"{headline}\n为抢抓机遇，我市近日召开会议。\n"
    assert headline not in {e.name for e in read(text).entities if e.type == "Policy"}
