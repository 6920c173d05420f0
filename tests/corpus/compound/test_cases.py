"""Texts, and the deals and posts that they tell, in ``tests/data/compound``.

The files hold cases as those of ``tests/data/claims`` do. Of each ``text``:

- ``deals`` are all that it tells, each by what the case is about: its ``parties``, ``projects``,
  ``places`` and ``events``, its ``sums`` (kind, value, currency), its ``days``, and how far it is
  (``status``)
- ``posts`` are all that it tells: person, title, body, and whether it is held no longer or for
  somebody else
- ``held`` are the titles that 王小明 has, each with its body, of the ``titles`` in it and of those
  whom it ``names`` (the ends of their IRIs; what ends in 1 is told to be where he works)
- ``stated`` are those of them that the text states in one phrase
- ``term`` is since when and until when the post 局长 of 甲局 is held
- ``byline`` is what a title of the press is but for
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.base.records import Document, Fact, NamedPlace, Source, Value
from kg.corpus.assemble import assemble
from kg.corpus.compound import with_compounds
from kg.corpus.compound.byline_titles import byline_titles
from kg.corpus.compound.posts import of_text
from kg.corpus.compound.terms import terms
from kg.extract.values.partial_date import PartialDate
from kg.ontology import load
from kg.store.rdf.validate import validate
from tests.testing.files.cases import cases, files
from tests.testing.graphs import builders as b
from tests.testing.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.base.records import Deal, Knowledge, Post
    from tests.testing.files.cases import Case

ONTOLOGY = load()
CASES = dict(pair for file in files("compound") for pair in cases(file))
ENDS = ("parties", "projects", "places", "events")


def known(*texts: str) -> Knowledge:
    some = [(Document(b.hexes(t, 20), f"{n}.txt", t), read(t)) for n, t in enumerate(texts)]
    return with_compounds(assemble(some, ONTOLOGY, b.BASE), ONTOLOGY, b.BASE)


def told(deal: Deal, names: dict[str, str]) -> dict[str, list[str]]:
    """A deal as a case tells it."""
    return {
        **{end: sorted(names[iri] for iri in getattr(deal, end)) for end in ENDS},
        "sums": sorted(f"{one.kind} {one.value} {one.currency}" for one in deal.amounts),
        "days": [day.lexical for day in deal.days],
        "status": list(deal.statuses),
    }


def deals(case: Case) -> list[dict[str, list[str]]]:
    """The deals of a text: those that a case tells as it tells them, and behind them the rest."""
    knowledge = known(case["text"])
    for deal in knowledge.deals:
        assert all(one.claims for one in deal.amounts)
        assert all(one.quote in case["text"] for one in deal.attestations)
    names = {entity.id: entity.name for entity in knowledge.entities}
    left, found = [told(deal, names) for deal in knowledge.deals], []
    for wanted in case["deals"]:
        for one in left:
            if all(sorted(one[key]) == sorted(value) for key, value in wanted.items()):
                found.append(wanted)
                left.remove(one)
                break
    return [*found, *left]


def posts(case: Case) -> list[list[str]]:
    knowledge = known(case["text"])
    names = {entity.id: entity.name for entity in knowledge.entities} | {"": ""}
    held = {
        (names[post.person], post.title, names[post.organisation], attestation.tenure)
        for post in knowledge.posts
        for attestation in post.attestations
    }
    return [list(one) for one in sorted(held)]


def of_wang(case: Case) -> tuple[list[Post], dict[str, str]]:
    """The posts of 王小明 in a text, and what their ends are called."""
    text, paper = case["text"], f"{b.BASE}document/x"
    iris = {name: f"{b.BASE}{end}" for name, end in case["names"].items()}
    places = sorted((text.index(name), name) for name in iris)
    named = tuple(NamedPlace(at, at + len(name), iris[name]) for at, name in places)
    source = Source(paper, "x", ("x",), text, "text/plain", named_places=named)
    rest = (paper, 0, len(text), text, "", 0.9, "r")
    who = iris["王小明"]
    facts = [Fact(title, who, "role", "", Value(title), *rest) for title in case["titles"]]
    facts += [
        Fact(iri, who, "worksFor", iri, None, *rest)
        for iri in iris.values()
        if iri != who and iri.endswith("/1")
    ]
    names = {iri: name for name, iri in iris.items()} | {"": ""}
    return list(of_text(source, facts, ONTOLOGY, b.BASE)), names


def held(case: Case) -> list[list[str]]:
    posts_of_wang, names = of_wang(case)
    return sorted([post.title, names[post.organisation]] for post in posts_of_wang)


def stated(case: Case) -> list[list[str]]:
    posts_of_wang, names = of_wang(case)
    assert posts_of_wang
    sure = (post for post in posts_of_wang if not post.doubtful)
    return sorted([post.title, names[post.organisation]] for post in sure)


def term(case: Case) -> list[str]:
    at = case["text"].index("甲局")
    body, title = (at, at + 2), (at + 2, at + 4)
    found = terms(ONTOLOGY).of(case["text"], 0, body, title, PartialDate())
    return [day.lexical if day else "" for day in (found.since, found.until)]


def byline(case: Case) -> str:
    return byline_titles(ONTOLOGY).of(case["text"])


READ: dict[str, Callable[[Case], Any]] = {
    "deals": deals,
    "posts": posts,
    "held": held,
    "stated": stated,
    "term": term,
    "byline": byline,
}


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 130
    for name, case in CASES.items():
        assert len(case.keys() & READ.keys()) == 1, f"{name} asks for nothing, or for two things"
        assert case.keys() <= {"case", "text", "gaps", "names", "titles", *READ}, name


def test_what_all_of_them_tell_conforms() -> None:
    texts = [case["text"] for case in CASES.values() if case.keys() & {"deals", "posts"}]
    assert validate(known(*texts), ONTOLOGY) == []


@pytest.mark.parametrize("name", CASES)
def test_a_text_tells_what_it_says(name: str) -> None:
    case = CASES[name]
    (key,) = case.keys() & READ.keys()
    assert READ[key](case) == case[key], f"tests/data/{name}\ntext: {case['text']}"
