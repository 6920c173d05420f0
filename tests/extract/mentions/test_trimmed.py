"""Names without what is no part of them."""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.mentions.mention import Mention
from kg.extract.mentions.trimmed import trim_names
from kg.ontology import load

ONTOLOGY = load()


class Draft:
    """An article of which its text is all that is asked."""

    def __init__(self, text: str) -> None:
        self.text = text


def names(text: str, *found: tuple[str, str]) -> list[str]:
    at, mentions = 0, []
    for type_, name in found:
        at = text.index(name, at)
        mentions.append(Mention(at, at + len(name), type_, name, "r"))
        at += len(name)
    kept = trim_names(Draft(text), mentions, ONTOLOGY)  # type: ignore[arg-type]
    assert all(text[m.start : m.end] == m.name for m in kept)
    return [m.name for m in kept]


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        ("云桥协会名誉会长江启明", "云桥协会名誉", ["云桥协会"]),
        ("云澜集团董事总经理", "云澜集团董事", ["云澜集团"]),
        ("云澜集团CTO江启明", "云澜集团CTO", ["云澜集团"]),
        ("江海科技及公司董事长", "江海科技及公司", ["江海科技"]),
        ("电视台援引云桥研究所的话", "电视台援引云桥研究所", ["云桥研究所"]),
        ("同日云澜集团宣布", "同日云澜集团", ["云澜集团"]),
        ("埃及公司宣布", "埃及公司", ["埃及公司"]),
        ("时尚巨头江海集团宣布", "时尚巨头江海集团", ["江海集团"]),
        ("施工方江海一局集团公司说", "施工方江海一局集团公司", ["江海一局集团公司"]),
    ],
)
def test_a_body_ends_before_a_title_and_begins_behind_a_verb(
    text: str, name: str, kept: list[str]
) -> None:
    assert names(text, ("Organisation", name)) == kept


def test_a_verb_before_a_body_is_cut_where_the_body_stands_elsewhere() -> None:
    body = "Organisation"
    text = "任江海生物董事长，江海生物宣布，江海生物说"
    found = (body, "任江海生物"), (body, "江海生物"), (body, "江海生物")
    assert names(text, *found) == ["江海生物"] * 3
    assert names("任江海生物", (body, "任江海生物")) == ["任江海生物"]


def test_a_word_behind_a_body_is_cut_where_the_body_stands_elsewhere() -> None:
    text = "云澜科技上市。云澜科技于5月发行，云澜科技今日收跌。"
    found = [("Organisation", name) for name in ("云澜科技", "云澜科技于", "云澜科技")]
    assert names(text, *found) == ["云澜科技"] * 3
    assert names("云澜科技于5月发行", found[1]) == ["云澜科技于"]


def test_a_person_before_a_body_is_no_part_of_it() -> None:
    found = ("Organisation", "江启明江海银行股份有限公司"), ("Organisation", "江海银行")
    text = "江启明江海银行股份有限公司行长。江海银行的江启明"
    assert names(text, *found, ("Person", "江启明")) == [
        "江海银行股份有限公司", "江海银行", "江启明",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        ("许多人认为", "许多人", []),
        ("叫道汪汪汪", "汪汪汪", []),
        ("的梅卡·怀蒂说", "的梅卡·怀蒂", ["梅卡·怀蒂"]),
        ("阿里斯托夫7月", "阿里斯托夫7", ["阿里斯托夫"]),
        ("西摩·赫什援引官员的话", "西摩·赫什援", ["西摩·赫什"]),
        ("江启明说", "江启明", ["江启明"]),
    ],
)
def test_a_person_has_a_name_and_nothing_more(text: str, name: str, kept: list[str]) -> None:
    assert names(text, ("Person", name)) == kept


def test_a_word_behind_a_name_is_cut_where_the_name_stands_more_often() -> None:
    who = "Person"
    text = "江广刚到，江广说，江广表示"
    assert names(text, (who, "江广刚"), (who, "江广"), (who, "江广")) == ["江广"] * 3
    assert names("江广刚到，江广说", (who, "江广刚"), (who, "江广")) == ["江广刚", "江广"]


def test_what_every_town_has_is_no_place() -> None:
    assert names("在城区", ("District", "城区")) == []


def test_a_work_has_its_stage_and_what_else_stands_in_its_quotation_marks() -> None:
    lead = "公司拟募集资金3亿元，分别用于"
    name = "云湖产能扩充项目（二期）"
    assert names(f"{lead}{name}和补充流动资金。", ("Project", name[:-4])) == [name]
    whole = "基于云湖平台的甲酸扩产及乙酸、丙酸建设项目"
    assert names(f"{lead}“{whole}”。", ("Project", "丙酸建设项目")) == [whole]
    assert names(f"他说：“推进{name[:-4]}”。", ("Project", name[:-4])) == [name[:-4]]


