"""What the network learns from: articles labelled by gold, by rules, and by the reader itself."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from kg.base.errors import ModelError
from kg.base.records import Document
from kg.extract.arbiter import linear
from kg.extract.model.alphabet import MASK
from kg.extract.model.network import network
from kg.extract.model.pairs import Pair
from kg.extract.model.tags import PLACES, mark
from kg.ontology import load
from kg.read import parse
from kg.run.evaluate.gold import gold_sheet
from kg.run.train.network import shards
from kg.run.train.network.samples import IGNORED, Sample, Shape, of_gold, of_rules
from kg.run.train.network.teacher import Teacher, of_judged
from kg.run.train.network.vary import Pool, hidden, names_of
from tests.conftest import EXAMPLES, ROOT

GOLD = sorted((ROOT / "tests" / "gold").glob("*.json"))


@cache
def shape() -> Shape:
    return Shape(network().weights.about)


def document(gold: Path) -> Document:
    name = f"{gold.stem}.txt"
    return Document(name, name, parse(name, (EXAMPLES / name).read_bytes()).text)


@cache
def of_first() -> tuple[str, Sample]:
    path = next(p for p in GOLD if (EXAMPLES / f"{p.stem}.txt").exists())
    (sample,) = list(of_gold(document(path), gold_sheet(path), load(), shape()))[:1]
    return document(path).text, sample


def named(sample: Sample, text: str) -> set[tuple[str, str]]:
    """The classes and words of the names that a sample labels, letter by letter."""
    found, start = set(), 0
    for at, label in enumerate(sample.outer.tolist()):
        if label <= 0:
            continue
        kind, place = divmod(label - 1, PLACES)
        start = at if place in (0, 3) else start
        if place in (2, 3):
            found.add((shape().classes[kind], text[start : at + 1]))
    return found


def letters(sample: Sample) -> str:
    known = {number: char for char, number in shape().alphabet.numbers.items()}
    return "".join(known.get(int(number), "?") for number in sample.characters)


def test_gold_is_labelled_where_its_names_stand() -> None:
    _, sample = of_first()
    found = named(sample, letters(sample))
    gold = gold_sheet(next(p for p in GOLD if (EXAMPLES / f"{p.stem}.txt").exists()))
    names = {name for thing in gold.things.values() for name in thing.names}
    assert len(found) >= 5
    assert sum(word.lower() in names for _, word in found) >= 0.9 * len(found)


def test_pairs_of_gold_hold_what_it_relates() -> None:
    _, sample = of_first()
    assert sample.counts.sum() == len(sample.rows)
    assert sample.true.shape == sample.fits.shape == (len(sample.counts), len(shape().predicates))
    assert sample.true.any()


def test_a_part_of_an_article_has_the_pairs_that_lie_in_it() -> None:
    _, sample = of_first()
    start, end = 10, len(sample.outer) // 2
    part = sample.cut(start, end)
    assert np.array_equal(part.characters, sample.characters[start:end])
    assert np.array_equal(part.outer, sample.outer[start:end])
    assert part.counts.sum() == len(part.rows) <= len(sample.rows)
    assert (part.counts > 0).all()
    assert len(part.true) == len(part.fits) == len(part.counts)
    inside = (sample.ends[:, 0] >= start) & (sample.ends[:, 1] <= end)
    assert np.array_equal(part.ends[:, :2] + start, sample.ends[inside][:, :2])
    assert part.rows[:, :2].max(initial=-1) < len(part.ends)


def test_a_whole_article_is_a_part_of_itself() -> None:
    _, sample = of_first()
    same = sample.cut(0, len(sample.outer))
    for field in ("ends", "rows", "counts", "true", "fits"):
        assert np.array_equal(getattr(same, field), getattr(sample, field)), field


def test_only_some_pairs_of_things_are_kept() -> None:
    _, sample = of_first()
    kept = sample.true.any(1)
    few = sample.only(kept)
    assert len(few.counts) == kept.sum() < len(sample.counts)
    assert few.counts.sum() == len(few.rows)
    assert few.true.any(1).all()


TEXT = "4月2日，合肥市人民政府与北京大学在合肥市签署战略合作协议。合肥市市长王某某出席签约仪式。"


def test_rules_are_a_teacher() -> None:
    (sample,) = of_rules(Document("d", "d", TEXT), load(), shape())
    assert ("Organisation", "北京大学") in named(sample, TEXT)
    assert IGNORED not in sample.outer


def test_the_reader_is_a_teacher_who_leaves_open_what_it_is_not_sure_of() -> None:
    teacher = Teacher(load(), network(), linear.load(), shape())
    (sample,) = of_judged(Document("d", "d", TEXT), teacher)
    assert ("Organisation", "北京大学") in named(sample, TEXT)
    sure = {
        (d.proposal.span.start, d.proposal.span.end)
        for d in teacher.decided
        if d.accepted and d.score < 64
    }
    for start, end in sure:
        assert set(sample.outer[start:end].tolist()) <= {IGNORED, *range(1, 29)}
    assert sample.counts.sum() == len(sample.rows)


@pytest.mark.process
def test_labels_are_kept_in_files_and_made_once(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        shards.label([("a", TEXT), ("b", TEXT)], tmp_path, None, 1, said.append)
    (path,) = tmp_path.iterdir()
    one, other = shards.load_samples(path)
    assert np.array_equal(one.outer, other.outer)
    assert said == ["1 of 1 files of 400 articles are labelled"] * 2


def test_marks_of_names() -> None:
    row = np.zeros(4, int)
    mark(row, 3, 4, 5)
    assert row.tolist() == [0, 0, 0, 8]


def test_weights_taken_up_again_give_the_same_weights(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="PyTorch (the extra train) is not installed")
    from kg.extract.model import weights
    from kg.run.train.network.export import export
    from kg.run.train.network.restore import restored

    begun = weights.load()
    net = restored(begun)
    about = {k: v for k, v in begun.about.items() if k not in ("width", "steps", "context_at")}
    export(net, about, tmp_path / "again.weights")
    again = weights.load(tmp_path / "again.weights")
    names = ("character", "hint", "pair", "outer.weight", "layer0.weight", "pairs.out.bias")
    for name in (*names, "pairs.lies", "pairs.rivals"):
        assert np.array_equal(again.arrays[name], begun.arrays[name]), name


@cache
def several() -> list[Sample]:
    """A few articles of gold as the network learns from them."""
    found = []
    for path in [p for p in GOLD if (EXAMPLES / f"{p.stem}.txt").exists()][:6]:
        found += list(of_gold(document(path), gold_sheet(path), load(), shape()))
    return found


def test_rules_hint_at_names_of_gold() -> None:
    hinted = [s for s in several() if s.hints.any()]
    assert len(hinted) >= 3
    over = sum(int((s.outer[s.hints > 0] > 0).sum()) for s in hinted)
    assert over >= 0.7 * sum(int((s.hints > 0).sum()) for s in hinted)


def words_of(sample: Sample) -> list[tuple[int, str]]:
    text = letters(sample)
    return [(name.number, text[name.start : name.end]) for name in names_of(sample)]


def test_swapped_names_keep_what_is_said_of_them() -> None:
    pool, dice = Pool(several()), random.Random(3)
    changed = 0
    for sample in several():
        other = pool.swapped(sample, 0.9, dice)
        old, new = list(names_of(sample)), list(names_of(other))
        assert [name.number for name in new] == [name.number for name in old]
        moved = {a[:2]: b[:2] for a, b in zip(old, new, strict=True)}
        for end, at in zip(sample.ends.tolist(), other.ends.tolist(), strict=True):
            place = (end[0], end[1])
            assert moved.get(place, (at[0], at[1])) == (at[0], at[1])
            if place not in moved:  # a role, a day, or a name in a longer one
                assert letters(other)[at[0] : at[1]] == letters(sample)[end[0] : end[1]]
        distance = Pair._fields.index("distance")
        for row in other.rows.tolist():
            one, last = sorted((other.ends[row[0]].tolist(), other.ends[row[1]].tolist()))
            assert row[distance] == max(last[0] - one[1], -1)
        swapped = set(zip(words_of(sample), words_of(other), strict=True))
        assert len(swapped) == len({before for before, _ in swapped})  # the same for the same
        changed += sum(before != after for before, after in swapped)
        outside = sample.outer == 0
        assert np.array_equal(other.characters[other.outer == 0], sample.characters[outside])
    assert changed >= 10


def test_a_word_that_is_a_name_of_two_classes_stays_of_both() -> None:
    letters_ = np.array([4, 5, 9, 4, 5, 9, 6, 7, 8, 9, 6, 7, 8], np.int16)
    nothing = np.zeros(13, np.int16)
    outer = np.zeros(13, np.int8)
    for start, end, first in ((0, 2, 1), (3, 5, 5), (6, 9, 1), (10, 13, 5)):
        mark(outer, start, end, first)
    sample = Sample(letters_, nothing, nothing, outer, nothing, nothing)
    for seed in range(20):
        other = Pool([sample]).swapped(sample, 1.0, random.Random(seed))
        assert [name.number for name in names_of(other)] == [0, 1, 0, 1]


def test_an_article_whose_names_stay_is_the_same() -> None:
    sample = several()[0]
    assert Pool(several()).swapped(sample, 0.0, random.Random(1)) is sample
    assert hidden(sample, 0.0, random.Random(1)) is sample


def test_hidden_names_are_hidden_whole() -> None:
    sample = max(several(), key=lambda s: len(list(names_of(s))))
    other = hidden(sample, 0.5, random.Random(2))
    chosen = [n for n in names_of(sample) if (other.characters[n.start : n.end] == MASK).all()]
    assert 0.2 < len(chosen) / len(list(names_of(sample))) < 0.8
    assert (other.characters != sample.characters).sum() <= sum(n.end - n.start for n in chosen)
    assert np.array_equal(other.outer, sample.outer)


def test_weights_whose_sums_would_not_be_exact_are_refused(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch (the extra train) is not installed")
    from kg.extract.model import weights
    from kg.run.train.network.export import export
    from kg.run.train.network.restore import restored

    begun = weights.load()
    net = restored(begun)
    with torch.no_grad():
        for name in ("subject", "object", "pool", "around"):
            getattr(net.pairs, name).weight.fill_(1.98)  # 126 of 127 when written
    about = {k: v for k, v in begun.about.items() if k not in ("width", "steps", "context_at")}
    with pytest.raises(ModelError, match="sums are exact below 16777216 only"):
        export(net, about, tmp_path / "large.weights")
