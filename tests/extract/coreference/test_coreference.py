"""What references stand for: each link with its rule, and subjects that are left out."""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.extract.stations import DocumentState, run_corefer, run_until
from kg.ontology import load

FIRM, CITY = "云桥某科技有限公司", "合肥市"


def links(text: str) -> dict[str, tuple[list[str], str]]:
    """By its words each reference of a text: the names that it stands for, and the rule."""
    state = run_until(DocumentState(Document("d", "d.txt", text), load()), run_corefer)
    return {
        link.words or link.start: (
            [m.name for m in link.antecedents],
            link.rule.removeprefix("coreference."),
        )
        for context, link in state.references
    }


@pytest.mark.parametrize(
    ("text", "words", "names", "rule"),
    [
        (f"{FIRM}昨日成立。该公司将生产芯片。", "该公司", [FIRM], "company"),
        (f"{FIRM}董事长到访。该校表示欢迎。", "该校", [], "university"),
        ("合肥市教育局召开会议。该公司表示欢迎。", "该公司", [], "company"),
        (f"合肥市人民政府与{FIRM}会谈。双方签约。", "双方", ["合肥市人民政府", FIRM], "pair"),
        (f"{FIRM}昨日到访。双方签约。", "双方", [], "pair"),
        (f"{FIRM}昨日到访。{FIRM}生产芯片。双方签约。", "双方", [], "pair"),
        (f"合肥市人民政府与{FIRM}会谈，新华社报道。双方签约。", "双方",
         ["合肥市人民政府", FIRM], "pair"),
        (f"合肥市教育局、{FIRM}等5家单位到会。双方签约。", "双方", [], "pair"),
        ("云桥芯片产业园项目开工。签约项目21个。", "项目", [], "general"),
        ("云桥芯片产业园项目开工。该项目总投资3亿元。", "该项目",
         ["云桥芯片产业园项目"], "project"),
        ("来到合肥市肥西县和肥东县。该县产业发达。", "该县", ["肥西县"], "here"),
        ("近日印发《合肥市低空经济发展行动方案》。《方案》提出三项任务。", "《方案》",
         ["合肥市低空经济发展行动方案"], "policy"),
    ],
)  # fmt: skip
def test_a_reference_is_linked_to_what_it_stands_for(
    text: str, words: str, names: list[str], rule: str
) -> None:
    assert links(text)[words] == (names, rule)


def test_a_subject_that_is_left_out_is_linked() -> None:
    text = f"{FIRM}在合肥市建厂。计划明年投产。"
    assert links(text) == {text.index("计划"): ([FIRM], "topic")}


def test_who_is_named_in_the_sentence_itself_is_its_topic() -> None:
    text = f"{FIRM}建厂。合肥市人民政府发文。"
    assert links(text) == {}
