"""What a thing is known by in all documents, and which names are doubtful."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.base.records import Document, Entity, Knowledge
from kg.corpus.assemble import assemble
from kg.extract.document import extract
from kg.extract.mentions.mention import Mention
from kg.extract.resolve.identity.doubtful_names import SURE, doubtful
from kg.extract.resolve.identity.listed import listed
from kg.extract.resolve.identity.merges import merge_confidence
from kg.extract.resolve.identity.persons import Employer, persons
from kg.ontology import load
from kg.query.graph import open as open_store
from kg.review.apply.replay import replay
from kg.review.decisions import Decision, DocumentReference, EntityReference

ONTOLOGY = load()
BASE = "https://example.org/"


def woven(*texts: str) -> Knowledge:
    documents = [Document(f"d{i}", f"d{i}.txt", text) for i, text in enumerate(texts)]
    return assemble(((d, extract(d, ONTOLOGY)) for d in documents), ONTOLOGY, BASE)


def called(knowledge: Knowledge, name: str) -> list[Entity]:
    return [e for e in knowledge.entities if name in (e.name, *e.aliases)]


def key(name: str, titles: list[str], *employers: Employer, document: str = "d") -> str:
    table = persons(str(ONTOLOGY.folder))
    return table.key_of("Person", name, employers, titles, {"县": "510131"}, document).key


def test_a_law_is_one_with_and_without_the_state_that_made_it() -> None:
    table = listed(str(ONTOLOGY.folder))
    row = table.find("Policy", "民法典")
    assert row == table.find("Policy", "中华人民共和国民法典")
    assert row is not None


def test_no_name_of_the_table_means_two_things() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in ONTOLOGY.table("known"):
        for klass in row["class"].split("|"):
            for name in filter(None, (row["name"], *row["aliases"].split("|"))):
                assert seen.setdefault((klass, name), row["name"]) == row["name"], name


@pytest.mark.parametrize("name", ["党的二十大", "新华社"])
def test_what_everybody_knows_is_one_in_all_documents(name: str) -> None:
    knowledge = woven(f"学习贯彻{name}精神。", f"会议传达{name}的报道，{name}精神深入人心。")
    found = called(knowledge, name)
    if found:  # rules alone may not read it
        assert len(found) == 1
        assert {m.rule for m in found[0].merges} >= {"identity.listed"} or found[0].mentions < 2


def test_a_body_of_another_state_is_not_that_of_the_table() -> None:
    knowledge = woven(
        "外交部发言人表示，中方反对。外交部将采取措施。",
        "印度外交部发言人表示，印度外交部已作回应。",
    )
    keys = {e.name for e in knowledge.entities if "外交部" in e.name}
    assert "印度外交部" not in {a for e in called(knowledge, "外交部") for a in e.aliases}
    assert len(keys) >= 1


def test_a_person_is_known_by_body_title_or_place_and_else_by_the_document() -> None:
    body = Employer("云桥大学", "云桥大学")
    assert key("江启明", ["教授"], body) == key("江启明", [], body)
    assert key("江启明", ["副县长"]) == key("江启明", ["县长"]) == "江启明@510131"
    assert key("江启明", ["教授"]) == "江启明@d"
    assert key("江启明", ["教授"]) != key("江启明", ["教授"], document="e")
    assert key("江启明", ["责任编辑"]) == key("江启明", ["编辑"])
    assert key("王明", ["责任编辑"]) != key("王明", ["编辑"])
    assert key("亚历山大·云某", []) == "亚历山大·云某"


def test_a_leader_is_no_editor_of_that_name() -> None:
    assert key("王毅", ["外交部长"]) == "王毅"
    assert key("王毅", ["责任编辑"]) != "王毅"
    assert key("王毅", ["局长"]) != "王毅"


def test_a_head_of_a_place_is_one_whatever_office_is_named() -> None:
    party, government = Employer("郫都区委", "郫都区委"), Employer("区", "郫都区人民政府")
    assert key("江启明", ["书记"], party) == key("江启明", ["区长"], government)


def test_a_merge_across_documents_can_be_undone() -> None:
    name = "云桥智能科技有限公司"
    knowledge = woven(f"{name}与成都高新区签约。", f"近日，{name}在成都市举行会议。")
    (company,) = called(knowledge, name)
    (merge,) = company.merges
    assert merge.rule == "identity.name"
    assert merge_confidence(merge.rule, ONTOLOGY) > 0.9
    apart = Decision(
        "split",
        "王敏",
        "2026-05-06T08:00:00Z",
        entity=EntityReference(name, "Organisation", company.id),
        name=name,
        document=DocumentReference("d1", "d1.txt"),
    )
    again = replay(knowledge, [apart], ONTOLOGY, BASE).knowledge
    assert len(called(again, name)) == 2


def test_the_order_of_documents_does_not_decide_what_is_one() -> None:
    texts = ("江海县县长江启明出席。", "云桥智能科技有限公司与成都高新区签约。")
    one, other = woven(*texts), woven(*texts)
    assert one == other


def test_what_the_arbiter_is_hardly_sure_of_is_doubtful() -> None:
    def said(sure: int | None) -> list[Mention]:
        return [Mention(0, 3, "Person", "江启明", "r", arbiter_score=sure)]

    assert doubtful(said(SURE - 1), "江启明", ONTOLOGY)
    assert not doubtful(said(SURE), "江启明", ONTOLOGY)
    assert not doubtful([*said(SURE - 1), *said(SURE)], "江启明", ONTOLOGY)
    assert not doubtful(said(None), "江启明", ONTOLOGY), "rules alone do not tell"


def test_a_doubtful_name_is_marked_and_comes_back(graph_of_examples: Path) -> None:
    with open_store(graph_of_examples) as graph:
        entities = graph.knowledge.entities
    marked = {e.id for e in entities if e.doubtful}
    assert 0 < len(marked) < len(entities) / 2
    assert not any(e.code for e in entities if e.doubtful)
    with (graph_of_examples / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file) if row["doubtful"]} == marked


def test_the_head_of_a_state_is_one_by_name_and_title() -> None:
    assert key("巴某某", ["总统"]) == key("巴某某", ["前总统"], document="e")
    assert key("巴某某", ["总统"]) != key("巴某某", ["主任"])


def test_who_writes_without_a_paper_is_one_where_the_surname_is_no_frequent_one() -> None:
    assert key("姚立云", ["作者"]) == key("姚立云", ["记者"], document="e")
    assert key("王立云", ["作者"]) != key("王立云", ["作者"], document="e")


def test_a_person_of_the_table_is_called_as_there(learned: None) -> None:
    graph = woven("外交部长王毅出席会议。王毅时任外长。")
    assert [e.name for e in graph.entities if e.type == "Person"] == ["王毅"]


def test_a_group_is_no_firm_of_it(learned: None) -> None:
    text = "江海集团有限公司与江海集团新能源股份有限公司签约。江海集团有限公司董事长江启明出席。"
    names = {e.name for e in woven(text).entities if e.type == "Organisation"}
    assert {"江海集团有限公司", "江海集团新能源股份有限公司"} <= names
