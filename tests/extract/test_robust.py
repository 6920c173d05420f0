"""No text makes extraction raise, and every mention of an entity is one of its names.

Articles are joined, cut and thinned out at random: a mention of one article must not be looked
up in another. Work that grows faster than the text is found by counting calls, not seconds.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kg.base.records import Document, Reading
from kg.cli import main as cli
from kg.extract.document import extract
from kg.extract.mentions.mention import clean
from kg.extract.segment.punctuation import normalised
from kg.extract.segment.spacing import kept_positions
from kg.extract.stations import BLOCK
from kg.ontology import load
from kg.read import parse
from tests.conftest import EXAMPLES, ROOT, SOAK, kg

REAL = ROOT.parent / "shared" / "corpus" / "real" / "news.jsonl"
# Beginnings and ends as pages have them: who writes, for whom, and the paper at the foot.
PIECES = (
    "市长孟文。",
    "中国客户端讯3青海海北",
    "成效显著提升。(人民日报",
    "本报电（记者李昌）今天天气很好，大家都很高兴，活动持续到下午。",
    "本报讯（记者 王一）我市昨日印发通知，市科技局牵头。",
    "市委宣传部表示，本市将继续支持。来源：云泽日报",
    "新华社济南3月2日电 山东省发布《海洋强省行动方案》，我省各市贯彻落实。",
    "市财政局关于印发《专项资金办法》的通知",
)


def read(text: str) -> Reading:
    return extract(Document("d", "d.txt", text), load())


def misplaced(text: str) -> list[tuple[str, str]]:
    """The mentions of a text that are no name of their entity, each with the entity."""
    wrong, marked = [], normalised(text, load().lexicon.layout)
    for entity in read(text).entities:
        names = {"".join(name.split()) for name in (entity.name, *entity.aliases)}
        for m in entity.mentions:
            printed = clean(marked[m.start : m.end])
            if "".join(printed.split()) not in names:
                wrong.append((entity.name, text[m.start : m.end]))
    return wrong


def articles() -> list[str]:
    texts = [parse(f.name, f.read_bytes()).text for f in sorted(EXAMPLES.iterdir())]
    pieces = [p for text in texts for p in re.split(r"\n\s*\n", text) if p.strip()]
    return [*texts, *pieces, *PIECES]


def changed(chance: random.Random, known: list[str]) -> str:
    """Some articles joined, cut at random, or with characters missing."""
    joint = chance.choice(("\n", "\n\n", "", " "))
    text = joint.join(chance.sample(known, chance.choice((2, 3, 4, 8))))[:20_000]
    kind = chance.choice(("joined", "joined", "cut", "thinned"))
    if kind == "cut":
        start = chance.randrange(len(text))
        return text[start : chance.randrange(start, len(text)) + 1]
    if kind == "thinned":
        return "".join(c for c in text if chance.random() > 0.1)
    return text


@pytest.mark.parametrize(
    "text",
    [
        "市长孟文。\n中国客户端讯3青海海北",
        "成效显著提升。(人民日报\n本报电（记者李昌）今天天气很好，大家都很高兴，活动持续到下午。\n",
    ],
)
def test_a_mention_of_one_article_is_not_looked_up_in_another(text: str) -> None:
    assert misplaced(text) == []


@pytest.mark.parametrize("seed", range(4))
def test_every_mention_of_joined_articles_is_a_name_of_its_entity(seed: int) -> None:
    chance, known = random.Random(seed), articles()
    for _ in range(30 * SOAK):
        text = changed(chance, known)
        assert misplaced(text) == [], text


@pytest.mark.skipif(not REAL.exists(), reason="the real articles are not beside the checkout")
def test_every_mention_of_joined_real_articles_is_a_name_of_its_entity() -> None:
    lines = REAL.read_text(encoding="utf-8").splitlines()
    known = [json.loads(line)["text"] for line in lines]
    chance = random.Random(7)
    for _ in range(40 * SOAK):
        text = changed(chance, known)
        assert misplaced(text) == [], text


CORPUS = ROOT.parent / "shared" / "corpus"
FILES = [CORPUS / "train" / "texts.jsonl", *sorted(CORPUS.glob("news/*.jsonl.xz"))]
GROUP = 4
# From one group of articles that is read to the next, by who reads; by make soak all of them are.
STEPS = {"rules": 800, "learned": 3200} if SOAK == 1 else {"rules": GROUP, "learned": GROUP}


@pytest.mark.slow
@pytest.mark.skipif(not FILES[0].exists(), reason="the articles are not beside the checkout")
@pytest.mark.parametrize("reader", ["rules", "learned"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_articles_are_read_whole_joined_cut_and_thinned(
    path: Path, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_READER", reader)
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        known = lines.readlines()
    chance = random.Random(path.name)
    for start in range(0, len(known), STEPS[reader]):
        group = [json.loads(line)["text"] for line in known[start : start + GROUP]]
        for text in [*group, changed(chance, group * 2)]:
            assert misplaced(text) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "由土耳其和联合",
        "同俄罗斯与联合",
        "甲某科技有限公司（以下简称“ ”）与合肥市签约。",
        "智限公司（简称“ ”）",
        "《》“”《 》（以下简称《》）",
        "一",
        "The quick brown fox, 2024.",
        "重慶市人民政府與甲某科技有限公司簽署協議。",
        "\ufeff\u200b\u202c\x00",
    ],
)
def test_no_text_makes_extraction_raise(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert all(e.name for e in read(text).entities)
    assert cli.main(["explain", "--text", text]) == 0
    assert capsys.readouterr().err == ""


def test_what_names_nothing_is_no_name_but_the_rest_is_read() -> None:
    names = {e.name for e in read("甲某科技有限公司（以下简称“ ”）落户合肥市。").entities}
    assert names == {"甲某科技有限公司", "合肥市"}


def test_a_fault_of_ours_is_one_line_and_shows_its_trace_if_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> None:
        raise IndexError("array index out of range")

    monkeypatch.setattr("kg.extract.stations.segment", broken)
    assert cli.main(["explain", "--text", "甲市"]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert re.search(r"fault of kg itself \(IndexError: array index out of range, test_", said)
    monkeypatch.setenv("KG_TRACEBACK", "1")
    assert cli.main(["explain", "--text", "甲市"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_evaluation_names_a_document_that_fails_and_goes_on(tmp_path: Path) -> None:
    gold = {"doc": "good.txt", "relations": [], "attributes": []}
    thing = {"id": "e1", "type": "District", "name": "合肥市", "aliases": []}
    for name, data in (("good", "合肥市".encode()), ("bad", b"%PDF-1.7 no more")):
        kind = "txt" if name == "good" else "pdf"
        (tmp_path / f"{name}.{kind}").write_bytes(data)
        whole = {**gold, "doc": f"{name}.{kind}", "entities": [thing]}
        (tmp_path / f"{name}.json").write_text(json.dumps(whole))
    done = kg("evaluate", tmp_path, tmp_path, "--json")
    assert done.returncode == 1
    assert "bad.pdf: " in done.stderr.decode()
    assert json.loads(done.stdout)["entity/District"] == {
        "p": 1.0, "r": 0.5, "f1": 0.6667, "tp": 1, "fp": 0, "fn": 1,
    }  # fmt: skip


def test_a_place_that_no_table_has_is_no_short_name_of_a_firm() -> None:
    text = "云泽市水务集团有限公司与甲某大学合作。云泽市人民政府与丙某公司签约，云泽市支持。"
    for entity in read(text).entities:
        assert entity.name != "云泽市水务集团有限公司" or "云泽市" not in entity.aliases


def calls(text: str) -> int:
    """How many functions are called to read a text, those of libraries in C included."""
    count = 0

    def counted(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "sentence",
    [
        "2家", "甲公司", "北京", "项目", "（以下简称“甲”）", "《甲办法》", "王某、李四，", "A1 ",
        "甲市乙区签约。", "投资5亿元建设云某产业园项目。", "市科技局印发《甲办法》；", "|1 2|",
    ],
)  # fmt: skip
def test_the_work_for_repeated_text_grows_with_its_length(sentence: str) -> None:
    read(sentence)
    one, two = (calls((sentence * size)[:size]) for size in (4000, 8000))
    assert two <= 2.2 * one


def test_the_work_for_many_articles_grows_with_their_length() -> None:
    known = articles()
    page = "\n\n".join(known)
    read(page[:1000])
    one, two = calls(page[: BLOCK // 4]), calls(page[: BLOCK // 2])
    assert len(page) >= BLOCK // 2
    assert two <= 2.2 * one


def test_what_is_said_of_one_thing_in_two_blocks_of_a_long_text_is_of_one_thing() -> None:
    first = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。\n\n"
    second = "甲某智能科技有限公司与合肥市签约。\n\n"
    between = "今天天气很好，大家都很高兴。\n\n" * (BLOCK // 16)
    text = first + between + second
    reading = read(text)
    (firm,) = [e for e in reading.entities if e.type == "Organisation"]
    assert [text[m.start : m.end] for m in firm.mentions] == [firm.name] * 2
    assert firm.mentions[1].start > BLOCK
    spoken = {reading.entities[c.subject].name for c in reading.claims}
    assert firm.name in spoken
    assert len(reading.articles) > 1


def test_spaces_are_looked_for_in_one_pass() -> None:
    """At each figure the rest of the line was searched: this took minutes."""
    text = "2家" * 100_000
    assert len(kept_positions(text, load().lexicon.layout)) == len(text)
