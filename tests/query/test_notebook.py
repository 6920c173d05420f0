"""What a notebook shows: answers as tables and frames, and the surroundings of a thing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

import kg as zhengtu
from kg.base.errors import MissingExtraError, QueryError
from kg.query.notebook import SHOWN
from kg.query.query import Result
from tests.testing.browser.chromium import opened, until
from tests.testing.graphs import builders as b


def answer(count: int) -> Result:
    return Result(("name", "n"), tuple((Literal("<b>甲某</b>"), Literal(i)) for i in range(count)))


def test_an_answer_shows_as_a_table_and_its_texts_stay_texts() -> None:
    shown = answer(SHOWN + 5)._repr_html_()
    assert "<td>&lt;b&gt;甲某&lt;/b&gt;</td><td>0</td>" in shown
    assert shown.count("<tr>") == SHOWN + 1
    assert f"{SHOWN + 5} rows" in shown
    assert Result(("a",), ((None,),))._repr_html_().endswith("<p>1 row</p>")


def test_an_answer_is_a_frame_where_pandas_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas")
    frame = answer(3).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert (list(frame.columns), frame["n"].sum()) == (["name", "n"], 3)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="pip install pandas"):
        answer(1).to_pandas()


def test_without_pandas_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="rows and columns are there"):
        answer(1).to_pandas()


def test_a_graph_shows_how_much_it_has_of_each_class(tmp_path: Path) -> None:
    with zhengtu.open(b.built(tmp_path)) as graph:
        shown = graph._repr_html_()
    assert "<td>District</td><td>3</td>" in shown and "<td>Person</td><td>1</td>" in shown
    assert f"{len(b.knowledge().entities)} things" in shown


def test_the_surroundings_of_a_thing_show_in_a_cell(
    browser: Any, graph_of_examples: Path, tmp_path: Path
) -> None:
    with zhengtu.open(graph_of_examples) as graph:
        page = graph.graph_html(around="合肥市", limit=40)
        with pytest.raises(QueryError, match="did you mean"):
            graph.graph_html(around="合非市")
        with pytest.raises(QueryError, match="above 0"):
            graph.graph_html(around="合肥市", limit=0)
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!DOCTYPE html><meta charset=utf-8>{page._repr_html_()}", encoding="utf-8")
    with opened(browser, cell) as seen:
        frame = seen.page.frame_locator("iframe")
        frame.locator("#panel h2").wait_for()
        assert frame.locator("#panel h2").inner_text() == "合肥市"
        until(seen.page, "document.querySelector('iframe').getBoundingClientRect().height > 600")
        assert seen.errors == []
