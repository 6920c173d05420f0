"""The network: the same integers by every kernel, whole weights or a clear word, any text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.base.errors import ModelError
from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.mentions.tokens import Words
from kg.extract.model import weights
from kg.extract.model.alphabet import Hint, four_and_term_rows, pair_and_triple_rows
from kg.extract.model.network import GATE, TABLE, TOP, Network, exact, network, plain
from kg.extract.model.network_output import STRETCH, NetworkOutput
from kg.extract.model.pairs import (
    FIRST,
    LAST,
    NOT,
    SHARES,
    TURNED,
    WITHIN,
    PairEnd,
    Scorer,
    allowed_by,
    pairs_of,
)
from kg.extract.model.tags import TaggedSpan, candidate_spans, choose_spans, margins, roles
from kg.ontology import load
from tests.conftest import EXAMPLES, kg

LARGEST = 25 * 2**20  # bytes of the weights in a wheel
TEXTS = (
    "云泽市云桥智能科技有限公司与滨湖区人民政府签约，总投资30亿元的云湖产业园项目落户滨湖区。",
    "甲",
    "",
    "Company A signed with company B.",
    "臺灣積體電路製造股份有限公司與雲澤市簽署合作協議。",
    "云桥公司 signed a memorandum with ООО «Север» в Москве，双方将共建实验室。",
    "\U00020000\ud7ff　\u200b\t\n",
)


def seen(net: Network, text: str) -> NetworkOutput:
    hints = [
        Hint(at, min(at + 3, len(text)), "Organisation", at % 2 > 0) for at in range(len(text))
    ]
    return NetworkOutput(net, text, Words(text, load().lexicon.grammar).words, hints[::5])


@pytest.mark.parametrize("text", TEXTS)
def test_vectorised_and_plain_kernels_give_the_same_integers(text: str) -> None:
    fast, slow = network(), Network(weights.load(), plain)
    assert fast.multiply is exact
    one, other = seen(fast, text), seen(slow, text)
    for name in ("states", "outer", "inner", "role"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    ends = [
        PairEnd(i, min(i + 1 + i % 4, len(text)), i % 3, ("", str(i))) for i in range(len(text))
    ]
    allowed = allowed_by(fast.weights.about)
    pairs = pairs_of(text, ends, [0], allowed)
    scores = [Scorer(net).score(one.states, ends, pairs) for net in (fast, slow)]
    assert np.array_equal(*scores)
    assert all(score == int(score) for score in scores[0].ravel().tolist())


def test_a_long_article_is_read_in_stretches_that_see_what_lies_around() -> None:
    net = network()
    text = (TEXTS[0] * 300)[: 2 * STRETCH + 100]
    whole = seen(net, text)
    assert len(whole.states) == len(text)
    other = seen(net, text[: 2 * STRETCH] + "乙" * 100)
    assert np.array_equal(whole.states[:STRETCH], other.states[:STRETCH])
    assert not np.array_equal(whole.states, other.states)
    before = STRETCH - net.reach - 30  # words around it may become others, too
    changed = seen(net, text[:before] + "乙" + text[before + 1 :])
    assert not np.array_equal(changed.states[:STRETCH], whole.states[:STRETCH])
    assert np.array_equal(changed.states[STRETCH:], whole.states[STRETCH:])


def test_sums_stay_below_what_float32_holds_exactly() -> None:
    for name, array in weights.load().arrays.items():
        if array.ndim == 2 and array.dtype == np.int8 and name not in TABLES:
            largest = np.abs(array.astype(np.int64)).sum(0).max() * 127
            assert largest < 2**24, name


def test_what_layers_add_up_stays_below_what_float32_holds_exactly() -> None:
    net = network()
    added = [TOP * GATE * np.abs(scale).max() for *_, scale in net.layers]
    assert sum(added) + TOP + 3 * TOP * TABLE < 2**14


TABLES = ("character", "word", "pair", "triple")


def test_the_weights_fit_in_a_wheel_and_know_the_ontology() -> None:
    found, ontology = weights.load(), load()
    assert weights.SHIPPED.stat().st_size <= LARGEST
    assert set(found.about["classes"]) <= ontology.classes.keys()
    assert set(found.about["predicates"]) <= ontology.relations.keys() | ontology.attributes.keys()
    assert found.digest == weights.digest_of()
    assert not found.arrays["character"].flags.writeable


def test_weights_are_saved_and_read_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "some.weights"
    arrays = {"a": np.arange(6, dtype=np.int8).reshape(2, 3), "b": np.zeros(0, np.int16)}
    digest = weights.save(path, {"width": 2}, arrays)
    found = weights.load(path)
    assert (found.digest, found.about) == (digest, {"width": 2})
    assert {name: a.tolist() for name, a in found.arrays.items()} == {
        "a": [[0, 1, 2], [3, 4, 5]],
        "b": [],
    }
    before = path.read_bytes()
    weights.save(path, {"width": 2}, dict(reversed(arrays.items())))
    assert path.read_bytes() == before


def damaged(data: bytes, how: str) -> bytes:
    if how == "cut":
        return data[: len(data) // 2]
    if how == "one bit":
        return data[:-1000] + bytes([data[-1000] ^ 1]) + data[-999:]
    if how == "empty":
        return b""
    return b"PK\x03\x04" + data


@pytest.mark.parametrize(
    ("how", "says"),
    [("cut", "cut or damaged"), ("one bit", "cut or damaged"), ("empty", "no weights"),
     ("other", "no weights")],
)  # fmt: skip
def test_damaged_weights_are_named_with_the_way_out(tmp_path: Path, how: str, says: str) -> None:
    path = tmp_path / "bad.weights"
    path.write_bytes(damaged(weights.SHIPPED.read_bytes(), how))
    with pytest.raises(ModelError, match=says) as told:
        weights.load(path)
    assert str(path) in str(told.value)
    assert "KG_READER" in str(told.value)


def test_weights_of_another_version_and_missing_ones_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.weights"
    monkeypatch.setattr(weights, "FORMAT", 99)
    weights.save(path, {}, {})
    monkeypatch.undo()
    with pytest.raises(ModelError, match=f"format 99, this kg reads format {weights.FORMAT}"):
        weights.load(path)
    with pytest.raises(ModelError, match="No such file"):
        weights.load(tmp_path / "none.weights")


def test_a_build_tells_of_damaged_weights(tmp_path: Path) -> None:
    path = tmp_path / "bad.weights"
    path.write_bytes(damaged(weights.SHIPPED.read_bytes(), "cut"))
    done = kg("build", EXAMPLES, "-o", tmp_path / "graph", env={"KG_READER": str(path)})
    assert done.returncode != 0
    assert str(path) in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_READER", "learned")
    reading = extract(Document("d", "d.txt", text), load())
    for entity in reading.entities:
        assert all(0 <= m.start < m.end <= len(text) for m in entity.mentions)


def test_stretches_are_as_sure_as_their_least_sure_character() -> None:
    scores = np.full((4, 5), -99)
    scores[:, 0] = 0  # outside
    scores[0, 1], scores[1, 2], scores[2, 3] = 640, 320, 640
    found = candidate_spans(margins(scores))
    assert found[TaggedSpan(0, 3, 0)].least == 320
    assert choose_spans(found) == [TaggedSpan(0, 3, 0)]
    assert roles(scores) == [(0, 3)]


def test_pairs_are_of_the_nearest_mentions_within_three_sentences() -> None:
    about = {"ends": ["A", "B"], "predicates": ["p"], "allowed": [["A", "p", "B"]]}
    ends = [
        PairEnd(0, 2, 0, ("A", "one")),
        PairEnd(5, 7, 1, ("B", "other")),
        PairEnd(12, 14, 1, ("B", "other")),
        PairEnd(40, 42, 1, ("B", "far")),
    ]
    pairs = pairs_of("甲乙" * 30, ends, [0, 10, 20, 30], allowed_by(about))
    assert list(pairs) == [(("A", "one"), ("B", "other"))]
    near = pairs[("A", "one"), ("B", "other")]
    assert [(p.object, p.apart, p.distance) for p in near] == [(1, 0, 3), (2, 1, 10)]
    assert [p.rivals for p in near] == [0, 1]  # the nearer mention of the same class lies between


def test_pairs_tell_how_the_name_of_one_lies_in_that_of_the_other() -> None:
    about = {"ends": ["A"], "predicates": ["p"], "allowed": [["A", "p", "A"]]}
    text = "北方大学与北方大学医学院、大学医院、南方"
    places = {"univ": (0, 4), "school": (5, 12), "hospital": (13, 17), "south": (18, 20)}
    ends = [PairEnd(*at, 0, ("A", name)) for name, at in places.items()]
    pairs = pairs_of(text, ends, [0], allowed_by(about))
    lies = {(one[1], other[1]): near[0].lies for (one, other), near in pairs.items()}
    assert lies["school", "univ"] == FIRST
    assert lies["univ", "school"] == FIRST + TURNED
    assert lies["univ", "hospital"] == lies["south", "univ"] == NOT
    text = "甲区实验小学、实验小学、实验"
    places = {"whole": (0, 6), "last": (7, 11), "within": (12, 14)}
    ends = [PairEnd(*at, 0, ("A", name)) for name, at in places.items()]
    ends.append(PairEnd(12, 14, 0, ("A", "reference"), reference=True))
    pairs = pairs_of(text, ends, [0], allowed_by(about))
    lies = {(one[1], other[1]): near[0].lies for (one, other), near in pairs.items()}
    assert lies["whole", "last"] == LAST
    assert lies["whole", "within"] == WITHIN
    assert lies["within", "whole"] == WITHIN + TURNED
    assert lies["whole", "reference"] == NOT  # 该校 names nothing


def test_names_that_share_a_stretch_are_told_apart_from_others() -> None:
    about = {"ends": ["A"], "predicates": ["p"], "allowed": [["A", "p", "A"]]}
    text = "省水利厅党组和甲省水利厅"
    ends = [PairEnd(0, 6, 0, ("A", "one")), PairEnd(7, 12, 0, ("A", "other"))]
    pairs = pairs_of(text, ends, [0], allowed_by(about))
    assert {near[0].lies for near in pairs.values()} == {SHARES}


def test_rows_of_pairs_and_triples_depend_on_neighbours_alone() -> None:
    characters = np.array([[4, 5, 6], [7, 5, 6]])
    pairs, triples = pair_and_triple_rows(characters)
    assert pairs[0, 1] == pairs[1, 1]
    assert triples[0, 1] != triples[1, 1]
    assert np.array_equal(pair_and_triple_rows(characters[0])[1], triples[0])


def test_rows_of_words_depend_on_the_word_alone_and_of_fours_on_four_characters() -> None:
    characters = np.array([[4, 5, 6, 5, 6, 7], [7, 5, 6, 4, 5, 6]])
    words = np.array([[4, 1, 3, 1, 3, 4], [4, 1, 3, 0, 1, 3]])
    fours, terms = four_and_term_rows(characters, words)
    assert len({*terms[0, 1:5], *terms[1, 1:3], *terms[1, 4:]}) == 1
    assert terms[1, 3] == 0 != terms[0, 0]
    assert fours[0, 0] != fours[1, 3]
    assert np.array_equal(four_and_term_rows(characters[1], words[1])[0], fours[1])
    empty = np.zeros(0, np.int64)
    assert [len(rows_) for rows_ in four_and_term_rows(empty, empty)] == [0, 0]
