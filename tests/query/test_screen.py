"""Tables for a terminal: amounts as people read them, and lines that fit."""

from __future__ import annotations

from kg.base.records import Amount, Deal, Telling
from tests.testing.graphs import builders as b

SENTENCE = "甲某公司投资30亿元建设传感器产业园，" * 20 + "完。"


def deal(name: str, amount: str, currency: str) -> Deal:
    """A deal of one sum."""
    told = Telling("", b.SOURCE.id, 0, 4, SENTENCE)
    sum_ = Amount(f"{b.BASE}sum/{name}", amount, currency, "total", amount, told=(told,))
    return Deal(f"{b.BASE}deal/{name}", parties=(b.COMPANY.id,), amounts=(sum_,), told=(told,))
