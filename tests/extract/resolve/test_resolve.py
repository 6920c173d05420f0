"""Which names are one thing, for which reason, within a document and across documents."""

from __future__ import annotations

import hashlib

import pytest

from kg.base.records import Document, Entity, Knowledge, LocalEntity, Reading
from kg.base.settings import default
from kg.corpus.assemble import assemble
from kg.extract.document import extract
from kg.ontology import load

ONTOLOGY = load()


def document(text: str, name: str = "d.txt") -> Document:
    return Document(hashlib.sha256(text.encode()).hexdigest()[:20], name, text)


def read(text: str) -> Reading:
    return extract(document(text), ONTOLOGY)


def entity(text: str, name: str) -> LocalEntity:
    (found,) = [e for e in read(text).entities if name in (e.name, *e.aliases)]
    return found


def woven(*texts: str) -> Knowledge:
    documents = [document(t, f"{i}.txt") for i, t in enumerate(texts)]
    return assemble([(d, extract(d, ONTOLOGY)) for d in documents], ONTOLOGY, default("base"))


def called(knowledge: Knowledge, name: str) -> list[Entity]:
    return [e for e in knowledge.entities if name in (e.name, *e.aliases) and e.mentions]


def reasons(text: str, name: str) -> set[tuple[str, str]]:
    return {(m.name, m.rule) for m in entity(text, name).merges}


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (
            "成都澜江智能装备有限公司（以下简称“澜江智装”）签约，澜江智装开工。",
            "澜江智装",
            ("澜江智装", "name.defined"),
        ),
        (
            "江畔交通武汉投资运营有限公司（江交武投）签约。",
            "江交武投",
            ("江交武投", "name.bracketed"),
        ),
        ("湖北云桥集团有限公司签约。云桥集团表示。", "云桥集团", ("云桥集团", "name.legal")),
        ("成都和武汉合作。成都市领导表示。", "成都市", ("成都", "place.code")),
        ("推进“清泉行动”计划，落实“清泉行动”。", "清泉行动", ("清泉行动", "name.printed")),
        (
            "成都市科技局印发《成都市创新办法》。市科技局负责解释。",
            "市科技局",
            ("市科技局", "name.bureau"),
        ),
    ],
)
def test_every_merge_tells_its_rule(text: str, name: str, reason: tuple[str, str]) -> None:
    assert reason in reasons(text, name)


def test_the_reason_of_a_defined_name_quotes_the_words_and_their_place() -> None:
    text = "成都澜江智能装备有限公司（以下简称“澜江智装”）签约。"
    (merge,) = entity(text, "澜江智装").merges
    assert merge.reason == "（以下简称“澜江智装”）"
    assert text[merge.start : merge.end] == "澜江智装"


def test_a_merge_names_the_document_it_comes_from_once_woven() -> None:
    knowledge = woven("成都澜江智能装备有限公司（以下简称“澜江智装”）签约。")
    (company,) = called(knowledge, "澜江智装")
    (merge,) = company.merges
    assert merge.document == knowledge.sources[0].document


def test_a_city_with_and_without_its_suffix_is_one_place() -> None:
    knowledge = woven("项目落户成都。", "项目落户成都市。", "四川省成都市领导参加会议。")
    (city,) = called(knowledge, "成都市")
    assert city.name == "成都市"
    assert city.code == "510100"
    assert city.id == f"{default('base')}district/510100"
    assert called(knowledge, "成都") == [city]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("沈阳市召开大会。甲某重工与铁西区签约。", "210106"),
        ("鞍山市召开大会。甲某重工与铁西区签约。", "210303"),
        ("沈阳市、鞍山市召开大会。甲某重工与铁西区签约。", ""),  # it may be either's
        ("辽宁省召开大会。甲某重工与铁西区签约。", ""),  # the province has two
        ("甲某重工与铁西区签约。", ""),
    ],
)
def test_the_places_around_a_name_tell_which_of_that_name_it_is(text: str, code: str) -> None:
    [place] = called(woven(text), "铁西区")
    assert place.code == code


