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


@pytest.mark.parametrize("name", ["云桥智能科技有限公司", "北辰光电股份有限公司", "岭南理工大学"])
def test_the_same_full_name_in_two_documents_is_one(name: str) -> None:
    knowledge = woven(f"{name}与成都高新区签约。", f"近日，{name}在成都市举行会议。")
    (company,) = called(knowledge, name)
    assert company.mentions == 2
    assert {m.rule for m in company.merges} == {"identity.name"}


def test_a_full_title_in_two_documents_is_one_policy() -> None:
    title = "澜江市低空经济发展行动方案（2024—2026年）"
    knowledge = woven(f"近日印发《{title}》。", f"根据《{title}》，推进建设。")
    (policy,) = called(knowledge, title)
    assert policy.mentions == 2


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


def test_a_headline_leaves_of_a_title_neither_its_place_nor_its_years() -> None:
    headline = "我市发布低空经济三年行动方案"
    title = "《无锡市低空经济发展三年行动方案（2024—2026年）》"
    text = f"{headline}\n\n本报讯（记者 王一）近日，无锡市政府办公室印发{title}。\n"
    found = reasons(text, title.strip("《》"))
    assert ("低空经济三年行动方案", "name.headline") in found
    other = text.replace("本报讯", "《江阴市低空经济发展三年行动方案》一并印发。本报讯")
    merged = {rule for _, rule in reasons(other, title.strip("《》"))}
    assert "name.headline" not in merged
