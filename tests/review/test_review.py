"""Corrections: each kind replayed, none ever dropped, the same bytes whatever the way there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from kg.base.errors import QueryError, ReadError, StoreError
from kg.base.records import Entity, Knowledge, NamedPlace, Source
from kg.base.settings import default
from kg.cli.main import main
from kg.corpus.assemble import entity_iri
from kg.ontology import load
from kg.query.graph import open as open_store
from kg.review import decide
from kg.review.apply.replay import replay
from kg.review.apply.verdicts import verdicts
from kg.review.book import append, read
from kg.review.decide import Who
from kg.review.decisions import (
    ClaimReference,
    Decision,
    DocumentReference,
    EntityReference,
    line,
    parse,
)
from kg.review.queue import DOUBTFUL, MONEY, questions
from kg.run.evaluate.score import evaluate
from kg.run.pipeline import build
from kg.store.folder import verify
from tests.conftest import ROOT
from tests.testing.builds.desk import COMPANY, ONE, PROJECT, TWO, Desk
from tests.testing.builds.notices import published

pytestmark = pytest.mark.usefixtures("kept_readers")

FIRST = ONE.partition("。")[0] + "。"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def thing(name: str, kind: str = "Organisation") -> EntityReference:
    return EntityReference(name, kind)


def claim(**more: object) -> ClaimReference:
    paper = DocumentReference("0" * 20, "甲.txt")
    whole = ClaimReference(
        "invests", thing("甲某公司"), thing("甲某项目", "Project"), None, paper, "甲某签约"
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def decision(do: str, minute: int, by: str = "王敏", **more: object) -> Decision:
    return Decision(do, by, f"2026-05-06T07:{minute:02}:00.000000Z", **more)  # type: ignore[arg-type]


# What is written down


def test_every_kind_of_decision_comes_back_from_its_line(desk: Desk) -> None:
    assert desk.say("accept", desk.id("invests", COMPANY), "--status", "signed") == 0
    assert desk.say("reject", desk.id("develops", COMPANY), why="“只是”签约\n\t") == 0
    assert desk.say("merge", COMPANY, "丙某数据集团") == 0
    assert desk.say("split", COMPANY, "甲某科技", "--document", "甲.txt") == 0
    assert desk.say("rename", PROJECT, "甲某智能装备生产基地项目") == 0
    assert desk.say("retype", PROJECT, "System") == 0
    quote = ("--quote", "丙某云谷由其打造")
    assert desk.say("add", "丙某数据集团", "develops", "Project:丙某云谷", *quote) == 0
    assert desk.say("drop", "兰州新区管委会") == 0
    assert desk.say("drop", "新材料产业园项目", "--alike", "phrase") == 0
    first = read(desk.file).decisions[0]
    assert desk.say("undo", first.id[:6]) == 0
    found = read(desk.file).decisions
    kinds = ["accept", "reject", "merge", "split", "rename", "retype", "add", "drop", "drop"]
    kinds.append("undo")
    assert [d.do for d in found] == kinds
    assert [parse(line(d)) for d in found] == list(found)
    assert found[-1].decision == first.id
    assert found[1].why == "“只是”签约\n\t"
    assert desk.file.read_bytes().count(b"\n") == 10


def test_a_decision_names_its_claim_by_content(desk: Desk) -> None:
    desk.say("reject", desk.id("invests", COMPANY))
    told = json.loads(desk.file.read_text(encoding="utf-8"))["claim"]
    assert told["subject"]["name"] == COMPANY
    assert told["object"] == {**told["object"], "name": PROJECT, "class": "Project"}
    assert told["quote"] == FIRST
    assert told["document"]["name"] == "甲.txt"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no JSON"),
        ("[1]", "is no decision"),
        ('{"do":"acept"}', "did you mean accept?"),
        ('{"do":"undo","by":"王敏","when":"2026-05-06"}', "decision is missing"),
        ('{"do":"drop","by":"王敏","when":"2026-05-06"}', "entity or name is wanted"),
        ('{"do":"undo","decision":"0","when":"2026-05-06"}', "by is missing"),
        ('{"do":"undo","decision":"0","by":"王敏","when":"soon"}', "when is 'soon'"),
        ('{"do":"undo","decision":7,"by":"王敏","when":"2026-05-06"}', "decision is no text"),
        ('{"do":"accept","claim":{},"by":"王敏","when":"2026-05-06"}', "claim.value is wanted"),
    ],
)
def test_a_line_that_is_no_decision_is_told_why(text: str, said: str) -> None:
    with pytest.raises(ReadError, match=said.replace(".", r"\.")):
        parse(text)


def test_an_unreadable_line_is_named_and_the_rest_counts(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.say("reject", desk.id("invests", COMPANY))
    good = desk.file.read_bytes()
    desk.file.write_bytes(b"<<<<<<< HEAD\n" + good + b"\xff\n\n{\n")
    status = main(["build", str(desk.folder), "-o", str(desk.graph)])
    told = capsys.readouterr().err
    assert status == 1
    assert [n for n in (1, 2, 3, 4, 5) if f"corrections.jsonl:{n}: " in told] == [1, 3, 5]
    assert "a mark of git's" in told
    assert not desk.facts("invests", COMPANY)
    page = (desk.graph / "report.html").read_text(encoding="utf-8")
    assert "Unreadable corrections" in page


# What each kind does


def test_a_rejected_claim_goes_and_a_later_acceptance_brings_it_back(desk: Desk) -> None:
    number = desk.id("invests", COMPANY)
    desk.say("reject", number)
    desk.build()
    assert not desk.facts("invests", COMPANY)
    assert len(desk.facts("develops", COMPANY)) == 1
    rejected = read(desk.file).decisions[0]
    append(desk.file, [replace(rejected, do="accept", when="2026-05-07T00:00:00.000000Z")])
    desk.build()
    (fact,) = desk.facts("invests", COMPANY)
    assert (fact.confidence, fact.id.rpartition("/")[2]) == (1.0, number)


def test_an_accepted_claim_is_sure_and_tells_who_when_and_why(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.say("accept", desk.id("invests", COMPANY), "--status", "signed", why="协议已看过")
    desk.build()
    (fact,) = desk.facts("invests", COMPANY)
    assert (fact.confidence, fact.status, fact.rule) == (1.0, "signed", "invests.frame")
    capsys.readouterr()
    main(["explain", "-d", str(desk.graph), COMPANY])
    said = "review: accepted by 王敏, 2026-05-06T07:01:00Z: 协议已看过"
    assert said in capsys.readouterr().out
    row = (desk.graph / "facts.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert row.startswith("subject,predicate,object,value,")


def test_an_accepted_claim_is_made_again_where_no_rule_finds_it(desk: Desk) -> None:
    (fact,) = desk.facts("invests", COMPANY)
    with open_store(desk.graph) as graph:
        told = decide.claim_reference_of(graph, fact)
    # As if a later version of the rules had lost it: no rule says that the company leads.
    lost = replace(told, predicate="organises", subject=told.subject)
    append(desk.file, [decision("accept", 1, claim=replace(lost, predicate="signs", status=""))])
    desk.build()
    assert {f.rule for f in desk.facts("signs", COMPANY)} == {"signs.frame"}
    other = replace(told, subject=thing("乙某新材料股份有限公司"))
    append(desk.file, [decision("accept", 2, claim=other)])
    report = desk.build()
    (made,) = desk.facts("invests", "乙某新材料股份有限公司", PROJECT)
    assert (made.rule, made.confidence, made.quote) == ("review", 1.0, FIRST)
    assert report.corrections.orphaned == ()


def test_a_renamed_thing_keeps_its_iri_and_its_old_name(desk: Desk) -> None:
    with open_store(desk.graph) as graph:
        (before,) = graph.entity(PROJECT)
    desk.say("rename", PROJECT, "甲某装备基地")
    desk.build()
    assert desk.names()["甲某装备基地"] >= {PROJECT}
    with open_store(desk.graph) as graph:
        assert graph.entity(PROJECT) == graph.entity("甲某装备基地") == [before]


def test_a_retyped_thing_keeps_the_facts_that_fit(desk: Desk) -> None:
    desk.say("retype", PROJECT, "System")
    with open_store(desk.graph) as graph:
        made = replay(graph.knowledge, read(desk.file).decisions, load(), default("base"))
    assert any("investment → 1200000000 is left out" in note for note in made.notes)
    desk.build()
    with open_store(desk.graph) as graph:
        (iri,) = graph.entity(PROJECT)
        kinds = {e.id: e.type for e in graph.knowledge.entities}
    assert kinds[iri] == "System"
    assert "/system/" in iri
    assert desk.facts("develops", COMPANY, PROJECT)
    assert not desk.facts("investment", PROJECT)


def test_a_thing_that_is_classed_back_is_what_it_was() -> None:
    ontology, base = load(), default("base")
    name, there = "甲某云谷", entity_iri(base, "System", "甲某云谷")
    source = Source(
        f"{base}document/1",
        "1",
        ("甲.txt",),
        name,
        "text/plain",
        named_places=(NamedPlace(0, 4, there),),
    )
    known = Knowledge((source,), (Entity(there, "System", name, mentions=1),))
    decided = [
        decision("retype", 1, entity=thing(name, "System"), type="Project"),
        decision("retype", 2, entity=thing(name, "Project"), type="System"),
    ]
    replayed = replay(known, decided, ontology, base)
    assert replayed.orphaned == ()
    assert [(e.id, e.type) for e in replayed.knowledge.entities] == [(there, "System")]
    assert replayed.knowledge.sources == (source,)


def test_merged_things_are_one_with_all_their_facts(desk: Desk) -> None:
    both = len(desk.facts(COMPANY)) + len(desk.facts("乙某新材料股份有限公司"))
    desk.say("merge", COMPANY, "乙某新材料股份有限公司", why="已更名")
    desk.build()
    assert desk.names()[COMPANY] == {"甲某科技", "乙某新材料股份有限公司"}
    assert len(desk.facts(COMPANY)) == both
    with open_store(desk.graph) as graph:
        (iri,) = graph.entity(COMPANY)
        (company,) = (e for e in graph.knowledge.entities if e.id == iri)
        named = {n.entity for s in graph.knowledge.sources for n in s.named_places}
        assert named <= {e.id for e in graph.knowledge.entities}
    assert company.mentions == 4
    assert any(m.rule == "review.merge" and "已更名" in m.reason for m in company.merges)


def test_a_split_name_takes_its_mentions_and_its_facts(desk: Desk) -> None:
    desk.say("split", COMPANY, "甲某科技")
    desk.build()
    assert desk.names()["甲某科技"] == desk.names()[COMPANY] == set()
    # The sentence about the chairman has the short name alone, the other one the full one.
    assert len(desk.facts("worksFor", "甲某科技")) == 1
    assert len(desk.facts("invests", COMPANY)) == 1


def test_a_name_can_be_split_in_one_document_alone(desk: Desk) -> None:
    desk.write("丙.txt", TWO.replace("5月9日", "6月1日"))
    desk.build()
    desk.say("split", "丙某数据集团", "丙某数据集团", "--document", "丙.txt")
    desk.build()
    with open_store(desk.graph) as graph:
        same = [e for e in graph.knowledge.entities if e.name == "丙某数据集团"]
    assert [e.mentions for e in same] == [1, 1]


def test_an_added_fact_carries_words_that_a_document_holds(desk: Desk) -> None:
    quote = "丙某数据集团承接运营，丙某云谷由其打造。"
    words = ("丙某数据集团", "develops", "Project:丙某云谷", "--quote", quote)
    assert desk.say("add", *words, "--status", "started") == 0
    desk.build()
    (fact,) = desk.facts("develops", "丙某云谷")
    with open_store(desk.graph) as graph:
        assert graph.text("乙.txt")[fact.start : fact.end] == fact.quote == quote
    assert (fact.status, fact.rule, fact.confidence) == ("started", "review", 1.0)
    assert fact.review.startswith("added by 王敏")


def test_an_added_quotation_may_leave_out_line_breaks_and_is_kept_word_by_word(desk: Desk) -> None:
    desk.write("丁.txt", "丁某重工集团在江畔区投\n资建设丁某港项目。\n")
    desk.build()
    quote = "丁某重工集团在江畔区投资建设丁某港项目"
    desk.say("add", "丁某重工集团", "leads", "丙某数据集团", "--quote", quote)
    (kept,) = read(desk.file).decisions
    assert kept.claim is not None
    assert kept.claim.quote == "丁某重工集团在江畔区投\n资建设丁某港项目"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", COMPANY, "invests", PROJECT, "--quote", "甲某智能科技有限公司与云澜市签了约"),
         "the nearest place is 甲.txt, line 1: “甲某智能科技有限公司"),
        (("add", COMPANY, "invests", PROJECT), "quote it with --quote"),
        (("add", COMPANY, "invest", PROJECT, "--quote", "签约"), "did you mean invests"),
        (("add", PROJECT, "invests", COMPANY, "--quote", "签约"), "does not begin at Project"),
        (("add", COMPANY, "develops", "Project:子虚项目", "--quote", FIRST), "not stand in 甲"),
        (("add", PROJECT, "investment", "很多", "--quote", FIRST), "is no value"),
        (("reject", "nonsuch"), "is no claim"),
        (("accept", ""), "is no claim"),
        (("merge", COMPANY, "甲某科技"), "are one already"),
        (("merge", COMPANY, "子虚公司"), "nothing is called"),
        (("rename", COMPANY, "乙某新材料股份有限公司"), "kg review merge"),
        (("retype", COMPANY, "Company"), "is no class"),
        (("split", COMPANY, "乙某"), "is no name of"),
        (("undo", "0"), "is no decision"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_with_the_way_out(
    desk: Desk, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.say(*words) == 1
    assert said in capsys.readouterr().err
    assert not desk.file.exists()


# What lasts


def test_a_decision_outlives_a_new_name_of_its_file_and_edits_beside_its_sentence(
    desk: Desk,
) -> None:
    desk.say("reject", desk.id("invests", COMPANY))
    (desk.folder / "甲.txt").rename(desk.folder / "戊.txt")
    desk.build()
    assert not desk.facts("invests", COMPANY)
    desk.write("戊.txt", "今日要闻\n\n" + ONE)
    report = desk.build()
    assert not desk.facts("invests", COMPANY)
    assert report.corrections.held == 1


def test_a_decision_whose_sentence_has_gone_is_told_and_holds_again_when_it_returns(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.say("reject", desk.id("invests", COMPANY), why="重复")
    kept = desk.file.read_bytes()
    desk.write("甲.txt", "甲某智能科技有限公司成立。\n")
    main(["build", str(desk.folder), "-o", str(desk.graph)])
    told = capsys.readouterr().err
    assert "orphaned correction: " in told
    assert f"its sentence stands in no document any more: “{FIRST}”" in told
    report = json.loads((desk.graph / "report.json").read_text(encoding="utf-8"))
    (orphan,) = report["corrections"]["orphaned"]
    assert orphan["what"].startswith("reject 甲某智能科技有限公司 — invests")
    assert "Orphaned corrections" in (desk.graph / "report.html").read_text(encoding="utf-8")
    assert desk.file.read_bytes() == kept
    desk.write("甲.txt", ONE)
    assert desk.build().corrections.orphaned == ()
    assert not desk.facts("invests", COMPANY)


def test_decisions_about_things_that_have_gone_are_told(desk: Desk) -> None:
    desk.say("merge", COMPANY, "丙某数据集团")
    desk.say("retype", PROJECT, "System")
    desk.say("rename", PROJECT, "甲某装备基地")
    desk.say("split", COMPANY, "甲某科技")
    (desk.folder / "甲.txt").unlink()
    orphaned = desk.build().corrections.orphaned
    assert [t.what.partition(" ")[0] for t in orphaned] == ["merge", "retype", "rename", "split"]
    assert orphaned[0].why == f"no Organisation is called {COMPANY} any more"


def test_a_decision_finds_its_thing_before_and_after_other_corrections(desk: Desk) -> None:
    desk.say("rename", PROJECT, "甲某装备基地")
    desk.say("retype", PROJECT, "System")
    desk.say("merge", "丙某数据集团", COMPANY)
    desk.say("reject", desk.id("develops", COMPANY))  # the graph is not built anew yet
    desk.build()
    assert desk.names()["丙某数据集团"] >= {COMPANY}
    assert not desk.facts("develops", "丙某数据集团", "甲某装备基地")
    before = len(desk.facts("signs"))
    desk.say("reject", desk.id("signs", "乙某新材料股份有限公司"))
    assert desk.build().corrections.orphaned == ()
    assert len(desk.facts("signs")) == before - 1


def test_of_two_people_the_later_one_holds_and_the_pair_is_told(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    number = desk.id("invests", COMPANY)
    desk.say("reject", number, by="王敏")
    desk.say("accept", number, by="李强", why="见合同")
    (told,) = desk.build().corrections.contested
    assert told.what.startswith("reject")
    assert told.why.endswith("(by 李强, 2026-05-06T07:02:00Z: 见合同)")
    assert desk.facts("invests", COMPANY)
    desk.say("reject", number, by="李强")
    main(["build", str(desk.folder), "-o", str(desk.graph)])
    assert "contested correction: " not in capsys.readouterr().err
    assert not desk.facts("invests", COMPANY)


def test_what_is_undone_does_not_hold_until_the_undoing_is_undone(desk: Desk) -> None:
    desk.say("reject", desk.id("invests", COMPANY))
    first = read(desk.file).decisions[0].id
    desk.say("undo", first)
    desk.build()
    assert desk.facts("invests", COMPANY)
    second = read(desk.file).decisions[1].id
    desk.say("undo", second)
    desk.build()
    assert not desk.facts("invests", COMPANY)


def test_an_undoing_of_nothing_is_orphaned() -> None:
    lost = decision("undo", 1, decision="0" * 12)
    assert [t.decision for t in verdicts([lost]).orphaned] == [lost.id]


def test_the_latest_decision_on_a_thing_holds_in_whatever_order_they_come() -> None:
    chance = random.Random(3)
    rows = [decision("accept" if i % 2 else "reject", i, claim=claim()) for i in range(6)]
    rows += [decision("rename", i, entity=thing("甲某公司"), name=f"甲{i}") for i in range(4)]
    for _ in range(20):
        chance.shuffle(rows)
        held = verdicts(rows).in_force
        assert [(d.do, d.name) for d in held] == [("rename", "甲3"), ("accept", "")]


# The same bytes


def decided(desk: Desk) -> None:
    """One decision of each kind."""
    desk.say("reject", desk.id("signs", COMPANY))
    desk.say("accept", desk.id("invests", COMPANY), "--status", "signed")
    desk.say("rename", PROJECT, "甲某装备基地")
    desk.say("retype", "新材料产业园项目", "System")
    desk.say("merge", COMPANY, "丙某数据集团")
    desk.say("split", COMPANY, "甲某科技")
    quote = ("--quote", "丙某云谷由其打造")
    desk.say("add", "丙某数据集团", "develops", "Project:丙某云谷", *quote)
    desk.say("drop", "兰州新区管委会")
    desk.say("drop", "李明", "--alike", "phrase")


def test_a_graph_brought_up_to_date_has_the_bytes_of_one_from_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    decided(desk)
    desk.build()
    assert desk.build().unchanged
    for workers, name in ((1, "one"), (2, "two")):
        graph = tmp_path / name
        build([desk.folder], graph, corrections=desk.file, workers=workers)
        ours, theirs = published(desk.graph), published(graph)
        ours.pop("corrections.jsonl")
        assert ours == theirs
    assert verify(desk.graph) == []


def test_the_order_of_the_lines_says_nothing(desk: Desk, tmp_path: Path) -> None:
    decided(desk)
    desk.build()
    rows, chance = desk.file.read_bytes().splitlines(keepends=True), random.Random(5)
    before = published(desk.graph)
    for _ in range(3):
        chance.shuffle(rows)
        desk.file.write_bytes(b"".join([*rows, rows[0]]))
        assert desk.build().unchanged
        file = tmp_path / "shuffled.jsonl"
        file.write_bytes(b"".join(rows))
        build([desk.folder], tmp_path / "fresh", corrections=file)
        after = published(tmp_path / "fresh")
        assert {k: v for k, v in before.items() if k != "corrections.jsonl"} == after


def test_a_new_decision_costs_no_reading(desk: Desk) -> None:
    desk.say("reject", desk.id("signs", COMPANY))
    report = desk.build()
    assert (report.known, report.unchanged) == (2, False)


def test_corrections_may_lie_among_the_documents(desk: Desk) -> None:
    file = desk.folder / "corrections.jsonl"
    desk.say("--corrections", str(file), "reject", desk.id("invests", COMPANY))
    report = desk.build(corrections=file)
    assert report.complete
    assert not desk.facts("invests", COMPANY)
    with pytest.raises(ReadError, match=r"nonsuch\.jsonl: does not exist"):
        desk.build(corrections=desk.folder / "nonsuch.jsonl")


def test_a_build_that_was_not_told_of_the_corrections_says_so(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    file = desk.folder / "ours.jsonl"
    desk.say("--corrections", str(file), "reject", desk.id("invests", COMPANY))
    words = ["build", str(desk.folder / "甲.txt"), "-o", str(desk.graph)]
    assert main([*words, "--corrections", str(file)]) == 0
    assert "name their file" not in capsys.readouterr().err
    assert main(words) == 0
    assert "made with 1 decisions of people" in capsys.readouterr().err


# The file


def _undone(who: int) -> list[Decision]:
    return [decision("undo", i, by=f"{who}", why="词" * 500, decision=f"{i}") for i in range(60)]


def _lines(who: int) -> list[str]:
    return [line(one) for one in _undone(who)]


def _many(file: str, who: int) -> None:
    for one in _undone(who):
        append(Path(file), [one])


@pytest.mark.process
def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    file, context = tmp_path / "corrections.jsonl", get_context("spawn")
    writers = [context.Process(target=_many, args=(str(file), i)) for i in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    book = read(file)
    assert (len(book.decisions), book.unreadable) == (120, ())


def test_a_kill_in_the_middle_of_writing_spoils_no_other_line(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    code = (
        "import sys\nfrom pathlib import Path\nfrom tests.review.test_review import _many\n"
        "while True: _many(sys.argv[1], 0)"
    )
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=ROOT)
        began = file.stat().st_size if file.exists() else 0
        while not file.exists() or file.stat().st_size < began + 5000:
            time.sleep(0.01)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    # Linux may end a write between two pages of memory: half of a line that nobody was told of.
    whole = file.read_bytes()
    written = [one.encode() for one in _lines(0)]
    torn = [n for n, one in enumerate(whole.splitlines(), 1) if one not in written]
    assert len(torn) <= 3
    for number in torn:
        assert any(one.startswith(whole.splitlines()[number - 1]) for one in written)
    file.write_bytes(whole[:-40])  # what a crash of the machine may leave
    added = decision("undo", 59, by="李强", decision="0")
    append(file, [added])
    book = read(file)
    assert added in book.decisions
    lines = len(whole.splitlines())
    assert [u.name for u in book.unreadable] == [
        f"corrections.jsonl:{n}" for n in sorted({*torn, lines})
    ]


def test_a_file_that_cannot_be_written_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="choose another file with --corrections"):
        append(tmp_path, [decision("undo", 1, decision="0")])


def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    import resource

    file = tmp_path / "corrections.jsonl"
    append(file, [decision("undo", 1, decision="0")])
    before = file.read_bytes()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, len(before) + 20))
        try:
            append(file, [decision("undo", 2, decision="1")])
        except StoreError:
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert file.read_bytes() == before


# What is asked


def test_questions_come_by_weight_with_their_reason_and_decided_ones_go(desk: Desk) -> None:
    with open_store(desk.graph) as graph:
        found = questions(graph)
        assert [q.weight for q in found] == sorted((q.weight for q in found), reverse=True)
        assert all(q.reason and q.text for q in found)
        assert {q.kind for q in found} >= {"claim", "merge"}
        who = Who.now("王敏")
        some = [replace(q.accept, by=who.by, when=who.when) for q in found[::2]]
        left = questions(graph, some)
    assert [q.id for q in left] == [q.id for q in found[1::2]]


def test_contradictory_amounts_are_asked_first(desk: Desk) -> None:
    desk.write("己.txt", "甲某科技拟投资15亿元建设甲某云谷项目。甲某云谷项目总投资16亿元。\n")
    desk.build()
    with open_store(desk.graph) as graph:
        first, second = questions(graph)[:2]
    assert {q.text.partition(" → ")[2].split()[0] for q in (first, second)} == {
        "1500000000",
        "1600000000",
    }
    assert "other sentences say" in first.reason
    # Totals rest on sums: they come before names that may be none.
    assert first.weight >= second.weight >= MONEY > DOUBTFUL


def test_two_names_that_a_text_would_make_one_are_asked_about(desk: Desk) -> None:
    desk.write("辛.txt", "乙某新材料公司与江畔区人民政府签约，拟投资2亿元建设乙某云谷项目。\n")
    desk.build()
    with open_store(desk.graph) as graph:
        (alike,) = (q for q in questions(graph) if q.kind == "alike")
    assert alike.text == "乙某新材料公司 may be 乙某新材料股份有限公司 (Organisation)"
    signed = [replace(d, by="王敏", when="2026-05-06T07:08:09.000000Z") for d in
              (alike.accept, alike.reject)]  # fmt: skip
    append(desk.file, signed[1:])
    assert desk.build().corrections.orphaned == ()
    assert "乙某新材料公司" in desk.names()
    append(desk.file, [replace(signed[0], when="2026-05-07T00:00:00.000000Z")])
    desk.build()
    assert desk.names()["乙某新材料股份有限公司"] == {"乙某新材料公司"}


def session(desk: Desk, answers: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "review", "-d", desk.graph, "--by", "王敏", *words],
        cwd=ROOT,
        input=answers.encode(),
        capture_output=True,
        check=False,
    )


def test_a_session_over_a_pipe_keeps_each_answer(desk: Desk) -> None:
    typed = f"?\na 对\nr 不是\nu\nrename {COMPANY} 甲某科技集团\nmerge 甲\ns\nq\n"
    done = session(desk, typed)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (0, b"")
    assert [(d.do, d.why) for d in read(desk.file).decisions] == [
        ("accept", "对"),
        ("reject", "不是"),
        ("undo", ""),
        ("rename", ""),
    ]
    assert "write: merge NAME OTHER…" in said
    assert "2 decisions kept in" in said


def test_a_session_ends_where_the_answers_do_and_asks_no_more_than_its_limit(desk: Desk) -> None:
    assert session(desk, "a\n").returncode == 0
    assert session(desk, "a\n" * 50, "--limit", "3").returncode == 0
    assert len(read(desk.file).decisions) == 4


def test_a_session_at_a_terminal_shows_its_questions(desk: Desk) -> None:
    import pty

    words = [sys.executable, "-m", "kg", "review", "-d", str(desk.graph), "--by", "王敏"]
    ours, theirs = pty.openpty()
    running = subprocess.Popen(words, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while b"> " not in shown:
        shown += os.read(ours, 4096)
    os.write(ours, "r 看错了\nq\n".encode())
    assert running.wait(600) == 0
    os.close(ours)
    assert "1. [" in shown.decode()
    (kept,) = read(desk.file).decisions
    assert kept.why == "看错了"


def test_the_list_for_programs_holds_the_decisions_that_answer(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["review", "-d", str(desk.graph), "--json", "--limit", "5"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == 5
    for question in told:
        for answer in (question["accept"], question["reject"]):
            signed = {**answer, "by": "王敏", "when": "2026-05-06T07:08:09Z"}
            assert parse(json.dumps(signed)).do == answer["do"]


def test_the_log_lists_every_decision(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    decided(desk)
    capsys.readouterr()
    assert main(["review", "-d", str(desk.graph), "log"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 9
    assert rows[2].partition("  ")[2] == (
        f"rename {PROJECT} 甲某装备基地 by 王敏, 2026-05-06T07:03:00Z"
    )


def test_only_one_thing_of_a_name_can_be_meant(desk: Desk) -> None:
    desk.write("庚.txt", "戊某医药有限公司总经理李明表示，将加大投入。\n")
    desk.build()
    with open_store(desk.graph) as graph, pytest.raises(QueryError, match="names several things"):
        decide.entity_of(graph, "李明")
    with open_store(desk.graph) as graph:
        one, other = graph.entity("李明")
    assert desk.say("merge", one, other) == 0
    desk.build()
    assert len([n for n in desk.names() if n == "李明"]) == 1
    with open_store(desk.graph) as graph:
        assert len(graph.entity("李明")) == 1


# What is learned


def test_a_name_that_people_gave_is_known_in_every_document(desk: Desk) -> None:
    desk.write("壬.txt", "丙某数据集团去年把丙某天枢交给了我们。\n")
    desk.write("癸.txt", "丙某天枢落户兰州新区。\n")
    desk.build()
    assert "丙某天枢" not in desk.names()
    words = ("丙某数据集团", "develops", "Project:丙某天枢", "--document", "壬.txt")
    assert desk.say("add", *words, "--quote", "丙某数据集团去年把丙某天枢交给了我们") == 0
    report = desk.build()
    assert report.known == 0
    assert desk.facts("locatedIn", "丙某天枢", "兰州新区")
    with open_store(desk.graph) as graph:
        (iri,) = graph.entity("丙某天枢")
        named = {
            s.names[0] for s in graph.knowledge.sources for n in s.named_places if n.entity == iri
        }
    assert named == {"壬.txt", "癸.txt"}
    assert desk.build().unchanged
    desk.say("undo", read(desk.file).decisions[0].id)
    desk.build()
    assert "丙某天枢" not in desk.names()


def test_a_name_of_odd_characters_does_not_break_the_reading(desk: Desk) -> None:
    for name in ("#甲|乙", "甲某\t云", "“甲某”: {云}", "甲" * 200):
        with open_store(desk.graph) as graph:
            told = decide.rename(graph, Who.now("王敏"), PROJECT, name.replace("\t", " "))
        append(desk.file, [replace(told, name=name)])
        assert desk.build().corrections.orphaned == ()


def test_a_name_tells_at_once_that_all_documents_are_read_again(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.say("rename", PROJECT, "甲某装备基地")
    assert "reads every document again" in capsys.readouterr().err
    desk.say("reject", desk.id("signs", COMPANY))
    assert "reads every document again" not in capsys.readouterr().err


def test_what_was_decided_is_gold_for_what_extraction_finds_by_itself(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.say("accept", desk.id("invests", COMPANY))
    desk.say("reject", desk.id("develops", COMPANY))
    desk.say("rename", COMPANY, "甲某科技集团")
    desk.build()
    desk.say("accept", desk.id("signs", "甲某科技集团"))
    quote = ("--quote", "丙某云谷由其打造")
    desk.say("add", "丙某数据集团", "organises", "Project:丙某云谷", *quote)
    desk.say("add", "丙某数据集团", "develops", "Project:丙某云谷", *quote)
    result = evaluate(desk.file, desk.folder)
    counts = {k: (t.tp, t.fp, t.fn) for k, t in result.tallies.items() if k != "relation/develops"}
    assert counts == {"relation/invests": (1, 0, 0), "relation/signs": (1, 0, 0)}
    assert result.tallies["relation/develops"].fp == 1
    assert f"+ relation {COMPANY} — develops → {PROJECT}" in result.errors["甲.txt"]
    capsys.readouterr()
    assert main(["evaluate", str(desk.file), str(desk.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["relation"]["fp"] == 1
    with pytest.raises(ReadError, match="name the documents that were reviewed"):
        evaluate(desk.file)
