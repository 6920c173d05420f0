"""The page of corrections: what is decided there is kept, and nobody else decides there."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kg.query.graph import open as opened_graph
from kg.review.book import append, read
from kg.review.decisions import Decision, EntityReference
from kg.review.queue import questions
from tests.conftest import kg
from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import opened
from tests.testing.faults.faults import ERRORS, library
from tests.testing.servers.server import Server, serving

ONE = (
    "3月8日，甲某智能科技有限公司（以下简称“甲某科技”）与云澜市人民政府签约，"
    "拟投资12亿元建设智能装备生产基地项目。甲某科技董事长李明出席。\n"
)
TWO = (
    "5月9日，乙某新材料股份有限公司与兰州新区管委会签约，拟投资3亿元建设新材料产业园项目。\n"
    "丙某数据集团承接运营，丙某云谷由其打造。\n"
)
COMPANY, PROJECT = "甲某智能科技有限公司", "智能装备生产基地项目"
QUOTE = "丙某数据集团承接运营，丙某云谷由其打造。"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("corrections")
    (place / "documents").mkdir()
    (place / "documents" / "甲.txt").write_text(ONE, encoding="utf-8")
    (place / "documents" / "乙.txt").write_text(TWO, encoding="utf-8")
    done = kg("build", place / "documents", "-o", place / "graph")
    assert done.returncode == 0, done.stderr.decode()
    return place


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A folder of documents and their graph, to be changed."""
    shutil.copytree(built, tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def desk(folder: Path) -> Iterator[Server]:
    with serving(folder / "graph", "--review") as server:
        yield server


def file_of(folder: Path) -> Path:
    return folder / "graph" / "corrections.jsonl"


def word_of(server: Server, **more: Any) -> str:
    page = httpx2.get(server.address + "/review", trust_env=False, **more)
    found = re.search(r'"word": "([^"]+)"', page.text)
    assert found
    return found[1]


def headers_of(server: Server, **more: str) -> dict[str, str]:
    """What a browser sends with a decision of the page."""
    own = {
        "Origin": server.address,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
        "Zhengtu-Review": word_of(server),
    }
    return {name: text for name, text in {**own, **more}.items() if text}


def decide(server: Server, headers: dict[str, str], **what: Any) -> httpx2.Response:
    told = {"by": "王敏", "do": "rename", "words": [PROJECT, "甲某装备基地"], **what}
    data = json.dumps(told).encode()
    return httpx2.post(
        server.address + "/review/decide",
        content=data,
        headers=headers,
        timeout=600,
        trust_env=False,
    )


# Who may decide


def test_without_the_flag_there_is_no_route(folder: Path) -> None:
    with serving(folder / "graph") as server:
        ways = ("", "/decide", "/questions.json", "/decisions.json", "/static/review.js")
        with httpx2.Client(base_url=server.address, timeout=600, trust_env=False) as client:
            for way in ways:
                assert client.get("/review" + way).status_code == 404
            assert client.post("/review/decide", json={}).status_code == 404
            assert '"review":false' in client.get("/").text
            assert "/review" not in client.get("/ask").text
    assert not file_of(folder).exists()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Zhengtu-Review": ""}, 403),
        ({"Zhengtu-Review": "x" * 43}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
    ],
    ids=str,
)
def test_a_request_that_is_not_the_pages_own_decides_nothing(
    shared: tuple[Path, Server], more: dict[str, str], status: int
) -> None:
    folder, server = shared
    before = read(file_of(folder)).decisions
    answer = decide(server, headers_of(server, **more))
    assert answer.status_code == status
    assert answer.headers["Zhengtu-Error"] in ("origin", "media", "host")
    assert read(file_of(folder)).decisions == before
    # The same request from the page itself does.
    assert decide(server, headers_of(server)).status_code == 200
    assert len(read(file_of(folder)).decisions) == len(before) + 1


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ({"by": ""}, 400),
        ({"by": "王\n敏"}, 400),
        ({"by": "王" * 61}, 413),
        ({"why": "因" * 1001}, 413),
        ({"words": ["甲"] * 9}, 400),
        ({"words": "甲"}, 400),
        ({"words": ["甲" * 1001, "乙"]}, 413),
        ({"why": "因" * 70_000}, 413),
        ({"why": "\ud800"}, 400),
        ({"file": "/etc/passwd"}, 400),
        ({"corrections": "../x"}, 400),
        ({"do": "log"}, 400),
        ({"do": "rename", "words": ["子虚公司", "甲"]}, 400),
        ({"do": "answer", "kind": "merge", "id": "x", "answer": "accept"}, 400),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_decision_is_refused_and_not_kept(
    shared: tuple[Path, Server], what: dict[str, Any], status: int
) -> None:
    folder, server = shared
    before = read(file_of(folder)).decisions
    answer = decide(server, headers_of(server), **what)
    assert answer.status_code == status, answer.text
    assert read(file_of(folder)).decisions == before


