"""A small graph of a town with a firm, works and a fair, for what is said of a graph as a whole."""

from __future__ import annotations

from typing import Any

from kg.base.records import Article, Entity, Fact, Knowledge, NamedPlace, Span, Value
from kg.ontology import load
from kg.publish.page.drawing import drawing
from tests.testing.graphs.builders import entity, fact, source

PROVINCE = entity("District", "云岭省", subtype="province", code="990000")
CITY = entity("District", "云澜市", subtype="prefecture", code="990100")
ZONE = entity("District", "江畔新区", subtype="zone")
EMPTY = entity("District", "远山县", subtype="county")
COMPANY = entity("Organisation", "甲某科技有限公司", subtype="company")
PLANT = entity("Project", "储能工厂项目")
PORT = entity("Project", "江畔港项目")
FAIR = entity("Event", "云澜博览会")
TEXT = (
    "云澜日报\n2024年3月5日，云澜博览会签约总额90亿元。甲某科技有限公司投资30亿元的储能工厂项目"
    "落户江畔新区。储能工厂项目投资32亿元。江畔港项目投资5亿元，位于云澜市。"
)
NOTE = "江畔港项目投资8.5亿元。"


def told(**more: Any) -> Knowledge:
    paper = source(
        "a/云澜.txt",
        TEXT,
        articles=(
            Article("news", "", (Span(0, len(TEXT)),), publisher="云澜日报", date="2024-03-06"),
        ),
        named=tuple(
            NamedPlace(start, start + len(e.name), e.id)
            for e in (FAIR, COMPANY, PLANT, ZONE, CITY)
            for start in [TEXT.index(e.name)]
        ),
    )
    note = source("b.txt", NOTE, title="短讯", published="2023-12")
    facts = (
        fact(PLANT, "locatedIn", ZONE, "储能工厂项目落户江畔新区", document=paper),
        fact(PORT, "locatedIn", CITY, "江畔港项目投资5亿元，位于云澜市", document=paper),
        fact(COMPANY, "invests", PLANT, "甲某科技有限公司投资30亿元的储能工厂项目", document=paper),
        fact(COMPANY, "develops", PLANT, "储能工厂项目", document=paper, confidence=0.7),
        amount(PLANT, "30亿元", "3000000000", "投资30亿元的储能工厂项目", paper),
        amount(PLANT, "32亿元", "3200000000", "储能工厂项目投资32亿元", paper),
        amount(PORT, "5亿元", "500000000", "江畔港项目投资5亿元", paper),
        amount(FAIR, "90亿元", "9000000000", "云澜博览会签约总额90亿元", paper),
        amount(PORT, "8.5亿元", "850000000", NOTE, note),
        fact(FAIR, "date", Value("2024-03-05", "date", "2024年3月5日"), "2024年3月5日",
             document=paper),
        fact(FAIR, "locatedIn", CITY, "云澜博览会", document=paper),
        fact(ZONE, "partOf", CITY, source="zones"),
        fact(CITY, "partOf", PROVINCE, source="codes"),
        fact(ZONE, "partOf", EMPTY, "江畔新区", document=paper, confidence=0.9),
        fact(ZONE, "partOf", PROVINCE, "云澜市", document=paper, confidence=0.5),
    )  # fmt: skip
    entities = (PROVINCE, CITY, ZONE, EMPTY, COMPANY, PLANT, PORT, FAIR)
    return Knowledge(
        sources=(paper, note),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        facts=tuple(sorted(facts, key=lambda f: f.id)),
        **more,
    )


def drawn(whole: Knowledge) -> Any:
    """The graph that a page draws."""
    return drawing(whole, load())


def amount(thing: Entity, printed: str, yuan: str, quote: str, said: Any) -> Fact:
    return fact(thing, "investment", Value(yuan, "decimal", printed), quote, document=said)
