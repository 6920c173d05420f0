"""What people decided, replayed by a job: the same statements as those of a local build."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.query.graph import open as open_store
from kg.review import decide
from kg.review.book import append, read
from kg.review.decide import Who
from kg.review.decisions import Decision, DocumentReference, EntityReference
from kg.run.spark.job import JobSettings, run
from tests.conftest import EXAMPLES, SOAK, kg
from tests.testing.spark.cluster import kept
from tests.testing.spark.jobs import INVENTED, needs_java, spark, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.query.graph import Graph
    from kg.run.spark.write import Summary

COMPANY, SCHOOL = "云桥智能科技有限公司", "澜江大学"
PLANT = INVENTED["一.txt"]
# Of the command; each part of each station costs a tenth of a second.
PARTS = "6" if SOAK == 1 else "16"
GONE = EntityReference("无此公司", "Organisation")


def who(minute: int, by: str = "王敏") -> Who:
    return Who(by, f"2026-05-06T07:{minute:02}:00.000000Z")


def fact(graph: Graph, predicate: str, subject: str, target: str = "") -> str:
    """The id of one claim by its ends."""
    names = graph.names_of
    found = [
        f.id
        for f in graph.knowledge.facts
        if f.quote and f.predicate == predicate and names[f.subject] == subject
        and names.get(f.object, "") == target
    ]  # fmt: skip
    return found[0]


def decided(graph: Graph) -> list[Decision]:
    """Decisions of each kind; some about things that others touch too, some about nothing."""
    partner = fact(graph, "cooperatesWith", SCHOOL, COMPANY)
    signed = decide.judge(graph, who(1), "accept", partner, "planned")
    rejected = decide.judge(
        graph, who(2), "reject", fact(graph, "invests", COMPANY, "芯片封装基地项目")
    )
    assert rejected.claim
    unsaid = replace(
        rejected.claim, quote="这一句哪里也没有。", document=DocumentReference("0" * 20)
    )
    elsewhere = replace(signed.claim, document=DocumentReference("0" * 20, "无此文.txt"))  # type: ignore[type-var]
    renamed = decide.rename(graph, who(3), "沈阳市", "盛京市")
    return [
        signed,
        rejected,
        renamed,
        decide.undo(who(4), renamed),
        decide.merge(graph, who(5), "合肥高新区", "合肥经开区"),
        # A place taken in by a body: its claims and the divisions that hold it fit no more.
        decide.merge(graph, who(6), SCHOOL, "成都高新区"),
        decide.split(graph, who(7), "蓉芯微电子股份有限公司", "蓉芯微"),
        decide.split(graph, who(8), "重庆市", "重庆", "重庆-两江新区智造.txt"),
        decide.split(graph, who(9), "武汉东湖新技术开发区", "东湖高新区"),
        decide.rename(graph, who(10), "粤港澳大湾区先进陶瓷研究院", "湾区陶瓷院"),
        decide.rename(graph, who(11, "李雷"), "粤港澳大湾区先进陶瓷研究院", "陶瓷研究院"),
        decide.rename(graph, who(12), "甘肃陇云数据集团有限公司", "陇云集团"),
        decide.retype(graph, who(13), "西部智慧诊疗创新中心", "Organisation"),
        decide.retype(graph, who(14), "知音AR导览眼镜", "Project"),
        decide.add(graph, who(15), (COMPANY, "develops", "Project:芯片封装基地"), PLANT),
        decide.add(graph, who(16), ("两江新区", "partOf", "重庆市"), "项目落户重庆市綦江区石角镇"),
        Decision("reject", "王敏", who(17).when, claim=unsaid),
        Decision("accept", "王敏", who(18).when, claim=elsewhere),
        Decision("retype", "王敏", who(19).when, entity=GONE, type="System"),
        Decision(
            "split", "王敏", who(20).when, entity=EntityReference("合肥市", "District"), name="庐州"
        ),
    ]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents, and the file of the decisions among them."""
    folder = tmp_path_factory.mktemp("corrected") / "source"
    shutil.copytree(EXAMPLES, folder)
    for name, text in INVENTED.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    kg("build", folder, "-o", folder.parent / "before")
    with open_store(folder.parent / "before") as graph:
        append(folder / "更正.jsonl", decided(graph))
    with (folder / "更正.jsonl").open("a") as book:
        book.write("{\n")
    return folder