@pytest.fixture(scope="module")
def shared(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    folder = tmp_path_factory.mktemp("shared") / "here"
    shutil.copytree(built, folder)
    with serving(folder / "graph", "--review") as server:
        yield folder, server


def test_only_post_decides_and_the_endpoint_stays_read_only(shared: tuple[Path, Server]) -> None:
    _, server = shared
    assert httpx2.get(server.address + "/review/decide", trust_env=False).status_code == 405
    assert httpx2.get(server.address + "/review/decide.json", trust_env=False).status_code == 404
    update = {"update": "INSERT DATA { <x:a> <x:b> <x:c> }"}
    assert httpx2.post(server.sparql, data=update, trust_env=False).status_code == 403


def test_a_token_is_asked_for_here_too(folder: Path) -> None:
    with serving(folder / "graph", "--review", "--token", "s3cret-s3cret") as server:
        assert httpx2.get(server.address + "/review", trust_env=False).status_code == 401
        entered = {"Authorization": "Bearer s3cret-s3cret"}
        own = {
            "Origin": server.address,
            "Content-Type": "application/json",
            "Zhengtu-Review": word_of(server, headers=entered),
        }
        assert decide(server, own).status_code == 401
        assert not file_of(folder).exists()
        assert decide(server, {**own, **entered}).status_code == 200
    assert len(read(file_of(folder)).decisions) == 1


class Planted(BaseHTTPRequestHandler):
    """A page of another site that tries each way to write that a browser knows."""

    target = ""

    def do_GET(self) -> None:
        body = f"""<!DOCTYPE html><meta charset="utf-8"><script type="module">
          const to = {self.target!r};
          const body = JSON.stringify({{by: 'x', do: 'rename', words: ['{PROJECT}', 'y']}});
          const json = {{headers: {{'Content-Type': 'application/json'}}}};
          const all = {{method: 'POST', body, credentials: 'include'}};
          for (const way of [{{}}, {{mode: 'no-cors'}}, json]) {{
            try {{ await fetch(to, {{...all, ...way}}); }} catch {{}}
          }}
          navigator.sendBeacon(to, body);
          document.body.append(document.createElement('hr'));
        </script><form method="post" enctype="text/plain" action={self.target!r}>
          <input name='{{"by":"x","do":"undo","words":["' value='"]}}'><button>go</button></form>"""
        data = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def test_a_page_of_another_origin_writes_nothing(browser: Any, folder: Path, desk: Server) -> None:
    planted = type("Here", (Planted,), {"target": desk.address + "/review/decide"})
    other = HTTPServer(("127.0.0.1", 0), planted)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        with opened(browser, f"http://127.0.0.1:{other.server_port}/") as seen:
            seen.page.wait_for_selector("hr", state="attached")
            tried = [r for r in seen.requests if r.endswith("/review/decide")]
            assert len(tried) >= 2
            seen.page.click("button")
            seen.page.wait_for_url("**/review/decide")
    finally:
        other.shutdown()
        other.server_close()
    assert not file_of(folder).exists()


# What is kept


def test_the_questions_are_those_of_the_terminal_in_their_order(
    shared: tuple[Path, Server],
) -> None:
    folder, server = shared
    answer = httpx2.get(server.address + "/review/questions.json", timeout=600, trust_env=False)
    told = answer.json()
    with opened_graph(folder / "graph") as graph:
        found = questions(graph, read(file_of(folder)).decisions)
    assert [q["id"] for q in told["questions"]] == [q.id for q in found[:30]]
    assert told["total"] == len(found)
    first = told["questions"][0]
    assert first["harm"] == found[0].harm
    assert first["reason"] == found[0].reason
    place = told["questions"][0]["places"][0]
    assert place["words"] in ONE + TWO


def test_two_pages_and_a_terminal_at_once_lose_nothing(folder: Path, desk: Server) -> None:
    headers = headers_of(desk)
    each, statuses = 8, []

    def page(who: str) -> None:
        for i in range(each):
            words = [PROJECT, f"{who}基地{i}"]
            statuses.append(decide(desk, headers, by=who, words=words).status_code)

    def terminal() -> None:
        for i in range(each):
            when = f"2026-05-06T07:{i:02}:00.000000Z"
            thing = EntityReference(COMPANY, "Organisation")
            append(file_of(folder), [Decision("rename", "李明", when, entity=thing, name=f"丁{i}")])

    threads = [threading.Thread(target=page, args=(who,)) for who in ("王敏", "赵林")]
    threads.append(threading.Thread(target=terminal))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * (2 * each)
    book = read(file_of(folder))
    assert book.unreadable == ()
    assert sorted({d.by for d in book.decisions}) == sorted(("王敏", "赵林", "李明"))
    assert len(book.decisions) == 3 * each


def test_a_file_that_cannot_be_written_is_told_and_nothing_typed_is_lost(
    browser: Any, folder: Path, desk: Server
) -> None:
    with opened(browser, desk.address + "/review") as seen:
        page = seen.page
        page.wait_for_selector("#yes")
        signed(page)
        file_of(folder).mkdir()
        page.fill("#why", "协议已看过")
        page.click("#yes")
        page.wait_for_selector("#status.wrong")
        told = page.inner_text("#status")
        # A folder stands where the file was: it can neither be read nor written.
        assert "corrections.jsonl" in told
        assert page.input_value("#why") == "协议已看过"
        file_of(folder).rmdir()
        page.click("#yes")
        page.locator("[data-decision]").first.wait_for()
    (kept,) = read(file_of(folder)).decisions
    assert (kept.by, kept.why) == ("王敏", "协议已看过")


def test_a_decision_that_finds_no_room_says_so(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "gone" / "corrections.jsonl"
    (tmp_path / "gone").write_text("a file, where a folder is needed", encoding="utf-8")
    with serving(built / "graph", "--review", "--corrections", str(file)) as server:
        answer = decide(server, headers_of(server))
    assert answer.status_code == 507
    assert answer.headers["Zhengtu-Error"] == "unkept"
    assert "choose another file with --corrections" in answer.text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits another process")
def test_a_full_disk_keeps_no_half_decision_and_the_next_one_whole(
    folder: Path, desk: Server
) -> None:
    import resource

    headers = headers_of(desk)
    assert decide(desk, headers).status_code == 200
    before = file_of(folder).read_bytes()
    room = (len(before) + 20, resource.RLIM_INFINITY)
    old = resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, room)
    answer = decide(desk, headers, words=[PROJECT, "乙某装备基地"])
    assert (answer.status_code, answer.headers["Zhengtu-Error"]) == (507, "unkept")
    assert "corrections.jsonl: cannot be written" in answer.text
    assert "make room" in answer.text
    assert file_of(folder).read_bytes() == before
    resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, old)
    assert decide(desk, headers, words=[PROJECT, "丙某装备基地"]).status_code == 200
    assert file_of(folder).read_bytes().startswith(before)
    assert [d.name for d in read(file_of(folder)).decisions] == ["甲某装备基地", "丙某装备基地"]


