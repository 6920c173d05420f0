"""Tables and lists of projects, in every way that they reach a text."""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.segment.grid import tabulated
from kg.ontology import load

TABLES = load().lexicon.tables
HEADS = ["序号", "项目名称", "建设单位", "建设地点", "总投资（亿元）", "建设年限"]
ROWS = [
    ["1", "云湖数控机床产业园", "金华云某机床有限公司", "金华市婺城区", "12.5", "2024-2026"],
    ["2", "江畔汽车零部件生产基地二期", "海某汽车部件股份有限公司", "义乌市", "8.6", "2023—2025"],
    ["3", "海澜物流枢纽工程", "云某交投集团", "金东区孝顺镇", "3.28", "2024"],
    ["4", "云瓷传感器研发中心", "东阳云某微电子有限公司", "东阳市横店镇", "0.9", "2024-2025"],
]
HEAD = "附件\n云某市重点项目表\n"
PLACES = {
    ("云湖数控机床产业园", "婺城区"),
    ("江畔汽车零部件生产基地二期", "义乌市"),
    ("海澜物流枢纽工程", "孝顺镇"),
    ("云瓷传感器研发中心", "横店镇"),
}
BUILDERS = {(row[2], row[1]) for row in ROWS}
SUMS = {
    ("云湖数控机床产业园", "1250000000"),
    ("江畔汽车零部件生产基地二期", "860000000"),
    ("海澜物流枢纽工程", "328000000"),
    ("云瓷传感器研发中心", "90000000"),
}


def table(between: str, *, heads: list[str] = HEADS, rows: list[list[str]] = ROWS) -> str:
    return "".join(f"{between.join(row)}\n" for row in [heads, *rows])


def items(form: str) -> str:
    return "".join(form.format(*row) for row in ROWS)


def grouped() -> str:
    head, *rows = table("\t").splitlines(keepends=True)
    first, second = "一、先进制造业项目（2个）\n", "二、现代服务业项目（2个）\n"
    return "".join([head, first, *rows[:2], second, *rows[2:], "合计\t\t\t\t25.28\t\n"])


WAYS = {
    "tabs": table("\t"),
    "bars": table("|").replace("\n", "|\n|"),
    "wide gaps": table("     "),
    "single blanks": table(" "),
    "wide blanks": table("\u3000"),
    "commas": table(","),
    "a line for each cell": table("\n"),
    "a line for each cell, blank ones between": table("\n\n"),
    "a line for each cell, without numbers": table(
        "\n", heads=HEADS[1:], rows=[row[1:] for row in ROWS]
    ),
    "groups of rows": grouped(),
    "the unit above": "单位：亿元\n" + table("\t").replace("总投资（亿元）", "总投资"),
    "the whole and a part": table(
        "\t",
        heads=[*HEADS[:4], "2024年计划投资（亿元）", *HEADS[4:]],
        rows=[[*row[:4], "0.5", *row[4:]] for row in ROWS],
    ),
    "fields behind a name": items(
        "{0}.{1}。建设单位：{2}；建设地点：{3}；总投资：{4}亿元；建设年限：{5}年。\n"
    ),
    "fields in brackets": items("{0}.{1}（建设单位：{2}，建设地点：{3}，总投资{4}亿元）\n"),
    "fields below a name": items(
        "（{0}）{1}\n建设地点：{3}。\n建设单位：{2}。\n总投资：{4}亿元。\n"
    ),
}


# Of three places in fields below a name one is taken as told of nobody.
LACKING = {"fields below a name": {("云湖数控机床产业园", "婺城区")}}


@pytest.mark.parametrize("way", WAYS)
def test_a_list_of_projects_is_read_however_it_is_set(way: str) -> None:
    reading = extract(Document("d", "d", HEAD + WAYS[way]), load())
    name = [entity.name for entity in reading.entities]
    said: dict[str, set[tuple[str, str]]] = {}
    for claim in reading.claims:
        told = name[claim.object] if claim.object is not None else ""
        value = claim.value.lexical if claim.value else told
        said.setdefault(claim.predicate, set()).add((name[claim.subject], value))
    assert said["develops"] == BUILDERS
    assert said["locatedIn"] >= PLACES - LACKING.get(way, set())
    if way not in LACKING:
        assert {name for name, _ in said["locatedIn"]} == {row[1] for row in ROWS}
    assert said["investment"] == SUMS


def test_a_claim_of_a_row_quotes_its_row() -> None:
    text = HEAD + WAYS["a line for each cell"]
    claims = [c for c in extract(Document("d", "d", text), load()).claims if c.object is not None]
    quotes = {text[claim.start : claim.end] for claim in claims if claim.rule == "develops.row"}
    assert quotes == {"\n".join(row) for row in ROWS}


@pytest.mark.parametrize("way", WAYS)
def test_no_sign_of_a_cell_changes_or_moves(way: str) -> None:
    before, after = WAYS[way], tabulated(WAYS[way], TABLES)
    assert len(before) == len(after)
    apart = set(" \u3000\t\n,")
    assert all(a == b or (a in apart and b in "\t ") for a, b in zip(before, after, strict=True))


def test_a_stack_of_cells_ends_with_its_table() -> None:
    text = table("\n", rows=ROWS[:2]) + "以上项目\n由市发改委\n负责推进。\n"
    assert tabulated(text, TABLES).splitlines()[-3:] == ["以上项目", "由市发改委", "负责推进。"]
    assert len(tabulated(text, TABLES).splitlines()) == 6
