"""Turns of phrase of newspapers and bureaus, and what each tells; and what it does not."""

from __future__ import annotations

import pytest

from tests.testing.growth import grows_evenly
from tests.testing.reading import claims, read

# Names that words of doing run through, or a list sums up.
NAMED = {
    "合肥市和云湖科技有限公司签约。": {"云湖科技有限公司"},
    "合肥市发改委投资项目审批平台上线。": {"合肥市发改委投资项目审批平台"},
    "规划建设地铁3号线，总投资100亿元。": {"地铁3号线"},
    "江海大学系友基金会成立。": {"江海大学系友基金会"},
    "甲某公司投资2亿元建设航空发动机叶片修复再制造项目。": {"航空发动机叶片修复再制造项目"},
    "甲某公司投资2亿元建设大健康产品生产及康养度假项目。": {"大健康产品生产及康养度假项目"},

}  # fmt: skip


def test_a_row_of_digits_takes_no_time_of_its_own() -> None:
    assert grows_evenly(lambda size: read("1234567890" * size), 150)


@pytest.mark.parametrize(
    "text", ["作为省规划的配套文件，已经省政府同意印发。", "材料已报市政府同意印发。"]
)
def test_nobody_is_called_by_a_word_of_issuing(text: str) -> None:
    assert not [e for e in read(text).entities if e.type == "Person"]


@pytest.mark.parametrize(
    "said",
    [
        "骁岚集团有限公司与无锡大学未成立合资公司。",
        "与无锡大学合作的项目由骁岚集团有限公司承建。",
        "骁岚集团有限公司与无锡大学竞争合资建厂的机会。",
    ],
)
def test_who_founds_no_firm_together_does_not(said: str) -> None:
    assert not any(p == "cooperatesWith" for _, p, _ in claims(said))


@pytest.mark.parametrize("said", ["", "的供应商", "参股公司", "与其子公司", "承建"])
def test_brackets_that_tell_no_owner_make_no_part(said: str) -> None:
    text = f"海澜精工科技有限公司（青松控股集团有限公司{said}）在宜兴市投产。"
    assert not [c for c in claims(text) if c[1] == "partOf"]


@pytest.mark.parametrize(("text", "names"), NAMED.items(), ids=[min(n) for n in NAMED.values()])
def test_names_are_whole(text: str, names: set[str]) -> None:
    assert names <= {e.name for e in read(text).entities}


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
