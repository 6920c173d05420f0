"""The page of corrections decides all that is alike at once, after it has shown what it does."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from kg.query.graph import open as opened_graph
from kg.review.book import read
from tests.conftest import kg
from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import opened
from tests.testing.servers.server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPANY = "甲某智能科技有限公司"
TEXT = "".join(f"{COMPANY}拟投资{n}亿元建设云谷{n}号仓储项目。\n" for n in range(2, 15))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("alike")
    (place / "documents").mkdir()
    (place / "documents" / "甲.txt").write_text(TEXT, encoding="utf-8")
    done = kg("build", place / "documents", "-o", place / "graph")
    assert done.returncode == 0, done.stderr.decode()
    return place


@pytest.fixture
def server(built: Path) -> Iterator[Server]:
    file = built / "graph" / "corrections.jsonl"
    file.unlink(missing_ok=True)
    with serving(built / "graph", "--review") as running:
        yield running


def claim_of(built: Path) -> str:
    with opened_graph(built / "graph") as graph:
        names = graph.names_of
        found = [f for f in graph.knowledge.facts if f.predicate == "invests"]
    assert {names[f.subject] for f in found} == {COMPANY}
    return found[0].id.rpartition("/")[2]


def asked(server: Server, **given: str) -> httpx2.Response:
    address = server.address + "/review/pattern.json"
    return httpx2.get(address, params=given, timeout=600, trust_env=False)


def decide(server: Server, **what: Any) -> httpx2.Response:
    page = httpx2.get(server.address + "/review", trust_env=False)
    word = re.search(r'"word": "([^"]+)"', page.text)
    assert word
    headers = {
        "Origin": server.address,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
        "Zhengtu-Review": word[1],
    }
    address = server.address + "/review/decide"
    body = json.dumps({"by": "王敏", **what}).encode()
    return httpx2.post(address, content=body, headers=headers, timeout=600, trust_env=False)


def test_a_preview_decides_nothing_and_only_what_it_showed_is_decided(
    built: Path, server: Server
) -> None:
    file, id_ = built / "graph" / "corrections.jsonl", claim_of(built)
    shown = asked(server, kind="subject", id=id_, answer="reject").json()
    count = shown["decisions"]
    assert count == shown["gone"] > 10
    assert (len(shown["first"]), shown["documents"]) == (10, 1)
    assert not file.exists()
    what = {"do": "pattern", "kind": "subject", "id": id_, "answer": "reject"}
    refused = decide(server, **what, words=["", "0" * 16])
    assert (refused.status_code, "preview" in refused.text) == (400, True)
    kept = decide(server, **what, words=["", shown["digest"]])
    assert len(kept.json()["ids"]) == count == len(read(file).decisions)
    again = asked(server, kind="subject", id=id_, answer="reject")
    assert (again.status_code, "decided already" in again.text) == (400, True)
    log = httpx2.get(server.address + "/review/decisions.json", trust_env=False).json()
    assert [(row["count"], row["state"]) for row in log["decisions"]] == [(count, "holds")]
    assert log["waiting"] == count
    gone = decide(server, do="undo", kind="pattern", words=[log["decisions"][0]["id"]])
    assert len(gone.json()["ids"]) == count
    assert asked(server, kind="subject", id=id_, answer="accept").json()["confirmed"] == count


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "ending", "class": "Project", "id": "目", "answer": "reject"}, "at least 2"),
        ({"kind": "ending", "class": "Project", "id": "铁路", "answer": "reject"}, "ends with"),
        ({"kind": "ending", "class": "Firm", "id": "铁路", "answer": "reject"}, "no class"),
        ({"kind": "phrase", "id": "无此名", "answer": "reject"}, "nothing is called"),
        ({"kind": "phrase", "id": COMPANY, "answer": "accept"}, "one by one"),
        ({"kind": "colour", "id": "0", "answer": "reject"}, "no pattern"),
    ],
)
def test_what_is_no_pattern_is_told(server: Server, given: dict[str, str], said: str) -> None:
    told = asked(server, **given)
    assert told.status_code == 400
    assert said in told.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_a_reader_looks_and_decides(
    browser: Any, built: Path, server: Server, language: str, width: int, height: int
) -> None:
    file = built / "graph" / "corrections.jsonl"
    address = f"{server.address}/review?claim={claim_of(built)}&lang={language}"
    with opened(browser, address, width, height) as seen:
        page = seen.page
        page.fill("#name", "王敏")
        page.keyboard.press("Enter")
        page.wait_for_selector("#who p")
        page.click("#alike summary")
        page.click(".no-subject")
        page.locator(".preview .would").wait_for()
        assert page.locator(".preview .claim").count() == 10
        assert page.locator(".preview").evaluate(
            "box => box.getBoundingClientRect().top < innerHeight"
        )
        assert violations(page) == []
        for box in ("html", "main"):
            assert page.locator(box).evaluate("box => box.scrollWidth <= box.clientWidth")
        page.fill("#ending-1", "号仓储项目")
        page.click(".no-ending >> nth=1")
        told = {"zh": "将消失的实体", "en": "Things that would vanish"}[language]
        page.locator(".preview p", has_text=told).wait_for()
        assert not file.exists()
        page.click(".preview button.go")
        page.locator("[data-decision]").first.wait_for()
        decided = read(file).decisions
        assert {d.do for d in decided} == {"drop"}
        assert page.locator("[data-decision]").count() == 1
        assert str(len(decided)) in page.inner_text("[data-decision]")
        page.click("[data-decision] button")
        page.locator("[data-decision]").nth(1).wait_for()
        assert len(read(file).decisions) == 2 * len(decided)
        assert violations(page) == []
        assert seen.errors == []
