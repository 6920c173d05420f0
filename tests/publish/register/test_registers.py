"""A register counts every project once, and its totals are the sums of its rows.

The figures of the two documents below were added up by hand: 10 and 6.5 for the two projects that
are signed with a sum each, 30 for the two that have one together, and 3 in dollars.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.base.errors import OntologyError, QueryError
from kg.base.records import Amount, Attestation, Deal, Knowledge
from kg.ontology import load
from kg.publish.dossier.model import Dossier, Linked, shown
from kg.publish.register.account import buckets, rows, totals
from kg.publish.register.answer import answer
from kg.publish.register.projects import projects
from kg.publish.register.register_data import RegisterData
from kg.publish.register.registers import MAKERS, names, register
from kg.publish.register.report import report
from kg.publish.register.request import EVERY, Terms, parameters
from kg.publish.register.sectors import Sectors, sectors
from kg.publish.tables import undo
from kg.query.graph import open as open_store
from tests.conftest import kg
from tests.testing.graphs import builders as b

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.query.graph import Graph

SIGNED = """云澜高新区举行2024年重大项目集中签约仪式

云澜日报 2024-03-06 09:00

3月5日，云澜高新区2024年重大项目集中签约仪式在云澜市举行。

甲某储能科技有限公司与云澜高新区签约，投资10亿元建设云澜动力电池基地项目，达产后预计年产值25亿元。

江海智能装备有限公司与云澜高新区签约，投资6.5亿元建设江海工业机器人产业园项目。

云澜芯片封装测试项目、云澜算力中心项目两个项目总投资30亿元。
"""
STARTED = """云澜动力电池基地项目开工

云澜日报 2025-09-12 10:00

9月11日，甲某储能科技有限公司投资建设的云澜动力电池基地项目开工。云澜动力电池基地项目位于云澜高新区，总投资10亿元。

