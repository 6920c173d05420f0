"""Sentences as newspapers write them: what they tell, and what they do not."""

from __future__ import annotations

import pytest

from tests.testing.reading import read

# A text, and what it tells: subject, relation, object.
TOLD = {
    "the site of a group": ("记者来到位于武进区的云澜集团湖滨光伏电站，看到了板组。", set()),
    "partners that are honoured": (
        "云澜集团有限公司、岚谷仪器有限公司等5家企业荣膺本届战略合作伙伴称号。",
        set(),
    ),
    "who learns something from whom": (
        "记者从云澜日报报业集团获悉，云澜日报报业集团将与岚谷大学签署合作协议。",
        {("云澜日报报业集团", "cooperatesWith", "岚谷大学")},
    ),
    "firms of a group that are not named": ("云澜集团旗下的多家企业落户武进区。", set()),
    "a brand that is a word, and a group": (
        "苹果和云鸿集团签署协议。云鸿集团在武进区建设云鸿智造项目。",
        {
            ("云鸿集团", "develops", "云鸿智造项目"),
            ("云鸿智造项目", "locatedIn", "武进区"),
        },
    ),
    "companies called by a rare word and a trade": (
        "武进区与启明医药签署战略合作协议。总部位于深圳的腾越科技是一家无人机企业。",
        {("腾越科技", "locatedIn", "深圳"), ("武进区", "cooperatesWith", "启明医药")},
    ),
    "one of a kind of companies": (
        "作为西南最大的检测设备制造商之一的岚谷仪器，已落户武进区。",
        {("岚谷仪器", "locatedIn", "武进区")},
    ),
    "three parties sign with each other": (
        "江海出版集团与云澜大学、澜山医院三方签署合作协议。",
        {
            ("江海出版集团", "cooperatesWith", "云澜大学"),
            ("江海出版集团", "cooperatesWith", "澜山医院"),
            ("云澜大学", "cooperatesWith", "澜山医院"),
        },
    ),
    "sums of several projects, each to its own": (
        "云澜总装基地、江海轴承制造项目落户武进区，投资额分别为15亿元、7亿元。",
        {
            ("云澜总装基地", "investment", "1500000000"),
            ("江海轴承制造项目", "investment", "700000000"),
        },
    ),
    "an event by the name in its quotation marks": (
        "7月1日，在江海商会主办的“聚力‘新’岚江研讨会”上，双方签约。",
        {("江海商会", "organises", "聚力新岚江研讨会")},
    ),
    "works of mines and plants": (
        "岚山钾盐采选项目如期投产，位于无锡市。",
        {("岚山钾盐采选项目", "locatedIn", "无锡市")},
    ),
}
# A text, and the type or the name that nobody may read in it.
NOT_TOLD = {
    "kinds of business are no companies": (
        "推动生物医药、氢能科技等产业发展，与数字经济、光伏电子相关，抢抓新能源机遇。",
        "Organisation",
    ),
    "goods are no companies": (
        "儿童的奶酪食品、坚果食品热销，喷涂机器人、巡检机器人获批。",
        "Organisation",
    ),
    "a slogan is no company": ("数字中国宣布正式启动。与房企、酒企、券商签约。", "Organisation"),
    "projects that are but examined": ("各县按照省发改委项目验收要求报送材料。", "Project"),
    "a word of speaking ends a name": ("董事会秘书王小炯称，市场很好。", "王小炯称"),
    "a talk is no part of a name": ("与江海光电集团董事长郑宇座谈。", "郑宇座"),
    "what lives and what is loved is nobody": ("温泉是当地居民，的最爱。农民丰收后说。", "Person"),
    "no batch of its own": ("力争年底前第二批项目集中开工。", "Event"),
    "what people say is no policy": ("发布群众反馈意见20条。出台各项惠企政策30条。", "Policy"),
}
# Sentences near those that tell something, which state no such relation.
SILENT = {
    "cooperatesWith": [
        "云澜集团建设产业园，与江海机电有限公司解除合作。",
        "云澜集团公告，与江海机电有限公司不存在合作。",
        "无锡市开展审计。与江海机电有限公司签约。",
        "滨湖区税务局通报。今年签约江海机电有限公司等四家企业，均为失信企业。",
    ],
    "develops": [
        "云澜环保协会批评规划。推进建设云澜水库工程将破坏生态。",
        "江海集团提起诉讼。开工建设云澜大桥工程的是云河集团。",
        "江海银行发放贷款。推进建设云澜大桥项目获贷款5亿元。",
    ],
    "locatedIn": [
        "江海机电有限公司起诉。总部为无锡市捐款100万元。",
        "目前无锡市内，计划投资云澜产业园项目的企业有三家。",
        "责任单位：市发展改革委（宜兴市）",
        "主要客户名单\n上海市：江海机电有限公司；\n北京市：云澜科技有限公司；",
        "责任分工清单\n无锡市：云澜高速公路项目、江海水库工程；",
        "获评名单\n无锡市：江海机电有限公司、云澜科技有限公司分别中标两个标段。",
        "出席单位名单\n上海市\n江海机电有限公司\n",
        "获评名单\n无锡市\n江海机电有限公司，地址苏州市\n",
        "序号\t企业名称\t注册地\t联系电话\n1\t江海机电有限公司\t\t123\n",
        "序号\t企业名称\t城市排名\n1\t江海机电有限公司\t无锡市\n",
    ],
    "partOf": ["江海集团隶属于云澜集团之外的第三方。"],
}


@pytest.mark.parametrize("case", NOT_TOLD)
def test_sentence_does_not_tell(case: str) -> None:
    text, never = NOT_TOLD[case]
    found = read(text).entities
    assert never not in {entity.type for entity in found} | {entity.name for entity in found}


@pytest.mark.parametrize(
    ("relation", "text"), [(relation, text) for relation, texts in SILENT.items() for text in texts]
)
def test_sentence_states_no_such_relation(relation: str, text: str) -> None:
    assert [claim for claim in read(text).claims if claim.predicate == relation] == []


def test_sum_of_one_row_is_not_that_of_the_next() -> None:
    reading = read(
        "序号\t项目名称\t建设单位\t区级投资额（万元）\t备注\n"
        "1\t云澜大桥工程\t江海建设集团有限公司\t5000\t续\n2\t江海产业园项目\t云澜科技有限公司\t\t新\n"
    )
    names = [entity.name for entity in reading.entities]
    sums = {names[claim.subject] for claim in reading.claims if claim.predicate == "investment"}
    assert "江海产业园项目" not in sums


def test_who_permits_a_work_does_not_build_it() -> None:
    reading = read("省水利厅同意在无锡市建设云澜引水工程，由江海水务有限公司负责建设。")
    names = [entity.name for entity in reading.entities]
    builders = {names[c.subject] for c in reading.claims if c.predicate == "develops"}
    assert builders == {"江海水务有限公司"}


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
