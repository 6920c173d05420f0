"""Scoring: each rule of it by hand, and the same figures as the scorer that counts."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.base.errors import ReadError
from kg.extract.mentions.mention import folded
from kg.run.evaluate.gold import Sheet, Thing, built_sheet, gold_sheet
from kg.run.evaluate.reliability import Sure
from kg.run.evaluate.score import evaluate, score
from kg.run.evaluate.values import same_value
from kg.run.pipeline import build
from tests.conftest import EXAMPLES, ROOT, kg

pytestmark = pytest.mark.usefixtures("kept_readers")

GOLD = ROOT / "tests" / "gold"
SCORER = ROOT.parent / "shared" / "eval" / "score.py"


def thing(type_: str, *names: str, **more: Any) -> Thing:
    return Thing(type_, names[0], frozenset(map(folded, names)), **more)


def sheet(**things: Thing) -> Sheet:
    return Sheet(things)


def tallied(gold: Sheet, found: Sheet, key: str) -> tuple[int, int, int]:
    tally = score(gold, found)[0][key]
    return tally.tp, tally.fp, tally.fn


def test_an_entity_is_right_by_class_and_any_name() -> None:
    gold = sheet(g=thing("Policy", "《满天星行动 计划》", "满天星"))
    assert tallied(gold, sheet(p=thing("Policy", "“满天星”")), "entity/Policy") == (1, 0, 0)
    assert tallied(gold, sheet(p=thing("Project", "满天星")), "entity/Project") == (0, 1, 0)
    assert tallied(gold, sheet(p=thing("Project", "满天星")), "entity/Policy") == (0, 0, 1)


def test_a_second_class_that_the_gold_allows_is_right() -> None:
    gold = sheet(g=thing("Policy", "满天星", or_type="Project"))
    assert tallied(gold, sheet(p=thing("Project", "满天星")), "entity/Project") == (1, 0, 0)


def test_two_entities_for_one_count_once_right_and_once_wrong() -> None:
    gold = sheet(g=thing("District", "合肥市", "合肥"))
    found = sheet(p=thing("District", "合肥市"), q=thing("District", "合肥"))
    assert tallied(gold, found, "entity/District") == (1, 1, 0)


def test_optional_gold_counts_neither_way() -> None:
    gold = sheet(g=thing("District", "合肥市", optional=True))
    assert tallied(gold, sheet(), "entity/District") == (0, 0, 0)
    assert tallied(gold, sheet(p=thing("District", "合肥市")), "entity/District") == (0, 0, 0)
    assert tallied(gold, sheet(p=thing("Person", "合肥市")), "entity/Person") == (0, 0, 0)


def pair() -> Sheet:
    return sheet(a=thing("Organisation", "甲公司"), b=thing("Organisation", "乙公司"))


@pytest.mark.parametrize(
    ("links", "right"),
    [
        ({("a", "cooperatesWith", "b")}, (1, 0, 0)),
        ({("b", "cooperatesWith", "a")}, (1, 0, 0)),
        ({("a", "cooperatesWith", "b"), ("b", "cooperatesWith", "a")}, (1, 0, 0)),
        (set(), (0, 0, 1)),
    ],
)
def test_a_symmetric_relation_is_right_either_way_round(
    links: set[tuple[str, str, str]], right: tuple[int, int, int]
) -> None:
    gold, found = pair(), pair()
    gold.relations = {("a", "cooperatesWith", "b")}
    found.relations = links
    assert tallied(gold, found, "relation/cooperatesWith") == right


def test_a_relation_the_wrong_way_round_is_wrong_and_missing() -> None:
    gold, found = pair(), pair()
    gold.relations, found.relations = {("a", "memberOf", "b")}, {("b", "memberOf", "a")}
    assert tallied(gold, found, "relation/memberOf") == (0, 1, 1)


def test_relations_that_are_not_measured_are_left_out() -> None:
    found = pair()
    found.relations = {("a", "supplies", "b")}
    assert score(pair(), found)[1] == []


def test_a_relation_of_ones_own_is_measured_where_gold_has_it() -> None:
    things = {"a": thing("Organisation", "云某公司"), "b": thing("Event", "云湖马拉松")}
    gold, found = sheet(**things), sheet(**things)
    found.relations = {("a", "sponsors", "b")}
    assert "relation/sponsors" not in score(gold, found)[0]
    gold.relations = {("a", "sponsors", "b")}
    assert tallied(gold, found, "relation/sponsors") == (1, 0, 0)


@pytest.mark.parametrize(
    ("attribute", "gold", "found", "same"),
    [
        ("investment", "3000000000", "3000000000.0", True),
        ("investment", "3000000000", "3000001000", True),
        ("investment", "3000000000", "3000009000", False),
        ("investment", "约30亿", "3000000000", False),
        ("date", "11-18", "2020-11-18", True),
        ("date", "2020-11", "2020-11-18", True),
        ("date", "11-18", "--11-18", True),
        ("date", "2020-11-18", "2020-11-19", False),
        ("date", "2020-11-18", "", False),
        ("target", "到2025年达到500亿元", "到2025年，达到500亿元", False),
        ("target", "达到500亿元", "到2025年 达到500亿元", True),
        ("role", "副院长", "院长", True),
        ("documentNumber", "渝府办发〔2020〕78号", "渝府办发〔2020〕 78号", True),
        ("documentNumber", "渝府办发〔2020〕78号", "渝府办发〔2020〕7号", False),
    ],
)
def test_values_agree(attribute: str, gold: str, found: str, same: bool) -> None:
    assert same_value(attribute, gold, found) is same


def test_a_value_said_twice_counts_once() -> None:
    gold, found = pair(), pair()
    gold.attributes = [("a", "investment", "100")]
    found.attributes = [("a", "investment", "100"), ("a", "investment", "100.0")]
    assert tallied(gold, found, "attribute/investment") == (1, 0, 0)


def test_what_is_wrong_and_missing_is_said_in_words() -> None:
    gold = sheet(a=thing("Person", "甲"))
    errors = score(gold, sheet(b=thing("Person", "乙")))[1]
    assert errors == ["+ entity Person 乙", "- entity Person 甲"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "is no gold"),
        ("{", "is no JSON"),
        ('{"entities": []}', "'relations' is missing"),
        ('{"entities": [], "relations": [{"s": "e1", "p": "signs", "o": "e2"}]}', "names e1"),
    ],
)
def test_wrong_gold_is_named(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=f"g.json: .*{said}"):
        gold_sheet(tmp_path / "g.json")


def test_gold_without_its_document_says_where_it_was_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"doc": "x.txt", "entities": [], "relations": []}', encoding="utf-8")
    with pytest.raises(ReadError, match=r"its document x\.txt is not in"):
        evaluate(file)


def test_one_gold_one_document_and_its_build_agree(tmp_path: Path) -> None:
    gold, document = GOLD / "成都-高新区集中签约.json", EXAMPLES / "成都-高新区集中签约.txt"
    build([document], tmp_path / "graph")
    rows = evaluate(gold, document).rows()
    assert evaluate(gold, tmp_path / "graph").rows() == rows
    assert evaluate(gold, EXAMPLES).rows() == rows
    assert built_sheet(tmp_path / "graph").things
    assert rows["entity core"]["tp"] > 10


def test_a_build_and_its_document_are_as_sure_of_their_claims(tmp_path: Path) -> None:
    gold, document = GOLD / "成都-高新区集中签约.json", EXAMPLES / "成都-高新区集中签约.txt"
    build([document], tmp_path / "graph")
    scores = evaluate(gold, document)
    assert evaluate(gold, tmp_path / "graph").sure() == scores.sure()
    rows = scores.rows()
    for kind in ("relation", "attribute"):
        sure = scores.sure()[kind]
        assert len(sure) == rows[kind]["tp"] + rows[kind]["fp"]
        assert sum(one.right for one in sure) == rows[kind]["tp"] > 0


def test_of_equal_claims_the_surest_counts_whichever_way_round() -> None:
    gold, found = pair(), pair()
    gold.relations = {("a", "cooperatesWith", "b")}
    found.relations = {("a", "cooperatesWith", "b"), ("b", "cooperatesWith", "a")}
    found.confidences = {
        ("a", "cooperatesWith", "b"): 0.6,
        ("b", "cooperatesWith", "a"): 0.7,
    }
    assert score(gold, found)[0]["relation/cooperatesWith"].sure == [Sure(0.7, True)]


def test_claims_that_count_neither_way_say_nothing_of_confidence() -> None:
    gold, found = pair(), pair()
    link = ("a", "memberOf", "b")
    gold.relations, gold.optional, found.relations = {link}, {link}, {link}
    found.confidences = {link: 0.9}
    assert score(gold, found)[0]["relation/memberOf"].sure == []
    found.confidences, gold.optional = {}, set()
    assert score(gold, found)[0]["relation/memberOf"].sure == []


def test_a_claim_of_a_build_that_has_no_number_for_a_confidence_is_named(tmp_path: Path) -> None:
    build([EXAMPLES / "成都-高新区集中签约.txt"], tmp_path / "graph")
    table = tmp_path / "graph" / "facts.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for wrong, said in (("high", "has 'high' for a confidence"), ("", "")):
        with table.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows({**row, "confidence": wrong} for row in rows)
        if said:
            with pytest.raises(ReadError, match=said):
                built_sheet(tmp_path / "graph")
        else:
            assert built_sheet(tmp_path / "graph").confidences == {}


def test_the_command_tells_of_reliability_only_when_asked() -> None:
    words = ("evaluate", GOLD / "成都-高新区集中签约.json", EXAMPLES)
    plain, asked = kg(*words).stdout.decode(), kg(*words, "--reliability").stdout.decode()
    assert asked.startswith(plain)
    told = asked.removeprefix(plain)
    for kind in ("relation", "attribute", "all"):
        assert f"\n{kind} " in told
    assert told.count("expected calibration error") == 3
    whole = json.loads(kg(*words, "--json", "--reliability").stdout)
    table = whole.pop("reliability")
    assert whole == json.loads(kg(*words, "--json").stdout)
    assert table["all"]["bins"][-1].keys() == {"from", "to", "claims", "confidence", "right"}
    assert 0 <= table["all"]["calibration error"] <= 1


def test_the_command_prints_table_json_and_errors() -> None:
    words = ("evaluate", GOLD / "成都-高新区集中签约.json", EXAMPLES)
    table = kg(*words, "--errors").stdout.decode()
    assert "## 成都-高新区集中签约\n" in table
    assert "\nentity core " in table
    assert json.loads(kg(*words, "--json").stdout)["relation"].keys() >= {"p", "r", "f1"}


@pytest.mark.skipif(not SCORER.exists(), reason=f"the scorer to compare with is not at {SCORER}")
def test_the_figures_are_those_of_the_scorer_that_counts(tmp_path: Path) -> None:
    documents = {Path(path.name).stem: path for path in EXAMPLES.iterdir()}
    names = [path.stem for path in sorted(GOLD.glob("*.json"))]
    assert len(names) >= 10
    for name in names:
        build([documents[name]], tmp_path / name)
    done = subprocess.run(
        [sys.executable, str(SCORER), str(GOLD), str(tmp_path), "--json"],
        capture_output=True,
        check=True,
    )
    wanted = json.loads(done.stdout)
    assert evaluate(GOLD, EXAMPLES).rows() == wanted
    assert evaluate(GOLD, tmp_path).rows() == wanted