def test_a_province_and_its_city_of_a_similar_name_are_two() -> None:
    knowledge = woven("项目落户吉林省吉林市。")
    codes = {e.code for e in knowledge.entities if e.mentions}
    assert codes == {"220000", "220200"}


def test_the_bureau_of_a_city_is_not_that_of_another() -> None:
    knowledge = woven(
        "本报成都3月5日讯（记者 王一）成都市召开会议，由市科技局牵头。",
        "本报武汉3月5日讯（记者 王二）武汉市召开会议，由市科技局牵头。",
    )
    assert len(called(knowledge, "市科技局")) == 2


def test_the_bureau_of_a_city_in_two_documents_is_one() -> None:
    knowledge = woven(
        "本报成都3月5日讯（记者 王一）成都市召开会议，由市科技局牵头。",
        "本报成都3月6日讯（记者 王二）成都市发布消息，市科技局负责。",
    )
    assert len(called(knowledge, "市科技局")) == 1


def test_the_bureau_in_full_and_in_short_is_one_across_documents() -> None:
    knowledge = woven(
        "本报成都3月5日讯（记者 王一）成都市召开会议，由市科技局牵头。",
        "近日，成都市科技局印发《成都市创新办法》。",
    )
    assert len(called(knowledge, "市科技局")) == 1
    assert called(knowledge, "市科技局") == called(knowledge, "成都市科技局")


def test_a_bureau_without_any_place_is_that_of_its_document() -> None:
    knowledge = woven("由市科技局牵头落实。", "由市科技局牵头推进。")
    assert len(called(knowledge, "市科技局")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云桥银行", "云桥银行澜江分行"),
        ("云桥集团", "云桥集团成都分公司"),
        ("云桥集团", "云桥集团装备有限公司"),
        ("澜江大学", "澜江大学计算机学院"),
        ("澜江大学", "澜江大学附属医院"),
        ("云桥科技有限公司", "云桥科技（成都）有限公司"),
        ("成都市人民政府", "成都市人民政府办公厅"),
        ("湖北云桥集团有限公司", "四川云桥集团有限公司"),
    ],
)
def test_a_parent_and_its_branch_are_never_one(one: str, other: str) -> None:
    knowledge = woven(f"{one}与{other}参加会议。", f"{other}参加会议。", f"{one}参加会议。")
    first, second = called(knowledge, one), called(knowledge, other)
    assert len(first) == len(second) == 1
    assert first != second


@pytest.mark.parametrize("name", ["云桥智能科技有限公司", "北辰光电股份有限公司", "岭南理工大学"])
def test_the_same_full_name_in_two_documents_is_one(name: str) -> None:
    knowledge = woven(f"{name}与成都高新区签约。", f"近日，{name}在成都市举行会议。")
    (company,) = called(knowledge, name)
    assert company.mentions == 2
    assert {m.rule for m in company.merges} == {"identity.name"}


def test_a_short_name_that_only_a_document_defines_joins_nothing_else() -> None:
    knowledge = woven(
        "江畔机器人产业创新联盟（以下简称联盟）成立。联盟由江畔大学牵头。",
        "云桥光电产业创新联盟（以下简称联盟）成立。联盟由云桥大学牵头。",
    )
    assert len(called(knowledge, "联盟")) == 2


def test_a_vague_title_in_two_documents_is_two_policies() -> None:
    knowledge = woven("市政府印发《质量提升方案》。", "区政府近日印发《质量提升方案》。")
    assert len(called(knowledge, "质量提升方案")) == 2


def test_a_full_title_in_two_documents_is_one_policy() -> None:
    title = "澜江市低空经济发展行动方案（2024—2026年）"
    knowledge = woven(f"近日印发《{title}》。", f"根据《{title}》，推进建设。")
    (policy,) = called(knowledge, title)
    assert policy.mentions == 2


def test_persons_of_one_name_at_two_employers_are_two() -> None:
    knowledge = woven(
        "云桥智能科技有限公司董事长王启明说，产业很好。",
        "北辰光电股份有限公司总经理王启明说，产业很好。",
    )
    assert len(called(knowledge, "王启明")) == 2


