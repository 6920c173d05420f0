"""What is told of the W3C's tests of SPARQL is what ``bench/w3c.py`` knows of them."""

from __future__ import annotations

import re

from bench.w3c import REASONS
from kg.base.settings import default
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "reference" / "sparql.md").read_text(encoding="utf-8")


def test_the_page_lists_every_known_miss_with_its_reason() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \| (.+) \|$", PAGE.partition("## The tests")[2], re.MULTILINE)
    told = {reason: re.findall(r"`([^`]+)`", names) for names, reason in rows}
    assert told == {reason: names.split() for reason, names in REASONS.items()}


def test_the_page_tells_the_limits_that_hold() -> None:
    assert (
        f"more than {default('nesting')} levels of nesting, or {default('words'):,} words" in PAGE
    )
