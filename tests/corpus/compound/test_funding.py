"""Fundings: what a body raises or is lent is a deal of its own."""

from __future__ import annotations

import pytest

from kg.base.records import Document
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.ontology import load
from kg.store.rdf.validate import validate
from tests.testing.graphs import builders as b
from tests.testing.reading import read

ONTOLOGY = load()
Row = tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]


def fundings(text: str) -> set[Row]:
    """Party, sum, currency, kind, statuses and days of each deal with one party and one sum."""
    document = Document(b.hexes(text, 20), "甲.txt", text)
    knowledge = with_compounds(
        assemble([(document, read(text))], ONTOLOGY, b.BASE), ONTOLOGY, b.BASE
    )
    assert not validate(knowledge, ONTOLOGY)
    names = {entity.id: entity.name for entity in knowledge.entities}
    found = set()
    for deal in knowledge.deals:
        (party,), (one,) = deal.parties, deal.amounts
        assert one.claims
        assert deal.attestations[0].quote in text
        days = tuple(day.lexical for day in deal.days)
        found.add((names[party], one.value, one.currency, one.kind, deal.statuses, days))
    return found


COMPANY = "云澜科技有限公司"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            f"2024年3月5日，{COMPANY}宣布完成1亿元A轮融资。",
            ("100000000", "CNY", "raised", ("completed",), ("2024-03-05",)),
        ),
        (
            f"{COMPANY}获得3000万美元B轮融资。",
            ("30000000", "USD", "raised", ("completed",), ()),
        ),
        (
            f"{COMPANY}成功发行5亿元中期票据。",
            ("500000000", "CNY", "raised", ("completed",), ()),
        ),
        (
            f"{COMPANY}拟发行5亿元公司债券。",
            ("500000000", "CNY", "raised", ("planned",), ()),
        ),
        (
            f"{COMPANY}获得2亿元银行贷款。",
            ("200000000", "CNY", "loan", ("completed",), ()),
        ),
    ],
)
def test_what_a_body_raises_or_is_lent_is_a_deal(
    text: str, row: tuple[str, str, str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert fundings(text) == {(COMPANY, *row)}


@pytest.mark.parametrize(
    "text",
    [
        f"{COMPANY}累计获得3亿元融资。",
        f"{COMPANY}完成3亿元投资项目建设。",
        f"{COMPANY}获得3亿元贷款余额。",
        f"{COMPANY}营业收入3亿元。",
    ],
)
def test_other_sums_of_a_body_are_no_deal(text: str) -> None:
    assert fundings(text) == set()