def test_a_person_at_one_employer_in_two_documents_is_one() -> None:
    knowledge = woven(
        "云桥智能科技有限公司董事长王启明说，产业很好。",
        "云桥智能科技有限公司董事长王启明表示，公司开工。",
    )
    assert len(called(knowledge, "王启明")) == 1


def test_persons_without_an_employer_stay_in_their_documents() -> None:
    knowledge = woven("（记者 王小明）昨日开会。", "（记者 王小明）今日开会。")
    assert len(called(knowledge, "王小明")) == 2


def test_the_tail_of_the_only_longer_name_is_that_project() -> None:
    text = "云桥车规级芯片封装基地项目总投资3亿元。芯片封装基地项目落户成都高新区。"
    found = entity(text, "芯片封装基地项目")
    assert found.name == "云桥车规级芯片封装基地项目"
    assert ("芯片封装基地项目", "name.tail") in {(m.name, m.rule) for m in found.merges}


def test_the_tail_of_two_longer_names_is_neither() -> None:
    text = (
        "云桥车规级芯片封装基地项目总投资3亿元。澜江芯片封装基地项目总投资2亿元。"
        "芯片封装基地项目落户成都高新区。"
    )
    assert len([e for e in read(text).entities if e.type == "Project"]) == 3


def test_the_label_is_the_fullest_name_and_the_others_are_aliases() -> None:
    found = entity("湖北云桥集团有限公司签约。云桥集团表示。", "云桥集团")
    assert found.name == "湖北云桥集团有限公司"
    assert found.name not in found.aliases
    assert list(found.aliases) == sorted(set(found.aliases))


def test_every_alias_is_printed_in_the_document() -> None:
    text = "湖北云桥集团有限公司（以下简称“云桥”）与鄂州市葛店经开区签约，云桥落户葛店经开区。"
    for e in read(text).entities:
        assert all(alias in text for alias in e.aliases), e


def test_a_quoted_name_is_short_for_one_with_its_noun_and_for_nothing_longer() -> None:
    knowledge = woven("云澜市开展“满天云”专项行动。首届“全国云澜日”杭州主场活动举行。")
    assert called(knowledge, "满天云")
    assert not called(knowledge, "全国云澜日")


def test_an_agency_of_three_characters_is_one_in_every_document() -> None:
    texts = ("云新社宜兴8月1日电 (记者 王小明)大会举行。", "云新社武汉8月2日电 (记者 李小红)闭幕。")
    assert len(called(woven(*texts), "云新社")) == 1


def test_a_listed_body_is_one_in_every_document_however_short() -> None:
    knowledge = woven("国务院印发《甲规划》。", "近日，国务院印发《乙规划》。")
    assert len(called(knowledge, "国务院")) == 1


def test_a_name_for_several_is_no_other_name_of_the_last_of_them() -> None:
    text = "无锡市印发《甲某生产管理规定》《乙某销售管理细则》（以下简称“两项规定”）。"
    assert not called(woven(text), "两项规定")
    text = "无锡市印发《乙某销售管理细则》（以下简称《规定》）。"
    assert called(woven(text), "规定")


def test_persons_of_one_name_in_two_cities_committees_are_two() -> None:
    knowledge = woven(
        "本报成都3月5日讯（记者 李一）成都市召开会议，市委书记王启明出席。",
        "本报武汉3月5日讯（记者 李二）武汉市召开会议，市委书记王启明出席。",
    )
    assert len(called(knowledge, "王启明")) == 2


def test_an_employer_in_short_and_in_full_is_one_employer() -> None:
    knowledge = woven(
        "本报成都3月5日讯（记者 李一）成都市召开会议，市委书记王启明出席。",
        "成都市委书记王启明会见客商。",
    )
    assert len(called(knowledge, "王启明")) == 1


def test_a_country_is_one_in_every_document() -> None:
    assert (
        len(
            called(woven("代表团访问越南。", "本报武汉3月5日讯（记者 李二）货物来自越南。"), "越南")
        )
        == 1
    )


