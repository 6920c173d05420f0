"""Sentences as newspapers write them: what they tell, and what they do not."""

from __future__ import annotations

import pytest

from tests.testing.reading import read

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


@pytest.mark.parametrize("case", NOT_TOLD)
def test_sentence_does_not_tell(case: str) -> None:
    text, never = NOT_TOLD[case]
    found = read(text).entities
    assert never not in {entity.type for entity in found} | {entity.name for entity in found}


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
