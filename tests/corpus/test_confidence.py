"""A confidence means something: it is calibrated, measured, told, and can be asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from kg.base.errors import ModelError, ReadError
from kg.base.records import Document, Fact, Knowledge
from kg.corpus.confidence import left_out_note, without_unsure
from kg.extract.arbiter import linear, measured
from kg.extract.arbiter.arbiter import Arbiter
from kg.extract.arbiter.linear import ATTRIBUTE, RELATION, Linear
from kg.extract.model.network import network
from kg.extract.stations import STATIONS, DocumentState
from kg.ontology import load
from kg.read import parse
from kg.run.evaluate.gold import Sheet, gold_sheet
from kg.run.evaluate.reliability import Sure, bins, calibration_error
from kg.run.precision import Precision, precisions
from kg.run.train.__main__ import main
from kg.run.train.fitting.arbiter import Lesson, learn
from kg.run.train.fitting.calibration import (
    ENOUGH,
    POINTS,
    PRIOR,
    Scored,
    calibrated,
    points,
    scored,
)
from kg.run.train.fitting.logistic import Example
from kg.run.train.precision import measure, right
from tests.conftest import EXAMPLES, ROOT

GOLD = ROOT / "tests" / "gold"
ALIASES = [Example(("ends alike",), True), Example(("begins alike",), False)] * 5
NAMES = ("成都-高新区集中签约", "贵阳-数博会签约")


@cache
def lesson(name: str) -> tuple[Document, Sheet]:
    (file,) = EXAMPLES.glob(f"{name}.*")
    text = parse(file.name, file.read_bytes()).text
    return Document(name, name, text), gold_sheet(GOLD / f"{name}.json")


def climbing(count: int, kind: str = RELATION) -> list[Scored]:
    """Claims of which the surer ones are more often right, in a saw-tooth of eight."""
    return [Scored(kind, n, n * 8 // count > n % 8) for n in range(count)]


CALIBRATED = Linear({}, 0, -16, -16, {RELATION: [[-10, 300], [60, 650], [200, 980]]})


def test_a_confidence_never_falls_as_the_score_rises() -> None:
    told = [CALIBRATED.confidence(score, RELATION) for score in range(-400, 400)]
    assert told == sorted(told)
    assert (told[400 - 10], told[400 + 60], told[-1]) == (0.3, 0.65, 0.98)


def test_a_refused_claim_is_never_surer_than_an_accepted_one() -> None:
    least = CALIBRATED.confidence(-10, RELATION)
    assert all(CALIBRATED.confidence(score, RELATION) <= least for score in range(-400, -10))


def test_without_points_a_confidence_is_what_the_weights_were_fitted_to_say() -> None:
    plain = replace(CALIBRATED, calibration={})
    for score in (-90, 0, 17, 250):
        assert plain.confidence(score, RELATION) == CALIBRATED.confidence(score, ATTRIBUTE)
        assert plain.confidence(score) == round(linear.likelihood(score), 2)


def test_a_calibration_travels_whole_and_none_leaves_no_trace(tmp_path: Path) -> None:
    linear.write(tmp_path / "one.json", {"claims": CALIBRATED, "links": Linear({"a": 3}, 0, 0, 0)})
    read = linear.load(tmp_path / "one.json")
    # What nothing was fitted to has the weight that it has at first.
    assert read["claims"] == replace(CALIBRATED, weights=linear.PRIOR["claims"])
    assert "calibration" not in json.loads((tmp_path / "one.json").read_text("utf-8"))["links"]


def test_a_calibration_has_few_points_that_only_go_up() -> None:
    found = points(climbing(2000))
    scores, shares = zip(*found, strict=True)
    assert 2 <= len(found) <= POINTS
    assert list(scores) == sorted(set(scores))
    assert list(shares) == sorted(set(shares))
    assert all(type(number) is int for point in found for number in point)


def test_shares_that_fall_are_pooled() -> None:
    found = [Scored(RELATION, n, (n // 100) % 2 == 0) for n in range(400)]
    assert len(points(found)) < 4
    backwards = [Scored(RELATION, n, n < 500) for n in range(1000)]
    assert len(points(backwards)) == 1


def test_few_claims_are_drawn_to_what_the_weights_say() -> None:
    ((score, share),) = points([Scored(RELATION, 0, True)] * 10)
    assert score == 0
    assert share == round(1000 * (10 + PRIOR * 0.5) / (10 + PRIOR)) == 750


def test_relations_and_attributes_are_calibrated_apart_where_there_are_enough() -> None:
    relations = climbing(ENOUGH)
    attributes = [Scored(ATTRIBUTE, n % 99, True) for n in range(ENOUGH)]
    apart = calibrated([*relations, *attributes])
    assert apart[RELATION] == points(relations) != apart[ATTRIBUTE]
    together = calibrated([*relations, *attributes[1:]])
    assert together[RELATION] == together[ATTRIBUTE] == points([*relations, *attributes[1:]])


def test_calibrated_confidences_are_nearer_to_what_is_right() -> None:
    found = [Scored(RELATION, n % 256, n % 10 < 2 + n % 256 // 64 * 2) for n in range(5120)]
    fitted = Linear({}, 0, 0, 0, calibrated(found))

    def error(one: Linear) -> float:
        return calibration_error([Sure(one.confidence(s.score, s.kind), s.right) for s in found])

    assert error(fitted) < 0.04 < 0.2 < error(Linear({}, 0, 0, 0))


def test_claims_are_scored_as_the_weights_score_and_judged_as_evaluation_judges() -> None:
    document, gold = lesson(NAMES[0])
    found = scored(document, gold, load(), network(), linear.load())
    least = linear.load()["claims"].threshold
    assert {one.kind for one in found} == {RELATION, ATTRIBUTE}
    assert all(one.score >= least for one in found)
    assert sum(one.right for one in found) > 0.7 * len(found) > 20


def test_the_arbiter_learns_its_calibration_from_documents_that_rules_do_not_know() -> None:
    lessons = [Lesson(*lesson(name)) for name in NAMES]
    told: list[str] = []
    fitted = learn(lessons, ALIASES, load(), network(), told.append)
    assert set(fitted["claims"].calibration) == {RELATION, ATTRIBUTE}
    assert all(fitted["claims"].calibration.values())
    assert told[-1].endswith("of them right")
    known = [replace(one, by_heart=True) for one in lessons]
    again = learn(known, ALIASES, load(), network())
    assert again["claims"].calibration == {}
    assert again["claims"].weights == fitted["claims"].weights


def test_claims_that_the_arbiter_accepts_have_calibrated_confidences_by_their_kind() -> None:
    document, _ = lesson(NAMES[0])
    fitted = dict(linear.load())
    flat = {RELATION: [[0, 610]], ATTRIBUTE: [[0, 870]]}
    fitted["claims"] = replace(fitted["claims"], threshold=0, calibration=flat)
    del fitted["verdicts"]  # which have curves of their own
    state = DocumentState(document, load(), given_arbiter=Arbiter(load(), network(), fitted))
    for station in STATIONS:
        state = station(state)
    assert state.reading is not None
    known = {*network().weights.about["predicates"]}
    told = {(c.object is None, c.confidence) for c in state.reading.claims if c.predicate in known}
    assert told == {(False, 0.61), (True, 0.87)}


def test_bins_are_a_tenth_wide_and_what_is_below_the_lowest_is_one() -> None:
    found = [Sure(c, True) for c in (0.1, 0.39, 0.4, 0.49, 0.5, 0.99, 1.0)]
    told = [(one.low, one.high, one.claims) for one in bins(found)]
    assert told == [(0.0, 0.4, 2), (0.4, 0.5, 2), (0.5, 0.6, 1), (0.9, 1.0, 2)]


def test_the_calibration_error_weighs_bins_by_their_claims() -> None:
    low, high = [Sure(0.5, False)] * 1, [Sure(0.9, True)] * 3
    assert calibration_error(low + high) == pytest.approx((0.5 + 3 * 0.1) / 4)
    assert calibration_error([]) == 0


def test_what_was_measured_holds_for_the_reader_that_is_shipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for reader, some in (("", True), ("learned", True), ("rules", False), ("my.weights", False)):
        monkeypatch.setenv("KG_READER", reader)
        assert bool(measured.measured()) is some
    assert all(0 <= some <= of for some, of in measured.load().values())
    known = {*load().relations, *load().attributes}
    assert known.issuperset(measured.load())


def test_what_was_measured_travels_whole_and_a_damaged_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "precision.json"
    measured.write(file, measured.load())
    assert file.read_bytes() == measured.SHIPPED.read_bytes()
    for content in ("", "[]", '{"signs": 3}', '{"signs": [1, 2, 3]}'):
        file.write_text(content, "utf-8")
        with pytest.raises(ModelError, match=r"precision\.json"):
            measured.load(file)


def test_precision_is_counted_by_predicate_as_evaluation_counts() -> None:
    scores = measure([lesson(name) for name in NAMES], load())
    found = right(scores)
    assert all(0 <= some <= of for some, of in found.values())
    sure = scores.sure()["all"]
    assert sum(of for _, of in found.values()) == len(sure)
    assert sum(some for some, _ in found.values()) == sum(one.right for one in sure)
    assert found["signs"][0] > 3
    assert not {"Organisation", "District"} & set(found)
    with pytest.raises(ReadError, match="no article of gold"):
        measure([], load())


def test_the_command_measures_the_articles_that_nobody_trained_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"
    firm = ["Organisation", ["甲某智能科技有限公司"], [[0, 10]]]
    more = {"entities": [firm], "relations": [], "attributes": []}
    digest = sha256(text.encode()).hexdigest()
    lines = {use: {"id": use, "use": use, "sha256": digest, **more} for use in ("test", "arbiter")}
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines.values())), "utf-8")
    texts, file = tmp_path / "texts", tmp_path / "precision.json"
    rows = [json.dumps({"id": use, "text": text}) for use in lines]
    texts.write_text("\n".join(rows), "utf-8")
    assert main(["precision", str(texts), "--gold", str(tmp_path), "-o", str(file)]) == 0
    told = capsys.readouterr().out
    assert "entity/Organisation          P" in told
    assert "tp 1 fp" in told
    assert "expected calibration error" in told
    found = measured.load(file)
    assert found
    assert all(right == 0 for right, _ in found.values())  # this gold has no claims
    texts.write_text("", "utf-8")
    assert main(["precision", str(texts), "--gold", str(tmp_path), "-o", str(file)]) == 1
    assert "name their files as TEXTS" in capsys.readouterr().err


CLAIM = Fact("c1", "a", "signs", "b", None, "d", 0, 4, "甲签约乙", "", 0.6, "signs.verb")


def test_precision_tells_of_each_predicate_that_occurs_with_its_mean_confidence() -> None:
    facts = [CLAIM, replace(CLAIM, id="c2", confidence=0.9), replace(CLAIM, predicate="partOf")]
    told = precisions(facts, load(), {"signs": (6, 9), "partOf": (431, 533), "leads": (0, 1)})
    assert set(told) == {Precision("signs", 2, 0.75, 6, 9), Precision("partOf", 1, 0.6, 431, 533)}
    few, many = (next(p for p in told if p.predicate == name) for name in ("signs", "partOf"))
    assert few.summary()[1] == "too few were measured (9)"
    assert many.summary()[1] == "431 of 533"


def test_only_claims_of_documents_that_nobody_reviewed_are_left_out() -> None:
    facts = (
        CLAIM,
        replace(CLAIM, id="c2", confidence=0.7),
        replace(CLAIM, id="c3", quote="", document="", source="a table", confidence=0.1),
        replace(CLAIM, id="c4", review="accepted by 王敏", confidence=0.1),
    )
    knowledge = Knowledge(facts=facts)
    found, left_out = without_unsure(knowledge, 0.7)
    assert ([fact.id for fact in found.facts], left_out) == (["c2", "c3", "c4"], 1)
    assert without_unsure(knowledge, 0) == (knowledge, 0)
    assert left_out_note(2, 0.7)[0].startswith("2 claims are left out: their")
    assert left_out_note(0, 0.7) == ()
