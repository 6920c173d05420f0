"""Names and which of them mean one thing, in ``tests/data/resolve``.

The files hold cases as those of ``tests/data/claims`` do. Of the names of bodies in each ``text``,
with 、 between them:

- ``joined`` are pairs that are one body of that ``kind``, the short name first, with the rule
- ``abridged`` are pairs of which the first says less of what the second says, with the rule
- ``two`` tells whether both are known to be those of two bodies

Of texts of documents, with a line of ``---`` between them:

- ``things`` tells how many things have a name, ``codes`` which codes of places they have
- ``one`` are pairs of names of one thing, ``apart`` those of two
- ``merges`` are other names of a thing, with the rule that makes them so
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.base.records import Document
from kg.base.settings import default
from kg.corpus.assemble import assemble
from kg.extract.document import extract
from kg.extract.resolve.abridged import abridged
from kg.extract.resolve.bodies import Bodies
from kg.extract.resolve.distinct import distinct
from kg.ontology import load
from kg.ontology.places import Places
from tests.testing.files.cases import cases, files
from tests.testing.graphs import builders as b

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.base.records import Entity
    from tests.testing.files.cases import Case

ONTOLOGY = load()
BODIES = Bodies(ONTOLOGY)
PLACES = Places.load(ONTOLOGY)
CASES = dict(pair for file in files("resolve") for pair in cases(file))


def joined(names: list[str], kind: str) -> list[list[str]]:
    return sorted([s.short, s.full, s.rule] for s in BODIES.same({(n, kind) for n in names}))


def less(names: list[str], _: str) -> list[list[str]]:
    lexicon = ONTOLOGY.lexicon
    found = abridged(tuple(names), lexicon.grammar.industry, PLACES, lexicon)
    return sorted([s.short, s.full, s.rule] for s in found)


def two(names: list[str], _: str) -> bool:
    one, other = names
    table = distinct(str(ONTOLOGY.folder))
    return table.are_two("Organisation", one, other)


READ: dict[str, Callable[[list[str], str], Any]] = {"joined": joined, "abridged": less, "two": two}


def told(case: Case, entities: list[Entity]) -> dict[str, Any]:
    """Of documents that were read, what a case tells of them."""

    def called(name: str) -> list[Entity]:
        return [e for e in entities if name in (e.name, *e.aliases)]

    def as_one(pairs: list[list[str]], wanted: bool) -> list[list[str]]:
        return [pair for pair in pairs if (called(pair[0]) == called(pair[1])) == wanted]

    rules = {(m.name, m.rule) for e in entities for m in e.merges}
    merges = {
        full: {name: rule for name, rule in others.items() if (name, rule) in rules}
        for full, others in case.get("merges", {}).items()
        if all(called(name) == called(full) for name in others)
    }
    return {
        "things": {name: len(called(name)) for name in case.get("things", {})},
        "codes": {name: "".join(e.code for e in called(name)) for name in case.get("codes", {})},
        "one": as_one(case.get("one", []), wanted=True),
        "apart": as_one(case.get("apart", []), wanted=False),
        "merges": merges,
    }


THINGS = {"things", "codes", "one", "apart", "merges"}
NAMED = [name for name, case in CASES.items() if case.keys() & READ.keys()]


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 110
    for name, case in CASES.items():
        asked = len(case.keys() & READ.keys()) + bool(case.keys() & THINGS)
        assert asked == 1, f"{name} asks for nothing, or for two things"
        assert case.keys() <= {"case", "text", "gaps", "kind", *READ, *THINGS}, name


@pytest.mark.parametrize("name", [name for name in CASES if name not in NAMED])
def test_things_of_documents_are_those_it_says(name: str) -> None:
    case = CASES[name]
    texts = case["text"].split("\n---\n")
    documents = [Document(b.hexes(t, 20), f"{n}.txt", t) for n, t in enumerate(texts)]
    read = ((document, extract(document, ONTOLOGY)) for document in documents)
    known = assemble(read, ONTOLOGY, default("base")).entities
    found = told(case, [entity for entity in known if entity.mentions])
    wanted = {key: case[key] for key in case.keys() & THINGS}
    there = sorted((e.type, e.name, e.code, e.aliases) for e in known if e.mentions)
    said = f"tests/data/{name}\ntext: {case['text']}\nthings: {there}"
    assert {key: found[key] for key in wanted} == wanted, said


@pytest.mark.parametrize("name", NAMED)
def test_names_mean_what_it_says(name: str) -> None:
    case = CASES[name]
    (key,) = case.keys() & READ.keys()
    names = case["text"].split("、")
    found = READ[key](names, case.get("kind", ""))
    assert found == case[key], f"tests/data/{name}\nnames: {names}"


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.get("two")])
def test_two_bodies_are_two_in_whichever_order(name: str) -> None:
    assert two(CASES[name]["text"].split("、")[::-1], "")
