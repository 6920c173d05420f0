"""Texts and what they tell, in ``tests/data/claims``: each case says what is there and what is not.

A file, and one of ``tests/data/mentions``, holds a list of cases. ``text`` is a text, or a list of
them; ``gaps`` are words for the gaps ``{name}`` in it, each of which is tried with each of the
others (of ``body, post`` two at a time). ``each`` holds rows, with a text and what only that one
tells. Of each text that comes of it:

- ``claims`` are stated (subject, relation, object or value, and how far it is where that is said),
  those of ``not`` are not, in which ``*`` is anything
- ``names`` are found, by their class, those of ``unnamed`` are not, those of ``maybe`` may be
- ``subtypes`` tell what kind of its class a thing is
- ``aliases`` are other names of a thing, those of ``unaliased`` are not
- ``without`` are relations and classes that nothing in it has (``names``, ``claims``: none at all)
- ``only`` are relations, classes and patterns of claims of which nothing else is found
  (``aliases``: no other names of the things that are given some)
- ``until: claims`` looks at what the rules state, before names of one thing are joined and what is
  doubtful is left out, and ``until: mentions`` at the names that annotation finds
"""

from __future__ import annotations

import re

import pytest

from kg.ontology import load
from kg.ontology.files import read_yaml
from tests.testing.files.cases import cases, files
from tests.testing.reading import faults

PLACE = {"case", "text", "gaps", "until"}
NAMES = {"names", "unnamed", "maybe"}
THINGS = {"subtypes", "aliases", "unaliased"}
CLAIMS = {"claims", "not"}
KINDS = {"without", "only"}
FILES = [*files("claims"), *files("mentions")]
CASES = dict(pair for file in files("claims") for pair in cases(file))


def test_every_case_is_read_and_says_something() -> None:
    assert len(FILES) >= 20
    ontology = load()
    classes, relations = {"*", *ontology.classes}, {*ontology.relations, *ontology.attributes}
    known = classes | relations | {"names", "claims", "aliases"}
    for file in FILES:
        assert read_yaml(file)
        for name, case in cases(file):
            assert not re.search(r"\{\w+\}", str({**case, "gaps": ()})), (
                f"{name} has a gap that nothing fills"
            )
            said = case.keys() - PLACE
            assert said, f"{name} says nothing"
            assert said <= NAMES | THINGS | CLAIMS | KINDS, name
            patterns = [claim for key in CLAIMS for claim in case.get(key, ())]
            for key in KINDS:
                patterns += [kind for kind in case.get(key, ()) if isinstance(kind, list)]
                assert {k for k in case.get(key, ()) if isinstance(k, str)} <= known, name
            assert {pattern[1] for pattern in patterns} <= {"*", *relations}, name
            assert {kind for key in NAMES for kind in case.get(key, ())} <= classes, name


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 1400


@pytest.mark.parametrize("name", CASES)
def test_a_text_tells_what_it_says_and_no_more(name: str) -> None:
    if wrong := faults(CASES[name]):
        pytest.fail("\n".join([f"tests/data/{name}", *wrong]), pytrace=False)
