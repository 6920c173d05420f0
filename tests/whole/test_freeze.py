"""The reader gives what it gave when ``make freeze`` kept it, and what is another is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.testing.making.freeze import before, lines
from tests.testing.making.freeze.given import Given, quick
from tests.testing.making.freeze.kept import ARTICLES, Change, changes, keep, kept, merged

GIVEN = quick()
TEXT = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"


def test_there_is_much_to_read() -> None:
    assert len(GIVEN) >= 55
    assert sum(map(len, GIVEN.values())) >= 700
    assert len(kept()) >= 90


@pytest.mark.parametrize("file", sorted(GIVEN))
def test_the_reader_gives_what_it_gave(file: str) -> None:
    old = kept().get(file, {})
    others = [str(g) for g in GIVEN[file] if old.get(g.key, now := lines.digest(g)) != now]
    assert others == [], "make freeze QUICK=1 shows the lines, make freeze UPDATE=1 keeps them"


def test_what_is_read_otherwise_is_told_by_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Given(TEXT.encode())
    digest, old = lines.digest(given), lines.lines(given)
    told = lines.extract
    monkeypatch.setattr(lines, "extract", lambda d, o: _less(told(d, o)))
    assert lines.digest(given) != digest
    shown = before.shown(old, lines.lines(given))
    assert any(line.startswith("-rules: ") and " investment " in line for line in shown)
    assert not any(line.startswith("+") for line in shown)


def _less(reading: object) -> object:
    from dataclasses import replace

    claims = reading.claims  # type: ignore[attr-defined]
    return replace(reading, claims=tuple(c for c in claims if c.predicate != "investment"))  # type: ignore[type-var]


def test_no_more_lines_are_shown_than_eyes_follow() -> None:
    shown = before.shown(["same", *map(str, range(20))], ["same"])
    assert shown[:2] == ["-0", "-1"]
    assert shown[-1] == "and 14 lines more"


def test_both_readers_are_asked_and_the_setting_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(lines.READER, "rules")
    assert {line.partition(":")[0] for line in lines.lines(Given(TEXT.encode()))} == {
        "learned",
        "rules",
    }
    assert lines.os.environ[lines.READER] == "rules"


def test_digests_come_back_from_their_file(tmp_path: Path) -> None:
    digests = {"b/乙.txt": {"k2": "d2"}, "a.txt": {"k1": "d1", "k0": "d0"}}
    keep(digests, tmp_path / "frozen.tsv")
    assert kept(tmp_path / "frozen.tsv") == digests


def test_a_damaged_line_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "frozen.tsv").write_text("# head\n<<<<<<< ours\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"frozen\.tsv:2: this is no line .* UPDATE=1"):
        kept(tmp_path / "frozen.tsv")


def test_new_texts_are_told_apart_from_those_that_are_read_otherwise() -> None:
    old = {"a": {"1": "x", "2": "y", "3": "z"}, "b": {"1": "x"}}
    now = {"a": {"1": "x", "2": "Y", "4": "w"}, "b": {"1": "x"}, "c": {"5": "v"}}
    assert changes(old, now) == {
        "a": Change(("2",), ("4",), ("3",)),
        "c": Change((), ("5",), ()),
    }


def test_digests_of_articles_that_are_not_here_are_kept() -> None:
    old = {"news/part1": {"1": "x"}, ARTICLES: {"nq": "y"}, "gone": {"1": "z"}}
    assert merged(old, {"a": {"1": "x"}}) == {
        "news/part1": {"1": "x"},
        ARTICLES: {"nq": "y"},
        "a": {"1": "x"},
    }
    assert merged(old, {"news/part2": {"2": "x"}}) == {"news/part2": {"2": "x"}}
