"""Bylines: who signs an article is said of the document, and left out of what is seen of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.base.records import Document
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.corpus.compound.byline_titles import persons, without
from kg.ontology import load
from kg.run.pipeline import build
from tests.testing.graphs import builders as b
from tests.testing.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from kg.base.records import Knowledge

ONTOLOGY = load()
SIGNED = (
    "本报讯（记者 王小明）昨日，无锡市市长李一鸣出席云澜论坛。\n责任编辑：赵一凡\n"
    "无锡市教育局局长周大同说，学校建设加快。"
)


def known(text: str) -> Knowledge:
    document = Document(b.hexes(text, 20), "甲.txt", text)
    return with_compounds(assemble([(document, read(text))], ONTOLOGY, b.BASE), ONTOLOGY, b.BASE)


def test_who_signs_an_article_is_left_out_of_what_is_seen_of_the_whole() -> None:
    whole = known(SIGNED)
    names = {entity.id: entity.name for entity in whole.entities}
    assert {names[iri] for iri in persons(whole.posts)} == {"王小明", "赵一凡"}
    seen = without(whole)
    left = {entity.name for entity in seen.entities if entity.type == "Person"}
    assert left == {"李一鸣", "周大同"}
    assert all(post.byline == "" for post in seen.posts)
    assert len(seen.facts) < len(whole.facts)
    assert without(seen) is seen


def test_who_has_another_post_as_well_stays() -> None:
    text = SIGNED + "\n云澜科技有限公司董事长王小明说，项目开工。"
    whole = known(text)
    names = {entity.id: entity.name for entity in whole.entities}
    assert "王小明" not in {names[iri] for iri in persons(whole.posts)}


@pytest.mark.usefixtures("kept_readers")
def test_a_document_names_its_author_and_editor(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(SIGNED, encoding="utf-8")
    build([tmp_path / "甲.txt"], tmp_path / "out")
    with kg.open(tmp_path / "out") as graph:
        found = graph.query(
            "SELECT ?as ?name WHERE { ?document a kg:Document ; ?as ?who . ?who rdfs:label ?name }"
        ).rows
        assert {(str(said).rpartition("/")[2], name) for said, name in found} == {
            ("author", "王小明"),
            ("editor", "赵一凡"),
        }
        assert {row[0] for row in graph.ask("people").rows} == {"李一鸣", "周大同"}
        everybody = {row[0] for row in graph.ask("posts", bylines="yes").rows}
        assert everybody == {"李一鸣", "周大同", "王小明", "赵一凡"}
    assert "责任编辑" in (tmp_path / "out" / "posts.csv").read_text(encoding="utf-8-sig")
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert '"label":"李一鸣"' in page.replace('": "', '":"')
    assert '"label":"赵一凡"' not in page.replace('": "', '":"')
