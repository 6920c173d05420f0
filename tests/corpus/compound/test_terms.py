"""Terms: since when and until when somebody holds a post, as a text tells it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base.records import Document
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.ontology import load
from kg.run.pipeline import build
from kg.store.rdf.triples import triples
from tests.testing.graphs import builders as b
from tests.testing.reading import read

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = load()


def test_a_term_is_of_the_article_and_goes_with_its_quotation_into_the_graph() -> None:
    text = "云澜科技有限公司总经理王小明说，2021年5月，李一鸣任鑫远电子有限公司董事长。"
    document = Document(b.hexes(text, 20), "甲.txt", text)
    knowledge = with_compounds(
        assemble([(document, read(text))], ONTOLOGY, b.BASE), ONTOLOGY, b.BASE
    )
    told = {post.title: post.attestations[0] for post in knowledge.posts}
    assert told["董事长"].term == "2021-05 –"
    assert "2021年5月" in told["董事长"].quote
    assert told["总经理"].term == ""
    rows = [row for row in triples(knowledge, ONTOLOGY, b.BASE) if row[1].value.endswith("#since")]
    assert [row[2].value for row in rows] == ["2021-05"]
    assert rows[0][2].datatype.value.endswith("#gYearMonth")


@pytest.mark.usefixtures("kept_readers")
def test_terms_come_back_from_the_store_and_are_shown(tmp_path: Path) -> None:
    folder, graph = tmp_path / "texts", tmp_path / "graph"
    folder.mkdir()
    text = "2019年3月至2022年5月，王小明任云澜科技有限公司董事长。"
    (folder / "甲.txt").write_text(text, encoding="utf-8")
    build([folder], graph, workers=1)
    with kg.open(graph) as opened:
        (post,) = opened.knowledge.posts
        assert post.attestations[0].term == "2019-03 – 2022-05"
        for question in ("people", "posts"):
            answer = opened.ask(question)
            row = dict(zip(answer.columns, answer.rows[0], strict=True))
            assert (row["since"], row["until"]) == ("2019-03", "2022-05")
    table = (graph / "posts.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["since"], row["until"]) == ("2019-03", "2022-05")
    assert "2019-03 – 2022-05" in (graph / "graph.html").read_text(encoding="utf-8")
