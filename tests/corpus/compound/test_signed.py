"""Deals of those who sign what has no name: by which verb, how far, for how much, on which day."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from kg.base.records import Document
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.ontology import load
from tests.testing.graphs import builders as b
from tests.testing.reading import read

if TYPE_CHECKING:
    from kg.base.records import Deal, Knowledge

ONTOLOGY = load()
A, B, C = "云澜科技有限公司", "江海软件有限公司", "江畔银行有限公司"


@lru_cache(maxsize=64)
def known(text: str) -> Knowledge:
    document = Document(b.hexes(text, 20), "甲.txt", text)
    return with_compounds(assemble([(document, read(text))], ONTOLOGY, b.BASE), ONTOLOGY, b.BASE)


def deals(text: str) -> dict[frozenset[str], Deal]:
    """The deals of a text by the names of their parties."""
    whole = known(text)
    names = {entity.id: entity.name for entity in whole.entities}
    return {frozenset(names[iri] for iri in deal.parties): deal for deal in whole.deals}


def sums(deal: Deal) -> set[tuple[str, str, str]]:
    return {(one.kind, one.value, one.currency) for one in deal.amounts}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{A}与{B}签署合作协议，双方将共同开发产品。", ("signed",)),
        (f"{A}与{B}达成战略合作，未来将联合开发产品。", ("signed",)),
        (f"{A}下半年拟与{B}签署合作协议。", ("planned",)),
        (f"{A}有意与{B}签署合作协议。", ("proposed",)),
        (f"{A}与{B}举行战略合作签约仪式。", ("signed",)),
    ],
)
def test_the_words_before_the_verb_tell_how_far_it_is(text: str, status: tuple[str, ...]) -> None:
    assert deals(text)[frozenset({A, B})].statuses == status


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"2024年8月3日，{A}与{B}签署合作协议。", ["2024-08-03"]),
        (f"2024年8月4日，记者获悉，{A}与{B}签署合作协议。", []),
        (f"2024年8月4日的公告称，{A}近日与{B}签署合作协议。", []),
        (f"2024年8月4日，{A}宣布将与{B}签署合作协议。", []),
        (f"据2024年7月12日发布的招股说明书显示，{A}与{B}签署合作协议。", []),
    ],
)
def test_a_day_on_which_it_was_told_is_not_that_of_the_deal(text: str, day: list[str]) -> None:
    found = deals(text)[frozenset({A, B})]
    assert [value.lexical for value in found.days] == day


def test_each_verb_of_a_sentence_has_its_own_parties_sum_and_day() -> None:
    found = deals(
        f"2021年3月15日，{A}与{B}签订采购合同，合同总金额3485万元；"
        f"2021年4月20日，{A}与{C}签订了2000万元的贷款合同。"
    )
    one, other = found[frozenset({A, B})], found[frozenset({A, C})]
    assert sums(one) == {("contract", "34850000", "CNY")}
    assert sums(other) == {("loan", "20000000", "CNY")}
    assert [day.lexical for day in (*one.days, *other.days)] == ["2021-03-15", "2021-04-20"]


def test_who_signs_with_each_by_itself_has_a_deal_with_each() -> None:
    found = deals(f"{A}先后与{B}、{C}签署合作协议。")
    assert set(found) == {frozenset({A, B}), frozenset({A, C})}
    assert set(deals(f"{A}与{B}、{C}签署合作协议。")) == {frozenset({A, B, C})}


def test_a_price_stands_before_the_verb_of_a_takeover() -> None:
    (deal,) = deals(f"{A}拟以约3亿美元收购{B}全部股权。").values()
    assert sums(deal) == {("contract", "300000000", "USD")}
    assert deal.statuses == ("planned",)


def test_what_is_invested_under_an_agreement_is_no_price() -> None:
    (deal,) = deals(f"{A}与{B}签署合作协议，投资规模约5.47亿元。").values()
    assert sums(deal) == {("total", "547000000", "CNY")}


def test_papers_of_one_sort_with_others_are_others() -> None:
    found = deals(
        f"2023年7月27日，{A}与{B}签订《保证合同》。2023年7月14日，{A}与{C}签订《保证合同》。"
    )
    assert set(found) == {frozenset({A, B}), frozenset({A, C})}
    assert len({deal.id for deal in found.values()}) == 2
    assert all(len(deal.agreements) == len(deal.days) == 1 for deal in found.values())


def test_what_one_party_promises_is_no_deal() -> None:
    assert deals(f"{A}签署《安全生产承诺书》。") == {}


def test_what_a_body_meant_to_pay_for_is_cancelled_where_it_gave_up() -> None:
    meant = f"{A}原拟募集资金3亿元，分别用于云湖芯片建设项目、云湖研发建设项目。"
    given_up = f"{A}终止首次公开发行股票审核。"
    assert {deal.statuses for deal in known(meant).deals} == {("planned",)}
    assert {deal.statuses for deal in known(f"{given_up}{meant}").deals} == {("cancelled",)}


def test_an_event_at_which_somebody_tells_of_it_is_none_of_the_deal() -> None:
    told = f"王明在2025云湖创新大会上表示，{A}与{B}签署了合作协议。"
    made = f"{A}与{B}在2025云湖创新大会上签署了合作协议。"
    assert not deals(told)[frozenset({A, B})].events
    assert deals(made)[frozenset({A, B})].events


def test_a_sum_of_many_is_no_sum_of_the_few_who_are_named() -> None:
    whole = deals(f"{A}与{B}签约，合同投资总额57亿元。")
    assert sums(whole[frozenset((A, B))]) == {("total", "5700000000", "CNY")}
    many = deals(f"{A}与{B}等9家企业签约，合同投资总额57亿元。")
    assert sums(many[frozenset((A, B))]) == {("sum", "5700000000", "CNY")}
