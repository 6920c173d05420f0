"""A graph with places, documents and dates, for what filters leave of it."""

from __future__ import annotations

import networkx as nx

from tests.testing.graphs.drawn import BASE

PADDING = "戊某"  # how the things begin that only make a graph large
CITY, RIVER, TOWN, FAR = "云澜市", "江畔区", "石桥镇", "远山市"
FIRM, GROUP, SCHOOL = "甲某科技有限公司", "乙某集团", "丙某大学"
PERSON, PROJECT, PLAN = "林牧野", "储能产线项目", "储能行动方案"
KINDS = {
    CITY: "District", RIVER: "District", TOWN: "District", FAR: "District",
    FIRM: "Organisation", GROUP: "Organisation", SCHOOL: "Organisation",
    PERSON: "Person", PROJECT: "Project", PLAN: "Policy",
}  # fmt: skip
ABOVE = {CITY: [], RIVER: [CITY], TOWN: [RIVER], FAR: []}
PLACES = {PROJECT: [TOWN], SCHOOL: [FAR], PERSON: [FAR], PLAN: [CITY]}
# Subject, relation, object, document, status, date and whose it is.
FACTS = (
    (RIVER, "partOf", CITY, "", "", "", ""),
    (TOWN, "partOf", RIVER, "", "", "", ""),
    (PROJECT, "locatedIn", TOWN, "a.txt", "", "2023-03-16", "document"),
    (FIRM, "signs", PROJECT, "a.txt", "signed", "2023-03-16", "object"),
    (GROUP, "invests", PROJECT, "b.txt", "planned", "2023-08", "document"),
    (SCHOOL, "locatedIn", FAR, "c.txt", "", "", ""),
    (PERSON, "worksFor", SCHOOL, "c.txt", "", "", ""),
    (FIRM, "cooperatesWith", SCHOOL, "a.txt", "signed", "2022", "document"),
    (FIRM, "cooperatesWith", SCHOOL, "b.txt", "planned", "2023-08", "document"),
)
SOURCES = {
    "a.txt": {"title": "储能项目落户石桥镇", "publisher": "云澜日报", "date": "2023-03-16"},
    "b.txt": {"publisher": "远山晚报", "date": "2023-08"},
    "c.txt": {"title": "丙某大学介绍", "publisher": "", "date": ""},
}


def iri(name: str) -> str:
    return f"{BASE}{KINDS[name].lower()}/{list(KINDS).index(name)}"


def graph(padding: int = 0) -> nx.MultiDiGraph:
    found = nx.MultiDiGraph(
        places={iri(n): (n, [iri(a) for a in above]) for n, above in ABOVE.items()},
        sources=SOURCES,
    )
    for name, kind in KINDS.items():
        places = tuple(iri(place) for place in PLACES.get(name, ()))
        more = {"aliases": (), "mentions": 1, "subtype": "", "places": places}
        if name == PLAN:
            row = ("documentNumber", "云政发〔2023〕5号", "云政发〔2023〕5号", "b.txt", 0, 11)
            more["attributes"] = ((*row, "2023-08", "document"),)
        found.add_node(iri(name), label=name, type=kind, **more)
    for one, predicate, other, document, status, date, whose in FACTS:
        found.add_edge(
            iri(one), iri(other), predicate=predicate, document=document, status=status,
            quote=f"{one}与{other}。" if document else "", confidence=0.9, rule="x.y",
            source="" if document else "区划代码", date=date, dated=whose,
        )  # fmt: skip
    for i in range(padding):
        found.add_node(f"{BASE}x/{i:05}", label=f"{PADDING}{i}号", type="Organisation")
    return found
