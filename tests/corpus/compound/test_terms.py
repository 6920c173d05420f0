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
from kg.corpus.compound.terms import terms
from kg.extract.values.partial_date import PartialDate
from kg.ontology import load
from kg.run.pipeline import build
from kg.store.rdf.triples import triples
from tests.testing.graphs import builders as b
from tests.testing.reading import read

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = load()


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2021年5月起任甲局局长", "2021-05", ""),
        ("自2021年5月起担任甲局局长", "2021-05", ""),
        ("2021年5月，王小明被任命为甲局局长", "2021-05", ""),
        ("2021年5月8日任乙局局长、甲局局长", "2021-05-08", ""),
        ("2021年5月至今，任甲局局长", "2021-05", ""),
        ("2019年至2022年任甲局局长", "2019", "2022"),
        ("2019-2022年任甲局局长", "2019", "2022"),
        ("2019年3月至2022年5月，甲局局长", "2019-03", "2022-05"),
        ("2022年5月卸任甲局局长", "", "2022-05"),
        ("甲局局长王小明2021年5月8日上任", "2021-05-08", ""),
        ("甲局局长王小明已于2022年5月离任", "", "2022-05"),
        ("当选为甲局局长，任期至2025年", "", "2025"),
        ("甲局局长（2019年—2022年）", "2019", "2022"),
        # Days of something else, of several posts, or on which a post is but held.
        ("2019年至2022年历任乙局副局长、甲局局长", "", ""),
        ("2019年先后担任乙局副局长、甲局局长", "", ""),
        ("2021年利用担任甲局局长的职务之便", "", ""),
        ("2021年担任甲局局长期间", "", ""),
        ("在2021年担任甲局局长的王小明", "", ""),
        ("生于1966年9月，曾任甲局局长", "", ""),
        ("出生于1966年9月，此前担任甲局局长", "", ""),
        ("2021年5月，甲局局长王小明到乙县调研", "", ""),
        ("甲局局长王小明2021年5月到乙县调研", "", ""),
        ("王小明2021年5月接替李一鸣任甲局局长", "", ""),
        ("7月31日消息，日前，王小明任甲局局长", "", ""),
    ],
)
def test_a_term_is_read_where_words_tell_it(text: str, since: str, until: str) -> None:
    at = text.index("甲局")
    found = terms(ONTOLOGY).of(text, 0, (at, at + 2), (at + 2, at + 4), PartialDate())
    days = [day.lexical if day else "" for day in (found.since, found.until)]
    assert days == [since, until]


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
