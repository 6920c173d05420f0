"""What sentences state, in which order whatever; and what denied or supposed ones do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.base.records import Document
from kg.extract.claims.relater import relater
from kg.extract.document import extract
from kg.extract.stations import DocumentState, run_relate, run_until
from kg.ontology import load
from tests.testing.reading import stated

ONTOLOGY = load()

A, B, C = "云澜科技有限公司", "海芯半导体股份有限公司", "岭南理工大学"
P = "智能传感器基地项目"

# A sentence that states a fact, the same denied or supposed, and the relation it is about.
PAIRS = [
    (f"{A}投资建设{P}。", f"{A}没有投资建设{P}。", "invests"),
    (f"{A}将投资3亿元建设{P}。", f"{A}不会投资3亿元建设{P}。", "invests"),
    (f"{A}投资5亿元的{P}开工。", f"{A}否认投资5亿元的{P}。", "invests"),
    (f"{A}投资3亿元建设{P}。", f"{A}原计划投资3亿元建设{P}。", "invests"),
    (f"{A}投资3亿元建设{P}。", f"{A}取消投资3亿元建设{P}。", "invests"),
    (f"{A}建设{P}。", f"{A}不再建设{P}。", "develops"),
    (f"{A}建设{P}。", f"{A}放弃建设{P}。", "develops"),
    (f"{A}建设{P}。", f"如果{A}建设{P}，当地将配套土地。", "develops"),
    (f"{A}建设{P}。", f"{A}是否建设{P}尚待研究。", "develops"),
    (f"{A}建设{P}。", f"{A}暂缓建设{P}。", "develops"),
    (f"{P}由{A}建设。", f"{P}并非由{A}建设。", "develops"),
    (f"{P}由{A}承建。", f"{P}不由{A}承建。", "develops"),
    (f"{A}研发了“云海”平台。", f"{A}未研发“云海”平台。", "develops"),
    (f"{A}与无锡市签约{P}。", f"{A}未与无锡市签约{P}。", "signs"),
    (f"{A}与无锡市签约{P}。", f"{A}与无锡市最终未能签约{P}。", "signs"),
    (f"{A}与无锡市签约{P}。", f"{A}与无锡市推迟签约{P}。", "signs"),
    (f"{A}与无锡市签约{P}。", f"{A}拒绝与无锡市签约{P}。", "signs"),
    (f"{A}与{B}签署战略合作协议。", f"{A}与{B}尚未签署战略合作协议。", "cooperatesWith"),
    (f"{A}与{B}开展合作。", f"{A}与{B}没有开展合作。", "cooperatesWith"),
    (f"{A}与{B}共建实验室。", f"{A}与{B}终止共建实验室。", "cooperatesWith"),
    (f"{A}与{B}达成合作。", f"{A}与{B}能否达成合作，仍待谈判。", "cooperatesWith"),
    (f"{P}落户无锡市。", f"{P}未落户无锡市。", "locatedIn"),
    (f"{P}落户无锡市。", f"{P}不再落户无锡市。", "locatedIn"),
    (f"{P}落户无锡市。", f"{P}是否落户无锡市，尚无定论。", "locatedIn"),
    (f"{P}选址无锡市。", f"{P}放弃选址无锡市。", "locatedIn"),
    ("无锡市举办第三届东海创新大会。", "无锡市取消举办第三届东海创新大会。", "organises"),
    ("第三届东海创新大会由无锡市主办。", "第三届东海创新大会不由无锡市主办。", "organises"),
    ("无锡市印发《无锡市氢能发展规划》。", "无锡市尚未印发《无锡市氢能发展规划》。", "issues"),
    ("无锡市印发《无锡市氢能发展规划》。", "无锡市不会印发《无锡市氢能发展规划》。", "issues"),
    (f"{A}加入江苏机器人产业联盟。", f"{A}没有加入江苏机器人产业联盟。", "memberOf"),
    (f"{A}加入江苏机器人产业联盟。", f"{A}退出江苏机器人产业联盟，不再是成员单位。", "memberOf"),
    (f"{A}牵头建设{P}。", f"{A}并未牵头建设{P}。", "leads"),
    (f"{A}将投资3亿元建设{P}。", f"{A}将投资3亿元建设{P}的消息不实。", "invests"),
]


@pytest.mark.parametrize(("yes", "no", "predicate"), PAIRS)
def test_denied_or_supposed_statement_makes_no_fact(yes: str, no: str, predicate: str) -> None:
    assert predicate in {p for _, p, _ in stated(yes)}, yes
    assert predicate not in {p for _, p, _ in stated(no)}, no


STATED = [
    # lists, passive and topic-first order
    (f"{P}由{A}、{B}联合开发。", (A, "develops", P)),
    (f"{P}由{A}、{B}联合开发。", (B, "develops", P)),
    (f"{P}由{A}开发、{B}负责运营。", (B, "develops", P)),
    (f"{A}会同{B}建设{P}。", (B, "develops", P)),
    (f"由{A}牵头，联合{B}，研发“云海”平台。", (B, "develops", "云海平台")),
    # a clause without a doer has the one before
    (f"{A}与无锡市签约，将投资3亿元建设{P}。", (A, "invests", P)),
    (f"{A}与{B}签署协议，双方将共建{P}。", (B, "develops", P)),
    (f"{A}与{B}签署协议，双方将共建{P}。", (A, "signs", P)),
    # places and sums in between
    (f"{A}计划在无锡市投资3亿元建设{P}。", (P, "locatedIn", "无锡市")),
    (f"{P}由{A}投资建设，总投资3亿元，选址无锡市。", (P, "locatedIn", "无锡市")),
    (f"{P}由{A}投资建设，总投资3亿元，选址无锡市。", (P, "investment", "300000000")),
    # events
    ("第三届东海创新大会由无锡市主办、常州市承办。", ("常州市", "organises", "第三届东海创新大会")),
    ("6月2日，第三届东海创新大会在无锡市举行。会上，发布了《云海规范》。",
     ("云海规范", "announcedAt", "第三届东海创新大会")),
    ("锡泉信息产业园项目由某公司承建，建设内容为道路、水电工程等，计划投资4亿元。",
     ("锡泉信息产业园项目", "investment", "400000000")),
    ("6月2日，第三届东海创新大会在无锡市举行。大会发布了《云海实施方案》《云海白皮书》。",
     ("云海实施方案", "announcedAt", "第三届东海创新大会")),
    # an event named by its common noun: 大赛, 本届展演
    ("第三届东海创新大赛启动。大赛将于8月2日在无锡市举办，由江苏省科技厅、无锡市人民政府主办，常州市人民政府承办。",
     ("常州市人民政府", "organises", "第三届东海创新大赛")),
    ("第三届东海创新大赛启动。大赛将于8月2日在无锡市举办，由江苏省科技厅主办。",
     ("第三届东海创新大赛", "locatedIn", "无锡市")),
    ("8月12日，东海高新区营商环境新闻发布会举行。会上，发布了《云海规范》。",
     ("云海规范", "announcedAt", "东海高新区营商环境新闻发布会")),
    # who stands right before a verb in a relative clause acts, behind 在 too
    ("东海新闻记者在无锡市科技局主办的第三届东海创新大会上获悉消息。",
     ("无锡市科技局", "organises", "第三届东海创新大会")),
    ("无锡市科技局招引德国设计团队，随后举办第三届东海创新大会。",
     ("无锡市科技局", "organises", "第三届东海创新大会")),
    ("常州市高水平举办第三届东海创新大会。", ("常州市", "organises", "第三届东海创新大会")),
    # policies
    ("根据科技部《新型研发机构发展意见》，制定措施。",
     ("科技部", "issues", "新型研发机构发展意见")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim"), STATED)
def test_order_and_lists(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in stated(text)


NOT_STATED = [
    # a place after 在 builds nothing
    (f"{A}在无锡市建设{P}。", ("无锡市", "develops", P)),
    # who only signs with the investor does not invest
    (f"{A}与无锡市签约，将投资3亿元建设{P}。", ("无锡市", "develops", P)),
    # members of a list do not cooperate by being listed
    (f"{A}、{B}等企业落户无锡市。", (A, "cooperatesWith", B)),
    # the head of a body is not the body
    (f"{A}董事长王小明表示，将支持{B}建设{P}。", (A, "develops", P)),
    # 建设单位 is a noun
    (f"{A}是建设单位，{P}已开工。", (A, "develops", P)),
    # one party's share, and the sum of a year, are no sum of the event
    (f"8月7日，东海奶业推介会在无锡市举行。会上，{A}与38家企业签约，签约总金额1200亿元。",
     ("东海奶业推介会", "investment", "120000000000")),
    ("8月7日，东海奶业推介会在无锡市举行。会上介绍，今年以来，全市签约项目5个，总投资7亿元。",
     ("东海奶业推介会", "investment", "700000000")),
    ("8月5日，在第三届东海创新大会召开后的第一天，客商来到无锡市。",
     ("第三届东海创新大会", "date", "--08-05")),
    # what was done in years before takes no part
    (f"6月2日，第三届东海博览会在无锡市举行。近年来，全市签约{P}。",
     (P, "announcedAt", "第三届东海博览会")),
    # what a speaker, a press conference or the end of an event tells of was not shown there
    (f"6月2日，第三届东海博览会在无锡市举行。博览会上，市长王小明表示，新签约的{P}进展顺利。",
     (P, "announcedAt", "第三届东海博览会")),
    (f"记者从8月12日举行的东海高新区营商环境新闻发布会上获悉，{P}签约落地。",
     (P, "announcedAt", "东海高新区营商环境新闻发布会")),
    (f"6月2日，第三届东海博览会在无锡市举行。活动结束后，{A}推出{P}。",
     (P, "announcedAt", "第三届东海博览会")),
    # 项目 behind a count means all of them, not the one named last
    (f"6月2日，第三届东海博览会在无锡市举行。有人介绍了{P}。此次博览会签约37个项目，项目涵盖农业、水利。",
     (P, "announcedAt", "第三届东海博览会")),
    (f"{A}举办第三届东海博览会（下称“东博会”）新闻发布会。", (A, "organises", "第三届东海博览会")),
    # kinds of projects are none
    ("8月7日，锡山区重点项目集中开工仪式举行。项目包括基础设施项目、民生改善项目。",
     ("民生改善项目", "announcedAt", "锡山区重点项目集中开工仪式")),
    ("8月12日，记者从第三届东海博览会组委会获悉，筹备就绪。",
     ("第三届东海博览会", "date", "--08-12")),
    # a day on which others count down to an event or book a stand at it is not its day
    ("8月4日，第九届东海博览会迎来开幕倒计时一百天。",
     ("第九届东海博览会", "date", "--08-04")),
    ("8月4日，有人到访无锡市。当天还为第九届东海博览会订下展位。",
     ("第九届东海博览会", "date", "--08-04")),
    # a forum of a list does not hold what the one that takes place does
    ("第九届东海农机论坛在无锡市举行，分设东海水利论坛等环节。5月9日，论坛迎来首批客人并开幕。",
     ("东海水利论坛", "date", "--05-09")),
    # a day on which others speak of an event is not its day
    ("8月4日，市长主持召开会议，学习在主持召开第三届东海创新大会时的重要讲话精神。",
     ("第三届东海创新大会", "date", "--08-04")),
    ("2023年8月12日—14日，第三届东海创新大会举行。",
     ("第三届东海创新大会", "date", "2023-08-14")),
    ("8月4日，侨联召开会议，传达学习无锡市第十二届人民代表大会第六次会议精神。",
     ("无锡市第十二届人民代表大会第六次会议", "date", "--08-04")),
    ("第三届东海创新大会自2018年8月起已办三届。",
     ("第三届东海创新大会", "date", "2018-08")),
    # 论坛 is no fair; 各类大赛 are none in particular
    ("第三届东海博览会开幕。论坛由无锡市科技局主办。",
     ("无锡市科技局", "organises", "第三届东海博览会")),
    # a place that only opens the name of a body that is not known
    ("第三届东海创新大会由常州市某某推进局、无锡市科技局共同主办。",
     ("常州市", "organises", "第三届东海创新大会")),
    ("锡泉信息产业园项目投资3亿元。7月28日，第三届东海创新大会开幕仪式在无锡市举行。",
     ("锡泉信息产业园项目", "announcedAt", "第三届东海创新大会")),
    ("第三届东海创新大赛启动。常州市举办各类大赛。",
     ("常州市", "organises", "第三届东海创新大赛")),
    # who is brought in holds nothing
    ("无锡市科技局招引德国设计团队，随后举办第三届东海创新大会。",
     ("德国", "organises", "第三届东海创新大会")),
    # who is visited holds nothing
    ("代表团拜会无锡市科技局，举办第三届东海创新大会。",
     ("无锡市科技局", "organises", "第三届东海创新大会")),
    ("代表团拜会某国驻德国大使馆、无锡市科技局等，举办第三届东海创新大会。",
     ("无锡市科技局", "organises", "第三届东海创新大会")),
    # co-organisers are organisers only
    (f"第三届东海创新大会由{A}、{B}联合主办。", (A, "cooperatesWith", B)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim"), NOT_STATED)
def test_what_does_not_follow(text: str, claim: tuple[str, str, str]) -> None:
    assert claim not in stated(text)


def test_the_company_of_two_that_sign_is_the_one_that_invests() -> None:
    text = f"宜兴市与{A}签订协议，将投资50亿元在宜兴经开区建设{P}。"
    claims = stated(text)
    assert {(A, "invests", P), (A, "develops", P), ("宜兴市", "signs", P)} <= claims
    assert ("宜兴市", "develops", P) not in claims
    claims = stated(f"宜兴市与{A}签订协议，与{B}签订备忘录。")
    assert {("宜兴市", "cooperatesWith", A), ("宜兴市", "cooperatesWith", B)} <= claims
    assert not {(A, "cooperatesWith", B), (B, "cooperatesWith", A)} & claims


def test_each_of_several_projects_has_its_own_sum_and_place() -> None:
    text = f"签约项目共9个，其中{P}总投资30亿元，云山热电联产工程总投资12亿元，将落户宜兴市。"
    sums = {(s, o) for s, p, o in stated(text) if p == "investment"}
    assert sums == {(P, "3000000000"), ("云山热电联产工程", "1200000000")}
    found = stated(f"签约项目涵盖多个领域，其中{P}投资50亿元，将落户宜兴市。")
    assert {(P, "locatedIn", "宜兴市"), (P, "investment", "5000000000")} <= found


def test_what_is_built_for_a_sum_is_where_the_sum_is_invested() -> None:
    claims = stated(f"{A}将在宜兴市投资20亿元，建设高端电子材料项目。")
    assert ("高端电子材料项目", "locatedIn", "宜兴市") in claims
    assert ("高端电子材料项目", "investment", "2000000000") in claims
    assert not any(o == "高端电子材料项目" for _, _, o in stated(f"{A}看好高端电子材料项目。"))


def test_record_of_fields_is_read_like_a_row() -> None:
    text = (
        "关于拟立项项目的公示\n1.项目名称：深海养殖工船控制系统研发\n"
        f"承担单位：{A}\n合作单位：中国海洋大学\n实施地点：宜兴市\n总投资：2800万元；拟补助：400万元\n"
    )
    claims = stated(text)
    assert (A, "develops", "深海养殖工船控制系统研发") in claims
    assert (A, "cooperatesWith", "中国海洋大学") in claims
    assert ("深海养殖工船控制系统研发", "investment", "28000000") in claims


def rungs(text: str) -> dict[str, str]:
    """The status of each claim of a text, by predicate."""
    reading = extract(Document("t", "t.txt", text), ONTOLOGY)
    return {c.predicate: c.status for c in reading.claims if c.object is not None}


@pytest.mark.parametrize(
    ("text", "predicate", "status"),
    [
        (f"{A}拟投资3亿元建设{P}。", "develops", "planned"),
        (f"{A}拟投资3亿元，建设{P}。", "develops", "planned"),
        (f"{A}投资3亿元，建设{P}。", "develops", ""),
        (f"{A}计划三年内扩产，已建成{P}。", "develops", "completed"),
        (f"{A}计划三年内扩产，{B}建设{P}。", "develops", ""),
        (f"{A}与{B}签署战略合作协议。", "cooperatesWith", "signed"),
        (f"由{A}建设的{P}在成都市开工。", "locatedIn", "started"),
    ],
)
def test_the_status_is_what_the_words_of_the_doer_say(
    text: str, predicate: str, status: str
) -> None:
    assert rungs(text)[predicate] == status


@pytest.mark.parametrize(
    "after",
    ["该项目后来顺利投产。", "该公司终止了与另一家公司的谈判。", "限制该项目的规定被取消。"],
)
def test_what_something_else_came_to_does_not_cancel(after: str) -> None:
    assert rungs(f"2021年，{A}投资3亿元建设{P}。{after}")["develops"] != "cancelled"


@pytest.mark.parametrize(
    ("after", "status"),
    [
        (f"昨日，{A}宣布放弃对{B}的收购。", "cancelled"),
        ("由于未获批准，收购交易已经终止。", "cancelled"),
        (f"如果{A}终止收购，须付分手费。", ""),
        (f"2016年，{C}收购{B}。昨日有人放弃收购{B}。", ""),  # by whom is not said
    ],
)
def test_a_takeover_that_was_given_up_is_cancelled(after: str, status: str) -> None:
    reading = extract(Document("t", "t.txt", f"2022年，{A}收购{B}。{after}"), ONTOLOGY)
    told = [c for c in reading.claims if c.predicate == "acquires"]
    assert told[0].status == status


def test_who_cooperates_goes_on_with_others() -> None:
    text = "云澜研究院发展迅速，持续深化与成都机电工程署、成都生产力促进局等的合作。"
    assert ("云澜研究院", "cooperatesWith", "成都机电工程署") in stated(text)
    text = "云澜协会与江苏省苏某院线有限公司签署了合作协议、与中某院线发展有限公司签署了框架协议。"
    found = {(s, o) for s, p, o in stated(text) if p == "cooperatesWith"}
    assert found == {
        ("云澜协会", "江苏省苏某院线有限公司"),
        ("云澜协会", "中某院线发展有限公司"),
    }


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"平台是{A}与{C}联合开发的。", {(A, C)}),
        (f"{A}联合{B}、{C}召集企业，成立服务队。", {(A, B), (A, C)}),
        (f"{A}联合{B}，举办第三届东海创新大会。", set()),
        (f"会议由{A}、{C}共同主办，共签订3项合作协议。", set()),
    ],
)
def test_who_acts_with_whom(text: str, pairs: set[tuple[str, str]]) -> None:
    assert {(s, o) for s, p, o in stated(text) if p == "cooperatesWith"} == pairs


def test_a_company_that_launches_a_product_made_it_and_where_it_is_shown_did_not() -> None:
    fact = ("甲某科技有限公司", "develops", "云澜一号大模型")
    assert fact in stated("甲某科技有限公司正式发布“云澜一号”大模型。")
    assert fact not in stated("有关方面在甲某科技有限公司发布“云澜一号”大模型。")


def test_bodies_that_issue_a_paper_jointly_only_issue_it() -> None:
    said = "无锡市科技局、宜兴市财政局{}印发《云澜办法》。"
    for how in ("联合", "分别"):
        found = stated(said.format(how))
        assert not [f for f in found if f[1] == "cooperatesWith"]
        assert {f[0] for f in found if f[1] == "issues"} == {"无锡市科技局", "宜兴市财政局"}


def test_what_a_body_only_leans_on_does_not_cooperate() -> None:
    text = "依托中国云澜交易所，积极争取平台，推动与上海、深圳共建规则。"
    assert not [f for f in stated(text) if "中国云澜交易所" in f]


def test_a_list_of_partners_goes_on_past_names_not_known() -> None:
    text = "嘉定区先后与甲某科技有限公司、某某会客厅、乙云大学、丙云医院等单位共建图书点。"
    found = {(s, o) for s, p, o in stated(text) if p == "cooperatesWith"}
    assert ("嘉定区", "乙云大学") in found
    assert ("乙云大学", "丙云医院") not in found


NOTICE = (
    "无锡市科学技术局关于印发《无锡市云湖行动方案》的通知\n各区人民政府：\n"
    "为推动无锡市发展，制定本方案。\n{}\n无锡市科学技术局\n2031年4月8日\n"
)


def test_what_a_notice_has_done_is_done_by_the_place_that_speaks() -> None:
    text = NOTICE.format("一、重点任务\n（一）实施云湖技术创新工程\n1.举办2031云湖创新大会。")
    assert ("无锡市", "develops", "云湖技术创新工程") in stated(text)
    assert ("无锡市", "organises", "2031云湖创新大会") in stated(text)


def test_what_others_are_asked_to_do_in_a_notice_is_not() -> None:
    text = NOTICE.format("一、重点任务\n1.支持企业建设一批云湖智慧教室系统、智慧果园。")
    assert not [f for f in stated(text) if f[1] == "develops"]


def test_who_brings_a_building_about_builds_and_who_only_speaks_of_a_work_does_not() -> None:
    text = "无锡市开拓空中通道，同时加快推进云湖抽水蓄能电站的规划建设。"
    assert ("无锡市", "develops", "云湖抽水蓄能电站") in stated(text)
    text = "无锡市加快云湖抽水蓄能电站审批。"
    assert not [f for f in stated(text) if f[1] == "develops"]


def test_a_sum_belongs_to_the_next_of_a_list_alone() -> None:
    text = "如投资额200亿元的云澜新药品产业基地项目、投资额170亿元的云湖汽车跃阶发展项目等。"
    found = {(s, o) for s, p, o in stated(text) if p == "investment"}
    assert found == {
        ("云澜新药品产业基地项目", "20000000000"),
        ("云湖汽车跃阶发展项目", "17000000000"),
    }


def test_the_objects_of_a_verb_go_on_past_a_work_that_is_no_known_name() -> None:
    text = "无锡市实施云湖截污工程、群众身边一件事工程、云山绿化工程。"
    found = {o for s, p, o in stated(text) if p == "develops"}
    assert {"云湖截污工程", "云山绿化工程"} <= found


def test_whoever_builds_in_a_later_clause_has_not_issued_the_paper() -> None:
    text = "近日印发《无锡市教育规划》，将支持海芯大学在无锡建立研究院。"
    assert not [f for f in stated(text) if f[:2] == ("海芯大学", "issues")]


def test_what_a_plan_is_drawn_up_around_is_its_ground() -> None:
    text = "无锡市围绕“强芯”行动计划，出台了《无锡市集成电路实施方案》。"
    assert ("无锡市集成电路实施方案", "basedOn", "强芯行动计划") in stated(text)


def test_who_signs_one_agreement_cooperates_whether_it_has_a_title_or_not() -> None:
    for paper in ("合作协议", "“云澜视频战略合作协议”"):
        text = f"甲某科技有限公司、乙某大学、丙某研究院签署{paper}。"
        found = {(s, o) for s, p, o in stated(text) if p == "cooperatesWith"}
        assert found == {
            ("甲某科技有限公司", "乙某大学"),
            ("甲某科技有限公司", "丙某研究院"),
            ("乙某大学", "丙某研究院"),
        }
    text = "甲某科技有限公司、乙某大学、丙某研究院签署“云澜视频投资合同”。"
    assert not [f for f in stated(text) if f[1] == "cooperatesWith"]


def test_who_wins_the_contract_of_a_work_builds_it() -> None:
    builds = (A, "develops", "宜兴市会展中心项目")
    assert builds in stated(f"{A}中标宜兴市会展中心项目。")
    assert builds not in stated(f"{A}参观宜兴市会展中心项目。")
    assert (A, "develops", P) in stated(f"{A}积极践行绿色理念，聚焦打造{P}。")


def test_what_a_work_has_made_is_not_what_it_is_expected_to() -> None:
    assert (P, "output", "156000000") not in stated(f"{P}投产，去年已完成产值1.56亿元。")
    assert (P, "output", "156000000") in stated(f"{P}投产后年产值1.56亿元。")


def test_a_work_that_only_qualifies_a_noun_or_is_to_become_one_is_not_built() -> None:
    builds = (A, "develops", P)
    assert builds in stated(f"{A}建设{P}。") & stated(f"{A}建设{P}配套设施。")
    assert builds not in stated(f"{A}建有{P}服务体系。")
    assert builds not in stated(f"{A}将努力打造成为{P}。")


def test_a_place_before_a_verb_at_the_end_of_a_clause_builds_nothing_before() -> None:
    assert ("无锡市", "develops", P) not in stated(f"{P}建成后，无锡市各地交流，有序建设。")
    assert (A, "develops", P) in stated(f"{P}，{A}承建。")


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (f"云澜高中由{A}与甲某学校合作办学。", (A, "甲某学校")),
        (f"这是{A}与{B}开启合作新篇章的行动。", (A, B)),
        (f"{A}加大投入，携手{B}整合资源。", (A, B)),
        (f"{A}持续推进研发，与{B}签署合作协议。", (A, B)),
        (f"8月5日，{A}、{B}在北京签订《云澜院区合作框架协议》。", (A, B)),
    ],
)
def test_who_works_with_whom(text: str, pair: tuple[str, str]) -> None:
    assert (pair[0], "cooperatesWith", pair[1]) in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{A}加大投入，携手{B}主办云澜大会。",
        f"8月5日，{A}、{B}在北京参观《云澜画展》。",
        f"{A}与{B}开启各自的新篇章。",
    ],
)
def test_who_does_not_work_with_whom(text: str) -> None:
    assert not {c for c in stated(text) if c[1] == "cooperatesWith"}


def test_a_body_makes_rules_of_its_own_and_carries_out_those_of_others() -> None:
    text = "杭州市建立“云访谈”工作机制，落实“三包”责任制。"
    assert ("杭州市", "issues", "云访谈工作机制") in stated(text)
    assert not [f for f in stated(text) if f[1:] == ("issues", "三包责任制") or f[1] == "basedOn"]


def test_a_paper_in_force_repeals_the_one_that_the_sentence_ends() -> None:
    text = (
        "根据《云上产业规划》，杭州市制定了《云上物流管理办法》，自9月1日起施行，"
        "《云上物流暂行办法》同时废止。"
    )
    found = {f for f in stated(text) if f[1] == "repeals"}
    assert found == {("云上物流管理办法", "repeals", "云上物流暂行办法")}
    text = "《云上物流管理办法》自9月1日起施行，与《云上物流暂行办法》同时实施。"
    assert not [f for f in stated(text) if f[1] == "repeals"]


def test_what_a_paper_is_drawn_up_to_carry_out_is_its_ground() -> None:
    text = (
        "为贯彻落实科技部《云上发展指导意见》精神，结合实际，杭州市商务局出台"
        "《杭州云上物流实施方案》。"
    )
    assert ("杭州云上物流实施方案", "basedOn", "云上发展指导意见") in stated(text)
    text = "杭州市商务局学习科技部《云上发展指导意见》，并发布《杭州云上物流实施方案》。"
    assert not [f for f in stated(text) if f[1] == "basedOn"]


def test_the_leader_works_with_whom_it_joins_past_those_who_help() -> None:
    text = "中心由云桥大学牵头，甲某医院提供技术支撑，联合乙某科技有限公司共同建设。"
    assert ("云桥大学", "cooperatesWith", "乙某科技有限公司") in stated(text)


def test_the_initiator_of_something_else_is_no_member() -> None:
    text = "云澜善桥基金会发起人、云澜篮球协会主席王小明到场。"
    assert not {f for f in stated(text) if f[1] == "memberOf"}


def test_what_a_speaker_says_to_be_shown_at_the_event_is() -> None:
    held = "云澜展销大会5月6日在宜兴市举行。"
    shown = ("星海储能云平台", "announcedAt", "云澜展销大会")
    assert shown in stated(f"{held}王小明说，甲公司开发的“星海”储能云平台在会上发布。")
    assert shown not in stated(f"{held}王小明说，去年发布的“星海”储能云平台用得很好。")


def test_a_place_is_part_of_another_whatever_is_hoped_there() -> None:
    found = extract(Document("d", "d", "作为浙江省的中心城市，宁波市希望再上一个台阶。"), load())
    statuses = {c.status for c in found.claims if c.predicate == "partOf"}
    assert statuses == {""}


def test_who_is_moved_to_build_does_not_build_what_came_before() -> None:
    text = f"宜兴市引进{P}，推动无锡市建设现代城市。"
    assert ("无锡市", "develops", P) not in stated(text)


def test_those_whom_two_persons_sign_for_work_together() -> None:
    text = "会上，王小明与李大伟分别代表云桥医院和甲某科技有限公司签署合作协议。"
    assert ("云桥医院", "cooperatesWith", "甲某科技有限公司") in stated(text)


def test_a_town_known_by_nothing_else_is_where_a_base_is_built() -> None:
    text = "研究院将在珍江镇建设示范基地。"
    assert not any("珍江镇" in s for s, _, _ in stated(text))
    found = stated("云澜茶业研究院将在珍江镇建设云澜制茶基地。")
    assert ("云澜制茶基地", "locatedIn", "珍江镇") in found


def test_what_comes_after_completion_is_not_yet_so() -> None:
    text = "云湖物流港项目由云桥公司建设，建成后年产值50亿元。"
    state = run_until(DocumentState(Document("t", "t.txt", text), ONTOLOGY), run_relate)
    told = [t.statement.status for t in state.statements if t.statement.predicate == "output"]
    assert told == [""]


def test_what_two_build_together_does_not_build_what_they_build_next() -> None:
    text = (
        "江南大学与宜兴市签署合作备忘录，双方拟共建宜兴陶艺学院，并在云湖镇布局云湖陶艺中试平台。"
    )
    found = {s for s, p, o in stated(text) if p == "develops" and o == "云湖陶艺中试平台"}
    assert found == {"江南大学", "宜兴市"}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (f"{A}与{B}支持的云某大学签署合作协议。", (A, "cooperatesWith", B)),
        (f"{A}与无锡市等地的企业达成合作。", (A, "cooperatesWith", "无锡市")),
        (f"{A}与{B}，云某大学与无锡市分别签约。", (A, "cooperatesWith", "云某大学")),
        (f"{A}在“云海”平台举办培训。", (A, "develops", "云海平台")),
        (f"{A}拥有“云海”平台。", (A, "develops", "云海平台")),
    ],
)
def test_a_page_says_by_what_words_another_relation_is_stated(
    text: str, claim: tuple[str, str, str]
) -> None:
    assert claim not in stated(text)


def test_nothing_is_said_of_a_thing_and_itself() -> None:
    """A park may be a project and a place; it does not lie in itself."""
    relations = relater(str(ONTOLOGY.folder))
    state = run_until(
        DocumentState(Document("t", "t.txt", f"{A}投资建设{P}。"), ONTOLOGY), run_relate
    )
    one = next(t for t in state.statements if t.statement.object is not None)
    itself = replace(
        one.statement, object=replace(one.statement.object, name=one.statement.subject.name)
    )
    assert list(relations.with_status(one.context, [one.statement]))
    assert not list(relations.with_status(one.context, [itself]))
