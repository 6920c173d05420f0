"""What the last build brought stands on the first page of a server, and in no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.query.graph import open as opened_graph
from kg.run.pipeline import build
from kg.store.history import latest
from tests.testing.browser.axe import violations
from tests.testing.browser.chromium import opened
from tests.testing.builds.desk import ONE
from tests.testing.servers.server import serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("kept_readers")

MORE = "5月9日，乙某新材料股份有限公司与江畔区人民政府签约，拟投资3亿元建设新材料产业园项目。\n"


def counted(graph: Path) -> tuple[int, int]:
    with opened_graph(graph) as opened_one:
        ledger: Any = opened_one.store.ledger
        return latest(ledger)[:2]


def test_what_the_last_build_brought_leads_to_the_list_of_changes(
    browser: Any, tmp_path: Path
) -> None:
    source, graph = tmp_path / "documents", tmp_path / "graph"
    source.mkdir()
    (source / "甲.txt").write_text(ONE, encoding="utf-8")
    build([source], graph)
    assert counted(graph) == (0, 0)
    (source / "乙.txt").write_text(MORE, encoding="utf-8")
    build([source], graph)
    added, gone = counted(graph)
    assert added > 0
    assert gone == 0
    assert "上次构建" in (graph / "graph.html").read_text(encoding="utf-8")  # the word alone
    assert '"news"' not in (graph / "graph.html").read_text(encoding="utf-8")
    build([source], tmp_path / "fresh")
    fresh = (tmp_path / "fresh" / "graph.html").read_bytes()
    assert (graph / "graph.html").read_bytes() == fresh
    with serving(graph) as server, opened(browser, server.address + "/") as seen:
        link = seen.page.locator("a.story")
        assert f"新增 {added} 条事实" in link.inner_text()
        assert violations(seen.page) == []
        link.click()
        seen.page.wait_for_selector("h1")
        assert seen.page.url.endswith("/register/changes")
        assert "乙某新材料股份有限公司" in seen.page.inner_text("main")
        assert seen.errors == []
