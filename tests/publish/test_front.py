"""What a build keeps for servers of a graph that is larger than a page draws."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg as zhengtu
from kg.base.settings import SETTINGS
from kg.corpus.compound.byline_titles import without
from kg.ontology import load
from kg.publish.front import FRONT, OVERVIEW, apart
from kg.publish.layout.pinyin import readings
from kg.publish.page.overview import WholeGraph
from kg.query.graph import Graph
from kg.run.pipeline import build
from kg.serve.pages.pages import page_answer
from kg.serve.requests import Data, DataRequest, GraphPage
from tests.conftest import EXAMPLES, kg
from tests.testing.browser.chromium import opened, until
from tests.testing.servers.server import serving

pytestmark = pytest.mark.usefixtures("kept_readers")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of more things than a served page draws, so to say."""
    folder = tmp_path_factory.mktemp("front") / "graph"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("shown", "drawn"):
            patch.setitem(SETTINGS, name, replace(SETTINGS[name], default=12))
        build([EXAMPLES], folder)
    return folder


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody read the records of a whole graph back."""

    def read(_: Graph) -> Any:
        raise AssertionError("the whole graph was read")

    monkeypatch.setattr(Graph, "knowledge", property(read))


def data_of(page: bytes) -> dict[str, Any]:
    begin = page.index(b'id="data">') + len(b'id="data">')
    found: dict[str, Any] = json.loads(page[begin : page.index(b"</script>", begin)])
    return found


def test_the_front_page_of_a_large_graph_is_what_its_build_made(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread(monkeypatch)
    drawn = data_of((large / "graph.html").read_bytes())
    with zhengtu.open(large) as graph:
        page, _ = page_answer(graph, GraphPage())
        taking, _ = page_answer(graph, GraphPage(review=True))
    served = data_of(page)
    assert len(served["entities"]) == 12 and served["left"]["entities"] > 0
    assert served["served"] and not served["review"] and data_of(taking)["review"]
    assert not drawn["served"] and drawn["documents"] and drawn["library"]["read"]
    read = {**drawn["library"], "read": {}}
    own = {"served": True, "documents": {}, "library": read, "news": None}
    assert served == {**drawn, **own}


def test_its_overview_and_its_names_are_those_of_the_whole_graph(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zhengtu.open(large) as graph:
        whole = WholeGraph(without(graph.knowledge), graph.troubles)
        told = json.loads(json.dumps(apart(whole, graph.ontology)))
        called = [
            [e.id, e.name, e.type, readings((e.name, *e.aliases)), *e.aliases]
            for e in graph.knowledge.entities
        ]
    unread(monkeypatch)
    with zhengtu.open(large) as graph:
        assert json.loads(page_answer(graph, DataRequest(Data.OVERVIEW))[0]) == told
        assert json.loads(page_answer(graph, DataRequest(Data.NAMES))[0]) == called


def test_another_ontology_reads_the_graph_with_its_own_words(large: Path) -> None:
    known = load()
    city = replace(known.classes["District"], label={"zh": "地名", "en": "Place"})
    other = replace(known, classes={**known.classes, "District": city})
    with zhengtu.open(large, other) as graph:
        page, _ = page_answer(graph, GraphPage())
        told = json.loads(page_answer(graph, DataRequest(Data.OVERVIEW))[0])
    classes = {c["name"]: c["zh"] for c in data_of(page)["classes"]}
    assert classes["District"] == "地名"
    assert told["overview"]["classes"]


def test_nothing_is_kept_of_a_graph_that_a_page_draws_all_of(graph_of_examples: Path) -> None:
    with zhengtu.open(graph_of_examples) as graph:
        assert graph.store.extra_file(FRONT) == graph.store.extra_file(OVERVIEW) == b""


def test_what_was_kept_counts_no_longer_when_rdf_is_imported(large: Path, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    shutil.copytree(large, folder)
    space = "https://w3id.org/zhengtu/ontology#"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    lines = (
        f"<urn:new> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{space}Project> .\n"
        f'<urn:new> <{label}> "云澜新项目"@zh .\n'
    )
    (tmp_path / "new.nt").write_text(lines, encoding="utf-8")
    assert kg("import", tmp_path / "new.nt", "-d", folder).returncode == 0
    with zhengtu.open(folder) as graph:
        assert graph.store.extra_file(FRONT) == b""
        page, _ = page_answer(graph, GraphPage())
        assert "urn:new" in {e["iri"] for e in data_of(page)["entities"]}
    with pytest.MonkeyPatch.context() as patch:  # a build that keeps imports keeps none of it
        patch.setitem(SETTINGS, "shown", replace(SETTINGS["shown"], default=12))
        build([EXAMPLES], folder)
    with zhengtu.open(folder) as graph:
        assert graph.store.extra_file(FRONT) == b""


def test_a_browser_shows_it_with_its_overview_and_finds_what_is_not_drawn(
    browser: Any, large: Path
) -> None:
    with serving(large) as server, opened(browser, server.address) as seen:
        seen.page.wait_for_selector("#graph canvas")
        until(seen.page, "document.body.innerText.includes('不在图中')")
        assert seen.page.locator("#side-body").inner_text().count("\n") > 10
        seen.page.click("#tab-documents")
        seen.page.locator("[data-document]").first.click()
        until(seen.page, "document.querySelector('#reader .text')?.innerText.length > 50")
        assert not seen.errors