# The calls for a first decision: the folder is made, the file opened (2), written (3) and put on
# the disk (4), its folder opened (5) and put on the disk (6).
@pytest.mark.parametrize(("at", "name"), [(3, "ENOSPC"), (4, "EIO"), (6, "EIO")])
def test_a_disk_that_fails_once_is_told_and_loses_nothing(
    built: Path, tmp_path: Path, at: int, name: str
) -> None:
    file = tmp_path.resolve() / "team" / "corrections.jsonl"
    faults = {
        "LD_PRELOAD": str(library()),
        "FAULT_UNDER": str(file.parent),
        "FAULT_AT": str(at),
        "FAULT_ERROR": str(ERRORS[name]),
    }
    with serving(built / "graph", "--review", "--corrections", str(file), env=faults) as server:
        headers = headers_of(server)
        answer = decide(server, headers)
        assert (answer.status_code, answer.headers["Zhengtu-Error"]) == (507, "unkept")
        assert os.strerror(ERRORS[name]) in answer.text
        assert read(file).decisions == ()
        assert decide(server, headers).status_code == 200
    (kept,) = read(file).decisions
    assert kept.name == "甲某装备基地"


# The page


def signed(page: Any) -> None:
    page.fill("#name", "王敏")
    page.keyboard.press("Enter")
    page.wait_for_selector("#who p")


