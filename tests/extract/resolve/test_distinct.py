"""Names of bodies that are those of two bodies, and whose an office is in a row of posts."""

from __future__ import annotations

from kg.base.records import Document
from kg.base.settings import default
from kg.corpus.assemble import assemble
from kg.extract.resolve.clusters import Clusters
from kg.extract.resolve.identity.listed import listed
from kg.ontology import load
from tests.testing.graphs import builders as b
from tests.testing.reading import read

ONTOLOGY = load()
BODY = "Organisation"


def called(name: str, *texts: str) -> int:
    """How many things of several documents have a name."""
    pairs = [(Document(b.hexes(t, 20), f"{i}.txt", t), read(t)) for i, t in enumerate(texts)]
    entities = assemble(pairs, ONTOLOGY, default("base")).entities
    return sum(name in (e.name, *e.aliases) and bool(e.mentions) for e in entities)


def test_no_third_name_joins_two_bodies_but_the_text_itself_may() -> None:
    names = [(BODY, name) for name in ("市人民医院", "沈阳市第一人民医院", "沈阳市第二人民医院")]
    clusters = Clusters(lambda one, other: {one, other} == set(names[1:]))
    clusters.union(names[0], names[1], "name.bureau", "")
    clusters.union(names[0], names[2], "name.bureau", "")
    assert clusters.find(names[1]) != clusters.find(names[2])
    clusters.union(names[2], names[1], "name.defined", "")
    assert clusters.find(names[1]) == clusters.find(names[2])


def test_a_row_of_posts_tells_of_which_city_an_office_is() -> None:
    text = (
        "王小明曾任无锡市委秘书长、市人大常委会主任，苏州市委副书记、市政府市长。"
        "上海市政府官网公布了消息。"
    )
    known = {e.name: e for e in read(text).entities}
    assert known["无锡市人大常委会"].key.startswith("无锡市")
    assert "市政府" in known["苏州市政府"].aliases


def test_a_firm_whose_name_begins_with_such_a_word_is_no_office_of_a_city() -> None:
    text = "无锡市委常委、市政府副市长王小明到市值在线（上海）网络科技有限公司调研。"
    assert not [e for e in read(text).entities if e.name.startswith("无锡市值")]


def test_a_listed_firm_is_one_in_capitals_and_as_a_company() -> None:
    assert called("Arm公司", "ARM公司发布财报。", "芯片公司Arm计划上市，Arm公司表示乐观。") <= 1
    table = listed(str(ONTOLOGY.folder))
    assert {table.body(BODY, name) for name in ("ARM", "Arm", "Arm公司", "arm")} == {
        table.find(BODY, "Arm公司")
    }
    assert table.body(BODY, "法国民主党") is None  # parties of one name are those of many states


def test_a_person_is_known_by_the_body_that_introduces_him() -> None:
    first = "云澜大学原校长王小明被查。王小明曾任安庆市教育局局长。"
    second = "云澜大学原校长王小明受审。王小明曾任阜新市科技局副局长、云澜大学副校长。"
    assert called("王小明", first, second) == 1
