"""Teaching the reader: what is wrong with gold, what is least sure, and weights that know more."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.base.errors import ReadError
from kg.base.records import Document
from kg.extract.arbiter import linear
from kg.extract.arbiter.arbiter import ARBITER, arbiter_of, fitted_with
from kg.extract.arbiter.linear import Linear
from kg.extract.model import weights
from kg.extract.model.network import Network, network
from kg.ontology import load
from kg.run.evaluate.gold import golds
from kg.run.evaluate.tallies import Scores, Tally
from kg.run.train import figures, tune
from kg.run.train.doubts import doubts, text_of
from kg.run.train.fitting.logistic import KEEPING, Example, fit
from kg.run.train.marked import MarkedCollection
from kg.run.train.tune import Training, split_documents
from tests.conftest import EXAMPLES, ROOT, kg

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.process  # documents are read in processes
GOLD = ROOT / "tests" / "gold"
LEARNED = ("--reader", "learned")
TEXT = "甲市政府与乙某科技有限公司签约。丙某任甲市市长。\n"
THINGS = [
    {"id": "e1", "type": "District", "name": "甲市", "aliases": []},
    {"id": "e2", "type": "Organisation", "name": "乙某科技有限公司", "aliases": []},
]


def written(folder: Path, *, text: str = TEXT, **gold: object) -> Path:
    """A gold file in a folder, beside its document, a line for each thing."""
    whole = {"doc": "a.txt", "entities": THINGS, "relations": [], **gold}
    rows = [f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in whole.items()]
    (folder / "a.txt").write_text(text, encoding="utf-8")
    file = folder / "a.json"
    file.write_text("{" + ",\n".join(rows).replace("}, {", "},\n{") + "}", encoding="utf-8")
    return file


def wrong_of(*paths: Path, sources: Path | None = None) -> list[str]:
    gathering = MarkedCollection(load(), sources)
    gathering.take(paths)
    return gathering.wrong


@pytest.mark.parametrize(
    ("gold", "line", "said"),
    [
        ({"entities": []}, 2, "the gold of a.txt is empty"),
        ({"entities": [{"id": "e9", "type": "Town", "name": "甲市"}]}, 2, "no class Town"),
        (
            {"entities": [*THINGS, {"id": "e3", "type": "Person", "name": "丁某"}]}, 4,
            "丁某 does not stand in a.txt",
        ),
        (
            {"entities": [*THINGS, {"id": "e3", "type": "Organisation", "name": "甲市"}]}, 4,
            "甲市 has the class Organisation here and District as e1",
        ),
        ({"relations": [{"s": "e1", "p": "sings", "o": "e2"}]}, 4, "did you mean signs"),
        ({"relations": [{"s": "e7", "p": "signs", "o": "e2"}]}, 4, "e7, which is no id"),
        ({"attributes": [{"e": "e1", "a": "colour", "v": "red"}]}, 5, "no attribute"),
        (
            {"relations": [{"s": "e1", "p": "worksFor", "o": "e2"}]}, 4,
            "甲市 has the class District; here worksFor wants Person",
        ),
        (
            {"attributes": [{"e": "e1", "a": "role", "v": "市长"}]}, 5,
            "甲市 has the class District; here role wants Person",
        ),
        ({"attributes": [{"e": "e1", "a": "role", "v": "局长"}]}, 5, "role 局长: does not stand"),
        ({"attributes": [{"e": "e1", "a": "date", "v": "5月6日"}]}, 5, "date 5月6日: is no date"),
        ({"attributes": [{"e": "e1", "a": "output", "v": "3亿"}]}, 5, "output 3亿: is no number"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_gold_is_named_with_its_line(
    gold: dict[str, object], line: int, said: str, tmp_path: Path
) -> None:
    file = written(tmp_path, **gold)
    (reason,) = wrong_of(file)
    assert reason.startswith(f"{file}: line {line}: ")
    assert said in reason


def test_the_rest_of_wrong_gold_is_learned_from(tmp_path: Path) -> None:
    more = {"id": "e3", "type": "Person", "name": "丁某", "aliases": []}
    link = {"s": "e3", "p": "worksFor", "o": "e2"}
    file = written(tmp_path, entities=[*THINGS, more], relations=[link])
    gathering = MarkedCollection(load())
    gathering.take([file, tmp_path / "none.json"])
    assert len(gathering.wrong) == 2
    (marked,) = gathering.marked
    assert marked.gold is not None
    assert set(marked.gold.things) == {"e1", "e2"}
    assert marked.gold.relations == set()


def test_broken_files_of_a_folder_are_named_and_the_others_learned_from(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "0.json").write_text("{", encoding="utf-8")
    (tmp_path / "b.json").write_text('{"entities": []}', encoding="utf-8")
    gathering = MarkedCollection(load())
    gathering.take([tmp_path])
    assert len(gathering.marked) == 1
    first, second = gathering.wrong
    assert first.startswith(f"{tmp_path / '0.json'}: is no JSON")
    assert second == f"{tmp_path / 'b.json'}: is no gold: 'relations' is missing"


def test_a_second_gold_of_a_document_is_named(tmp_path: Path) -> None:
    first = written(tmp_path)
    second = tmp_path / "b.json"
    second.write_bytes(first.read_bytes())
    (reason,) = wrong_of(first, second)
    assert reason.startswith(f"{second}: line 1: a second gold of a.txt, after that of {first}")


def decided(do: str, by: str, when: str, quote: str = TEXT.strip()) -> str:
    claim = {
        "predicate": "worksFor",
        "subject": {"name": "丙某", "class": "Person"},
        "object": {"name": "甲市", "class": "District"},
        "document": {"id": "0" * 20, "name": "a.txt"},
        "quote": quote,
    }
    return json.dumps({"do": do, "by": by, "when": when, "claim": claim}, ensure_ascii=False)


def test_corrections_that_contradict_each_other_are_named_and_the_later_one_holds(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "corrections.jsonl"
    lines = [
        decided("accept", "王敏", "2026-05-06T07:08:09Z"),
        "{",
        decided("reject", "李强", "2026-05-07T07:08:09Z"),
        decided("accept", "王敏", "2026-05-06T07:08:09Z", quote="别处的话。"),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    gathering = MarkedCollection(load())
    gathering.take([file])
    (marked,) = gathering.marked
    assert [accepted for _, accepted in marked.decided_claims] == [False]
    places = sorted(reason.split(": ")[0] for reason in gathering.wrong)
    assert places == [f"{file}:{number}" for number in (1, 2, 4)]


def test_a_list_is_the_gold_of_several_documents(tmp_path: Path) -> None:
    one = {"doc": "a.txt", "entities": THINGS, "relations": []}
    two = {"doc": "b.txt", "entities": THINGS[:1], "relations": []}
    file = tmp_path / "all.json"
    file.write_text(json.dumps([one, two], ensure_ascii=False, indent=1), encoding="utf-8")
    assert [(gold.name, len(gold.sheet.things)) for gold in golds(file)] == [("a", 2), ("b", 1)]
    lines = file.read_text(encoding="utf-8").splitlines()
    second = [number for number, line in enumerate(lines, 1) if '"e1"' in line][1]
    assert golds(file)[1].place("e1") == f"{file}: line {second}"
    file.write_text('[{"entities": []}]', encoding="utf-8")
    with pytest.raises(ReadError, match='object 1 of the list has no "doc"'):
        golds(file)


def test_a_fifth_of_the_gold_is_held_back_whatever_its_order() -> None:
    gathering = MarkedCollection(load(), EXAMPLES)
    gathering.take([GOLD])
    assert gathering.wrong == []
    learned, held = split_documents(gathering.marked)
    assert (len(learned), len(held)) == (11, 2)
    assert split_documents(gathering.marked[::-1])[1] == held
    assert split_documents(gathering.marked[:4])[1] == []


def test_fitting_with_a_prior_changes_what_the_examples_speak_against() -> None:
    prior = Linear({"a": 64, "b": 64, "c": 64}, 0, 0, 0)
    seen = [Example(("a",), True)] * 500 + [Example(("b",), False)] * 500
    found = fit(seen, 0, 0, prior=prior)
    assert found.weights["c"] == 64
    assert found.weights["a"] > 64 > 32 > found.weights.get("b", 0)


def test_fitting_changes_a_prior_more_where_less_is_kept() -> None:
    prior, seen = Linear({"a": 64}, 0, 0, 0), [Example(("a",), False)] * 50
    kept, free = (fit(seen, 0, 0, prior=prior, keeping=much) for much in (60.0, 5.0))
    assert free.weights.get("a", 0) < kept.weights["a"] < 64


def test_whether_the_network_is_to_learn_is_not_asked_of_few_documents() -> None:
    said: list[str] = []
    course = Training(load(), network(), Path("none"), 1, said.append)
    assert not course.pays([], [])
    assert said == ["the arbiter alone learns (the network from 20 documents with gold on)"]


def test_halves_of_the_documents_tell_whether_the_network_is_to_learn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gathering = MarkedCollection(load(), EXAMPLES)
    gathering.take([GOLD])
    monkeypatch.setattr(tune, "MANY", 4)
    said: list[str] = []
    course = Training(load(), network(), Path("none"), 1, said.append)
    some = gathering.marked[:4]
    lessons = [course.lesson(one) for one in some]
    asked = list[list[tune.Lesson]]()

    def unchanged(taught: Sequence[tune.Lesson]) -> Network:
        asked.append(list(taught))
        return network()

    monkeypatch.setattr(course, "network", unchanged)
    monkeypatch.setattr(tune, "FREER", KEEPING)
    assert not course.pays(some, lessons)
    assert asked == [lessons[::2], lessons[1::2]]
    assert said[-1].endswith("halves that learn from each other change by +0.000 of F1")


def test_the_network_learns_from_a_few_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    monkeypatch.setattr(tune, "EPOCHS", 1.0)
    gathering = MarkedCollection(load(), EXAMPLES)
    gathering.take([GOLD / "成都-高新区集中签约.json"])
    course = Training(load(), network(), tmp_path / "mine.weights", 1, lambda _: None)
    learned = course.network([course.lesson(one) for one in gathering.marked])
    before, after = network().weights.arrays, learned.weights.arrays
    assert before.keys() == after.keys()
    assert any((before[name] != after[name]).any() for name in before)


def test_what_is_least_sure_comes_first_as_gold_that_evaluates(tmp_path: Path) -> None:
    done = kg("annotate", EXAMPLES, "-o", tmp_path / "mine.json", "--most", "3", *LEARNED)
    assert done.returncode == 0, done.stderr.decode()
    assert "3 of 16 documents, the least sure first" in done.stderr.decode()
    found = golds(tmp_path / "mine.json")
    assert len({gold.document for gold in found}) == 3
    rows = json.loads(kg("evaluate", tmp_path / "mine.json", EXAMPLES, "--json", *LEARNED).stdout)
    assert rows["entity all"]["f1"] == rows["relation"]["f1"] == 1.0


def test_a_document_of_which_all_is_plain_is_surer_than_one_of_riddles() -> None:
    plain = Document("1" * 20, "plain.txt", "重庆市人民政府办公厅印发通知。" * 4)
    text = (EXAMPLES / "长沙-湘江新区算力开工.txt").read_text(encoding="utf-8")
    riddles = Document("2" * 20, "riddles.txt", text)
    found = doubts([plain, riddles], arbiter_of(str(load().folder)), 2)
    assert [one.document.name for one in found] == ["riddles.txt", "plain.txt"]
    said = json.loads(text_of(found))[0]
    assert said["relations"] == sorted(said["relations"], key=lambda row: row["sure"])
    assert said["refused"]


def test_weights_that_learned_are_used_by_a_build_and_keep_the_old_ones(tmp_path: Path) -> None:
    mine = tmp_path / "mine.weights"
    mine.write_bytes(b"what was here")
    done = kg("train", GOLD, "--sources", EXAMPLES, "-o", mine)
    assert done.returncode == 0, done.stderr.decode()
    assert "on 2 documents held back\nentity core" in done.stdout.decode()
    assert (tmp_path / "mine.weights.before").read_bytes() == b"what was here"
    learned = weights.load(mine)
    assert learned.about[ARBITER].keys() == linear.load().keys()
    assert f"reader@{learned.digest}" in done.stderr.decode()
    before, after = fitted_with(network()), fitted_with(Network(learned))
    assert before["claims"].weights != after["claims"].weights
    assert before["links"] == after["links"]
    document = EXAMPLES / "成都-高新区集中签约.txt"
    built = kg("build", document, "-o", tmp_path / "graph", "--reader", mine)
    assert built.returncode == 0, built.stderr.decode()
    with (tmp_path / "graph" / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rules = {row["rule"] for row in csv.DictReader(file)}
    assert f"reader@{learned.digest}" in rules
    again = kg("build", document, "-o", tmp_path / "graph", *LEARNED)
    assert "nothing has changed" not in again.stderr.decode()


def test_a_reader_that_is_no_file_of_weights_is_refused_before_anything_is_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "none").write_bytes(b"x")
    done = kg("build", EXAMPLES, "-o", tmp_path / "graph", "--reader", tmp_path / "none")
    assert done.returncode == 1
    assert f"{tmp_path / 'none'}: holds no weights of the reader" in done.stderr.decode()
    assert not (tmp_path / "graph").exists()


def test_rules_alone_are_unsure_of_nothing(tmp_path: Path) -> None:
    done = kg("annotate", EXAMPLES, "-o", tmp_path / "mine.json", "--reader", "rules")
    assert done.returncode == 1
    assert "rules alone are sure of all they say" in done.stderr.decode()


def test_a_folder_that_is_missing_is_told_before_anything_is_learned(tmp_path: Path) -> None:
    target = tmp_path / "none" / "mine.weights"
    done = kg("train", written(tmp_path), "-o", target)
    assert done.returncode == 1
    assert f"{target}: there is no folder {target.parent}; make it first" in done.stderr.decode()
    assert "learning from" not in done.stderr.decode()


def test_nothing_to_learn_from_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, entities=[])
    done = kg("train", file, "-o", tmp_path / "mine.weights")
    assert done.returncode == 1
    assert "left out: " in done.stderr.decode()
    assert "no document to learn from" in done.stderr.decode()
    assert not (tmp_path / "mine.weights").exists()


def test_figures_are_kept_and_compared(tmp_path: Path) -> None:
    scores = Scores()
    scores.tallies["relation/signs"] += Tally(tp=3, fp=1, fn=1)
    file = tmp_path / "figures.json"
    assert figures.read(file) == {}
    figures.write(file, figures.of({"test": scores}))
    scores.tallies["relation/signs"] += Tally(fn=4)
    told = figures.compared(figures.read(file), figures.of({"test": scores}))
    assert "F1 on test, relation: 0.750 as shipped, 0.500 now (-0.250)" in told
    file.write_text('{"test": 3}')
    with pytest.raises(ReadError, match="holds no figures"):
        figures.read(file)


def test_the_figures_in_the_repository_are_those_of_all_measured_articles() -> None:
    found = figures.read(ROOT / "kg" / "run" / "train" / "figures.json")
    assert set(found) == {"test", "fresh"}
    assert all(set(rows) == set(figures.KINDS) for rows in found.values())