def test_a_day_at_the_desk(browser: Any, folder: Path, desk: Server) -> None:
    """Reject and accept by keys, rename, add with a quotation, undo, rebuild."""
    with opened(browser, desk.address + "/review") as seen:
        page = seen.page
        page.wait_for_selector("#yes")
        page.keyboard.press("a")
        page.wait_for_selector("#status.wrong")  # nobody has said who decides
        signed(page)
        page.select_option("#by-kind", "claim")
        page.wait_for_url("**kind=claim")
        page.locator("#sheet .says").wait_for()
        rejected = page.locator("#sheet .says").inner_text()
        page.locator("#sheet").focus()
        page.keyboard.press("r")
        page.locator("[data-decision]").nth(0).wait_for()
        page.keyboard.press("a")
        page.locator("[data-decision]").nth(1).wait_for()
        page.keyboard.press("a")
        page.locator("[data-decision]").nth(2).wait_for()
        page.keyboard.press("u")
        page.locator("[data-decision]").nth(3).wait_for()
        kept = read(file_of(folder)).decisions
        assert [d.do for d in kept] == ["reject", "accept", "accept", "undo"]
        assert kept[3].decision == kept[2].id
        assert kept[0].claim is not None
        assert kept[0].claim.subject.name in rejected
        assert "4" in page.inner_text("#waiting")
        page.goto(desk.address + f"/review?thing={iri_of(folder, PROJECT)}")
        page.click("#rename summary")
        page.fill("#new-name", "甲某装备基地")
        page.click("#rename button.go")
        page.locator("[data-decision]").nth(4).wait_for()
        page.goto(desk.address + f"/review?thing={iri_of(folder, '丙某数据集团')}")
        page.click("#add summary")
        page.select_option("#predicate", "develops")
        page.fill("#object", "System:丙某云谷")
        page.fill("#quote", "丙某数据集团承接运行，丙某云谷")
        page.locator(".checked .bad").wait_for()
        page.click(".checked button")
        page.locator(".checked .good").wait_for()
        page.fill("#quote", QUOTE)
        page.locator(".checked .good").wait_for()
        page.click("#add button.go")
        page.locator("[data-decision]").nth(5).wait_for()
        assert seen.errors == []
    done = kg("build", folder / "documents", "-o", folder / "graph")
    assert done.returncode == 0, done.stderr.decode()
    with opened_graph(folder / "graph") as graph:
        names = {e.name for e in graph.knowledge.entities}
        said = {(f.predicate, f.quote) for f in graph.knowledge.facts if f.rule == "review"}
    assert "甲某装备基地" in names
    assert ("develops", QUOTE) in said
    with opened(browser, desk.address + "/review") as seen:
        seen.page.locator("[data-decision]").first.wait_for()
        assert "kg build" in seen.page.inner_text("#waiting")
        assert seen.page.locator("[data-decision] .badge", has_text="等待重建").count() == 0


def iri_of(folder: Path, name: str) -> str:
    with opened_graph(folder / "graph") as graph:
        (iri,) = graph.entity(name)
    return iri


def test_the_explorer_leads_here_with_the_thing_filled_in(
    browser: Any, shared: tuple[Path, Server]
) -> None:
    _, server = shared
    with opened(browser, server.address + "/") as seen:
        page = seen.page
        assert page.inner_text("#pages a[href='/review']") == "复核"
        page.fill("#search", COMPANY)
        page.keyboard.press("Enter")
        page.locator("#panel .acts .correct").click()
        page.wait_for_selector("details.fold")
        assert page.inner_text("#sheet h2") == COMPANY
        page.go_back()
        page.locator("#panel .source .correct").first.click()
        page.wait_for_selector("#yes")
        assert "claim=" in page.url
        assert seen.errors == []


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_the_page_has_no_violation_and_fits_its_window(
    browser: Any, shared: tuple[Path, Server], width: int, height: int
) -> None:
    folder, server = shared
    with opened(browser, server.address + "/review", width, height) as seen:
        page = seen.page
        page.wait_for_selector("#yes")
        assert violations(page) == []
        page.click("#language")
        assert page.inner_text("header nav a[aria-current]") == "Review"
        assert violations(page) == []
        page.goto(server.address + f"/review?thing={iri_of(folder, COMPANY)}")
        page.wait_for_selector("details.fold")
        for form in ("rename", "retype", "merge", "add"):
            page.click(f"#{form} summary")
        page.fill("#merge-with", "乙某")
        page.locator(".hits li").first.wait_for()
        assert violations(page) == []
        for box in ("html", "main"):
            assert page.locator(box).evaluate("box => box.scrollWidth <= box.clientWidth")
        assert seen.errors == []
