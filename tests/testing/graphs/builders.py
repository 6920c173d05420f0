"""Small knowledge built by hand, for the tests of everything behind the records."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.base.records import (
    Amount,
    Article,
    Attestation,
    Deal,
    Entity,
    Fact,
    Knowledge,
    Merge,
    Post,
    Source,
    Span,
    Value,
)
from kg.corpus.compound.posts import post_iri

BASE = "https://w3id.org/zhengtu/id/"
HOSTILE = '"A\\B" <c>\n\t\r\'\'\'"""}{|^`@ . ; # é😀\u2028\u0001'
TEXT = (
    "广东鑫远电子股份有限公司（简称鑫远电子）11月18日与北碚区签约，约30亿元的传感器产业园项目落户北碚区。\n"
    "重庆市印发《重庆市传感器产业发展规划》，依据《国家传感器行动计划》，到2025年产值达到500亿元。"
)


def hexes(text: str, length: int = 16) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def name_of(kind: str, name: str) -> str:
    return f"{BASE}{kind.lower()}/{hexes(name)}"


def entity(kind: str, name: str, *aliases: str, **more: object) -> Entity:
    given = {"mentions": 1, **more}
    return Entity(name_of(kind, name), kind, name, aliases=aliases, **given)  # type: ignore[arg-type]


def source(name: str = "n01.txt", text: str = TEXT, **more: object) -> Source:
    document = hexes(text, 20)
    given: dict[str, object] = {"media": "text/plain", **more}
    return Source(f"{BASE}document/{document}", document, (name,), text, **given)  # type: ignore[arg-type]


def fact(
    subject: Entity,
    predicate: str,
    target: Entity | Value,
    quote: str = "",
    *,
    document: Source | None = None,
    **more: object,
) -> Fact:
    said = document or source()
    start = said.text.index(quote) if quote else 0
    relation = isinstance(target, Entity)
    other = target.id if isinstance(target, Entity) else target.lexical
    given: dict[str, object] = {
        "status": "",
        "confidence": 0.9,
        "rule": f"{predicate}.verb",
        **more,
    }
    return Fact(
        id=f"{BASE}claim/{hexes(subject.id + predicate + other + quote + said.id, 20)}",
        subject=subject.id,
        predicate=predicate,
        object=other if relation else "",
        value=None if isinstance(target, Entity) else target,
        document=said.id if quote else "",
        start=start,
        end=start + len(quote),
        quote=quote,
        **given,  # type: ignore[arg-type]
    )


def post(
    person: Entity,
    body: Entity | None,
    title: str,
    quote: str,
    tenure: str,
    claims: tuple[str, ...],
) -> Post:
    at, said = (body.id if body else ""), source()
    start = said.text.index(quote)
    attestation = Attestation(said.id, start, start + len(quote), quote, tenure, claims)
    return Post(post_iri(BASE, person.id, at, title), person.id, at, title, (attestation,))


COMPANY = entity(
    "Organisation",
    "广东鑫远电子股份有限公司",
    "鑫远电子",
    subtype="company",
    mentions=2,
    merges=(Merge("鑫远电子", "defined", "the text says （简称鑫远电子）", source().id, 13, 19),),
)
CITY = entity("District", "重庆市", code="500000", mentions=1)
DISTRICT = entity("District", "北碚区", "重庆市北碚区", code="500109", mentions=2)
COUNTRY = entity("District", "中国", mentions=0, background="GB/T 2260, end of 2024")
PROJECT = entity("Project", "传感器产业园项目")
POLICY = entity("Policy", "重庆市传感器产业发展规划")
PLAN = entity("Policy", "国家传感器行动计划")
PERSON = entity("Person", "于海")
EVENT = entity("Event", "云博会")
SYSTEM = entity("System", "政快办")
ALLIANCE = entity("Organisation", "传感器产业联盟")


def knowledge() -> Knowledge:
    """One document, eleven entities, relations and values of every sort, a post and a deal."""
    whole = source(
        title="传感器",
        publisher="重庆日报",
        published="2020-11-18",
        articles=(Article("news", "传感器", (Span(0, len(TEXT)),)),),
    )
    table = "GB/T 2260, end of 2024"
    first, _ = TEXT.split("\n")
    one, other = sorted((COMPANY, DISTRICT), key=lambda e: e.id)
    thirty = Value("3000000000", "decimal", "约30亿元", "约", "3500000000")
    facts = (
        fact(COMPANY, "signs", PROJECT, first, status="signed", trigger="签约"),
        fact(COMPANY, "signs", PROJECT, "签约", status="signed", trigger="签约", confidence=0.5),
        fact(DISTRICT, "signs", PROJECT, first, status="signed", trigger="签约"),
        fact(PROJECT, "locatedIn", DISTRICT, "项目落户北碚区", status="planned", trigger="落户"),
        fact(PROJECT, "investment", thirty, "约30亿元的传感器产业园项目"),
        fact(PROJECT, "investment", Value("5000000000", "decimal", "50亿元"), "亿元的"),
        fact(PROJECT, "date", Value("--11-18", "gMonthDay", "11月18日"), "11月18日与北碚区签约"),
        fact(CITY, "issues", POLICY, "重庆市印发《重庆市传感器产业发展规划》", trigger="印发"),
        fact(POLICY, "basedOn", PLAN, "依据《国家传感器行动计划》", trigger="依据"),
        fact(POLICY, "appliesTo", CITY, "《重庆市传感器产业发展规划》"),
        fact(POLICY, "target", Value("到2025年产值达到500亿元"), "到2025年产值达到500亿元"),
        fact(COMPANY, "memberOf", ALLIANCE, "鑫远电子"),
        fact(COMPANY, "leads", ALLIANCE, "鑫远电子"),
        fact(one, "cooperatesWith", other, "北碚区签约"),
        fact(PERSON, "worksFor", COMPANY, "电子"),
        fact(PERSON, "role", Value("董事长"), "股份"),
        fact(PROJECT, "announcedAt", EVENT, "产业园项目"),
        fact(EVENT, "date", Value("2020-11-18", "date"), "11月18日"),
        fact(COMPANY, "develops", SYSTEM, "与北碚区"),
        fact(CITY, "organises", EVENT, "重庆市印发"),
        fact(DISTRICT, "partOf", CITY, rule="codes", confidence=1.0, source=table),
        fact(CITY, "partOf", COUNTRY, rule="codes", confidence=1.0, source=table),
    )
    claims = sorted(f.id for f in facts if f.predicate in ("worksFor", "role"))
    by_id = {f.predicate: f for f in reversed(facts)}
    deal = Deal(
        f"{BASE}deal/{hexes(PROJECT.id)}",
        parties=tuple(sorted((COMPANY.id, DISTRICT.id))),
        projects=(PROJECT.id,),
        places=(DISTRICT.id,),
        events=(EVENT.id,),
        amounts=(
            Amount(
                "3000000000", "total", "CNY", "约30亿元", "约", "3500000000",
                (by_id["investment"].id,),
            ),
        ),
        days=(Value("--11-18", "gMonthDay"),),
        statuses=("signed",),
        attestations=(Attestation(source().id, 0, len(first), first, "", (by_id["signs"].id,)),),
    )  # fmt: skip
    chairman = post(PERSON, COMPANY, "董事长", "股份有限公司", "former", tuple(claims))
    entities = (
        COMPANY,
        CITY,
        DISTRICT,
        COUNTRY,
        PROJECT,
        POLICY,
        PLAN,
        PERSON,
        EVENT,
        SYSTEM,
        ALLIANCE,
    )
    return Knowledge(
        sources=(whole,),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        facts=tuple(sorted(facts, key=lambda f: f.id)),
        posts=(chairman,),
        deals=(deal,),
    )


def hostile() -> Knowledge:
    """Everything a name, a file name, a quotation and a value can hold against a format."""
    text = f"前文{HOSTILE}后文"
    said = source(f"a b\n{HOSTILE}.txt", text)
    subject = entity("Organisation", HOSTILE, "<script>alert(1)</script>", "=1+1", "@x", "a|b\\c")
    other = entity("Project", "=cmd|' /C calc'!A0")
    value = Value(HOSTILE, "string", HOSTILE, HOSTILE)
    facts = (
        fact(subject, "signs", other, HOSTILE, document=said, trigger=HOSTILE),
        fact(other, "role", value, HOSTILE, document=said),
    )
    place = text.index(HOSTILE), text.index(HOSTILE) + len(HOSTILE)
    attestation = Attestation(said.id, *place, HOSTILE, "acting", (facts[1].id,))
    title = Post(
        post_iri(BASE, other.id, subject.id, HOSTILE), other.id, subject.id, HOSTILE, (attestation,)
    )
    return Knowledge(
        (said,),
        tuple(sorted((subject, other), key=lambda e: e.id)),
        tuple(sorted(facts, key=lambda f: f.id)),
        posts=(title,),
    )


def many(count: int) -> Knowledge:
    """``count`` facts over ``count // 2`` projects, for measurements."""
    said = source()
    projects = [entity("Project", f"项目{i}") for i in range(max(1, count // 2))]
    facts = [
        fact(
            COMPANY,
            "signs",
            projects[i % len(projects)],
            "签约",
            trigger=str(i),
            document=said if i < len(projects) else source(text=f"签约{i}"),
        )
        for i in range(count)
    ]
    return Knowledge(
        (said,),
        tuple(sorted([COMPANY, *projects], key=lambda e: e.id)),
        tuple(sorted({f.id: f for f in facts}.values(), key=lambda f: f.id)),
    )


def built(folder: Path, given: Knowledge | None = None) -> Path:
    """A folder with the store of some knowledge in it, by default of ``knowledge()``."""
    from kg.ontology import load
    from kg.store.folder import Store
    from kg.store.rdf.triples import triples

    whole = given or knowledge()
    Store.create(folder, triples(whole, load(), BASE), whole.sources, meta={"base": BASE})
    return folder
