"""Verdicts of readers on single statements, in ``gold/verdicts``, and what is learned from them."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from kg.base.errors import ReadError
from kg.extract.arbiter import linear
from kg.extract.model.network import network
from kg.ontology import load
from kg.run.train.__main__ import main
from kg.run.train.fitting import verdicts
from kg.run.train.fitting.logistic import Example
from kg.run.train.fitting.verdicts import JudgedExample
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("learned")

TEXT = "云澜科技股份有限公司日前推出了“星河”操作系统。"
FIRM, SYSTEM = (0, 10), (15, 23)


def article(**fields: object) -> str:
    whole = {
        "id": "a1",
        "source": "s#1",
        "length": len(TEXT),
        "sha256": sha256(TEXT.encode()).hexdigest(),
        "verdicts": [["develops", FIRM, SYSTEM, "", "right"]],
        **fields,
    }
    return json.dumps(whole, ensure_ascii=False)


def test_the_verdicts_of_the_gold_can_be_read() -> None:
    articles = [
        one
        for path in sorted((ROOT / "gold/verdicts").glob("*.jsonl"))
        for one in verdicts.read(path)
    ]
    assert len({one.id for one in articles}) == len(articles) > 3000
    judged = [one for article in articles for one in article.verdicts]
    assert len(judged) > 6000
    assert 0.7 < sum(one.right for one in judged) / len(judged) < 0.9
    assert {one.predicate for one in judged} <= load().relations.keys()
    assert {one.status for one in judged} - {""} <= load().statuses.keys()
    raw = (ROOT / "gold/verdicts/news.jsonl").read_text(encoding="utf-8")
    assert not re.search("[\u4e00-\u9fff]", raw)  # no text and no name


@pytest.mark.parametrize(
    "fields",
    [
        {"verdicts": [["develops", FIRM, SYSTEM, "", "maybe"]]},
        {"verdicts": [["develops", FIRM, SYSTEM, "right"]]},
        {"verdicts": [["develops", [1], SYSTEM, "", "right"]]},
        {"verdicts": None},
    ],
)
def test_a_line_that_holds_no_verdicts_is_named(fields: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(article() + "\n" + article(**fields) + "\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"news\.jsonl: line 2 holds no verdicts"):
        list(verdicts.read(path))


def test_another_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(article(), encoding="utf-8")
    (one,) = verdicts.read(path)
    with pytest.raises(ReadError, match="a1: the text is not the one"):
        one.document(TEXT + "。")


@pytest.mark.parametrize(
    ("verdict", "right"),
    [
        (["develops", FIRM, SYSTEM, "", "right"], [True]),
        (["develops", FIRM, SYSTEM, "", "wrong"], [False]),
        (["develops", FIRM, SYSTEM, "planned", "wrong"], []),  # the reader gives no status today
        (["develops", FIRM, [16, 23], "", "right"], []),  # a name that it does not find today
        (["invests", FIRM, SYSTEM, "", "right"], []),
    ],
)
def test_a_verdict_counts_for_what_the_reader_states_today(
    verdict: list[object], right: list[bool], tmp_path: Path
) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(article(verdicts=[verdict]), encoding="utf-8")
    (one,) = verdicts.read(path)
    found = verdicts.examples(one, TEXT, load(), network(), linear.load())
    assert sorted({judged.example.true for judged in found}) == right
    assert all(
        judged.names == ("云澜科技股份有限公司", "星河操作系统") or judged for judged in found
    )


def judged(word: str, *, right: bool, name: str) -> JudgedExample:
    return JudgedExample(
        "news develops System", ("甲公司", name), Example(("develops", word), right)
    )


def test_words_that_tell_right_from_wrong_are_learned() -> None:
    articles = {
        f"a{n}": [
            judged("makes", right=True, name=f"系统{n}"),
            judged("sells", right=n % 10 == 0, name=f"商品{n}"),
        ]
        for n in range(400)
    }
    fitted = verdicts.learn(articles)
    makes, sells = (fitted.score(["develops", word]) for word in ("makes", "sells"))
    assert fitted.confidence(makes, "news develops System") > 0.95
    assert fitted.confidence(sells, "news develops System") < 0.2
    assert fitted.accepts(makes, "news develops System") and not fitted.accepts(
        sells, "news develops System"
    )


def test_what_few_were_judged_of_is_not_judged_by_what_was_learned() -> None:
    articles = {f"a{n}": [judged("sells", right=False, name=f"{n}")] for n in range(50)}
    fitted = verdicts.learn(articles)
    assert not fitted.thresholds and not fitted.calibration


def test_where_all_tell_the_same_nobody_can_say_how_sure_it_is() -> None:
    articles = {f"a{n}": [judged("makes", right=True, name="系统")] for n in range(9)}
    fitted = verdicts.learn(articles)
    assert fitted.bias > 0 and not fitted.calibration


def test_articles_that_tell_the_same_are_held_out_together() -> None:
    articles = {f"a{n}": [judged("makes", right=True, name=f"{n // 2}")] for n in range(40)}
    folds = verdicts._folds(articles)
    assert sorted(id_ for fold in folds for id_ in fold) == sorted(articles)
    where = {id_: number for number, fold in enumerate(folds) for id_ in fold}
    assert len(folds) == verdicts.FOLDS
    assert all(where[f"a{2 * n}"] == where[f"a{2 * n + 1}"] for n in range(20))


def test_the_command_puts_them_among_the_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gold/verdicts").mkdir(parents=True)
    other = TEXT.replace("云澜", "江畔")
    lines = article(), article(id="a2", sha256=sha256(other.encode()).hexdigest())
    (tmp_path / "gold/verdicts/news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    texts, weights = tmp_path / "texts.jsonl", tmp_path / "weights.json"
    rows = ({"id": "a1", "text": TEXT}, {"id": "a2", "text": other})
    texts.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    before = {name: one for name, one in linear.load().items() if name != "verdicts"}
    linear.write(weights, before)
    words = ["verdicts", str(texts), "--gold", str(tmp_path / "gold"), "-o", str(weights)]
    assert main(words) == 0
    assert "judged statements of 2 articles" in capsys.readouterr().out
    after = linear.read(json.loads(weights.read_text(encoding="utf-8")))
    assert {name: after[name] for name in before} == before
    assert not after["verdicts"].calibration  # of two statements nobody can say how sure it is
    texts.write_text(json.dumps({"id": "a3", "text": TEXT}), encoding="utf-8")
    assert main(words) == 1
    assert "the texts of no judged article are there" in capsys.readouterr().err
