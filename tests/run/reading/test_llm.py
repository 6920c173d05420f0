"""A language model as a proposer: one that answers well, and servers that do as they should not."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.base.errors import KgError, ReadError, StoreError
from kg.base.records import Document
from kg.extract.model.llm import AnsweredModel, Model
from kg.extract.model.llm.items import MOST, items
from kg.extract.model.llm.proposals import CUT
from kg.extract.model.llm.reasons import REASONS
from kg.extract.model.network import network
from kg.extract.stations import DocumentState, run_resolve, run_until
from kg.ontology import load
from kg.publish.explain.feature_wording import describe_feature
from kg.run.evaluate.gold import Sheet, named
from kg.run.pipeline import FILES, build
from kg.run.reading.llm_answers import LlmAnswers, answered_model
from kg.run.reading.llm_requests import LARGEST, LlmServer, address
from kg.run.train.fitting.logistic import KEEPING
from kg.run.train.marked import MarkedDocument
from kg.run.train.tune import Training
from tests.conftest import kg as run
from tests.testing.servers.troublesome import Said, answering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.run.report import Report
    from tests.testing.servers.troublesome import Heard

pytestmark = pytest.mark.usefixtures("learned", "kept_readers")

# The reader by itself does not say of it where the bridge is built.
SIGNING = "3月16日，蓉芯微电子股份有限公司与成都高新区签约，拟投资42亿元建设芯片研发制造基地项目。"
VISIT = "走进合肥市，记者看到云澜大桥项目初具雏形。"
NAMES = [("云澜大桥项目", "Project"), ("合肥市", "District")]
CLAIM = ("云澜大桥项目", "locatedIn", "合肥市", "走进合肥市，记者看到云澜大桥项目初具雏形")
MODEL = "stub:1b"


def said(names: Sequence[Sequence[str]] = (), claims: Sequence[Sequence[str]] = ()) -> str:
    whole = {
        "names": [dict(zip(("name", "class"), one, strict=True)) for one in names],
        "claims": [
            dict(zip(("subject", "relation", "object", "quote"), one, strict=True))
            for one in claims
        ],
    }
    return json.dumps(whole, ensure_ascii=False)


GOOD = said(NAMES, [CLAIM])


def completion(text: str, why: str = "stop") -> Said:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": why}
    body = json.dumps({"object": "chat.completion", "choices": [choice]})
    return Said(headers={"Content-Type": "application/json"}, body=body.encode())


def passage(heard: Heard) -> str:
    text: str = json.loads(heard.body)["messages"][-1]["content"]
    return text


def well(heard: Heard) -> Said:
    """A model that answers well of one text, and finds nothing in any other."""
    return completion(GOOD if "云澜大桥项目" in passage(heard) else said())


@cache
def model() -> Model:
    return Model.of(MODEL, load())


def spoken(answer: str | None, text: str = VISIT) -> DocumentState:
    state = DocumentState(
        Document("d", "d.txt", text), load(), llm=AnsweredModel(model(), lambda _: answer)
    )
    return run_until(state, run_resolve)


def told(state: DocumentState) -> set[tuple[str, str, str, str]]:
    """What is claimed, with who proposed it."""
    reading = state.reading
    assert reading is not None
    names = [entity.name for entity in reading.entities]
    return {
        (
            names[c.subject],
            c.predicate,
            names[c.object] if c.object is not None else c.value.lexical if c.value else "",
            re.sub("@.*", "", c.rule),
        )
        for c in reading.claims
    }


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "签约.txt").write_text(SIGNING, encoding="utf-8")
    (folder / "产品.txt").write_text(VISIT, encoding="utf-8")
    return folder


def built(documents: Path, graph: Path, url: str, **more: Any) -> Report:
    server = LlmServer(url, MODEL, seconds=more.pop("seconds", 20), at_once=more.pop("at_once", 2),
                  attempts=more.pop("attempts", 1))  # fmt: skip
    return build([documents], graph, llm=server, min_confidence=0.0, **more)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (*FILES, "report.html")}


# What is proposed of a text.


def test_what_a_model_quotes_is_weighed_beside_the_rest() -> None:
    alone, with_it = spoken(None), spoken(GOOD)
    assert CLAIM[:3] not in {claim[:3] for claim in told(alone)}
    assert (*CLAIM[:3], f"llm.{MODEL}") in told(with_it)
    assert with_it.llm_counts == {"passages": 1, "answers": 1, "names": 2, "claims": 1}


def test_without_an_answer_a_text_is_read_as_without_a_model() -> None:
    alone = run_until(DocumentState(Document("d", "d.txt", VISIT), load()), run_resolve)
    silent = spoken(None)
    assert silent.reading == alone.reading
    assert len(silent.unanswered) == 1


def test_a_model_that_says_nothing_changes_nothing_before_gold_says_so() -> None:
    assert spoken(said()).reading == spoken(None).reading


DROPPED = {
    "absent": said([("乙某研究院", "Organisation")]),
    "class": said([("云澜大桥项目", "Spaceship")]),
    "relation": said(NAMES, [("云澜大桥项目", "loves", "合肥市", CLAIM[3])]),
    "quotation": said(NAMES, [(*CLAIM[:3], "合肥市建设的云澜大桥项目")]),
    "ends": said(NAMES, [(*CLAIM[:3], "记者看到云澜大桥项目初具雏形")]),
    "range": said(NAMES, [("合肥市", "locatedIn", "云澜大桥项目", CLAIM[3])]),
    "refused": said([], [("雏形", "locatedIn", "合肥市", CLAIM[3])]),
    "value": said([*NAMES], [("云澜大桥项目", "investment", "初具", CLAIM[3])]),
    "malformed": '{"names": [{"name": 7, "class": "Project"}], "claims": []}',
    "unreadable": "抱歉，我不能完成这个任务。",
    "repeated": said([*NAMES, *NAMES[:1]], [CLAIM]),
    "excessive": said([(f"名{n}", "Project") for n in range(MOST + 1)]),
}


@pytest.mark.parametrize("reason", DROPPED)
def test_what_does_not_hold_is_dropped_and_counted(reason: str) -> None:
    state = spoken(DROPPED[reason])
    if reason == "value":  # dates are said of other things
        state = spoken(
            said([("芯片研发制造基地项目", "Project")],
                 [("芯片研发制造基地项目", "investment", "拟投资", SIGNING)]), SIGNING
        )  # fmt: skip
    assert state.llm_counts[reason] == 1
    assert {"乙某研究院", "名1"}.isdisjoint(e.name for e in state.reading.entities if state.reading)


def test_what_the_text_denies_is_dropped() -> None:
    text = "云澜大桥项目没有落户合肥市。"
    state = spoken(said(NAMES, [(*CLAIM[:3], text)]), text)
    assert state.llm_counts["denied"] == 1


def test_what_stands_far_apart_is_dropped() -> None:
    text = f"合肥市天气晴。{'记者看到车来车往。' * 4}云澜大桥项目上线。"
    assert spoken(said(NAMES, [(*CLAIM[:3], text)]), text).llm_counts["apart"] == 1


def test_every_reason_has_words_in_the_report() -> None:
    assert set(DROPPED) | {"denied", "apart"} == REASONS.keys()


def test_an_amount_is_read_from_the_text_and_not_from_the_answer() -> None:
    name = "芯片研发制造基地项目"
    state = spoken(said([(name, "Project")], [(name, "investment", "42亿元", SIGNING)]), SIGNING)
    assert (name, "investment", "4200000000") in {claim[:3] for claim in told(state)}
    assert "value" not in state.llm_counts


def test_a_relation_that_nobody_weighs_is_kept_below_what_a_graph_takes() -> None:
    text = "《甲市科技奖励办法》自今日起施行，《甲市科技奖励规定》同时废止。"
    names = [("甲市科技奖励办法", "Policy"), ("甲市科技奖励规定", "Policy")]
    claim = (names[0][0], "replaces", names[1][0], text)
    state = spoken(said(names, [claim]), text)
    assert state.reading is not None
    mine = [c for c in state.reading.claims if c.rule == f"llm.{MODEL}"]
    assert [(c.predicate, c.confidence) for c in mine] == [("replaces", 0.4)]


def test_quotation_marks_around_a_name_do_not_matter() -> None:
    text = "合肥市的“云澜大桥项目”昨日上线。"
    for name in ("云澜大桥项目", "“云澜大桥项目”"):
        state = spoken(
            said([NAMES[1], (name, "Project")], [(name, "locatedIn", "合肥市", text)]), text
        )
        assert state.llm_counts["refused"] == state.llm_counts["absent"] == 0


def test_decisions_tell_of_the_model_in_words() -> None:
    state = spoken(GOOD)
    decisions = [d for block in state.blocks for some in block.decisions for d in some]
    mine = [d for d in decisions if f"llm.{MODEL}" in d.proposal.proposers]
    assert {d.proposal.label for d in mine} >= {"District", "Project", "locatedIn"}
    for feature in {f for d in decisions for f in d.proposal.features}:
        assert describe_feature(feature) != feature
    assert describe_feature("llm yes") == "the language model proposes it"
    assert (
        describe_feature("Project llm no") == "the language model does not propose it, as Project"
    )


# What is read of an answer.


@pytest.mark.parametrize(
    "answer",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"好的，结果如下：\n{GOOD}\n希望有帮助。",
        f"<think>{{也许是 {said([('昨日', 'System')])}</think>{GOOD}",
        GOOD[:-1],
        GOOD.replace("}]}", '}, {"subject": "甲'),
        "\n".join(json.dumps(one) for part in json.loads(GOOD).values() for one in part),
        json.dumps(json.loads(GOOD), indent=2, ensure_ascii=False) + CUT.strip(),
    ],
)  # fmt: skip
def test_however_it_is_wrapped_what_is_whole_is_read(answer: str) -> None:
    found = items(answer)
    assert [tuple(one) for one in found.names] == NAMES
    assert [tuple(one) for one in found.claims] == [CLAIM]


@pytest.mark.parametrize(
    "answer",
    ["", "[]", "null", "{", '{"names": {"a": 1}, "claims": 3}', '{"a":' * 50_000, "{" * 50_000,
     '{"names": [[], null, {"name": "", "class": ""}, {"name": "甲"}]}', '{"\ud800": "\\ud800"}'],
)  # fmt: skip
def test_no_answer_breaks_the_reading(answer: str) -> None:
    found = items(answer)
    assert not found.names and not found.claims
    assert found.counts.total() >= 1
    spoken(answer)


def test_one_thing_said_again_and_again_counts_once() -> None:
    loop = '{"names": [' + '{"name": "云澜大桥项目", "class": "Project"}, ' * 3000
    found = items(loop)
    assert len(found.names) == 1
    assert found.counts == {"repeated": 2999}


# The prompt.


def test_the_prompt_names_what_the_ontology_has() -> None:
    text, ontology = model().prompt.text, load()
    for page in (*ontology.classes.values(), *ontology.relations.values()):
        assert f"{page.name}：{page.label['zh']}" in text
    assert "invests：投资（Organisation → Project）" in text
    assert "investment：投资额（Project、Event、Policy → 金额）" in text
    assert "documentNumber" not in text
    assert "{classes}" not in text and '{"names": [{"name"' in text
    assert len(text) < 2000


def test_another_page_of_the_ontology_is_another_prompt(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(load().folder, folder)
    assert Model.of(MODEL, load(folder)).digest == model().digest
    page = folder / "classes" / "System.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("系统产品", "产品"), encoding="utf-8")
    other = tmp_path / "other"
    folder.rename(other)
    assert Model.of(MODEL, load(other)).digest != model().digest
    (other / "words" / "prompt.yaml").unlink()
    other.rename(folder.with_name("third"))
    with pytest.raises(KgError, match=r"prompt\.yaml: is missing"):
        Model.of(MODEL, load(folder.with_name("third")))


@pytest.mark.parametrize("name", ["", "a b", "甲\n", "-x", "a" * 101])
def test_a_model_has_a_name_that_can_stand_in_a_rule(name: str) -> None:
    with pytest.raises(KgError, match="is no name of a language model"):
        Model.of(name, load())


def test_an_address_may_be_that_of_the_api_or_of_its_chats() -> None:
    whole = "https://h/v1/chat/completions"
    assert {address(u) for u in ("https://h/v1", "https://h/v1/", whole)} == {whole}


# Builds.


def test_a_build_asks_once_and_a_rebuild_nothing(documents: Path, tmp_path: Path) -> None:
    graph, again = tmp_path / "graph", tmp_path / "again"
    with answering(well) as (url, heard):
        first = built(documents, graph, url)
        assert sorted(passage(one)[:6] for one in heard) == ["原文：\n3月", "原文：\n走进"]
        assert {one.path for one in heard} == {"/chat/completions"}
        assert first.llm["answers"] == 2 and first.llm["facts"] == 1 and first.complete
        assert built(documents, graph, url).unchanged
        # The journal is lost, not what was paid for: nothing is asked, the bytes are the same.
        before = contents(graph)
        (graph / "store" / "readings.sqlite").unlink()
        assert not built(documents, graph, url, workers=2).known
        assert len(heard) == 2 and contents(graph) == before
        # Another folder is another graph, which asks for itself, whatever the number of threads.
        built(documents, again, url, at_once=7)
        assert len(heard) == 4 and contents(again) == before
    facts = (graph / "facts.csv").read_text(encoding="utf-8-sig")
    assert f"llm.{MODEL}" in facts
    page = (graph / "report.html").read_text(encoding="utf-8")
    assert f"语言模型 {MODEL}" in page


def test_the_answers_travel_with_the_folder(documents: Path, tmp_path: Path) -> None:
    with answering(well) as (url, heard):
        built(documents, tmp_path / "graph", url)
        before = contents(tmp_path / "graph")
    moved = tmp_path / "moved"
    (moved / "store").mkdir(parents=True)
    shutil.copy(LlmAnswers.of(tmp_path / "graph"), LlmAnswers.of(moved))
    report = built(documents, moved, "http://127.0.0.1:9/v1")  # nobody listens there
    assert report.complete and contents(moved) == before
    assert len(heard) == 2


def test_only_what_is_new_is_asked_about_and_what_is_gone_is_forgotten(
    documents: Path, tmp_path: Path
) -> None:
    graph = tmp_path / "graph"
    with answering(well) as (url, heard):
        built(documents, graph, url)
        (documents / "新.txt").write_text(
            "甲市举办云澜人工智能博览会，乙某集团参展。", encoding="utf-8"
        )
        (documents / "签约.txt").unlink()
        built(documents, graph, url)
        assert len(heard) == 3
        updated = contents(graph)
        built(documents, tmp_path / "fresh", url)
        assert contents(tmp_path / "fresh") == updated
    assert SIGNING.encode() not in LlmAnswers.of(graph).read_bytes()
    with LlmAnswers(LlmAnswers.of(graph)) as kept:
        assert kept.database.execute("select count(*) from answers").fetchone() == (2,)


def test_with_and_without_a_model_documents_are_read_anew(documents: Path, tmp_path: Path) -> None:
    graph, plain = tmp_path / "graph", tmp_path / "plain"
    build([documents], plain, min_confidence=0.0)
    with answering(well) as (url, heard):
        built(documents, graph, url)
        report = build([documents], graph, min_confidence=0.0)
        assert report.known == 0 and contents(graph) == contents(plain)
        assert report.llm == {} and "llm" not in (graph / "report.json").read_text("utf-8")
        built(documents, graph, url)
        assert len(heard) == 2
        build([documents], graph, llm=LlmServer(url, "other:7b"))
        assert len(heard) == 4


# What a server may do about one passage: a document each, whose text has its name.
TROUBLE: dict[str, tuple[Said, str]] = {
    "fault": (Said(500, body=b"out of memory"), "answers 500"),
    "crowd": (Said(429, {"Retry-After": "0"}), "answers 429"),
    "length": (Said(400, body=b"context length exceeded"), "context length exceeded"),
    "redirect": (Said(307, {"Location": "http://example.org/v1"}), "sends elsewhere"),
    "page": (Said(body=b"<html>busy</html>"), "no completion of a chat"),
    "other": (Said(body=b'{"choices": []}'), "no completion of a chat"),
    "types": (Said(body=b'{"choices": [7]}'), "no completion of a chat"),
    "blank": (completion(" "), "an empty answer"),
    "null": (completion(None), "an empty answer"),  # type: ignore[arg-type]
    "broken": (Said(body=b'{"choices"', missing=99), "broke off"),
    "late": (Said(seconds=1.5), "did not answer within 0.5 s"),
    "huge": (Said(body=b" " * (LARGEST + 1)), "answers with more than"),
}


def test_a_document_without_an_answer_is_read_without_it_and_said(tmp_path: Path) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    folder.mkdir()
    for number, trouble in enumerate(TROUBLE):
        for sort in ("", "好"):  # between two bad ones it answers well
            name = f"{number:02}{sort}{trouble}"
            more = "" if sort else VISIT
            text = f"甲市第{number + 1}个云澜项目（{sort}{trouble}）今日开工建设。{more}"
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")

    def answer(heard: Heard) -> Said:
        found = re.search("（([a-z]+)）", passage(heard))
        return TROUBLE[found[1]][0] if found else well(heard)

    with answering(answer) as (url, _):
        report = built(folder, graph, url, seconds=0.5, at_once=1)
    assert not report.complete and report.counts["total"]["documents"] == 2 * len(TROUBLE)
    assert {w.name for w in report.warnings if "gave no answer to 1 passage" in w.reason} == {
        f"{number:02}{trouble}.txt" for number, trouble in enumerate(TROUBLE)
    }
    assert report.llm["unanswered"] == report.llm["answers"] == len(TROUBLE)
    failures = "\n".join(report.llm["failures"])
    assert {why for _, why in TROUBLE.values() if why not in failures} == set()
    page = (graph / "report.html").read_text(encoding="utf-8")
    assert "没有回答的段落" in page and "context length exceeded" in page
    with answering(well) as (url, heard):  # it has come to itself
        report = built(folder, graph, url)
        assert report.complete and report.known == len(heard) == len(TROUBLE)
        built(folder, tmp_path / "fresh", url)
    assert contents(graph) == contents(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (Said(401), "put its key into KG_LLM_KEY"),
        (Said(404, body=b'model "stub:1b" not found'), "there is no such model"),
    ],
)
def test_what_no_other_passage_will_mend_is_said_at_once(
    bad: Said, why: str, documents: Path, tmp_path: Path
) -> None:
    words: list[str] = []
    with answering(lambda _: bad) as (url, heard):
        report = built(documents, tmp_path / "graph", url, at_once=1, say=words.append)
        assert len(heard) == 1
    assert report.llm["unanswered"] == 2 and not report.complete
    assert [why in word and "nothing more is asked" in word for word in words] == [True]


def test_what_fails_in_passing_is_asked_again(documents: Path, tmp_path: Path) -> None:
    def answer(heard: Heard) -> Said:
        return Said(503, {"Retry-After": "0"}) if heard.number == 1 else well(heard)

    with answering(answer) as (url, heard):
        assert built(documents, tmp_path / "graph", url, attempts=2).complete
        assert len(heard) == 3


def test_nobody_is_asked_for_ever(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n}.txt").write_text(f"甲市第{n}个项目今日开工建设。", encoding="utf-8")
    words: list[str] = []
    with answering(lambda _: Said(500)) as (url, heard):
        report = built(folder, tmp_path / "graph", url, say=words.append)
        assert len(heard) <= 5 + 4
    assert report.llm["unanswered"] == report.llm["passages"] == 40
    assert sum("nothing more is asked" in word for word in words) == 1


def test_at_most_so_many_are_asked_at_a_time(tmp_path: Path) -> None:
    folder, now, most = tmp_path / "many", [0], [0]
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}.txt").write_text(f"甲市第{n}个项目今日开工建设。", encoding="utf-8")

    def answer(heard: Heard) -> Said:
        now[0] += 1
        most[0] = max(most[0], now[0])
        from time import sleep

        sleep(0.05)
        now[0] -= 1
        return well(heard)

    with answering(answer) as (url, _):
        built(folder, tmp_path / "graph", url, at_once=3)
    assert 1 < most[0] <= 3


def test_the_key_goes_to_the_server_and_nowhere_else(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "sk-5ecret-0123456789"
    monkeypatch.setenv("KG_LLM_KEY", key)
    monkeypatch.setenv("KG_TOKEN", "not-for-this-server")
    monkeypatch.setenv("KG_USER", "nobody")
    graph = tmp_path / "graph"
    with answering(well) as (url, heard):
        done = run("build", documents, "-o", graph, "--llm", f"{url}/v1", "--llm-model", MODEL,
                   env={"KG_LLM_KEY": key, "KG_TOKEN": "not-for-this-server"})  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert {one.headers["authorization"] for one in heard} == {f"Bearer {key}"}
    assert {one.path for one in heard} == {"/v1/chat/completions"}
    assert b"stub:1b answered 2 of 2 passages" in done.stderr
    assert key.encode() not in done.stderr + done.stdout
    for path in graph.rglob("*"):
        assert not path.is_file() or key.encode() not in path.read_bytes(), path


def test_what_was_asked_can_be_made_out_from_the_request(documents: Path, tmp_path: Path) -> None:
    with answering(well) as (url, heard):
        built(documents, tmp_path / "graph", url)
    for one in heard:
        request = json.loads(one.body)
        assert request["model"] == MODEL and request["temperature"] == 0
        assert request["messages"][0] == {"role": "system", "content": model().prompt.text}
        assert "authorization" not in one.headers


def test_damaged_answers_are_said(documents: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    with answering(well) as (url, _):
        built(documents, graph, url)
        LlmAnswers.of(graph).write_bytes(b"no database at all, but long enough to be taken for one")
        (documents / "新.txt").write_text("甲市发布新规。", encoding="utf-8")
        with pytest.raises(StoreError, match=r"answers.sqlite: cannot be used .*delete it"):
            built(documents, graph, url)


def test_rules_alone_take_no_model(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_READER", "rules")
    with pytest.raises(KgError, match="leave out --llm"):
        built(documents, tmp_path / "graph", "http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--llm", "http://localhost:1/v1"], b"--llm needs --llm-model"),
        (["--llm-model", "m"], b"--llm-model goes with --llm"),
        (["--llm", "localhost", "--llm-model", "m"], b"is no address"),
        (["--llm", "http://h/v1", "--llm-model", "m", "--engine", "spark"], b"--engine local"),
    ],
)
def test_wrong_usage_is_told(words: list[str], says: bytes, tmp_path: Path) -> None:
    done = run("build", tmp_path, *words)
    assert done.returncode == 2
    assert says in done.stderr


def test_what_was_answered_before_a_build_broke_off_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, graph, kept = tmp_path / "many", tmp_path / "graph", LlmAnswers.keep
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.txt").write_text(f"甲市第{n}个项目今日开工建设。", encoding="utf-8")
    count = [0]

    def broken(self: LlmAnswers, *row: str) -> None:
        count[0] += 1
        if count[0] > 3:
            raise KeyboardInterrupt
        kept(self, *row)

    with answering(well) as (url, heard):
        monkeypatch.setattr(LlmAnswers, "keep", broken)
        with pytest.raises(KeyboardInterrupt):
            built(folder, graph, url, at_once=1)
        monkeypatch.setattr(LlmAnswers, "keep", kept)
        assert not (graph / "graph.ttl").exists()
        before = len(heard)
        assert built(folder, graph, url, workers=2).complete
        # The one that was asked when it broke off may have been heard, and is asked again.
        assert before <= 5 and 3 <= len(heard) - before <= 4
        built(folder, tmp_path / "fresh", url)
    assert contents(graph) == contents(tmp_path / "fresh")


def test_kg_explain_and_the_page_name_the_model(documents: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    with answering(well) as (url, _):
        built(documents, graph, url)
    said = run("explain", "-d", graph, CLAIM[0]).stdout.decode()
    assert f"rule llm.{MODEL}" in said
    assert f"proposed by the language model {MODEL}, not by the network, and it is" in said
    page = (graph / "graph.html").read_text(encoding="utf-8")
    assert f"llm.{MODEL}" in page and "byModel" in page


# What is learned of it.


def test_gold_tells_how_far_to_trust_a_model(documents: Path, tmp_path: Path) -> None:
    graph, ontology = tmp_path / "graph", load()
    with answering(well) as (url, _):
        built(documents, graph, url)
    llm = answered_model(graph, "", ontology)
    assert llm.model.name == MODEL
    document = Document("d", "d.txt", VISIT)
    things = {name: named(type_, [name]) for name, type_ in NAMES}
    gold = Sheet(things, {(CLAIM[0], CLAIM[1], CLAIM[2])})
    course = Training(ontology, network(None), tmp_path / "w", 1, lambda _: None, llm)
    lesson = course.lesson(MarkedDocument(document, gold))
    for examples in (lesson.names, lesson.claims):
        assert {one.true for one in examples if "llm yes" in one.features} == {True}
    lessons = [lesson] * 60
    fitted, prior = course.arbiter(lessons, KEEPING), course.prior
    for kind in ("mentions", "claims"):
        assert fitted[kind].weights["llm yes"] > prior[kind].weights["llm yes"] > 0
    silent = Training(ontology, network(None), tmp_path / "w", 1, lambda _: None)
    features = [
        f for one in silent.lesson(MarkedDocument(document, gold)).names for f in one.features
    ]
    assert not any("llm" in feature for feature in features)


def test_answers_that_are_not_there_are_said(documents: Path, tmp_path: Path) -> None:
    done = run("train", tmp_path, "--llm-answers", tmp_path / "graph")
    assert done.returncode == 1 and done.stderr
    graph = tmp_path / "graph"
    with pytest.raises(ReadError, match="keeps no answers of a language model"):
        answered_model(graph, "", load())
    with answering(well) as (url, _):
        built(documents, graph, url)
        build([documents], graph, llm=LlmServer(url, "other:7b"))
    with pytest.raises(ReadError, match=r"answers of other:7b, stub:1b are there; name one"):
        answered_model(graph, "", load())
    with pytest.raises(ReadError, match="name one with --llm-model"):
        answered_model(graph, "third", load())
    assert answered_model(graph, MODEL, load()).model.name == MODEL
