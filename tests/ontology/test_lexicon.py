"""The files of ``ontology/words``: what a lexicon makes of them, what it says of a wrong one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kg.base.errors import OntologyError
from kg.ontology import load
from kg.ontology.lexicon.lexicon import FILES, Lexicon
from kg.ontology.lexicon.section import either
from tests.conftest import kg


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(load().folder, tmp_path / "o"))


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    path = folder / "words" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_an_ontology_has_one_lexicon_and_compiles_each_file_once() -> None:
    lexicon = load().lexicon
    assert load().lexicon is lexicon
    assert lexicon.heads is lexicon.heads
    assert lexicon.heads.counted.match("12个项目")


def test_a_list_and_an_expression_stand_for_themselves_in_another(folder: Path) -> None:
    edited(folder, "towns", "home: 中国", "home: 甲国")
    edited(folder, "towns", "'[\\u4e00-\\u9fff]{0,2}(?:{zones})'", "'{towns.home}(?:{zones})'")
    towns = load(folder).lexicon.towns
    assert towns.home == "甲国"
    assert towns.zone.pattern == f"甲国(?:{either(towns.zones)})"


def test_a_name_of_a_sentence_stands_for_its_sign() -> None:
    assert load().lexicon.clauses.with_.pattern == "[与和同][\ue000-\uefff]"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named_with_the_way_out(folder: Path, name: str) -> None:
    path = folder / "words" / f"{name}.yaml"
    path.unlink()
    with pytest.raises(OntologyError) as told:
        load(folder)
    assert str(told.value) == f"{path}: is missing; copy it from the ontology that came with kg"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("home: 中国\n", "", "home is missing; add a line 'home: …'"),
        ("home: 中国", "hom: 中国", "hom is no entry of this file; did you mean home?"),
        ("home: 中国", "home: [中国]", "home: ['中国'] is no text; put it in quotation marks, '…'"),
        ("hills: [山村, ", "hills: 山村 #", "hills: '山村' is no list of texts; write [a, b]"),
        ("hills: [山村, ", "hills: [1, ", "is no list of texts; write [a, b]"),
        ("home: 中国", "home: 中国\nhome: 甲国", "home stands on line"),
        ("home: 中国", "home: '中国", "is no YAML"),
    ],
)
def test_a_wrong_entry_is_told_when_the_ontology_is_read(
    folder: Path, old: str, new: str, said: str
) -> None:
    path = edited(folder, "towns", old, new)
    with pytest.raises(OntologyError) as told:
        load(folder)
    assert str(told.value).startswith(f"{path}: ")
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("'(?:{zones}'", "the expression is wrong: missing ), unterminated subpattern"),
        ("'{zone}'", "{zone} stands for nothing here"),
        ("'{zoness}'", "{zoness} stands for nothing here; did you mean zones, zone?"),
        ("'{nowhere.zones}'", "{nowhere.zones} stands for nothing here"),
    ],
)
def test_a_wrong_expression_is_told_before_anything_is_read(
    folder: Path, new: str, said: str
) -> None:
    path = edited(folder, "towns", "'[\\u4e00-\\u9fff]{0,2}(?:{zones})'", new)
    lexicon = load(folder).lexicon
    with pytest.raises(OntologyError) as told:
        lexicon.compile()
    assert str(told.value).startswith(f"{path}: zone: ")
    assert said in str(told.value)


def test_a_build_with_a_wrong_expression_says_so_once(folder: Path, tmp_path: Path) -> None:
    edited(folder, "heads", "locative: '(?:", "locative: '(((")
    source = tmp_path / "a.txt"
    source.write_text("甲某智能科技有限公司落户成都高新区。", encoding="utf-8")
    done = kg("build", source, "-o", tmp_path / "g", env={"KG_ONTOLOGY": os.fspath(folder)})
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "heads.yaml: locative: the expression is wrong" in said and "fault of kg" not in said


def test_a_lexicon_without_a_check_still_reads_what_is_there() -> None:
    ontology = load()
    alone = Lexicon(ontology.folder / "words", {"towns": ontology.words["towns"]})
    assert alone.towns.home == ontology.lexicon.towns.home