def test_a_listed_agency_is_one_by_its_site_as_well() -> None:
    one, other = "中新网成都8月1日电 (记者 王小明)大会举行。", "中国新闻社记者采访了他。"
    assert called(woven(one, other), "中新网") == called(woven(one, other), "中国新闻社")


@pytest.mark.parametrize(("one", "other"), [("郑州日报", "郑州晚报"), ("南方日报", "南方网")])
def test_two_papers_of_one_house_are_two(one: str, other: str) -> None:
    knowledge = woven(f"{one}记者采访了他。", f"{other}记者采访了他。")
    assert called(knowledge, one) != called(knowledge, other)


def test_what_is_named_after_the_level_alone_is_that_of_its_place() -> None:
    title = "近日印发《全市低空经济发展行动方案（2031年）》。"
    knowledge = woven(
        f"本报成都3月5日讯（记者 李一）成都市{title}", f"本报武汉3月5日讯（记者 李二）武汉市{title}"
    )
    assert len(called(knowledge, "全市低空经济发展行动方案（2031年）")) == 2


def test_what_stands_before_a_listed_name_is_no_part_of_it() -> None:
    found = entity("签约现场复旦大学展台人多。复旦大学与成都市签约。", "复旦大学")
    assert found.name == "复旦大学"
    text = "中国澜江医院与成都市签约。河北中国澜江医院开业。"
    assert "中国澜江医院" not in entity(text, "河北中国澜江医院").aliases


def test_a_zone_in_short_and_in_full_is_one_place() -> None:
    text = "项目落户江畔高新技术产业开发区。江畔高新区领导表示支持。项目落户乙水高新区。"
    found = entity(text, "江畔高新区")
    assert found.name == "江畔高新技术产业开发区"
    assert "乙水高新区" not in found.aliases


def test_a_company_is_not_the_port_that_it_runs() -> None:
    text = "成都澜桥港集团有限公司与江畔大学签约。澜桥港货物吞吐量增长。"
    assert "澜桥港" not in entity(text, "成都澜桥港集团有限公司").aliases


def test_a_campaign_is_not_its_edition_in_one_place() -> None:
    text = "推进“满天云”成都行动，成都市落实“满天云”成都行动。"
    assert not any("满天云" in (e.name, *e.aliases) for e in read(text).entities)


def test_a_part_is_the_same_by_the_short_name_of_its_body() -> None:
    text = "上合组织澜江学院揭牌。中国—上海合作组织澜江学院由江畔大学承办。上合组织秘书长出席。"
    found = entity(text, "上合组织澜江学院")
    assert found.name == "中国—上海合作组织澜江学院"
    text = "上合组织澜江学院揭牌。上海合作组织乙水学院由江畔大学承办。上合组织秘书长出席。"
    assert entity(text, "上合组织澜江学院").name == "上合组织澜江学院"


@pytest.mark.parametrize(
    ("name", "nodes"),
    [("数字经济产业园", 2), ("澜江数字经济产业园", 1), ("软件学院", 2), ("澜江软件学院", 1)],
)
def test_a_name_of_common_words_is_another_thing_elsewhere(name: str, nodes: int) -> None:
    knowledge = woven(
        f"本报成都3月5日讯（记者 李一）成都市与{name}签约，{name}领导参加会议。",
        f"本报武汉3月5日讯（记者 李二）武汉市与{name}签约，{name}领导参加会议。",
    )
    assert len(called(knowledge, name)) == nodes


def test_a_headline_leaves_of_a_title_neither_its_place_nor_its_years() -> None:
    headline = "我市发布低空经济三年行动方案"
    title = "《无锡市低空经济发展三年行动方案（2024—2026年）》"
    text = f"{headline}\n\n本报讯（记者 王一）近日，无锡市政府办公室印发{title}。\n"
    found = reasons(text, title.strip("《》"))
    assert ("低空经济三年行动方案", "name.headline") in found
    other = text.replace("本报讯", "《江阴市低空经济发展三年行动方案》一并印发。本报讯")
    merged = {rule for _, rule in reasons(other, title.strip("《》"))}
    assert "name.headline" not in merged