乙某新材料有限公司投资3亿美元建设云澜碳纤维项目。
"""
BATTERIES, ROBOTS = "云澜动力电池基地项目", "江海工业机器人产业园项目"
CHIPS, COMPUTING, FIBRES = "云澜芯片封装测试项目", "云澜算力中心项目", "云澜碳纤维项目"


def build(folder: Path, **texts: str) -> Path:
    """A graph of some documents, by their names."""
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    for name, text in texts.items():
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    done = kg("build", sources, "-o", folder / "graph")
    assert done.returncode == 0, done.stderr.decode()
    return folder / "graph"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("two"), 签约=SIGNED, 开工=STARTED)


@pytest.fixture(scope="module")
def graph(folder: Path) -> Iterator[Graph]:
    with open_store(folder) as there:
        yield there


@pytest.fixture(scope="module")
def examples(graph_of_examples: Path) -> Iterator[Graph]:
    with open_store(graph_of_examples) as there:
        yield there


def part(told: Dossier, name: str) -> list[dict[str, Any]]:
    """The rows of a part, by the names of its columns, numbers as such."""
    return [
        dict(zip((c.name for c in table.columns), row, strict=True))
        for table in told.tables
        if table.name == name
        for row in table.rows
    ]


def figures(told: Dossier) -> dict[str, str]:
    return {f"{r['figure']} {r['unit']}".strip(): shown(r["number"]) for r in part(told, "figures")}


def summed(lines: list[dict[str, Any]], column: str) -> Decimal:
    return sum((one[column] for one in lines if one.get(column, "") != ""), Decimal(0))


# The register of projects.


def test_two_documents_tell_one_project_once_and_a_joint_sum_counts_once(graph: Graph) -> None:
    told = register(graph, "project-register")
    lines = {str(one["project"]): one for one in part(told, "projects")}
    assert len(lines) == 6
    assert shown(lines[BATTERIES]["sum:total"]) == "10"
    assert shown(lines[BATTERIES]["sum:output"]) == "25"
    assert lines[BATTERIES]["document"].endswith("等 2 份")
    assert shown(lines[ROBOTS]["sum:total"]) == "6.5"
    (both,) = (name for name in lines if CHIPS in name and COMPUTING in name)
    assert shown(lines[both]["sum:total"]) == "30"
    assert [lines[name]["sum:total"] for name in (CHIPS, COMPUTING, FIBRES)] == ["", "", ""]
    assert lines[FIBRES]["foreign"] == "总投资 3亿美元"
    found = figures(told)
    assert found["项目 个"] == "5"
    assert found["总投资合计 亿元"] == "46.5"
    assert found["总投资合计 亿美元"] == "3"
    assert found["年产值 亿元"] == "25"
    assert summed(part(told, "projects"), "sum:total") == Decimal("46.5")


def test_a_project_has_its_place_parties_industry_status_and_sentence(graph: Graph) -> None:
    lines = {
        str(one["project"]): one for one in part(register(graph, "project-register"), "projects")
    }
    one = lines[BATTERIES]
    assert one["places"] == "云澜高新区"
    assert (one["investors"], one["builders"]) == ("甲某储能科技有限公司",) * 2
    assert (one["sector"], one["words"]) == ("新能源与智能网联汽车", "名称：动力电池")
    assert (one["status"], one["day"]) == ("在建", "2025-09-11")
    assert "投资10亿元" in one["sentence"]
    start, end = map(int, re.findall(r"at=(\d+)-(\d+)", one["document"].to)[0])
    said = graph.text("签约.txt") if "签约" in one["document"] else graph.text("开工.txt")
    assert BATTERIES in said[start:end]


@pytest.mark.parametrize("name", ["graph", "examples"])
@pytest.mark.parametrize("level", ["", "province", "city", "county"])
def test_the_parts_of_every_total_add_up_to_it(
    graph: Graph, examples: Graph, name: str, level: str
) -> None:
    there = {"graph": graph, "examples": examples}[name]
    told = register(there, "project-register", {"level": level})
    whole = figures(told)
    total = Decimal(whole["总投资合计 亿元"])
    assert summed(part(told, "projects"), "sum:total") == total
    for by in ("districts", "sectors", "occasions", "months"):
        assert summed(part(told, by), "total") == total, by
        assert summed(part(told, by), "count") == Decimal(whole["项目 个"]), by


def test_totals_of_the_examples_are_those_that_were_added_up_by_hand(examples: Graph) -> None:
    """45 of 湘智 lie within the 68 that three projects have together."""
    told = register(examples, "project-register")
    (one,) = (r for r in part(told, "projects") if r["project"] == "湘智算力产业园项目")
    assert (one["sum:total"], "45亿元（已含于合计金额）" in one["uncounted"]) == ("", True)
    (three,) = (r for r in part(told, "projects") if "3 个项目合计" in r["project"])
    assert shown(three["sum:total"]) == "68"
    # One of the three lies in a zone that nothing says to be in 望城区: there 45 counts alone.
    inner = register(examples, "project-register", {"district": "望城区"})
    assert figures(inner)["总投资合计 亿元"] == "45"
    shenyang = register(examples, "project-register", {"district": "沈阳市", "level": "city"})
    # 20 for the factory in 浑南, 6.4 in 铁西 and 1.5 (to 2) in 沈北.
    assert figures(shenyang)["总投资合计 亿元"] == "27.9"
    assert [shown(r["total"]) for r in part(shenyang, "districts")] == ["27.9"]


def test_what_is_asked_chooses_rows_and_is_told_at_the_head(graph: Graph) -> None:
    asked = {"sector": "机器人与智能制造装备", "district": "云澜高新区"}
    told = register(graph, "项目台账", asked)
    assert [r["project"] for r in part(told, "projects")] == [ROBOTS]
    assert "sector=" in told.head[0]
    for given, expected in (
        ({"minimum": "8"}, {"10", "30"}),
        ({"party": "江海智能装备有限公司"}, {"6.5"}),
        ({"status": "started"}, {"10"}),
        ({"since": "2025"}, {"10", ""}),
    ):
        lines = part(register(graph, "project-register", given), "projects")
        assert {shown(r.get("sum:total", "")) for r in lines} == expected, given


def test_rows_without_a_day_are_counted_where_a_time_is_asked(examples: Graph) -> None:
    told = register(examples, "project-register", {"since": "2024"})
    (main,) = (p for p in told.tables if p.name == "projects")
    whole = part(register(examples, "project-register"), "projects")
    undated = sum(not (r["day"] or r["reported"]) for r in whole)
    assert undated > 0
    assert any(f"另有 {undated} 行没有日期" in note for note in main.notes)
    assert all((r["day"] or r["reported"]) >= "2024" for r in part(told, "projects"))


def test_what_has_no_news_for_long_stands_still_and_only_that(graph: Graph) -> None:
    told = register(graph, "project-register")
    assert [r["project"] for r in part(told, "stalled")] == [ROBOTS]
    (one,) = part(told, "stalled")
    assert (one["last"], shown(one["months"])) == ("2024-03-06", "18")
    early = register(graph, "project-register", {"on": "2024-06"})
    assert part(early, "stalled") == []
    long = register(graph, "project-register", {"stale": "24"})
    assert part(long, "stalled") == []


def test_a_wrong_parameter_is_answered_with_what_is_known(graph: Graph) -> None:
    for given, words in (
        ({"distrct": "x"}, "district"),
        ({"district": "甲某储能科技有限公司"}, "no place"),
        ({"sector": "机器"}, "no industry"),
        ({"since": "2024-13"}, "no date"),
        ({"minimum": "many"}, "no number"),
        ({"status": "sined"}, "signed"),
        ({"level": "town"}, "county"),
        ({"part": "nonsuch"}, "districts"),
    ):
        with pytest.raises(QueryError, match=words):
            register(graph, "project-register", given)
    with pytest.raises(QueryError, match="firms"):
        register(graph, "frms")


def test_the_least_total_is_in_hundred_millions_or_has_its_unit(graph: Graph) -> None:
    def large(least: str) -> list[dict[str, Any]]:
        return part(register(graph, "project-register", {"minimum": least}), "projects")

    assert large("10") == large("10亿元") == large("10亿") == large("100000万") != large("0")


# Which sums count, of deals made by hand.

FIRM = b.entity("Organisation", "甲某储能科技有限公司", subtype="company")
ZONE, OTHER = b.entity("District", "云澜高新区"), b.entity("District", "江海新区")
ONE, TWO, THREE = (b.entity("Project", f"云澜储能{n}基地") for n in "一二三")
SAID = b.source(
    "一.txt", "甲某储能科技有限公司签约云澜储能一基地、云澜储能二基地、云澜储能三基地。"
)


def deal(name: str, *amounts: Amount, projects: tuple[str, ...], **more: Any) -> Deal:
    attestation = Attestation(SAID.id, 0, 10, SAID.text[:10])
    given = {"parties": (FIRM.id,), "places": (ZONE.id,), "statuses": ("signed",), **more}
    iri = f"{b.BASE}deal/{b.hexes(name)}"
    return Deal(iri, projects=projects, amounts=amounts, attestations=(attestation,), **given)


def hundred_millions(value: int, kind: str = "total", currency: str = "CNY") -> Amount:
    return Amount(str(value * 10**8), kind, currency, f"{value}亿")


def known(*deals: Deal, entities: tuple[Any, ...] = ()) -> Knowledge:
    things = (FIRM, ZONE, OTHER, ONE, TWO, THREE, *entities)
    return Knowledge(
        sources=(SAID,),
        entities=tuple(sorted(things, key=lambda e: e.id)),
        facts=(),
        deals=tuple(sorted(deals, key=lambda d: d.id)),
    )


def counted(folder: Path, *deals: Deal, entities: tuple[Any, ...] = ()) -> dict[str, Any]:
    """What each total counts, and why it leaves out the others."""
    with open_store(b.built(folder, known(*deals, entities=entities))) as there:
        found = rows(projects(RegisterData(there)).each, Terms(load()).kinds)
        return {
            f"{t.kind} {t.currency}": (int(t.value / 10**8), dict(t.left_out))
            for t in totals(found)
        }


def test_a_joint_sum_counts_in_place_of_those_of_its_members(tmp_path: Path) -> None:
    both = deal("both", hundred_millions(30, "sum"), projects=(ONE.id, TWO.id))
    own = deal("one", hundred_millions(10), projects=(ONE.id,))
    assert counted(tmp_path / "a", both, own) == {"total CNY": (30, {"joint": 1})}
    other = deal("two", hundred_millions(15), projects=(TWO.id,))
    assert counted(tmp_path / "b", both, own, other) == {"total CNY": (25, {"members": 1})}


def test_what_is_cancelled_unlikely_or_told_twice_does_not_count(tmp_path: Path) -> None:
    gone = deal("one", hundred_millions(5), projects=(ONE.id,), statuses=("signed", "cancelled"))
    large = deal("two", hundred_millions(90_000), projects=(TWO.id,))
    twice = deal("three", hundred_millions(7), hundred_millions(8), projects=(THREE.id,))
    why = {"cancelled": 1, "unlikely": 1, "another": 1}
    assert counted(tmp_path, gone, large, twice) == {"total CNY": (8, why)}


def test_kinds_and_currencies_are_told_apart(tmp_path: Path) -> None:
    sums = (hundred_millions(10), hundred_millions(4, "loan"), hundred_millions(3, "total", "USD"))
    found = counted(tmp_path, deal("one", *sums, projects=(ONE.id,)))
    assert found == {"total CNY": (10, {}), "loan CNY": (4, {}), "total USD": (3, {})}


def test_things_of_one_name_are_one_project_where_they_have_a_party_in_common(
    tmp_path: Path,
) -> None:
    again = replace(ONE, id=ONE.id + "a")
    first = deal("one", hundred_millions(10), projects=(ONE.id,))
    second = deal("other", hundred_millions(10), projects=(again.id,))
    assert counted(tmp_path / "a", first, second, entities=(again,))["total CNY"][0] == 10
    apart = deal("other", hundred_millions(9), projects=(again.id,), parties=())
    assert counted(tmp_path / "b", first, apart, entities=(again,))["total CNY"][0] == 19


def test_a_row_is_in_one_bucket_alone(tmp_path: Path) -> None:
    here = deal("one", hundred_millions(10), projects=(ONE.id,))
    both = deal("two", hundred_millions(6), projects=(TWO.id,), places=(ZONE.id, OTHER.id))
    with open_store(b.built(tmp_path, known(here, both))) as there:
        told = register(there, "project-register")
    assert [(r["district"], shown(r["total"])) for r in part(told, "districts")] == [
        ("云澜高新区", "10"),
        ("多地", "6"),
    ]
    assert buckets([], lambda _: "") == []


# The others.


def test_a_firm_has_its_projects_and_what_they_come_to(graph: Graph) -> None:
    told = register(graph, "firms")
    lines = {str(one["firm"]): one for one in part(told, "firms")}
    first = lines["甲某储能科技有限公司"]
    assert (first["projects"], shown(first["invested"])) == (BATTERIES, "10")
    assert int(first["deals"]) >= 1
    second = lines["江海智能装备有限公司"]
    assert (second["sector"], second["words"]) == ("机器人与智能制造装备", "名称：智能装备")
    assert figures(told)["企业 家"] == str(len(lines))
    assert [
        str(r["firm"]) for r in part(register(graph, "firms", {"sector": "robots"}), "firms")
    ] == ["江海智能装备有限公司"]


def test_a_registered_name_tells_the_seat_where_nothing_else_does(examples: Graph) -> None:
    lines = {str(r["firm"]): r for r in part(register(examples, "firms"), "firms")}
    assert lines["无锡芯穹微电子有限公司"]["places"] == "无锡市"


def test_chains_tell_what_each_link_has_and_which_have_none(graph: Graph) -> None:
    told = register(graph, "chains", {"sector": "集成电路"})
    links = {r["link"]: r for r in part(told, "links")}
    assert shown(links["封装测试"]["projects"]) == "1"
    (member,) = (r for r in part(told, "members") if r["link"] == "封装测试")
    assert (member["thing"], member["words"]) == (CHIPS, "名称：芯片、封装")
    assert CHIPS in member["sentence"]
    gaps = {r["link"] for r in part(told, "gaps")}
    assert "芯片设计" in gaps
    assert "封装测试" not in gaps
    found = figures(told)
    assert int(found["缺失环节 个"]) + int(found["有企业或项目的环节 个"]) == 4


def test_a_network_is_the_same_however_often_it_is_made(
    examples: Graph, graph_of_examples: Path
) -> None:
    told = register(examples, "network")
    lines = part(told, "alliances")
    (one,) = (r for r in lines if r["alliance"] == "川渝人工智能算力协同创新联盟")
    assert one["leads"] == "成都数蜀云计算有限公司、电子科技大学"
    assert "西南交通大学" in one["members"]
    bodies = {str(r["body"]): r for r in part(told, "bodies")}
    assert shown(bodies["川渝人工智能算力协同创新联盟"]["degree"]) == "6"
    groups = part(told, "communities")
    assert all(int(r["size"]) == len(r["members"].split("、")) for r in groups)
    with open_store(graph_of_examples) as again:
        assert register(again, "network") == told


def test_a_policy_is_in_force_until_another_repeals_it(examples: Graph) -> None:
    """The scheme of 26 March 2024 repeals the guidance of 2021."""
    old, new = "湖北省新型数据中心布局指引（试行）", "湖北省算力基础设施高质量发展实施方案"

    def states(on: str) -> dict[str, str]:
        told = register(examples, "policy-lineage", {"on": on, "district": "湖北省"})
        return {str(r["policy"]): r["inforce"] for r in part(told, "policies")}

    assert (states("2024-01-01")[old], states("2024-01-01")[new]) == ("有效", "尚未发布")
    assert (states("2024-06-01")[old], states("2024-06-01")[new]) == ("已被废止", "有效")
    assert states("2020-01-01")[old] == "尚未发布"


def test_a_part_of_the_world_is_of_no_level(tmp_path: Path) -> None:
    bill = "云澜智能科技有限公司计划在欧洲投资3亿欧元建设芯片封装基地项目。"
    with open_store(build(tmp_path, 法案=bill)) as graph:
        here = RegisterData(graph)
        places = {here.name(iri): here.level(iri) for iri in here.of_class("District")}
    assert places["欧洲"] == "unknown"


def test_policies_go_from_the_nation_to_the_district(examples: Graph) -> None:
    told = register(examples, "policy-lineage")
    ranks = ["国家", "省级", "市级", "县区级", "功能区或乡镇", "不明"]
    levels = [ranks.index(r["level"]) for r in part(told, "policies")]
    assert levels == sorted(levels)
    paths = [r["path"] for r in part(told, "lineage")]
    assert (
        "安徽省人工智能产业高质量发展规划 › 合肥市智能机器人产业发展三年行动方案（2024—2026年）"
        in paths
    )
    targets = part(told, "targets")
    years = [r["year"] for r in targets]
    assert years == sorted(years)
    (carried,) = (r for r in targets if r["target"] == "智能算力占比超过45%")
    assert carried["year"] == "2025"


def test_the_catalogue_tells_who_builds_and_who_runs(examples: Graph) -> None:
    lines = {str(r["system"]): r for r in part(register(examples, "catalogue"), "systems")}
    assert lines["兰工通产业链供需对接平台"]["built"] == "市工信局"
    one = lines["蜀道云算力调度平台"]
    assert ("成都数蜀云计算有限公司" in one["built"], one["run"]) == (True, "锦城智算")
    assert "算力调度平台" in one["sentence"]


# Changes.


def test_a_build_is_compared_with_those_before_it(tmp_path: Path) -> None:
    place = build(tmp_path, 签约=SIGNED)
    with open_store(place) as first:
        assert "只记得一次构建" in str(register(first, "changes").tables)
    changed = SIGNED.replace("投资6.5亿元", "投资7亿元").replace(
        "云澜芯片封装测试项目、云澜算力中心项目两个项目总投资30亿元。", ""
    )
    build(tmp_path, 签约=changed, 开工=STARTED.replace("总投资10亿元", "总投资12亿元"))
    with open_store(place) as there:
        told = register(there, "changes")
        lines = [
            (r["change"], str(r["subject"]), r["relation"], r["object"], r.get("before", ""))
            for r in part(told, "changes")
        ]
        since = register(there, "changes", {"since": "2025"})
        with pytest.raises(QueryError, match="第 1 至第 2 次"):
            register(there, "changes", {"build": "7"})
    assert ("变化", ROBOTS, "投资额", "7亿元", "6.5亿元") in lines
    assert any(row[:4] == ("互相矛盾", BATTERIES, "投资额", "12亿元") for row in lines)
    assert ("新增", FIBRES, "其他金额", "3亿美元（总投资）", "") in lines
    gone = [row for row in lines if row[0] == "撤下"]
    assert {row[1] for row in gone} == {CHIPS, COMPUTING}
    counts = figures(told)
    assert sum(int(counts[f"{kind} 条"]) for kind in ("新增", "变化", "互相矛盾", "撤下")) == len(
        lines
    )
    assert FIBRES in {str(r["subject"]) for r in part(since, "changes")}
    assert ROBOTS not in {str(r["subject"]) for r in part(since, "changes")}


def test_history_is_no_part_of_the_files_of_a_graph(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    once = build(tmp_path / "a", 签约=SIGNED)
    build(tmp_path / "b", 签约=STARTED)
    twice = build(tmp_path / "b", 签约=SIGNED)
    for name in ("graph.ttl", "facts.csv", "deals.csv", "graph.html"):
        assert (once / name).read_bytes() == (twice / name).read_bytes()


# Industries.


def test_every_register_part_and_column_has_words_in_both_languages() -> None:
    page = load().words["registers"]
    others = {"registers", "parameters", "national", "runs", "firsts", "contrary"}
    texts = page.keys() - others
    for group in texts:
        assert all(one.keys() == {"zh", "en"} for one in page[group].values()), group
    assert set(MAKERS) == set(page["registers"])
    for name in MAKERS:
        assert {one.name for one in parameters(load(), name)} >= set(EVERY)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", MAKERS)
def test_every_register_has_an_answer_in_both_languages(
    examples: Graph, name: str, lang: str
) -> None:
    told = register(examples, name, {"lang": lang})
    assert told.language == lang
    known_columns = Terms(load(), lang).columns
    for table in told.tables:
        for column in table.columns:
            assert column.name in known_columns or column.name.startswith("sum:"), column.name


def test_a_name_decides_before_the_clause_that_tells_it() -> None:
    known_sectors = sectors(load())
    found = known_sectors.of("云澜项目", ["甲某芯片公司建设云澜项目生产光伏组件，另有机器人。"])
    assert found is not None
    assert (found.sector, found.words, found.named) == ("solar", ("光伏组件",), False)
    assert known_sectors.of("云澜航空港") is None
    assert known_sectors.named("集成电路") == known_sectors.named("Integrated Circuits") == "chips"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"label": {"zh": "甲", "en": "a"}, "words": ["("], "group": "g"}, "x: words"),
        ({"label": {"zh": "甲", "en": "a"}, "words": "甲", "group": "g"}, "x: words"),
        ({"label": {"zh": "甲", "en": "a"}, "words": ["甲"], "group": "h"}, "h is none"),
        ({"words": ["甲"], "group": "g"}, "x: label"),
    ],
)
def test_a_wrong_industry_is_refused_with_its_place(entry: dict[str, Any], words: str) -> None:
    page = {"groups": {"g": {"zh": "组", "en": "group"}}, "sectors": {"x": entry}}
    with pytest.raises(OntologyError, match=words):
        Sectors(page, "sectors.yaml")


def test_industries_are_a_concept_scheme() -> None:
    from rdflib import SKOS, Literal, URIRef

    from kg.store.rdf.vocabulary import ontology_graph

    ontology = load()
    scheme = ontology_graph(ontology)
    chips = URIRef(f"{ontology.namespace}industry-information-chips")
    assert (chips, SKOS.prefLabel, Literal("集成电路", lang="zh")) in scheme
    links = set(scheme.subjects(SKOS.broader, chips))
    assert URIRef(f"{chips}-packaging") in links
    every = set(scheme.subjects(SKOS.inScheme, URIRef(f"{ontology.namespace}Industries")))
    assert all((one, SKOS.prefLabel, None) in scheme for one in every)
    assert len(every) > 60


# Faces.


def test_hostile_names_stay_texts_on_every_page(tmp_path: Path) -> None:
    from kg.serve.pages.pages import page_answer
    from kg.serve.requests import RegisterRequest

    with open_store(b.built(tmp_path, b.hostile())) as there:
        for name in MAKERS:
            for suffix in ("", ".csv"):
                data, _ = page_answer(there, RegisterRequest(name, suffix))
                assert b"<script>alert" not in data or suffix
                assert not re.search(rb"(?m)^=|,=cmd", data)
        hostile = (("district", "<b>"), ("lang", "<i>"))
        for given in hostile:
            with pytest.raises(QueryError):
                page_answer(there, RegisterRequest("firms", parameters=(given,)))
        listed, _ = page_answer(there, RegisterRequest(parameters=hostile))
        assert b"<i>" not in listed


def test_the_command_asks_lists_and_reports_registers(folder: Path, tmp_path: Path) -> None:
    listed = kg("ask").stdout.decode()
    assert all(name in listed for name in MAKERS)
    table = kg("ask", "项目台账", "-d", folder, "part=sectors").stdout.decode()
    assert "机器人与智能制造装备" in table
    data = kg("ask", "project-register", "-d", folder, "--format", "csv").stdout
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [undo(one["总投资（亿元）"]) for one in lines[:2]] == ["10", "6.5"]
    rows_ = json.loads(kg("ask", "firms", "-d", folder, "--format", "json").stdout)
    assert rows_[0]["firm"] == "甲某储能科技有限公司"
    assert kg("ask", "firms", "-d", folder, "--format", "tsv").stdout.startswith("企业\t".encode())
    wrong = kg("ask", "firms", "-d", folder, "--format", "ttl")
    assert wrong.returncode == 1
    assert b"did you mean table?" in wrong.stderr
    for suffix in (".html", ".csv"):
        out = tmp_path / f"r{suffix}"
        assert kg("report", "project-register", "-d", folder, "-o", out).returncode == 0
        assert BATTERIES in out.read_text(encoding="utf-8-sig")


def test_a_workbook_has_a_sheet_for_each_part(graph: Graph) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    book = openpyxl.load_workbook(io.BytesIO(report(graph, "project-register", {}, "r.xlsx")))
    assert book.sheetnames[:3] == ["概要", "台账", "按地区"]
    head, first = list(book["台账"].values)[:2]
    assert first[head.index("总投资（亿元）")] == 10


def test_the_same_graph_gives_the_same_bytes(folder: Path, graph: Graph) -> None:
    with open_store(folder) as again:
        for name in MAKERS:
            one, other = (answer(g, name, {}, "json") for g in (graph, again))
            assert one == other


def test_names_of_registers_and_questions_do_not_meet() -> None:
    ontology = load()
    assert ontology.questions.keys().isdisjoint(names(ontology))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    from tests.testing.servers.server import serving

    with serving(folder, "--timeout", "60") as server:
        yield server.address


def test_the_server_gives_pages_and_files_and_names_what_is_wrong(address: str) -> None:
    import httpx2

    for name in MAKERS:
        page = httpx2.get(f"{address}/register/{name}", timeout=60)
        assert page.status_code == 200, name
        assert "form-action 'self'" in page.headers["content-security-policy"]
        assert f'href="/register/{name}.csv"' in page.text
    whole = httpx2.get(f"{address}/register/project-register.csv?sector=robots", timeout=60)
    assert whole.headers["content-disposition"] == "attachment"
    assert len(list(csv.reader(io.StringIO(whole.content.decode("utf-8-sig"))))) == 2
    wrong = httpx2.get(f"{address}/register/firms?district=云南高新", timeout=60)
    assert wrong.status_code == 400
    none = httpx2.get(f"{address}/register/nonsuch", timeout=60)
    assert (none.status_code, "no register" in none.text) == (400, True)
    assert "项目台账" in httpx2.get(f"{address}/registers", timeout=60).text


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", MAKERS)
def test_pages_fit_their_screen_and_print(
    browser: Any, address: str, name: str, width: int
) -> None:
    from tests.testing.browser.chromium import opened as shown_in

    with shown_in(browser, f"{address}/register/{name}", width=width) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") == width
        assert seen.errors == []
        printed = seen.page.pdf(prefer_css_page_size=True)
        assert printed.startswith(b"%PDF")
        if seen.page.locator("thead").count():
            assert seen.page.locator("thead").first.is_visible() == (width > 640)


def test_a_row_leads_to_its_sentence_and_its_thing(browser: Any, address: str) -> None:
    from tests.testing.browser.chromium import opened as shown_in
    from tests.testing.browser.chromium import until

    with shown_in(browser, f"{address}/register/project-register", width=1440) as seen:
        seen.page.select_option("select[name=sector]", "robots")
        seen.page.click("form.choose button")
        seen.page.wait_for_load_state("load")
        assert seen.page.locator("#projects ~ .wide tbody").count() == 1
        seen.page.click(".from a")
        until(seen.page, "() => document.body.classList.contains('reads')")
        until(seen.page, "() => document.body.textContent.includes('江海工业机器人产业园项目')")
        assert "#document=" in seen.page.url
        assert seen.errors == []


def test_a_cell_that_leads_somewhere_is_a_text_in_a_file() -> None:
    assert Linked("甲", "/thing/x") == "甲"
    assert shown(Linked("甲", "/thing/x")) == "甲"


@pytest.mark.parametrize(
    ("kind", "subtype", "name", "place"),
    [
        ("Organisation", "hospital", "合肥人民医院", "合肥市"),
        ("Organisation", "company", "合肥甲某储能科技有限公司", "合肥市"),
        ("Project", "", "合肥甲某产业园项目", "合肥市"),
        # A brand, a word that is a county's short name too, a branch elsewhere.
        ("Organisation", "company", "合肥时代", ""),
        ("Organisation", "hospital", "肥东医院", ""),
        ("Organisation", "finance", "安徽银行重庆分行", ""),
        ("Organisation", "finance", "安徽银行", "安徽省"),
        ("Organisation", "hospital", "肥东县医院", "合肥市"),
    ],
)
def test_a_name_tells_the_place_where_it_can_be_but_one(
    tmp_path: Path, kind: str, subtype: str, name: str, place: str
) -> None:
    from kg.publish.register.seats import places_of

    province = b.entity("District", "安徽省", code="340000")
    city = b.entity("District", "合肥市", code="340100")
    thing = b.entity(kind, name, subtype=subtype)
    things = tuple(sorted((province, city, thing), key=lambda e: e.id))
    built = b.built(tmp_path / "graph", Knowledge(sources=(b.source(),), entities=things, facts=()))
    with open_store(built) as graph:
        data = RegisterData(graph)
        found = [data.name(iri) for iri in places_of(data, thing.id)]
    assert found == ([place] if place else [])


def test_two_bodies_are_tied_in_one_line_however_often(tmp_path: Path) -> None:
    one = b.entity("Organisation", "甲某科技有限公司", subtype="company")
    other = b.entity("Organisation", "乙某科技有限公司", subtype="company")
    attestation = Attestation(b.source().id, 0, 4, "甲某与乙某签约。", claims=())
    facts = (
        b.fact(one, "cooperatesWith", other, "依据《国家传感器行动计划》"),
        b.fact(other, "cooperatesWith", one, "《重庆市传感器产业发展规划》"),
    )
    deal = Deal(
        f"{b.BASE}deal/{b.hexes('d')}", parties=(one.id, other.id), attestations=(attestation,)
    )
    given = Knowledge(
        sources=(b.source(),),
        entities=tuple(sorted((one, other), key=lambda e: e.id)),
        facts=tuple(sorted(facts, key=lambda f: f.id)),
        deals=(deal,),
    )
    with open_store(b.built(tmp_path / "graph", given)) as graph:
        made = register(graph, "network")
        ties = next(part for part in made.tables if part.name == "ties")
    assert len(ties.rows) == 1
    row = dict(zip((column.name for column in ties.columns), ties.rows[0], strict=True))
    assert {row["one"], row["other"]} == {one.name, other.name}
    assert set(str(row["how"]).split("、")) == {"合作", "共同签约"}


def test_an_empty_register_says_what_would_fill_it(tmp_path: Path) -> None:
    with open_store(b.built(tmp_path / "graph", Knowledge(sources=(b.source(),)))) as graph:
        for name in MAKERS:
            notes = " ".join(register(graph, name).notes)
            assert "没有符合条件的结果" in notes or name == "changes", name
            assert name == "changes" or "这里才有行" in notes
