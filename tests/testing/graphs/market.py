"""A made-up market: firms that invest in works of a city, who works there, places, and names alone.

It has more things than a first picture shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base.records import Amount, Article, Attestation, Deal, Knowledge, NamedPlace, Span, Value
from kg.ontology import load
from kg.publish.page.drawing import drawing
from kg.publish.page.overview import WholeGraph
from kg.publish.page.view import page
from tests.testing.graphs.builders import BASE, entity, fact, hexes, source

if TYPE_CHECKING:
    from pathlib import Path

PROVINCE = entity("District", "江苏省", subtype="province", code="320000")
CITY = entity("District", "无锡市", subtype="prefecture", code="320200")
SHANGHAI = entity("District", "上海市", subtype="province", code="310000")
MINHANG = entity("District", "闵行区", subtype="county", code="310112")
WORKS, COUNTIES, STAFF, ALONE = 60, 60, 3, 20


def firm_of(i: int) -> str:
    return f"甲某{i}科技有限公司"


def work_of(i: int) -> str:
    return f"某{i}储能项目"


def market(works: int = WORKS, day: str = "2024-03-06") -> Knowledge:
    """Firm i invests i hundred millions in work i; the last works lie in Shanghai, signed."""
    lines = [
        f"{firm_of(i)}投资{i + 1}亿元的{work_of(i)}落户{'闵行区' if i >= works - 5 else '无锡市'}。"
        for i in range(works)
    ]
    text = "\n".join(lines)
    paper = source("a/市场.txt", text, title="项目一览")
    firms = [entity("Organisation", firm_of(i), subtype="company") for i in range(works)]
    projects = [entity("Project", work_of(i)) for i in range(works)]
    people = [
        entity("Person", f"于某{i}甲{k}", doubtful=k == 2)
        for i in range(works) for k in range(STAFF)
    ]  # fmt: skip
    counties = [entity("District", f"乙某{i}县", subtype="county") for i in range(COUNTIES)]
    alone = [entity("Organisation", f"戊某{i}协会") for i in range(ALONE)]
    named = [
        NamedPlace(at, at + len(one.name), one.id)
        for one in (*firms, *projects)
        for at in [text.index(one.name)]
    ]
    paper = source(
        "a/市场.txt", text, title="项目一览",
        named_places=tuple(sorted(named, key=lambda n: n.start)),
        articles=(Article("news", "", (Span(0, len(text)),), publisher="无锡日报", date=day),),
    )  # fmt: skip
    facts, deals = [], []
    for i, (firm, work, line) in enumerate(zip(firms, projects, lines, strict=True)):
        signed = "signed" if i >= works - 5 else ""
        place = MINHANG if i >= works - 5 else CITY
        sum_ = Value(f"{(i + 1) * 10**8}", "decimal", f"{i + 1}亿元")
        own = [
            fact(firm, "invests", work, line, document=paper, status=signed),
            fact(work, "locatedIn", place, line, document=paper),
            fact(work, "investment", sum_, line, document=paper),
        ]
        facts += own
        if i:  # two firms in a row know each other
            facts.append(fact(firms[i - 1], "cooperatesWith", firm, line, document=paper))
        attestation = Attestation(
            paper.id, own[0].start, own[0].end, line, "", tuple(sorted(f.id for f in own))
        )
        amount = Amount(sum_.lexical, "total", "CNY", sum_.printed, claims=(own[2].id,))
        deals.append(
            Deal(
                f"{BASE}deal/{hexes(work.id)}",
                parties=(firm.id,),
                projects=(work.id,),
                places=(place.id,),
                amounts=(amount,),
                statuses=(signed,) if signed else (),
                attestations=(attestation,),
            )
        )
        facts += [
            fact(one, "worksFor", firm, line, document=paper)
            for one in people[i * STAFF : (i + 1) * STAFF]
        ]
    facts += [fact(county, "partOf", PROVINCE, source="codes") for county in counties]
    facts += [
        fact(CITY, "partOf", PROVINCE, source="codes"),
        fact(MINHANG, "partOf", SHANGHAI, source="codes"),
    ]
    things = (PROVINCE, CITY, SHANGHAI, MINHANG, *firms, *projects, *people, *counties, *alone)
    return Knowledge(
        sources=(paper,),
        entities=tuple(sorted(things, key=lambda e: e.id)),
        facts=tuple(sorted(facts, key=lambda f: f.id)),
        deals=tuple(sorted(deals, key=lambda d: d.id)),
    )


def written(folder: Path, whole: Knowledge | None = None, limit: int = 1000) -> Path:
    """The page of a market."""
    given = whole or market()
    path = folder / "graph.html"
    view = drawing(given, load())
    text = page(view, load(), title="市场", whole=WholeGraph(given), limit=limit)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