def test_a_character_of_the_next_word_is_no_end_of_a_village() -> None:
    assert names("云澜村村民说", ("District", "云澜村村")) == ["云澜村"]


def test_two_bodies_that_were_taken_for_one_are_two_where_the_first_stands_elsewhere() -> None:
    body = "Organisation"
    text = "江海影业与Cloudbox开发游戏。江海影业表示，江海影业很高兴"
    found = (body, "江海影业与Cloudbox"), (body, "江海影业"), (body, "江海影业")
    assert names(text, *found) == ["江海影业", "Cloudbox", "江海影业", "江海影业"]
    assert names(text, found[0]) == ["江海影业与Cloudbox"]


def test_no_half_of_an_office_with_two_tasks_is_a_body() -> None:
    office = Mention(0, 9, "Organisation", "云澜区水利和湖泊局", "r")
    halves = [
        Mention(start, end, "Organisation", office.name[start:end], "r", nested=True)
        for start, end in ((0, 5), (6, 9))
    ]
    kept = trim_names(Draft(office.name), [office, *halves], ONTOLOGY)  # type: ignore[arg-type]
    assert kept == [office]


def test_a_street_that_a_place_gave_its_name_is_not_the_place() -> None:
    assert names("云澜中路是商圈", ("District", "云澜")) == []
    assert names("云澜路径依赖", ("District", "云澜")) == ["云澜"]


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        ("将于Q3启动", "Q3", []),
        ("2023年二季度启动", "2023年二季度", []),
        ("推出全新产品云行超充电池", "全新产品云行超充电池", ["云行超充电池"]),
    ],
)
def test_a_quarter_is_no_system_and_new_product_no_part_of_its_name(
    text: str, name: str, kept: list[str]
) -> None:
    assert names(text, ("System", name)) == kept


@pytest.mark.parametrize("name", ["合营公司", "中国药企", "云澜某大型制造公司", "某物流公司"])
def test_a_kind_of_firm_is_no_body(name: str, learned: None) -> None:
    text = f"江海银行与{name}合作。{name}开发了云行系统。"
    reading = extract(Document("d", "d", text), ONTOLOGY)
    assert name not in {e.name for e in reading.entities}


def test_a_firm_that_no_name_tells_is_no_thing(learned: None) -> None:
    text = "公司董事长江启明表示，公司将继续投入。集团公司总经理周一鸣出席。"
    reading = extract(Document("d", "d", text), ONTOLOGY)
    assert not [e for e in reading.entities if e.type == "Organisation"]


def test_works_of_a_list_of_what_money_is_for_stand_by_themselves_and_in_full() -> None:
    lead, a, b, c = (
        "公司拟募集资金3亿元，用于",
        "云湖产能扩充项目（二期）",
        "品牌建设项目",
        "云湖研发项目",
    )
    text = f"{lead}{a}、{b}和{c}。"
    assert names(text, ("Project", f"{a}、{b}和{c}")) == [a, b, c]
    assert names(text, ("Project", a), ("Project", "建设项目"), ("Project", c)) == [a, b, c]
    assert names(f"{lead}支付货款、建设{c}。", ("Project", c)) == [c]
    assert names(f"云湖市{b}开工。", ("Project", b)) == [b]


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        ("投资3亿元的沙发、床垫及木门生产项目落户", "木门生产项目", ["沙发、床垫及木门生产项目"]),
        ("投资3亿元的芯片项目、木门生产项目落户", "木门生产项目", ["木门生产项目"]),
        ("新建1.6万盒/小时灌装生产线", "小时灌装生产线", ["1.6万盒/小时灌装生产线"]),
        ("新建2×300MW热电联产项目", "300MW热电联产项目", ["2×300MW热电联产项目"]),
        ("建设的云桥度假农庄", "的云桥度假农庄", ["云桥度假农庄"]),
        ("依托工程云桥大桥通车", "工程云桥大桥", ["云桥大桥"]),
        ("云桥海洋博物馆选址位于", "云桥海洋博物馆选址", ["云桥海洋博物馆"]),
        ("云桥市项目12个", "云桥市项目", []),
        ("云桥灌区项目建设", "云桥灌区项目", ["云桥灌区项目"]),
        ("智慧城市项目建设", "智慧城市项目", ["智慧城市项目"]),
        ("云江流域能源开发", "云江流域", []),
        ("全国铁路完成投资", "全国铁路", []),
        ("云桥市建设两家芯片工厂", "云桥市建设两家芯片工厂", []),
    ],
)
def test_a_work_is_called_by_its_whole_name_and_a_sort_of_works_is_none(
    text: str, name: str, kept: list[str]
) -> None:
    assert names(text, ("Project", name)) == kept