@pytest.fixture(scope="module")
def local(documents: Path) -> Path:
    folder = documents.parent / "local"
    done = kg("build", documents, "-o", folder, "--corrections", documents / "更正.jsonl")
    assert done.returncode == 1, "two files are bad, and a line of the corrections"
    return folder


def report(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def same(out: Path, local: Path) -> None:
    exported = kg("export", "-d", local, "nq").stdout.splitlines()
    assert statements(out) == sorted(exported)
    ours, theirs = report(out), report(local)
    assert ours["corrections"] == theirs["corrections"]
    for name in ("documents", "entities", "facts", "mentions", "background entities"):
        assert ours["counts"]["total"][name] == theirs["counts"]["total"][name], name
    told = [[n for n in r["notes"] if n.startswith("corrections:")] for r in (ours, theirs)]
    assert told[0] == told[1]
    assert told[0], "nothing was left out"


def test_the_decisions_hold_but_for_those_about_nothing(local: Path) -> None:
    told = report(local)["corrections"]
    assert (told["decisions"], told["held"], len(told["unreadable"])) == (20, 14, 1)
    assert [t["what"].split()[0] for t in told["orphaned"]] == ["retype", "split", "reject"]
    assert len(told["contested"]) == 1
    assert any("the same by review" in line for line in lines(local))


def lines(local: Path) -> list[str]:
    return kg("export", "-d", local, "nq").stdout.decode().splitlines()


@needs_java
def test_the_command_replays_decisions_and_tells_what_came_of_them(
    documents: Path, local: Path, tmp_path: Path
) -> None:
    out, book = tmp_path / "out", documents / "更正.jsonl"
    parts = ("--workers", "2", "--partitions", PARTS)
    done = spark(documents, "-o", out, "--corrections", book, *parts)
    assert done.returncode == 1, done.stderr.decode()
    said = done.stderr.decode()
    assert "replayed 20 decisions of people, 3 orphaned" in said
    assert "orphaned correction: " in said
    assert "contested correction: " in said
    assert "unreadable correction: 更正.jsonl:21" in said
    same(out, local)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A Spark that runs one job after the other."""
    with kept() as running:
        yield running


@needs_java
@pytest.mark.skipif(SOAK == 1, reason="make soak: the command replays them in six parts")
@pytest.mark.parametrize("partitions", [1, 4])
def test_a_job_replays_decisions_in_any_number_of_parts(
    session: Any, documents: Path, local: Path, tmp_path: Path, partitions: int
) -> None:
    session.conf.set("spark.sql.shuffle.partitions", str(partitions))
    book = documents / "更正.jsonl"
    words = JobSettings(str(tmp_path / "out"), partitions=partitions, book=read(book), beside=book)
    summary: Summary = run(session, [str(documents)], words)
    assert not summary.complete
    same(tmp_path / "out", local)


@needs_java
def test_a_job_leaves_out_what_a_local_build_leaves_out(
    session: Any, documents: Path, tmp_path: Path
) -> None:
    least, book, out, graph = "0.9", documents / "更正.jsonl", tmp_path / "out", tmp_path / "local"
    words = ("--corrections", book, "--min-confidence", least)
    assert kg("build", documents, "-o", graph, *words).returncode == 1
    asked = JobSettings(str(out), book=read(book), beside=book, least=float(least))
    summary: Summary = run(session, [str(documents)], asked)
    same(out, graph)
    assert 0 < summary.left_out == report(graph)["left_out"]
    assert report(out)["min_confidence"] == report(graph)["min_confidence"] == float(least)
    assert any("left out: their confidence" in note for note in report(out)["notes"])
