"""Sentences as newspapers write them: what they tell, and what they do not."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.ontology import load
from kg.records import Document, Reading

# A text, and what it tells: subject, relation, object.
TOLD = {
    "companies called by a rare word and a trade": (
        "武进区与启明医药签署战略合作协议。总部位于深圳的腾越科技是国内领先的无人机企业。",
        {("腾越科技", "locatedIn", "深圳"), ("武进区", "cooperatesWith", "启明医药")},
    ),
    "the part of a company that is here": (
        "澜通中国隶属于澜通集团，致力于服务。澜通中国宣布正式加入“云澜营销联盟”。",
        {
            ("澜通中国", "partOf", "澜通集团"),
            ("澜通中国", "memberOf", "云澜营销联盟"),
        },
    ),
    "one of a kind of companies": (
        "作为国内云安全领军企业之一的青澜云安全，正式落户武进区。",
        {("青澜云安全", "locatedIn", "武进区")},
    ),
    "the project of a ceremony, one sentence on": (
        "云澜新能源整车项目开工仪式在武进区举行。该项目总投资60亿元，由江海汽车集团投资。",
        {
            ("江海汽车集团", "invests", "云澜新能源整车项目"),
            ("云澜新能源整车项目", "investment", "6000000000"),
        },
    ),
    "three parties sign with each other": (
        "江海传媒集团与云澜大学、澜山医院三方签署合作协议。",
        {
            ("江海传媒集团", "cooperatesWith", "云澜大学"),
            ("江海传媒集团", "cooperatesWith", "澜山医院"),
            ("云澜大学", "cooperatesWith", "澜山医院"),
        },
    ),
    "what a city pushes on with": (
        "沈阳加快云白高铁、云丹铁路等6个重大项目建设。重点推进云新高速、云阜高速等11个公路项目。",
        {
            ("沈阳", "develops", "云白高铁"),
            ("沈阳", "develops", "云丹铁路"),
            ("沈阳", "develops", "云新高速"),
            ("沈阳", "develops", "云阜高速"),
        },
    ),
    "sums of several projects, each to its own": (
        "云澜无人机总装基地、江海轴承制造项目落户武进区，投资额分别为15亿元、7亿元。",
        {
            ("云澜无人机总装基地", "investment", "1500000000"),
            ("江海轴承制造项目", "investment", "700000000"),
        },
    ),
    "who runs a company, and where it is registered": (
        "云澜制药有限公司注册资本2.5亿元，法定代表人、董事长为周一鸣。注册地址位于武进区。",
        {
            ("周一鸣", "worksFor", "云澜制药有限公司"),
            ("云澜制药有限公司", "locatedIn", "武进区"),
        },
    ),
    "an event by the name in its quotation marks": (
        "7月1日，在江海商会主办的“激发澜江‘兴’的动能座谈会”上，双方签约。",
        {("江海商会", "organises", "激发澜江兴的动能座谈会")},
    ),
    "works of mines and plants": (
        "澜山盐湖卤水开采项目提前建成投产，位于无锡市。",
        {("澜山盐湖卤水开采项目", "locatedIn", "无锡市")},
    ),
}
# A text, and what nobody may read in it.
NOT_TOLD = {
    "kinds of business are no companies": (
        "推动生物医药、氢能科技等产业发展，与数字经济、光伏电子相关，抢抓新能源机遇。",
        "Organisation",
    ),
    "projects that are but examined": (
        "按照国家发改委项目验收要求，安装比例要达到50%。",
        "Project",
    ),
    "a word of speaking ends a name": ("副总经理、CBO王小炯称，市场很好。", "王小炯称"),
    "a talk is no part of a name": ("与江海光电集团董事长郑宇座谈。", "郑宇座"),
}


def read(text: str) -> Reading:
    return extract(Document("d", "d.txt", text), load())


@pytest.mark.parametrize("case", TOLD)
def test_sentence_tells(case: str) -> None:
    text, expected = TOLD[case]
    reading = read(text)
    names = [entity.name for entity in reading.entities]
    told = set()
    for c in reading.claims:
        target = names[c.object] if c.object is not None else c.value.lexical if c.value else ""
        told |= {(names[c.subject], c.predicate, target)}
        if c.predicate == "cooperatesWith":
            told |= {(target, c.predicate, names[c.subject])}
    assert told >= expected


@pytest.mark.parametrize("case", NOT_TOLD)
def test_sentence_does_not_tell(case: str) -> None:
    text, never = NOT_TOLD[case]
    found = read(text).entities
    assert never not in {entity.type for entity in found} | {entity.name for entity in found}


def test_who_permits_a_work_does_not_build_it() -> None:
    reading = read("国家能源局批复同意在无锡市建设云澜新能源基地工程，由江海能源有限公司负责建设。")
    names = [entity.name for entity in reading.entities]
    builders = {names[c.subject] for c in reading.claims if c.predicate == "develops"}
    assert builders == {"江海能源有限公司"}


def test_name_behind_a_motto_is_one_by_itself() -> None:
    reading = read("7月29日，“云上有约，共话未来”2023云澜青年创业论坛在无锡举办。")
    aliases = {alias for entity in reading.entities for alias in entity.aliases}
    assert "2023云澜青年创业论坛" in aliases
